"""The log of publications: one JSON line for each time the shown release was switched.

Every line carries the hash of the line before it (jsonlines), from the first chained one on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from prepare import jsonlines

Action = Literal["publish", "rollback", "withdraw"]
FILE = "log.jsonl"
_MODE = 0o644
_MAYBE = ("approved_by", "previous", "instead", "key")
_LATER = ("instead", "key")
"""What lines of earlier versions lack, which were not chained either."""


@dataclass(frozen=True)
class Entry:
    """One switch of the shown release, or a withdrawal.

    `time` is ISO in UTC, `by` who built the release, rolled back or withdrew it, `approved_by` the
    second person of a publication, `previous` what was shown before, `instead` what is shown
    after a withdrawal, `key` the id of the key that signed what was published.
    """

    time: str
    action: Action
    release: str
    by: str
    approved_by: str | None
    previous: str | None
    note: str
    instead: str | None = None
    key: str | None = None


@dataclass(frozen=True)
class Journal:
    """All entries, oldest first, and the numbers of lines that are none (a crash, a hand).

    `broken` are the lines that do not carry the hash of the one before: somebody has changed,
    taken out or put in a line just before them, or has taken their own hash away.
    """

    entries: tuple[Entry, ...]
    unreadable: tuple[int, ...]
    broken: tuple[int, ...] = ()

    @property
    def published(self) -> frozenset[str]:
        """Releases that a second person has approved at some time."""
        return frozenset(e.release for e in self.entries if e.action == "publish")

    @property
    def withdrawn(self) -> Mapping[str, Entry]:
        """The withdrawals by release, in their order; the first of a release is the one."""
        found: dict[str, Entry] = {}
        for entry in self.entries:
            if entry.action == "withdraw":
                found.setdefault(entry.release, entry)
        return found

    @property
    def keys(self) -> frozenset[str]:
        """Ids of the keys that have signed what was published."""
        return frozenset(e.key for e in self.entries if e.key is not None)

    @property
    def shown(self) -> tuple[str, ...]:
        """What is shown last, and below it what a rollback comes back to, step by step."""
        stack: list[str] = []
        for entry in self.entries:
            if entry.action == "withdraw":
                stack = [release for release in stack if release != entry.release]
                kept = stack.index(entry.instead) + 1 if entry.instead in stack else 0
                del stack[kept:]
            elif entry.action == "rollback" and entry.release in stack:
                del stack[stack.index(entry.release) + 1 :]
            else:
                stack = [release for release in stack if release != entry.release]
                stack.append(entry.release)
        return tuple(stack)


def journal(releases: Path) -> Journal:
    """The log below a folder of releases; empty if there is none yet. Raises OSError."""
    lines = jsonlines.lines(releases / FILE)
    told = {number: _entry(line) for number, line in lines.found.items()}
    none = [number for number, entry in told.items() if entry is None]
    return Journal(
        tuple(entry for entry in told.values() if entry is not None),
        tuple(sorted([*none, *lines.unreadable])),
        tuple(sorted({*lines.broken, *_stripped(lines.found)})),
    )


def _stripped(found: Mapping[int, Mapping[str, Any]]) -> Iterable[int]:
    """The numbers of lines that tell what only chained lines tell, and are not chained."""
    for number, line in found.items():
        if jsonlines.BEFORE not in line and any(line.get(name) is not None for name in _LATER):
            yield number


def append(releases: Path, entry: Entry) -> None:
    """Add one line and have the disk keep it; the caller holds the lock. Raises OSError."""
    told = asdict(entry)
    kept = {name: value for name, value in told.items() if name not in _LATER or value is not None}
    jsonlines.append(releases / FILE, [kept], chained=True, mode=_MODE)


def _entry(told: Mapping[str, Any]) -> Entry | None:
    """The entry a line tells; None where a field is missing or of another kind."""
    names = [field.name for field in fields(Entry)]
    told = {**dict.fromkeys(_LATER), **told}
    if not set(names) <= set(told):
        return None
    texts = [told[name] for name in ("time", "release", "by", "note")]
    maybe = [told[name] for name in _MAYBE if told[name] is not None]
    sound = told["action"] in get_args(Action) and all(isinstance(t, str) for t in texts + maybe)
    return (
        Entry(**{name: told[name] for name in names}) if sound and _is_time(told["time"]) else None
    )


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
