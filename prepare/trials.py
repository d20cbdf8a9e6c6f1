"""A dry run of protection on what was examined, with other rules if some are to be tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from prepare import build, vault
from prepare.build import Examined
from prepare.disclosure import earlier, overrides, trial
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.trial import Trial


def of(seen: Examined, releases: Path, minimum: Iterable[str], method: Iterable[str]) -> Trial:
    """What would be hidden of the counts of a city; nothing is written.

    `minimum` (SOURCE=K) and `method` (LEVEL=METHOD) change the rules. Where they do, patterns of
    earlier releases do not bind. Raises PreparationError and ImpossibleError.
    """
    own = seen.catalog.protection
    other = overrides.overridden(own, minimum, method)
    declared = seen.catalog.model_copy(update={"protection": other})
    catalog = build.ruled(replace(seen, catalog=declared))
    kept = Earlier()
    if other == own:
        kept = earlier.earlier(releases, vault.beside(releases), catalog, seen.audience)
    return trial.trial(catalog, seen.areas.table, seen.found, kept.there)
