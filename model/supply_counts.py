"""Places of facilities summed up to areas, as counts that model/rates.py reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from model import status
from model.areas import Area
from model.catalog import BREAKDOWNS, TOTAL, FacilityType


def counts(
    kind: FacilityType,
    listed: pl.DataFrame,
    values: pl.DataFrame,
    areas: Mapping[str, Mapping[str, Area]],
    city_level: str,
    modelled: Collection[str],
) -> pl.DataFrame:
    """Places of a type by level, area and period, with the columns model/rates.py wants.

    `listed` are facilities (facility, type, area, lon, delivery), `values` their values (facility,
    period, measure, value, status); `modelled` are the deliveries of a model. A facility without a
    number at a period makes the sums it belongs to missing. Areas without a facility have zero
    places where the type's lists are `complete`. Facilities beyond the border count nowhere, those
    of the city that no area is known of count for the city alone, and then no area has a zero.
    """
    own = listed.filter(pl.col("type") == kind.id)
    told = values.filter(pl.col("measure") == pl.lit(kind.places))
    told = told.join(own, on="facility", how="semi")
    periods = told.select(pl.col("period").unique())
    lost = own.filter(pl.col("area").eq("") & pl.col("lon").is_null()).height
    found = (
        own.select("facility", "area", "lon", "delivery")
        .join(periods, how="cross")
        .join(told.select("facility", "period", "value", "status"), ["facility", "period"], "left")
        .with_columns(pl.col("status").fill_null("not_collected"))
        .join(_members(own, areas, city_level), on="facility")
    )
    sums = found.group_by("level", "of", "period").agg(
        value=pl.when(pl.col("value").null_count() == 0).then(pl.col("value").sum()),
        status=status.severity().max(),
        delivery=pl.col("delivery").first(),
    )
    sums = sums.rename({"of": "area"}).with_columns(status=status.named("status"))
    if kind.complete and own.height and not lost:
        sums = pl.concat([sums, _zeros(sums, periods, areas, own, modelled)])
    return sums.with_columns(
        pl.lit(kind.places).alias("measure"), *(pl.lit(TOTAL).alias(each) for each in BREAKDOWNS)
    )


def _members(
    own: pl.DataFrame, areas: Mapping[str, Mapping[str, Area]], city_level: str
) -> pl.DataFrame:
    """Every area a facility lies in, from its own up to the city."""
    known = {area.id: area for level in areas.values() for area in level.values()}
    [city] = areas[city_level].values()
    rows = []
    for facility, area, lon in own.select("facility", "area", "lon").iter_rows():
        place = known.get(area) or (city if lon is None else None)
        while place is not None:
            rows.append((facility, place.level, place.id))
            place = None if place.level == city_level else known.get(place.parent or "")
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("facility", "level", "of"), pl.String), orient="row"
    )


def _zeros(
    sums: pl.DataFrame,
    periods: pl.DataFrame,
    areas: Mapping[str, Mapping[str, Area]],
    own: pl.DataFrame,
    modelled: Collection[str],
) -> pl.DataFrame:
    """Zero places for the areas of the levels with facilities that have none."""
    levels = set(sums["level"])
    named = [(level, area) for level in levels for area in areas[level]]
    frame = pl.DataFrame(named, schema={"level": pl.String, "area": pl.String}, orient="row")
    invented = set(own["delivery"]) & set(modelled)
    return (
        frame.join(periods, how="cross")
        .join(sums, on=["level", "area", "period"], how="anti")
        .select(
            "level",
            "area",
            "period",
            pl.lit(0.0).alias("value"),
            pl.lit("modelled" if invented else "ok").alias("status"),
            pl.lit(own["delivery"][0]).alias("delivery"),
        )
    )
