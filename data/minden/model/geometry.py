"""Schematic polygons of the 19 Stadtbezirke: a power diagram inside the true outline of Minden.

There are no public polygons of Minden's Stadtbezirke. A power diagram (a Voronoi diagram with one
weight per seed) is the plainest map that keeps what is known: who lies where, and how large. The
weights are found with Newton's method on the cell areas (Aurenhammer, Hoffmann, Aronov 1998,
"Minkowski-type theorems and least-squares clustering").
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import LineString, MultiLineString, Polygon

from districts import DISTRICTS, District

OUTLINE = Path(__file__).with_name("outline.geojson")
TO_METRES = Transformer.from_crs(4326, 25832, always_xy=True)
TO_DEGREES = Transformer.from_crs(25832, 4326, always_xy=True)
DECIMALS = 6


def outline() -> Polygon:
    """The municipal boundary in EPSG:25832."""
    feature = json.loads(OUTLINE.read_text(encoding="utf-8"))["features"][0]
    return _projected(shapely.geometry.shape(feature["geometry"]), TO_METRES)


def cells(districts: tuple[District, ...] = DISTRICTS) -> list[Polygon]:
    """One polygon per district (EPSG:25832), a gapless coverage of the outline.

    Cell areas are proportional to `District.target_km2`.
    """
    city = outline()
    seeds = np.array([TO_METRES.transform(d.lon, d.lat) for d in districts])
    target = np.array([d.target_km2 for d in districts])
    weights = _weights(seeds, target / target.sum() * city.area, city)
    return _coverage(_power_cells(seeds, weights, city), city)


def feature_collection(districts: tuple[District, ...] = DISTRICTS) -> dict[str, object]:
    """The cells as GeoJSON in WGS84, coordinates rounded to six decimals."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": district.id, "name": district.name},
            "geometry": {"type": "Polygon", "coordinates": [_ring(cell)]},
        }
        for district, cell in zip(districts, cells(districts), strict=True)
    ]
    return {"type": "FeatureCollection", "name": "stadtbezirke", "features": features}


def _projected(polygon: Polygon, transformer: Transformer) -> Polygon:
    return shapely.transform(
        polygon, lambda xy: np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))
    )


def _ring(cell: Polygon) -> list[list[float]]:
    degrees = shapely.orient_polygons(_projected(cell, TO_DEGREES))
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in degrees.exterior.coords]


def _power_cells(seeds: NDArray, weights: NDArray, city: Polygon) -> list[Polygon]:
    """Points closer to a seed than to any other, distance being |x - seed|^2 - weight."""
    west, south, east, north = city.buffer(5_000).bounds
    result = []
    for i, seed in enumerate(seeds):
        ring = np.array([[west, south], [east, south], [east, north], [west, north]])
        for j, other in enumerate(seeds):
            if i != j:
                normal = 2 * (other - seed)
                limit = other @ other - seed @ seed - weights[j] + weights[i]
                ring = _half_plane(ring, normal, limit)
        result.append(Polygon(ring))
    return result


def _half_plane(ring: NDArray, normal: NDArray, limit: float) -> NDArray:
    """The part of a convex ring where normal @ x <= limit (Sutherland-Hodgman)."""
    side = ring @ normal - limit
    kept = []
    for k in range(len(ring)):
        following = (k + 1) % len(ring)
        if side[k] <= 0:
            kept.append(ring[k])
        if side[k] * side[following] < 0:
            share = side[k] / (side[k] - side[following])
            kept.append(ring[k] + share * (ring[following] - ring[k]))
    return np.array(kept).reshape(-1, 2)


def _weights(seeds: NDArray, target: NDArray, city: Polygon) -> NDArray:
    """Weights (m^2) with which the cells have the target areas (m^2) to a tenth of a m^2."""
    weights = np.zeros(len(seeds))
    for _ in range(200):
        clipped = [cell.intersection(city) for cell in _power_cells(seeds, weights, city)]
        missing = target - np.array([cell.area for cell in clipped])
        if np.abs(missing).max() < 0.1:
            return weights
        weights = _feasible(weights, _newton_step(seeds, clipped, missing), seeds, city)
    raise RuntimeError("Die Gewichte des Potenzdiagramms konvergieren nicht.")


def _newton_step(seeds: NDArray, clipped: list[Polygon], missing: NDArray) -> NDArray:
    """Solve the graph Laplacian of shared border length over twice the seed distance."""
    count = len(seeds)
    laplacian = np.zeros((count, count))
    for i in range(count):
        for j in range(i):
            shared = clipped[i].buffer(0.01).intersection(clipped[j].boundary).length
            flow = shared / (2 * np.linalg.norm(seeds[i] - seeds[j]))
            laplacian[[i, j], [j, i]] -= flow
            laplacian[[i, j], [i, j]] += flow
    step = np.zeros(count)
    step[1:] = np.linalg.solve(laplacian[1:, 1:], missing[1:])
    return step


def _feasible(weights: NDArray, step: NDArray, seeds: NDArray, city: Polygon) -> NDArray:
    """Shorten the step until no cell vanishes."""
    for halving in range(30):
        tried = weights + step / 2**halving
        areas = [c.intersection(city).area for c in _power_cells(seeds, tried, city)]
        if min(areas) > 50_000:
            return tried
    raise RuntimeError("Ein Stadtbezirk verschwindet: die Lage der Punkte prüfen.")


def _coverage(power: list[Polygon], city: Polygon) -> list[Polygon]:
    """Cut the outline along the cells' edges; nodes are shared, so borders agree exactly."""
    # Convex cells of neighbours carry the same edge from slightly different computations;
    # a millimetre grid makes the two one line.
    edges = [LineString(cell.exterior.coords) for cell in power]
    lines = shapely.union_all(edges, grid_size=0.001)
    inner = lines.intersection(city.buffer(1))
    noded = shapely.node(MultiLineString([*_parts(inner), city.exterior]))
    pieces = [
        p for p in shapely.polygonize(noded.geoms).geoms if city.contains(p.point_on_surface())
    ]
    merged: list[list[Polygon]] = [[] for _ in power]
    for piece in pieces:
        inside = piece.point_on_surface()
        merged[int(np.argmin([cell.distance(inside) for cell in power]))].append(piece)
    return [_single(pieces) for pieces in merged]


def _parts(lines: shapely.Geometry) -> list[LineString]:
    return [part for part in shapely.get_parts(lines) if part.geom_type == "LineString"]


def _single(pieces: list[Polygon]) -> Polygon:
    joined = shapely.union_all(pieces)
    if joined.geom_type != "Polygon":
        raise RuntimeError("Ein Stadtbezirk zerfällt in Teile: die Lage der Punkte prüfen.")
    return joined
