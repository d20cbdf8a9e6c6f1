"""Values of indicators, computed from a release's counts and kept by release."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from loaders import areas, history
from loaders.releases import Release
from model import formats, rates, safeguards
from model.catalog import ZONE, Indicator
from model.selection import Scope


def values(release: Release, indicator: Indicator, first: bool = False) -> pl.DataFrame:
    """All values of an indicator, sorted by level, area and period.

    Columns: level, area, period, numerator, denominator, value, status, deliveries, and text,
    the value as a German number. `first` makes them what was published first. Otherwise the
    columns first and first_text hold that where it reads differently, and are null elsewhere.
    """
    return _values(release, indicator, first)


@lru_cache(maxsize=256)
def _values(release: Release, indicator: Indicator, first: bool) -> pl.DataFrame:
    counts = _counts(release, indicator)
    earlier = history.first(release, _measures(indicator))
    if first and not earlier.is_empty():
        counts = _as_first(counts, earlier)
    least = safeguards.fewest(release.catalog, indicator)
    found = rates.values(counts, indicator, least).collect()
    texts = [
        None if value is None else formats.number(value, indicator.decimals)
        for value in found["value"]
    ]
    found = found.with_columns(text=pl.Series(texts, dtype=pl.String))
    if first or earlier.is_empty():
        return found.with_columns(
            first=pl.lit(None, pl.Float64), first_text=pl.lit(None, pl.String)
        )
    then = _values(release, indicator, True).select(*rates.KEYS, first="value", first_text="text")
    other = pl.col("first_text") != pl.col("text")
    return found.join(then, on=rates.KEYS, how="left", maintain_order="left").with_columns(
        pl.when(other).then(pl.col("first", "first_text"))
    )


def _as_first(counts: pl.LazyFrame, earlier: pl.DataFrame) -> pl.LazyFrame:
    """The counts as they were published first."""
    return counts.join(earlier.lazy(), on=history.CELL, how="left").with_columns(
        value=pl.coalesce("first_value", "value"), status=pl.coalesce("first_status", "status")
    )


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
            if level not in comparisons and level != ZONE
        },
        default_level=release.catalog.city.default_level,
        signs=release.catalog.city.signs,
        revised=values(release, indicator)["first"].is_not_null().any(),
    )


@lru_cache(maxsize=2)
def published(release: Release) -> pl.DataFrame:
    """Published single figures with their sources, as the release carries them."""
    return release.table("published.parquet")


def _measures(indicator: Indicator) -> list[str]:
    return sorted({term.measure for term in indicator.terms})


def _counts(release: Release, indicator: Indicator) -> pl.LazyFrame:
    return pl.concat(
        release.table(f"counts/{measure}.parquet").lazy().with_columns(measure=pl.lit(measure))
        for measure in _measures(indicator)
    )
