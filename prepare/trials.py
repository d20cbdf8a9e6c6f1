"""A dry run of protection on what was examined, with other rules if some are to be tried."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from prepare import build, protections
from prepare.build import Examined
from prepare.disclosure import earlier, overrides, trial
from prepare.disclosure.trial import Trial


def of(
    seen: Examined,
    releases: Path,
    audience: str,
    minimum: Iterable[str],
    method: Iterable[str],
) -> Trial:
    """What would be hidden of the counts of a city for an audience; nothing is written.

    `minimum` (SOURCE=K) and `method` (LEVEL=METHOD) change the rules. Where they do, patterns of
    earlier releases do not bind. Raises PreparationError and ImpossibleError.
    """
    own = protections.protection(seen.folder, seen.catalog.city, audience)
    other = overrides.overridden(own, minimum, method)
    catalog = build.ruled(seen, other)
    before = earlier.earlier(releases, catalog, audience).there if other == own else ()
    return trial.trial(catalog, seen.areas.table, seen.found, before)
