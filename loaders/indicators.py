"""Values of indicators, computed from a release's counts and kept by release."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from loaders import areas, history, releases
from loaders.releases import Release
from model import formats, rates, safeguards, zones
from model.areas import Area
from model.catalog import ZONE, Indicator
from model.selection import Scope


def values(release: Release, indicator: Indicator, first: bool = False) -> pl.DataFrame:
    """All values of an indicator, sorted by level, area and period.

    Columns: level, area, period, numerator, denominator, value, status, deliveries, and text,
    the value as a German number. `first` makes them what was published first. Otherwise the
    columns first and first_text hold that where it reads differently, and are null elsewhere.
    """
    return (_joined if release.zones else _values)(release, indicator, first)


@lru_cache(maxsize=256)
def _values(release: Release, indicator: Indicator, first: bool) -> pl.DataFrame:
    return _compared(release, indicator, first)


# Kept apart, so that the zones of some readers drive out nothing that all others see.
@lru_cache(maxsize=256)
def _joined(release: Release, indicator: Indicator, first: bool) -> pl.DataFrame:
    known = _values(release.base, indicator, first)
    return pl.concat([known, _compared(release, indicator, first)]).sort(rates.KEYS)


def _compared(release: Release, indicator: Indicator, first: bool) -> pl.DataFrame:
    """The values with what was published first: of the areas, or of the zones a reader made."""
    earlier = history.first(release, _measures(indicator))
    found = _computed(release, indicator, earlier if first else None)
    if first or earlier.is_empty():
        return found.with_columns(
            first=pl.lit(None, pl.Float64), first_text=pl.lit(None, pl.String)
        )
    then = _computed(release, indicator, earlier).select(
        *rates.KEYS, first="value", first_text="text"
    )
    other = pl.col("first_text") != pl.col("text")
    return found.join(then, on=rates.KEYS, how="left", maintain_order="left").with_columns(
        pl.when(other).then(pl.col("first", "first_text"))
    )


def _computed(release: Release, indicator: Indicator, earlier: pl.DataFrame | None) -> pl.DataFrame:
    """The values with their texts; with the `earlier` values of cells as published first."""
    counts = _counts(release.base, indicator)
    if earlier is not None and not earlier.is_empty():
        counts = _as_first(counts, earlier)
    if release.zones:
        additive = [each.id for each in release.catalog.city.measures if each.additive]
        counts = zones.summed(counts.filter(pl.col("measure").is_in(additive)), release.zones)
    least = safeguards.fewest(release.catalog, indicator)
    found = rates.values(counts, indicator, least).collect()
    if ZONE in found["level"]:
        known = _values(release.base, indicator, False) if release.zones else found
        found = _delivered(found, known, areas.by_level(release)[ZONE])
    texts = [
        None if value is None else formats.number(value, indicator.decimals)
        for value in found["value"]
    ]
    return found.with_columns(text=pl.Series(texts, dtype=pl.String))


def _delivered(found: pl.DataFrame, known: pl.DataFrame, zoned: Mapping[str, Area]) -> pl.DataFrame:
    """The values, those of zones with all deliveries that the `known` ones of their parts have."""
    pairs = [(zone.id, part) for zone in zoned.values() for part in zone.parts]
    parts = pl.DataFrame(pairs, schema=["zone", "area"], orient="row")
    own = (
        known.join(parts, on="area")
        .group_by(level=pl.lit(ZONE), area="zone", period="period")
        .agg(of_parts=pl.col("deliveries").explode().unique().sort())
    )
    return (
        found.join(own, on=rates.KEYS, how="left", maintain_order="left")
        .with_columns(deliveries=pl.coalesce("of_parts", "deliveries"))
        .drop("of_parts")
    )


def _as_first(counts: pl.LazyFrame, earlier: pl.DataFrame) -> pl.LazyFrame:
    """The counts as they were published first."""
    return (
        counts.join(earlier.lazy(), on=history.CELL, how="left")
        .with_columns(
            value=pl.coalesce("first_value", "value"), status=pl.coalesce("first_status", "status")
        )
        .drop("first_value", "first_status")
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
        zones=areas.names(release)[ZONE],
        default_level=release.catalog.city.default_level,
        signs=release.catalog.city.signs,
        revised=values(release, indicator)["first"].is_not_null().any(),
    )


def periods(release: Release, indicator: Indicator, level: str) -> tuple[str, ...]:
    """The periods an indicator has values of on a level, in order; none where it has none."""
    return scope(release, indicator).periods.get(level, ())


@releases.kept(2)
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
