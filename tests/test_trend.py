"""Trends: a textbook example, an independent computation, and data that do not change."""

from __future__ import annotations

from itertools import product
from math import factorial, prod, sqrt

import numpy as np
import polars as pl
import pytest

from model import trend
from model.trend import Point
from test_model import indicator


def series(counts: list[float], base: float = 100) -> list[Point]:
    return [Point(2010 + i, count, base) for i, count in enumerate(counts)]


def test_the_trend_of_shares_is_that_of_agrestis_malformations() -> None:
    """Categorical Data Analysis, 3.5.3: alcohol in pregnancy, z² = 6.57; scores here doubled."""
    found = [Point(0, 48, 17114), Point(1, 38, 14502), Point(3, 5, 793), Point(8, 1, 127)]
    assert trend.score([*found, Point(14, 1, 38)], share=True) ** 2 == pytest.approx(6.57, abs=5e-3)


def test_the_trend_of_rates_is_told_in_its_own_standard_errors() -> None:
    """Given their sum, counts are multinomial: all 5**4 ways to spread four cases, by hand."""
    bases, total = (10.0, 20.0, 20.0, 30.0, 10.0), 4
    parts = [base / sum(bases) for base in bases]
    ways = [way for way in product(range(total + 1), repeat=5) if sum(way) == total]
    law = {
        way: factorial(total) * prod(p**k / factorial(k) for p, k in zip(parts, way, strict=True))
        for way in ways
    }
    lean = {way: sum(year * k for year, k in enumerate(way)) for way in ways}
    mean = sum(law[way] * lean[way] for way in ways)
    spread = sqrt(sum(law[way] * (lean[way] - mean) ** 2 for way in ways))
    for way in ways[::7]:
        points = [Point(i, k, base) for i, (k, base) in enumerate(zip(way, bases, strict=True))]
        expected = (lean[way] - mean) / spread
        assert trend.score(points, share=False) == pytest.approx(expected)


def test_directions_need_five_points_and_a_test() -> None:
    births = indicator(reference="year")
    assert trend.direction(births, series([10, 20, 30, 40])) == "few"
    assert trend.direction(births, series([10, 13, 17, 20, 24])) == "rising"
    assert trend.direction(births, series([24, 20, 17, 13, 10])) == "falling"
    assert trend.direction(births, series([10, 12, 9, 11, 10])) == "none"
    assert trend.direction(births, series([0] * 6)) == "none"
    assert trend.direction(births, series([100] * 6)) == "none"
    assert trend.direction(indicator(random="none"), series([10, 13, 17, 20, 24])) == "untested"
    words = [trend.words(each) for each in ("rising", "falling", "none", "few", "untested")]
    assert words[:2] == ["steigt", "fällt"]
    assert len(set(words)) == 5


def test_who_is_counted_again_makes_a_trend_less_sure() -> None:
    drift: list[float] = [20, 21, 22, 23, 25, 26, 27, 28, 29, 31]
    assert trend.direction(indicator(reference="year"), series(drift)) == "rising"
    assert trend.direction(indicator(reference="date"), series(drift)) == "none"
    assert trend.carried(series([1] * 5)) == pytest.approx(1.2, abs=0.05)
    assert trend.carried(series([1] * 15)) == pytest.approx(3.1, abs=0.05)


def test_only_what_lies_behind_the_last_break_makes_a_trend() -> None:
    rows = pl.DataFrame(
        {
            "period": ["2021-12-31", "2020-12-31", "2022-12-31", "2023-12-31", "2024-12-31"],
            "value": [1.0, 2.0, None, 4.0, 5.0],
            "numerator": [1.0, 2.0, None, 4.0, 5.0],
            "denominator": [100.0, 100.0, 100.0, 100.0, 100.0],
            "part": [1, 0, 1, 1, 1],
        }
    )
    expected = (Point(2021, 1, 100), Point(2023, 4, 100), Point(2024, 5, 100))
    assert trend.points(rows) == expected


def test_counts_that_are_no_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        trend.score(series([1, 2, 3, 4, 101]), share=True)
    with pytest.raises(ValueError, match="no rate"):
        trend.score(series([1, 2, 3, 4, 5], base=0), share=False)
    assert trend.score(series([1, 2, 3, 4, 101]), share=False) > 0


RUNS = 400
TOLERANCE = 3 * sqrt(0.05 * 0.95 / RUNS)
"""Three standard errors of 5 % in so many runs."""


@pytest.mark.parametrize(("base", "mean", "years"), [(40, 0.05, 5), (75, 0.25, 8), (600, 0.02, 15)])
@pytest.mark.parametrize("unit", ["%", "je 100 Kinder"])
def test_no_more_than_5_per_cent_of_unchanging_series_have_a_trend(
    base: int, mean: float, years: int, unit: str
) -> None:
    rng = np.random.default_rng(years)
    births = indicator(reference="year", unit=unit)
    runs = (
        rng.binomial(base, mean, (RUNS, years))
        if unit == "%"
        else rng.poisson(base * mean, (RUNS, years))
    )
    found = [trend.direction(births, series(run, base)) for run in runs.tolist()]
    assert 1 - found.count("none") / RUNS <= 0.05 + TOLERANCE


@pytest.mark.parametrize(("years", "kept"), [(5, 0.5), (10, 0.7), (15, 0.8), (15, 0.95)])
def test_nor_have_series_in_which_the_same_people_are_counted_again(
    years: int, kept: float
) -> None:
    """Each year everyone keeps their state with that probability, else it is drawn anew."""
    rng = np.random.default_rng(years)
    base, mean = 200, 0.2
    state = rng.random((RUNS, base)) < mean
    counts = []
    for _year in range(years):
        state = np.where(rng.random((RUNS, base)) < kept, state, rng.random((RUNS, base)) < mean)
        counts.append(state.sum(axis=1))
    runs = np.array(counts).T.tolist()
    found = [trend.direction(indicator(reference="date"), series(run, base)) for run in runs]
    assert 1 - found.count("none") / RUNS <= 0.05 + TOLERANCE
