"""Polygons of one level and what is made of them: union, simplification, labels, GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pyproj
import shapely

from prepare.crs import WGS84

Polygons = npt.NDArray[np.object_]

_STEPS = 2000
"""The simplification tolerance is the extent divided by this: below a pixel of a screen."""


@dataclass(frozen=True)
class Shapes:
    """Polygons with area ids and the names their file gives them, in one order.

    `polygons` are in the metric CRS `crs` and share their borders exactly (a valid coverage).
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    polygons: Polygons
    crs: pyproj.CRS

    def degrees(self, geometries: Polygons) -> Polygons:
        """Geometries of this CRS as longitude and latitude."""
        moved = gpd.GeoSeries(geometries, crs=self.crs).to_crs(WGS84)
        return np.asarray(moved.values, dtype=object)


def ordered(shapes: Shapes, ids: Sequence[str]) -> Shapes:
    """The same shapes in the order of `ids`, which must be the same set."""
    position = {area: index for index, area in enumerate(shapes.ids)}
    order = [position[area] for area in ids]
    names = tuple(shapes.names[index] for index in order)
    return replace(shapes, ids=tuple(ids), names=names, polygons=shapes.polygons[order])


def dissolved(shapes: Shapes, parents: Mapping[str, str]) -> Shapes:
    """The union of the shapes by the parent of each; shapes without parent are left out."""
    members: dict[str, list[int]] = {}
    for index, area in enumerate(shapes.ids):
        if area in parents:
            members.setdefault(parents[area], []).append(index)
    unions = [shapely.coverage_union_all(shapes.polygons[parts]) for parts in members.values()]
    ids = tuple(members)
    return replace(shapes, ids=ids, names=ids, polygons=np.array(unions, dtype=object))


def simplified(shapes: Shapes) -> Shapes:
    """Fewer vertices, borders still shared exactly."""
    west, south, east, north = shapely.total_bounds(shapes.polygons)
    tolerance = max(east - west, north - south) / _STEPS
    polygons = np.asarray(shapely.coverage_simplify(shapes.polygons, tolerance), dtype=object)
    return replace(shapes, polygons=polygons)


def sizes_km2(shapes: Shapes) -> list[float]:
    """Area of each polygon on the WGS 84 ellipsoid in km², to 0.001."""
    geod = pyproj.Geod(ellps="WGS84")
    polygons = shapes.degrees(shapes.polygons)
    return [round(abs(geod.geometry_area_perimeter(polygon)[0]) / 1e6, 3) for polygon in polygons]


def label_points(shapes: Shapes) -> list[tuple[float, float]]:
    """Longitude and latitude of the inner point farthest from the border of each polygon."""
    widths = np.sqrt(shapely.area(shapes.polygons))
    circles = shapely.maximum_inscribed_circle(shapes.polygons, tolerance=widths / 100)
    centres = shapes.degrees(shapely.get_point(circles, 0))
    return [(round(point.x, 6), round(point.y, 6)) for point in centres]


def geojson(shapes: Shapes, properties: Mapping[str, Mapping[str, object]]) -> str:
    """A compact FeatureCollection in WGS 84, 6 decimals.

    Properties are i (the position), id, and what `properties` says of the area.
    """
    rounded = shapely.transform(shapes.degrees(shapes.polygons), lambda xy: np.round(xy, 6))
    oriented = shapely.orient_polygons(rounded, exterior_cw=False)
    features = [
        {
            "type": "Feature",
            "properties": {"i": index, "id": area, **properties[area]},
            "geometry": shapely.geometry.mapping(polygon),
        }
        for index, (area, polygon) in enumerate(zip(shapes.ids, oriented, strict=True))
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
