"""The one step that everything shown hangs on: a line in the log, then the pointer."""

from __future__ import annotations

import os
import tempfile
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
    """What was shown so far; where the pointer is unreadable, what the log says."""
    try:
        found = inspection.pointer(releases)
    except ImpossibleError:
        found = next(reversed(journal.journal(releases).shown), None)
    gone = found is not None and (releases / found / TOMBSTONE).exists()
    return None if gone else found


def switch(releases: Path, entry: Entry, name: str) -> None:
    """Log the entry and point `current` at a release, in one step each; the caller has the lock.

    The new pointer is on disk before the log is written, so that only a rename can be missing;
    a crash just then leaves a log that is one ahead, which `log` tells and a repetition mends.
    An entry that the log ends with is not written again.
    """
    handle, aside = tempfile.mkstemp(prefix=durable.ASIDE, dir=releases)
    try:
        os.close(handle)
        durable.write(Path(aside), name.encode())
        os.chmod(aside, 0o644)
        log(releases, entry)
        os.replace(aside, releases / CURRENT)
    finally:
        Path(aside).unlink(missing_ok=True)
    durable.flush(releases)


def log(releases: Path, entry: Entry) -> None:
    """Add the entry to the log, unless it is the last one already."""
    if journal.journal(releases).entries[-1:] != (entry,):
        journal.append(releases, entry)
