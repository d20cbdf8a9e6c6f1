"""The facilities of a release, what is counted of them, and how much ground they reach."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from loaders import areas
from loaders.releases import Release
from model import supply_counts
from model.catalog import FacilityType
from model.facility import Facility, Series, Value

_LIST, _VALUES, _REACH = "facilities.parquet", "facility_values.parquet", "reach.parquet"


@lru_cache(maxsize=2)
def listed(release: Release) -> pl.DataFrame:
    """All facilities of types the catalog knows, in the order of the types, then by id."""
    if _LIST not in release.manifest["files"]:
        return pl.DataFrame(
            schema={
                **dict.fromkeys(("facility", "name", "type", "area", "address"), pl.String),
                **dict.fromkeys(("lon", "lat"), pl.Float64),
                "delivery": pl.String,
            }
        )
    order = pl.Enum(list(release.catalog.facility_types_by_id))
    found = release.table(_LIST).filter(
        pl.col("type").is_in(list(release.catalog.facility_types_by_id))
    )
    return found.sort(pl.col("type").cast(order), "facility")


@lru_cache(maxsize=2)
def values(release: Release) -> pl.DataFrame:
    """All yearly values of facilities: facility, period, measure, value, status."""
    found = release.table(_VALUES)
    return found.select("facility", "period", "measure", "value", "status")


def types(release: Release) -> dict[str, FacilityType]:
    """The types that have facilities in this release, in the order they are declared."""
    there = set(listed(release)["type"])
    return {
        name: kind for name, kind in release.catalog.facility_types_by_id.items() if name in there
    }


@lru_cache(maxsize=2)
def every(release: Release) -> dict[str, Facility]:
    """All facilities by id."""
    known = release.catalog.facility_types_by_id
    return {
        row["facility"]: Facility(
            id=row["facility"],
            name=row["name"],
            kind=known[row["type"]],
            area=row["area"],
            address=row["address"],
            lon=row["lon"],
            lat=row["lat"],
            delivery=row["delivery"],
        )
        for row in listed(release).iter_rows(named=True)
    }


def series(release: Release, facility: str) -> tuple[Series, ...]:
    """Everything that is counted of a facility, in the order of the catalog's measures."""
    own = values(release).filter(pl.col("facility") == facility).sort("period")
    return tuple(
        Series(measure, tuple(Value(*row) for row in found.iter_rows()))
        for name, measure in release.catalog.measures.items()
        if (
            found := own.filter(pl.col("measure") == name).select("period", "value", "status")
        ).height
    )


@lru_cache(maxsize=64)
def counts(release: Release, kind: FacilityType) -> pl.DataFrame:
    """The places of a type by area and period, see model/supply_counts.py."""
    told = release.manifest["deliveries"]
    return supply_counts.counts(
        kind,
        listed(release),
        values(release),
        areas.by_level(release),
        release.catalog.city.city_level,
        {name for name, delivery in told.items() if delivery["modelled"]},
    )


def reached(release: Release, kind: str, metres: int) -> dict[str, float | None]:
    """The part of each area's ground within so many metres of a facility, by area id."""
    if _REACH not in release.manifest["files"]:
        return {}
    rows = _reach(release).filter(pl.col("type") == kind, pl.col("metres") == metres)
    return dict(rows.select("area", "share").iter_rows())


@lru_cache(maxsize=2)
def _reach(release: Release) -> pl.DataFrame:
    return release.table(_REACH)
