"""What an audit says: what was checked, what leaks, what earlier releases have given away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

Profile = Literal["outsider", "singleton", "group"]
Kind = Literal["open", "exact", "narrow", "contradiction"]
FORMAT = 1
PROFILES: dict[Profile, str] = {
    "outsider": "Außenstehende",
    "singleton": "Einzelne, die ihre eigene Zelle kennen",
    "group": "Gruppen: das Komplement",
}
KINDS: dict[Kind, str] = {
    "open": "offen gezeigt",
    "exact": "genau errechenbar",
    "narrow": "zu eng eingegrenzt",
    "contradiction": "widersprüchlich",
}


@dataclass(frozen=True)
class Tally:
    """What one profile finds in one theme on one level.

    `narrowest` is the smallest width of an interval of a hidden cell; None where nothing is
    hidden.
    """

    profile: Profile
    theme: str
    level: str
    checked: int
    hidden: int
    exact: int
    narrow: int
    narrowest: float | None


@dataclass(frozen=True)
class Leak:
    """One hidden cell that the published numbers give away.

    `view` says where (German): in the release, in what it says cells said before, or in an
    earlier release. The number lies between `low` and `high`, as `equations` show.
    """

    profile: Profile
    kind: Kind
    view: str
    cell: str
    low: float
    high: float
    equations: tuple[str, ...]
    remedy: str


@dataclass(frozen=True)
class Lost:
    """A cell hidden now whose number an earlier release gave away; no pattern can help.

    `release` gave it away; `refused` unless that release is withdrawn.
    """

    release: str
    cell: str
    refused: bool


@dataclass(frozen=True)
class Considered:
    """An earlier release: its content hash if it could be checked, else why not (German)."""

    name: str
    digest: str | None
    withdrawn: bool = False
    why: str = ""


@dataclass(frozen=True)
class Report:
    """The whole audit of one release together with all earlier ones.

    `opened` counts cells that an earlier release hid and this one shows, `revised` the cells
    whose other number in another release can only be a correction, `unrelated` delivered rates
    of which nothing says what they are rates of. `hidden` and `coarser` are the shares of
    `alternatives`.
    """

    name: str
    rules: str
    methods: Mapping[str, str]
    solvers: Mapping[str, str]
    tallies: tuple[Tally, ...]
    leaks: tuple[Leak, ...]
    lost: tuple[Lost, ...]
    considered: tuple[Considered, ...]
    opened: int
    revised: int
    unrelated: tuple[str, ...]
    hidden: Sequence[Mapping[str, Any]]
    coarser: Sequence[Mapping[str, Any]]

    @property
    def safe(self) -> bool:
        """Whether the release may be published."""
        return not self.leaks and not any(one.refused for one in self.lost)

    def values(self) -> dict[str, Any]:
        """Everything, as plain values, for the statistics unit alone."""
        return {"format": FORMAT, "safe": self.safe, **asdict(self)}

    def public(self) -> dict[str, Any]:
        """What the release itself carries: no numbers of cells, no cell that was given away."""
        told = self.values()
        del told["name"], told["leaks"]
        return told | {"lost": len(self.lost)}
