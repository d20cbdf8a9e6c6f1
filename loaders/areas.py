"""Areas of a release: names, hierarchy, geometry."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from loaders.releases import Release
from model.areas import Area
from model.areas import area as named
from model.catalog import ZONE

SURROUNDINGS = "surroundings"


@lru_cache(maxsize=2)
def by_level(release: Release) -> dict[str, dict[str, Area]]:
    """Areas by level and id, both in the release's order."""
    frame = release.table("areas.parquet").sort("order")
    levels: dict[str, dict[str, Area]] = {level.id: {} for level in release.catalog.city.levels}
    areas = {**levels, ZONE: {}}
    for row in frame.iter_rows(named=True):
        found = named(row)
        areas[found.level][found.id] = found
    return areas


def names(release: Release) -> dict[str, dict[str, str]]:
    """Area names by level and id."""
    return {
        level: {area.id: area.name for area in areas.values()}
        for level, areas in by_level(release).items()
    }


def geometry_path(release: Release, level: str) -> str | None:
    """Where a level's polygons lie inside the release; None for a level without a map."""
    path = f"geometry/{level}.json"
    return path if path in release.manifest["files"] else None


@lru_cache(maxsize=8)
def geometry(release: Release, level: str) -> dict[str, Any]:
    """A level's polygons as a GeoJSON FeatureCollection, features in the order of the areas."""
    return dict(json.loads(release.read(f"geometry/{level}.json")))


@lru_cache(maxsize=8)
def outlines(release: Release, level: str) -> dict[str, list[list[list[float]]]]:
    """The rings of each area of a level; empty for a level without a map."""
    if geometry_path(release, level) is None:
        return {}
    return {
        feature["properties"]["id"]: _rings(feature["geometry"])
        for feature in geometry(release, level)["features"]
    }


@lru_cache(maxsize=8)
def neighbours(release: Release, level: str) -> dict[str, tuple[str, ...]]:
    """The areas of a level that share a border: at least two corners of their outlines."""
    corners = {
        area: {(round(lon, 6), round(lat, 6)) for ring in rings for lon, lat in ring}
        for area, rings in outlines(release, level).items()
    }
    return {
        area: tuple(other for other in corners if other != area and len(own & corners[other]) > 1)
        for area, own in corners.items()
    }


def _rings(shape: dict[str, Any]) -> list[list[list[float]]]:
    polygons = shape["coordinates"]
    if shape["type"] == "Polygon":
        polygons = [polygons]
    return [ring for polygon in polygons for ring in polygon]


@dataclass(frozen=True)
class Frame:
    """Where a level's polygons lie, in degrees: west, south, east, north, and each one's width."""

    bounds: tuple[float, float, float, float]
    widths: Mapping[str, float]

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude there."""
        _west, south, _east, north = self.bounds
        return math.cos(math.radians((south + north) / 2))


@lru_cache(maxsize=8)
def frame(release: Release, level: str) -> Frame:
    """The frame of a level's map."""
    boxes = {
        feature["properties"]["id"]: _box(feature["geometry"]["coordinates"])
        for feature in geometry(release, level)["features"]
    }
    wests, souths, easts, norths = zip(*boxes.values(), strict=True)
    return Frame(
        bounds=(min(wests), min(souths), max(easts), max(norths)),
        widths={area: east - west for area, (west, _south, east, _north) in boxes.items()},
    )


def _box(coordinates: Any) -> tuple[float, float, float, float]:
    if isinstance(coordinates[0], int | float):
        lon, lat = coordinates
        return lon, lat, lon, lat
    wests, souths, easts, norths = zip(*map(_box, coordinates), strict=True)
    return min(wests), min(souths), max(easts), max(norths)
