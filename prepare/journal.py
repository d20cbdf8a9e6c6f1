"""The log of publications: one JSON line for each time the shown release was switched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from prepare import jsonlines

Action = Literal["publish", "rollback"]
FILE = "log.jsonl"


@dataclass(frozen=True)
class Entry:
    """One switch of the shown release.

    `time` is ISO in UTC, `by` who built the release or rolled back, `approved_by` the second
    person of a publication, `previous` what was shown before.
    """

    time: str
    action: Action
    release: str
    by: str
    approved_by: str | None
    previous: str | None
    note: str


@dataclass(frozen=True)
class Journal:
    """All entries, oldest first, and the numbers of lines that are none (a crash, a hand)."""

    entries: tuple[Entry, ...]
    unreadable: tuple[int, ...]

    @property
    def published(self) -> frozenset[str]:
        """Releases that a second person has approved at some time."""
        return frozenset(e.release for e in self.entries if e.action == "publish")

    @property
    def shown(self) -> tuple[str, ...]:
        """What is shown last, and below it what a rollback comes back to, step by step."""
        stack: list[str] = []
        for entry in self.entries:
            if entry.action == "rollback" and entry.release in stack:
                del stack[stack.index(entry.release) + 1 :]
            else:
                stack = [release for release in stack if release != entry.release]
                stack.append(entry.release)
        return tuple(stack)


def journal(releases: Path) -> Journal:
    """The log below a folder of releases; empty if there is none yet. Raises OSError."""
    lines = jsonlines.lines(releases / FILE)
    told = {number: _entry(line) for number, line in lines.found.items()}
    broken = [number for number, entry in told.items() if entry is None]
    return Journal(
        tuple(entry for entry in told.values() if entry is not None),
        tuple(sorted([*broken, *lines.unreadable])),
    )


def append(releases: Path, entry: Entry) -> None:
    """Add one line and have the disk keep it; the caller holds the lock. Raises OSError."""
    jsonlines.append(releases / FILE, [asdict(entry)])


def _entry(told: Mapping[str, Any]) -> Entry | None:
    """The entry a line tells; None where a field is missing or of another kind."""
    names = [field.name for field in fields(Entry)]
    if not set(names) <= set(told):
        return None
    texts = [told[name] for name in ("time", "release", "by", "note")]
    maybe = [told[name] for name in ("approved_by", "previous") if told[name] is not None]
    sound = told["action"] in get_args(Action) and all(isinstance(t, str) for t in texts + maybe)
    return (
        Entry(**{name: told[name] for name in names}) if sound and _is_time(told["time"]) else None
    )


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
