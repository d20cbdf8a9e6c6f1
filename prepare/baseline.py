"""The release that news are told against: the last one of another edition."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from prepare import inspection, journal, states
from prepare.findings import PreparationError
from prepare.inspection import Whole
from prepare.release import READABLE, Content
from prepare.states import State


@dataclass(frozen=True)
class Baseline:
    """What readers knew before this edition.

    `state` is None where nothing was published before it; `seen` are the ids of what was shown
    since then, the baseline's own included.
    """

    state: State | None = None
    seen: frozenset[str] = frozenset()


def baseline(shown: Path | None, content: Content) -> Baseline:
    """The baseline of content that is built while the release in the folder `shown` is shown.

    Releases of the same edition that were shown since are passed over, as the log tells them: a
    corrected or repeated build of an edition tells the same news, not none. Where one of them is
    gone, or of another city, audience or too old a format, there is no baseline.
    """
    seen: list[str] = []
    if shown is None:
        return Baseline()
    for name in _shown(shown):
        found = _own(shown.parent, name, content)
        if found is None:
            break
        seen.append(name)
        if found.manifest["edition"] != content.edition:
            return Baseline(states.released(found), frozenset(seen))
    return Baseline(None, frozenset(seen))


def _shown(release: Path) -> list[str]:
    """What was shown up to a release, itself first, then what a rollback would come back to."""
    names = journal.journal(release.parent).shown
    known = names[: names.index(release.name) + 1] if release.name in names else (release.name,)
    return list(reversed(known))


def _own(releases: Path, name: str, content: Content) -> Whole | None:
    """The release of that name, if it can be read and is of the same kind."""
    try:
        found = inspection.whole(releases, name)
    except PreparationError:
        return None
    own = (found.manifest["city"], found.manifest["audience"]) == (content.city, content.audience)
    return found if own and found.manifest["format"] >= READABLE else None
