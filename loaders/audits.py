"""The audit of a release's protection, as the release itself carries it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from loaders import releases
from loaders.releases import Release

FILE = "audit.json"
PROFILES = ("outsider", "singleton", "group")


@dataclass(frozen=True)
class Tried:
    """How far one kind of attacker got: numbers checked, hidden, found exactly or too closely."""

    profile: str
    checked: int
    hidden: int
    exact: int
    narrow: int


@dataclass(frozen=True)
class Share:
    """How many numbers of a theme and level there are, and how many of them are hidden."""

    theme: str
    level: str
    values: int
    hidden: int


@dataclass(frozen=True)
class Audit:
    """What an audit says. `earlier` are releases it took into account; `solvers` what solved it."""

    safe: bool
    rules: str
    tried: tuple[Tried, ...]
    shares: tuple[Share, ...]
    earlier: tuple[str, ...]
    solvers: dict[str, str]


@releases.kept(2)
def audit(release: Release) -> Audit | None:
    """The audit of a release; None for a release that carries none."""
    if FILE not in release.manifest["files"]:
        return None
    told: dict[str, Any] = json.loads(release.read(FILE))
    return Audit(
        safe=told["safe"],
        rules=told["rules"],
        tried=tuple(_tried(profile, told["tallies"]) for profile in PROFILES),
        shares=_shares(told["tallies"]),
        earlier=tuple(one["name"] for one in told["considered"]),
        solvers=told["solvers"],
    )


def _tried(profile: str, tallies: list[dict[str, Any]]) -> Tried:
    own = [tally for tally in tallies if tally["profile"] == profile]
    counts = (sum(tally[key] for tally in own) for key in ("checked", "hidden", "exact", "narrow"))
    return Tried(profile, *counts)


def _shares(tallies: list[dict[str, Any]]) -> tuple[Share, ...]:
    """Where anything is hidden, by theme and level, in the order of the report."""
    return tuple(
        Share(tally["theme"], tally["level"], tally["checked"], tally["hidden"])
        for tally in tallies
        if tally["profile"] == "outsider" and tally["hidden"]
    )
