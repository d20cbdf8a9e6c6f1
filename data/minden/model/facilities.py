"""Invented facilities: where they stand, their places and how many are taken.

No real institution is meant: names are numbers, and each stands somewhere in its Stadtbezirk. The
places of the Kitas are those that the model of day care (`youth.py`) has in each district: for
children from three, and its part of those for younger ones; city-wide they are the published ones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

import rounding
import seeds
from districts import DISTRICTS
from timeline import index
from youth import Youth

YEARS = (2020, 2021, 2022, 2023, 2024)
KITAS = 40
"""Published for March 2023."""
KITA_PLACES = {2020: 2_780, 2021: 2_815, 2022: 2_860, 2023: 2_910, 2024: 3_073}
"""Without family day care; published are 2,910 in March 2023 and 3,073 in August 2024."""
OTHERS = {
    "Grundschule": ("01", "03", "04", "06", "07", "08", "09", "12", "14", "16", "17", "17"),
    "Jugendtreff": ("01", "08", "09", "14", "16", "17"),
    "Beratungsstelle": ("08", "14", "17"),
}
"""Districts with such a facility, once for each."""
PLACES = {"Grundschule": (220, 300), "Jugendtreff": (30, 60)}
CHILDREN_PER_PLAYGROUND = 90
"""Children of three to five, so that each district has one and the largest some."""


@dataclass(frozen=True)
class Facility:
    """One facility; `places` and `taken` are by year of YEARS, empty where there are none."""

    id: str
    name: str
    kind: str
    district: str
    address: str
    lon: float
    lat: float
    places: tuple[int, ...] = ()
    taken: tuple[int, ...] = ()


def facilities(areas: Path, youth: Youth) -> list[Facility]:
    """All facilities, always the same; `areas` is the folder of stadtbezirke.geojson."""
    drawn = json.loads((areas / "stadtbezirke.geojson").read_text(encoding="utf-8"))
    polygons = {
        feature["properties"]["id"]: shapely.geometry.shape(feature["geometry"])
        for feature in drawn["features"]
    }
    rng = seeds.generator("facilities")
    names = {district.id: district.name for district in DISTRICTS}
    found: list[Facility] = []
    for kind, rows in _kinds(youth, rng).items():
        for number, (district, places) in enumerate(rows, start=1):
            taken = np.round(np.array(places) * rng.uniform(0.88, 1.0, len(places)))
            lon, lat = _place(polygons[district], [(f.lon, f.lat) for f in found], rng)
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
                    taken=tuple(map(int, taken)),
                )
            )
    return found


Rows = list[tuple[str, tuple[int, ...]]]
"""The district and the places of each facility of a kind."""


def _kinds(youth: Youth, rng: np.random.Generator) -> dict[str, Rows]:
    kinds: dict[str, Rows] = {"Kita": _kitas(youth, rng)}
    for kind, districts in OTHERS.items():
        kinds[kind] = [(district, _places(kind, rng)) for district in districts]
    preschool = youth.children[:, index(YEARS[-1])]
    playgrounds = np.maximum(1, np.rint(preschool / CHILDREN_PER_PLAYGROUND)).astype(int)
    kinds["Spielplatz"] = [
        (district.id, ())
        for district, n in zip(DISTRICTS, playgrounds, strict=True)
        for _ in range(n)
    ]
    return kinds


def _kitas(youth: Youth, rng: np.random.Generator) -> Rows:
    """Every district's places by year, shared out among its Kitas."""
    own = np.array([_kita_places(youth, year) for year in YEARS])
    last = own[-1]
    counts = rounding.largest_remainder(
        KITAS * last / last.sum(), KITAS, np.minimum(1, last), KITAS * np.minimum(1, last)
    )
    rows: Rows = []
    for district, count, totals in zip(DISTRICTS, counts, own.T, strict=True):
        if not count:
            continue
        weights = rng.uniform(0.75, 1.25, count)
        weights /= weights.sum()
        shares = [rounding.largest_remainder(weights * total, int(total)) for total in totals]
        rows += [(district.id, tuple(int(year[n]) for year in shares)) for n in range(count)]
    return rows


def _kita_places(youth: Youth, year: int) -> np.ndarray:
    """Places in each district: those from three, and a part of the others where there is a Kita."""
    elder = youth.places[:, index(year)]
    younger = np.where(elder > 0, youth.daycare_u3[:, index(year)], 0)
    rest = KITA_PLACES[year] - int(elder.sum())
    return elder + rounding.largest_remainder(younger / younger.sum() * rest, rest, 0, None)


def _places(kind: str, rng: np.random.Generator) -> tuple[int, ...]:
    """Places that grow now and then; none where nobody counts them."""
    if kind not in PLACES:
        return ()
    low, high = PLACES[kind]
    places = int(rng.integers(low, high)) + np.cumsum(rng.integers(0, 4, len(YEARS)))
    return tuple(map(int, places))


def _place(
    polygon: shapely.Polygon, taken: list[tuple[float, float]], rng: np.random.Generator
) -> tuple[float, float]:
    """A point of the largest circle inside, of some drawn ones the farthest from all others."""
    radius = shapely.maximum_inscribed_circle(polygon, tolerance=1e-4)
    centre = radius.coords[0]
    drawn = [
        (
            centre[0] + distance * radius.length * np.cos(angle),
            centre[1] + distance * radius.length * np.sin(angle),
        )
        for angle, distance in zip(
            rng.uniform(0, 2 * np.pi, 12), 0.85 * np.sqrt(rng.uniform(0.01, 1, 12)), strict=True
        )
    ]
    others = shapely.MultiPoint(taken)
    lon, lat = max(drawn, key=lambda at: shapely.Point(at).distance(others) if taken else 0.0)
    return round(float(lon), 5), round(float(lat), 5)
