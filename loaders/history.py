"""What a release says of its past: earlier values of its cells, breaks in its series."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from loaders import areas, releases
from loaders.releases import Release
from model import history
from model.catalog import ZONE, Indicator

CELL = ("measure", "level", "area", "period", "age", "sex", "nationality")
"""What names a cell of a release's counts."""
_PLACE = ("delivery", "file", "sheet", "row", "column", "stand", "release", "published")
VINTAGE = (*CELL, "value", "status", *_PLACE)
"""The columns of an earlier value."""


@releases.kept(2)
def vintages(release: Release) -> pl.DataFrame:
    """Every earlier value of a cell, oldest first, with its place, Stand and release."""
    return _frame(release, "vintages.parquet", VINTAGE)


@lru_cache(maxsize=256)
def breaks(release: Release, indicator: Indicator) -> tuple[history.Break, ...]:
    """The breaks of an indicator's series, oldest first; a part's break is one of its zone."""
    found = _frame(release, "breaks.parquet", ("measure", "area", "period", "kind", "note"))
    known = areas.by_level(release)[ZONE].values()
    return history.joined(history.breaks(found, indicator), {zone.id: zone.parts for zone in known})


def first(release: Release, measures: list[str]) -> pl.DataFrame:
    """What a release said first of the cells of some measures, where they were another number once.

    What a later file replaced before any release is an earlier value but was never published.
    Columns: CELL, first_value, first_status.
    """
    return (
        vintages(release)
        .filter(pl.col("measure").is_in(measures), pl.col("release").is_not_null())
        .unique(CELL, keep="first", maintain_order=True)
        .select(*CELL, first_value="value", first_status="status")
    )


def _frame(release: Release, name: str, columns: tuple[str, ...]) -> pl.DataFrame:
    """A table of the release; empty where a release is older than such tables."""
    if name not in release.manifest["files"]:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    return release.table(name)
