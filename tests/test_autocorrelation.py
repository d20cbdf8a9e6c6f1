"""Moran's I of whole maps and of single areas: closed forms, and every order there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from components import spatial_patterns
from loaders import areas, clusters, indicators, releases, views
from model.clusters import FEWEST, FILE, Pattern
from model.selection import Selection
from prepare import autocorrelation


def grid(side: int, corners: bool) -> list[list[int]]:
    """The neighbours on a board, over edges or also over corners."""
    cells = [(row, column) for row in range(side) for column in range(side)]
    return [
        [
            i
            for i, (r, c) in enumerate(cells)
            if (r, c) != (row, column)
            and max(abs(r - row), abs(c - column)) == 1
            and (corners or abs(r - row) + abs(c - column) == 1)
        ]
        for row, column in cells
    ]


def test_neighbours_share_a_border_or_a_corner_and_islands_have_none() -> None:
    squares = [shapely.box(c, r, c + 1, r + 1) for r in range(3) for c in range(3)]
    far = shapely.box(9, 9, 10, 10)
    found = autocorrelation.neighbours(np.array([*squares, far], dtype=object))
    assert found[:9] == grid(3, corners=True)
    assert found[9] == []


def test_areas_without_a_value_or_a_neighbour_with_one_are_left_out() -> None:
    chain = [[1], [0, 2], [1, 3], [2, 4], [3]]
    assert autocorrelation.among(chain, [0, 1, 3, 4]) == ([0, 1, 3, 4], [[1], [0], [3], [2]])
    assert autocorrelation.among(chain, [0, 2, 3]) == ([2, 3], [[1], [0]])


def test_a_checkerboard_has_minus_one() -> None:
    values = [float((row + column) % 2) for row in range(4) for column in range(4)]
    found = autocorrelation.autocorrelation(values, grid(4, corners=False))
    assert found.moran == pytest.approx(-1)
    assert found.local == pytest.approx([-1] * 16)
    assert set(found.kinds) == {"high_low", "low_high"}
    assert found.expected == pytest.approx(-1 / 15)
    assert found.p < 0.01


def test_a_gradient_by_hand() -> None:
    # Deviations -1.5, -0.5, 0.5, 1.5; means around -0.5, -0.5, 0.5, 0.5; variance 1.25.
    found = autocorrelation.autocorrelation([1.0, 2.0, 3.0, 4.0], [[1], [0, 2], [1, 3], [2]])
    assert found.moran == pytest.approx(0.4)
    assert found.local == pytest.approx([0.6, 0.2, 0.2, 0.6])
    assert found.kinds == ("low_low", "low_low", "high_high", "high_high")


def tails(drawn: list[float], seen: float) -> float:
    above = sum(one >= seen - 1e-9 for one in drawn) / len(drawn)
    below = sum(one <= seen + 1e-9 for one in drawn) / len(drawn)
    return min(1.0, 2 * min(above, below))


def test_p_values_are_near_those_of_every_order() -> None:
    values = [3.0, 3.5, 9.0, 1.0, 8.0, 2.0, 7.0]
    near = [[1, 3], [0, 2], [1, 4], [0, 5], [2, 6], [3], [4]]
    found = autocorrelation.autocorrelation(values, near)
    for place, own in enumerate(near):
        others = values[:place] + values[place + 1 :]
        drawn = [sum(some) / len(own) for some in combinations(others, len(own))]
        exact = tails(drawn, sum(values[one] for one in own) / len(own))
        assert found.local_p[place] == pytest.approx(exact, abs=0.02)

    def moran(order: tuple[float, ...]) -> float:
        z = np.array(order) - np.mean(order)
        lags = np.array([z[own].mean() for own in near])
        return float(z @ lags / (z @ z))

    every = [moran(order) for order in permutations(values)]
    assert found.moran == pytest.approx(moran(tuple(values)))
    assert found.p == pytest.approx(tails(every, moran(tuple(values))), abs=0.02)


def test_a_plain_cluster_is_found_and_noise_is_not_and_builds_agree() -> None:
    side = 9
    corner = [float(row < 3 and column < 3) for row in range(side) for column in range(side)]
    noise = np.random.default_rng(3).normal(size=side * side)
    near = grid(side, corners=True)
    found = autocorrelation.autocorrelation((10 * np.array(corner) + noise).tolist(), near)
    inside = [place for place, here in enumerate(corner) if here]
    assert [place for place, here in enumerate(found.found) if here and found.local[place] > 0]
    assert {p for p, here in enumerate(found.found) if here and found.kinds[p] == "high_high"} == {
        place for place in inside if found.found[place]
    }
    assert sum(found.found[place] for place in inside) >= 7
    plain = autocorrelation.autocorrelation(noise.tolist(), near)
    assert not any(plain.found) and plain.p > 0.05
    again = autocorrelation.autocorrelation(noise.tolist(), near)
    assert again.local_p.tolist() == plain.local_p.tolist()


def test_a_release_tells_patterns_of_what_it_publishes(
    minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    release = releases.current()
    table = release.table(FILE)
    catalog, level = release.catalog, release.catalog.city.default_level
    tested = set(table["indicator"])
    assert tested
    assert all(
        catalog.indicators[name].denominator or catalog.indicators[name].as_delivered
        for name in tested
    )
    near = areas.neighbours(release, level)
    partly = 0
    for name in tested:
        found = clusters.of(release, name, level)
        assert found
        rows = indicators.values(release, catalog.indicators[name]).filter(
            (pl.col("level") == level) & (pl.col("period") == found.period)
        )
        values = dict(rows.drop_nulls("value").select("area", "value").iter_rows())
        linked = [area for area in values if any(other in values for other in near[area])]
        assert (found.areas, found.alone) == (len(linked), len(values) - len(linked))
        assert found.areas >= FEWEST
        told = table.filter((pl.col("indicator") == name) & (pl.col("area") != ""))
        assert set(told["area"]) == set(linked)
        # The mean of the local ones is the whole one.
        mean = told["moran"].mean()
        assert isinstance(mean, float) and mean == pytest.approx(found.moran, abs=1e-5)
        partly += len(values) < len(near)
    assert partly, "some indicator lacks suppressed areas"
    assert clusters.of(release, "einwohner", level) is None, "plain counts are not tested"


def test_groups_are_named_only_where_they_are_more_than_chance(
    minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    release = releases.current()
    level = release.catalog.city.default_level
    period = "2024-12-31"
    view = views.view_of(release, Selection("bevoelkerung", "anteil_u3", level, period))
    names = areas.names(release)[level]
    plain = Pattern(period, 19, 2, 0.1, -1 / 18, 0.2, 9_999, {})
    first, caveat = spatial_patterns.sentences(view, plain, names)
    assert "kein Muster, das der Zufall nicht auch hervorbringt (Morans I 0,10" in first
    assert "nicht geprüft: 2" in caveat and "bleibt vieles unerkannt" in caveat
    found = replace(plain, areas=60, alone=0, p=0.01, clusters={"high_high": ("01", "08")})
    first, group, caveat = spatial_patterns.sentences(view, found, names)
    assert first.startswith("Ähnliche Werte liegen am 31.12.2024 häufiger nebeneinander")
    assert group == "Hohe Werte, umgeben von hohen: Bärenkämpen, Innenstadt."
    assert "unerkannt" not in caveat
    assert len(spatial_patterns.sentences(view, replace(found, clusters={}), names)) == 3
    [none] = spatial_patterns.sentences(view, None, names)
    assert none.startswith("Nicht geprüft")
