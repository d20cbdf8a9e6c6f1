"""The share of ground within a distance: by closed forms, and by points drawn by chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import acos, pi, sqrt

import numpy as np
import polars as pl
import pyproj
import pytest
import shapely

from model.catalog import FacilityType
from prepare import facilities, facility_values, reach
from prepare.facilities import Facilities
from prepare.shapes import Shapes

CRS = pyproj.CRS("EPSG:25832")
WEST, SOUTH, SIDE = 500_000.0, 5_790_000.0, 4_000.0
"""Two squares beside each other, the first from here; their common border is at WEST + SIDE."""
KITA = FacilityType(id="kita", title="Kita", plural="Kitas", reach=(500, 1000))

Place = tuple[float, float]


def squares() -> Shapes:
    boxes = [
        shapely.box(WEST + i * SIDE, SOUTH, WEST + (i + 1) * SIDE, SOUTH + SIDE) for i in (0, 1)
    ]
    return Shapes(("a", "b"), ("a", "b"), np.array(boxes, dtype=object), CRS)


def standing(places: Sequence[Place | None], modelled: bool = False) -> Facilities:
    """Kitas at places in metres from the corner; one without a place has only an address."""
    turned = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    rows = []
    for number, place in enumerate(places):
        at = turned.transform(WEST + place[0], SOUTH + place[1]) if place else (None, None)
        texts = (f"K{number}", "Kita", "kita", "Kita", "a", "Weg 1")
        rows.append((*texts, *at, "liste", "liste.csv", "", number))
    table = pl.DataFrame(rows, schema=facilities.SCHEMA, orient="row")
    values = pl.DataFrame(schema=facility_values.SCHEMA)
    return Facilities(table, values, {"liste": {"modelled": modelled}})


def shares(places: Sequence[Place | None], metres: int) -> list[float | None]:
    found = reach.shares(standing(places), [KITA], {"viertel": squares()})
    assert dict(found.schema) == reach.SCHEMA
    assert found.height == 4
    return found.filter(pl.col("metres") == metres)["share"].to_list()


def lens(radius: float, apart: float) -> float:
    """What two circles of one radius have in common."""
    return 2 * radius**2 * acos(apart / (2 * radius)) - apart / 2 * sqrt(4 * radius**2 - apart**2)


@pytest.mark.parametrize(
    ("places", "own", "other"),
    [
        ([(2000, 2000)], pi * 500**2, 0.0),
        ([(1000, 1000), (3000, 3000)], 2 * pi * 500**2, 0.0),
        ([(2000, 2000), (2600, 2000)], 2 * pi * 500**2 - lens(500, 600), 0.0),
        # On the border: what lies beyond it counts there.
        ([(4000, 2000)], pi * 500**2 / 2, pi * 500**2 / 2),
        # Beyond the city, at its corner.
        ([(0, 0)], pi * 500**2 / 4, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_circles_by_their_formulas(places: list[Place], own: float, other: float) -> None:
    assert shares(places, 500) == pytest.approx([own / SIDE**2, other / SIDE**2], abs=1e-4)


def test_many_circles_against_points_drawn_by_chance() -> None:
    rng = np.random.default_rng(7)
    places = rng.uniform(-500, 2 * SIDE, (12, 2)) * (1, 0.5)
    drawn = rng.uniform(0, SIDE, (40_000, 2))
    for i, share in enumerate(shares([(x, y) for x, y in places], 1000)):
        far = np.hypot(*(drawn[:, None] + (i * SIDE, 0) - places[None]).transpose(2, 0, 1))
        assert share == pytest.approx((far.min(axis=1) <= 1000).mean(), abs=0.01)


def test_a_facility_without_a_place_leaves_all_shares_open() -> None:
    """They would be too small, and nobody could see it."""
    found = reach.shares(standing([(2000, 2000), None]), [KITA], {"viertel": squares()})
    assert set(found["share"]) == {None}
    assert set(found["status"]) == {"not_collected"}


def test_what_is_reached_from_invented_facilities_is_of_the_model() -> None:
    found = reach.shares(standing([(2000, 2000)], modelled=True), [KITA], {"viertel": squares()})
    assert set(found["status"]) == {"modelled"}
    assert found.rows()[0][:4] == ("viertel", "a", "kita", 500)
