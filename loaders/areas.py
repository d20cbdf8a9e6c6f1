"""Areas of a release: names, hierarchy, geometry."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from loaders import releases
from loaders.releases import Release
from model import zones
from model.areas import Area
from model.areas import area as named
from model.catalog import ZONE

SURROUNDINGS = "surroundings"
_ZONES = "zones.parquet"


@lru_cache(maxsize=64)
def by_level(release: Release) -> dict[str, dict[str, Area]]:
    """Areas by level and id, both in the release's order; the last level is ZONE.

    Zones are those of the release, then those of the reader.
    """
    if release.zones:
        known = by_level(release.base)
        return {**known, ZONE: {**known[ZONE], **zones.areas(release.zones, known)}}
    parts = _parts(release)
    levels = (*(level.id for level in release.catalog.city.levels), ZONE)
    areas: dict[str, dict[str, Area]] = {level: {} for level in levels}
    for row in release.table("areas.parquet").sort("order").iter_rows(named=True):
        found = named(row, parts.get(row["area"], ()))
        areas[found.level][found.id] = found
    return areas


def _parts(release: Release) -> dict[str, tuple[str, ...]]:
    """The parts of each zone of the release; none in a release without zones."""
    if _ZONES not in release.manifest["files"]:
        return {}
    rows = release.table(_ZONES).group_by("zone", maintain_order=True).agg(pl.col("part"))
    return {zone: tuple(parts) for zone, parts in rows.iter_rows()}


def levels(release: Release) -> dict[str, tuple[str, ...]]:
    """The areas that can be put together, by their level: those below the city's."""
    city = release.catalog.city
    own = [
        level.id for level in city.levels if not level.comparison and level.id != city.city_level
    ]
    known = {level: zones.joinable(by_level(release)[level]) for level in own}
    return {level: areas for level, areas in known.items() if len(areas) > 1}


def parted(release: Release, area: str) -> tuple[str, ...]:
    """The parts of a zone; of any other area itself."""
    found = by_level(release)[ZONE].get(area)
    return found.parts if found else (area,)


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


@releases.kept(8)
def geometry(release: Release, level: str) -> dict[str, Any]:
    """A level's polygons as a GeoJSON FeatureCollection, features in the order of the areas."""
    return dict(json.loads(release.read(f"geometry/{level}.json")))


@releases.kept(8)
def outlines(release: Release, level: str) -> dict[str, list[list[list[float]]]]:
    """The rings of each area of a level; empty for a level without a map."""
    if geometry_path(release, level) is None:
        return {}
    return {
        feature["properties"]["id"]: _rings(feature["geometry"])
        for feature in geometry(release, level)["features"]
    }


def beside(release: Release, area: Area) -> tuple[str, ...]:
    """The areas that border on one; those of a zone border on one of its parts."""
    level = level_of(release, area)
    found = neighbours(release, level)
    own = area.parts or (area.id,)
    bordering = {other for part in own for other in found.get(part, ())} - set(own)
    return tuple(other for other in by_level(release)[level] if other in bordering)


def level_of(release: Release, area: Area) -> str:
    """The level of an area's polygons: of a zone that of its parts."""
    if not area.parts:
        return area.level
    known = by_level(release)
    return next(level for level, areas in known.items() if area.parts[0] in areas)


@releases.kept(8)
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


@releases.kept(8)
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
