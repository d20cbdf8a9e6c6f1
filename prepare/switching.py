"""The one step that everything shown hangs on: a line in the log, then the pointer."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from model.manifest import CURRENT, TOMBSTONE
from prepare import durable, inspection, journal
from prepare.failures import ImpossibleError
from prepare.journal import Entry


def now() -> str:
    """The time for an entry: ISO, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def is_shown(releases: Path, name: str) -> bool:
    """Whether pointer and log agree that this release is shown."""
    try:
        pointed = inspection.pointer(releases)
    except ImpossibleError:
        return False
    return pointed == name and journal.journal(releases).shown[-1:] == (name,)


def previous(releases: Path) -> str | None:
    """What was shown so far; where the pointer is unreadable, what the log says.

    None if that is withdrawn, also if only the log says so yet.
    """
    log = journal.journal(releases)
    try:
        found = inspection.pointer(releases)
    except ImpossibleError:
        found = next(reversed(log.shown), None)
    if found is None or found in log.withdrawn or (releases / found / TOMBSTONE).exists():
        return None
    return found


def switch(releases: Path, entry: Entry, name: str) -> Entry:
    """Log the entry and point `current` at a release, in one step each; the caller has the lock.

    The new pointer is on disk before the log is written, so that only a rename can be missing;
    a crash just then leaves a log that is one ahead, which `log` tells and a repetition mends.
    An entry that the log ends with but for its time is not written again; returned is the one
    that stands there.
    """
    handle, aside = tempfile.mkstemp(prefix=durable.ASIDE, dir=releases)
    try:
        os.close(handle)
        durable.write(Path(aside), name.encode(), 0o644)
        told = _logged(releases, entry)
        os.replace(aside, releases / CURRENT)
    finally:
        Path(aside).unlink(missing_ok=True)
    durable.flush(releases)
    return told


def point(releases: Path, name: str) -> None:
    """Point `current` at a release that the log tells already; the caller has the lock."""
    durable.put(releases / CURRENT, name.encode())


def _logged(releases: Path, entry: Entry) -> Entry:
    """The entry as the log ends with it: it is added unless it is the last one already."""
    for last in journal.journal(releases).entries[-1:]:
        if replace(last, time=entry.time) == entry:
            return last
    journal.append(releases, entry)
    return entry
