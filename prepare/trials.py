"""A dry run of protection on what was examined, with other rules if some are to be tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from prepare import build, vault
from prepare.build import Examined
from prepare.disclosure import earlier, overrides, trial
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.patterns import Patterns
from prepare.disclosure.trial import Trial
from prepare.failures import ImpossibleError


def of(
    seen: Examined,
    releases: Path,
    minimum: Iterable[str],
    method: Iterable[str],
    year: str | None = None,
) -> Trial:
    """What would be hidden of the counts of a city; nothing is written.

    `minimum` (SOURCE=K) and `method` (LEVEL=METHOD) change the rules. Where they do, patterns of
    earlier releases do not bind. With a `year`, of that year alone, which takes seconds. Raises
    PreparationError and ImpossibleError.
    """
    own = seen.catalog.protection
    other = overrides.overridden(own, minimum, method)
    declared = seen.catalog.model_copy(update={"protection": other})
    catalog = build.ruled(replace(seen, catalog=declared))
    kept = Earlier()
    if other == own:
        kept = earlier.earlier(releases, vault.beside(releases), catalog, seen.audience)
    found = seen.found
    if year is not None:
        found = found.filter(pl.col("period").str.head(4) == year)
        if found.is_empty():
            raise ImpossibleError(f"Für das Jahr „{year}“ liegen keine Zahlen vor.")
    known = Patterns.beside(vault.beside(releases) / catalog.city.id, seen.folder / "patterns")
    zoned = build.composed(seen.areas)
    made = trial.trial(
        zoned.catalog(catalog), zoned.nested(), zoned.inward(found), kept.there, known
    )
    names = dict(seen.areas.told.select("area", "name").iter_rows())
    return replace(made, catalog=catalog, names=names, shares=zoned.outward(made.shares))
