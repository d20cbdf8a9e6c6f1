"""Invented facilities: where they stand, their places and how many are taken.

No real institution is meant: names are numbers, and each stands somewhere near the middle of its
Stadtbezirk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

import seeds
from districts import DISTRICTS

YEARS = (2020, 2021, 2022, 2023, 2024)
KINDS = {
    "Kita": ("01", "03", "06", "08", "12", "14", "16", "17"),
    "Grundschule": ("01", "07", "08", "17"),
    "Jugendtreff": ("01", "08", "14", "16"),
}
"""Districts with a facility, by kind."""
PLACES = {"Kita": (50, 110), "Grundschule": (180, 320), "Jugendtreff": (30, 60)}


@dataclass(frozen=True)
class Facility:
    """One facility; `places` and `taken` are by year of YEARS."""

    id: str
    name: str
    kind: str
    district: str
    address: str
    lon: float
    lat: float
    places: tuple[int, ...]
    taken: tuple[int, ...]


def facilities(areas: Path) -> list[Facility]:
    """All facilities, always the same; `areas` is the folder of stadtbezirke.geojson."""
    drawn = json.loads((areas / "stadtbezirke.geojson").read_text(encoding="utf-8"))
    polygons = {
        feature["properties"]["id"]: shapely.geometry.shape(feature["geometry"])
        for feature in drawn["features"]
    }
    rng = seeds.generator("facilities")
    names = {district.id: district.name for district in DISTRICTS}
    found = []
    for kind, districts in KINDS.items():
        for number, district in enumerate(districts, start=1):
            lon, lat = _place(polygons[district], rng)
            places, taken = _numbers(kind, rng)
            found.append(
                Facility(
                    id=f"{kind[0]}{number:02}",
                    name=f"{kind} Modell {number} ({names[district]})",
                    kind=kind,
                    district=names[district],
                    address=f"Modellweg {len(found) + 1}, Minden",
                    lon=lon,
                    lat=lat,
                    places=places,
                    taken=taken,
                )
            )
    return found


def _place(polygon: shapely.Polygon, rng: np.random.Generator) -> tuple[float, float]:
    """A point in the inner half of the largest circle inside."""
    radius = shapely.maximum_inscribed_circle(polygon, tolerance=1e-4)
    centre = radius.coords[0]
    angle, distance = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 0.5) * radius.length
    lon, lat = centre[0] + distance * np.cos(angle), centre[1] + distance * np.sin(angle)
    return round(float(lon), 5), round(float(lat), 5)


def _numbers(kind: str, rng: np.random.Generator) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Places, which grow now and then, and how many of them are taken."""
    low, high = PLACES[kind]
    places = int(rng.integers(low, high)) + np.cumsum(rng.integers(0, 4, len(YEARS)))
    taken = np.round(places * rng.uniform(0.82, 1.0, len(YEARS)))
    return tuple(map(int, places)), tuple(map(int, taken))
