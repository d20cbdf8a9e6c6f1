"""How much of each area lies within a distance of a facility, as the crow flies.

It is a share of ground, not of people: nothing is known of where in an area they live, nor of
paths, bridges and rivers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import pyproj
import shapely

from model.catalog import FacilityType
from prepare.crs import WGS84
from prepare.facilities import Facilities
from prepare.shapes import Polygons, Shapes

SCHEMA = {
    "level": pl.String,
    "area": pl.String,
    "type": pl.String,
    "metres": pl.Int64,
    "share": pl.Float64,
    "status": pl.String,
}
"""One row per area, type and distance; `share` from 0 to 1, null where a place is not known."""
_ROUND = 64
"""Corners of a quarter of a circle: its area is right to 0.01 %."""
_DECIMALS = 4


def shares(
    found: Facilities, types: Sequence[FacilityType], drawn: Mapping[str, Shapes]
) -> pl.DataFrame:
    """The shares (SCHEMA) of all areas of the levels that are `drawn`, in the order of `types`.

    Facilities beyond the city's border count. Where one of a type has no coordinates, the shares
    of the type are not known.
    """
    modelled = {name for name, told in found.told.items() if told["modelled"]}
    rows: list[tuple[str, str, str, int, float | None, str]] = []
    for kind in types:
        own = found.table.filter(pl.col("type") == kind.id)
        known = own["lon"].null_count() == 0
        status = "modelled" if modelled & set(own["delivery"]) else "ok"
        for level, shapes in drawn.items():
            places = _points(own, shapes.crs) if known else None
            for metres in kind.reach:
                reached = _shares(places, shapes.polygons, metres)
                rows += [
                    (
                        level,
                        area,
                        kind.id,
                        metres,
                        share,
                        "not_collected" if places is None else status,
                    )
                    for area, share in zip(shapes.ids, reached, strict=True)
                ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _points(own: pl.DataFrame, crs: pyproj.CRS) -> Polygons:
    """Facilities as points of a metric CRS."""
    turned = pyproj.Transformer.from_crs(WGS84, crs, always_xy=True)
    east, north = turned.transform(own["lon"].to_numpy(), own["lat"].to_numpy())
    return np.asarray(shapely.points(east, north), dtype=object)


def _shares(places: Polygons | None, polygons: Polygons, metres: int) -> Sequence[float | None]:
    """The part of each polygon within so many metres of a place."""
    if places is None:
        return [None] * len(polygons)
    circles = shapely.union_all(shapely.buffer(places, metres, quad_segs=_ROUND))
    inside = shapely.area(shapely.intersection(polygons, circles)) / shapely.area(polygons)
    return [float(share) for share in np.round(inside, _DECIMALS)]
