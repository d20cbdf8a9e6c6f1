"""Values of indicators, computed from a release's counts by lazy scans and kept by release."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from loaders import areas
from loaders.releases import Release
from model import formats, rates
from model.catalog import Indicator
from model.selection import Scope


@lru_cache(maxsize=256)
def values(release: Release, indicator: Indicator) -> pl.DataFrame:
    """All values of an indicator, sorted by level, area and period.

    Columns: level, area, period, numerator, denominator, value, status, deliveries, and text,
    the value as a German number.
    """
    found = rates.values(_counts(release, indicator), indicator).collect()
    texts = [
        None if value is None else formats.number(value, indicator.decimals)
        for value in found["value"]
    ]
    return found.with_columns(text=pl.Series(texts, dtype=pl.String))


@lru_cache(maxsize=256)
def scope(release: Release, indicator: Indicator) -> Scope:
    """The levels and periods for which the release holds the indicator."""
    periods = (
        values(release, indicator)
        .group_by("level")
        .agg(pl.col("period").unique().sort())
        .rows_by_key("level", unique=True)
    )
    comparisons = {level.id for level in release.catalog.city.levels if level.comparison}
    return Scope(
        periods={level: tuple(found[0]) for level, found in periods.items()},
        areas={
            level: named
            for level, named in areas.names(release).items()
            if level not in comparisons
        },
        default_level=release.catalog.city.default_level,
    )


@lru_cache(maxsize=2)
def published(release: Release) -> pl.DataFrame:
    """Published single figures with their sources, as the release carries them."""
    return pl.read_parquet(release.folder / "published.parquet")


def _counts(release: Release, indicator: Indicator) -> pl.LazyFrame:
    measures = sorted({term.measure for term in indicator.terms})
    return pl.concat(
        pl.scan_parquet(release.folder / f"counts/{measure}.parquet").with_columns(
            measure=pl.lit(measure)
        )
        for measure in measures
    )
