"""Coefficients, intervals and words: by hand, and by scipy as a second method."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from scipy import stats

from model import axis, correlation, correlation_words
from model.correlation import Correlation

ZEROS = [(0.0, 0.0), (0.0, 3.5), (2.0, 0.0), (4.0, 6.0), (5.5, 9.0)]
TIES = [(1.0, 2.0), (1.0, 2.0), (2.0, 2.0), (3.0, 1.0), (3.0, 5.0), (3.0, 5.0), (8.0, 4.0)]
LONG = [(float(a), float(b)) for a, b in np.random.default_rng(7).normal(size=(600, 2)).round(1)]
HUGE = [(1e12 + x * 1e6, y * 1e-9) for x, y in TIES]


@pytest.mark.parametrize("pairs", [ZEROS, TIES, LONG, HUGE, LONG[:4], LONG[:9]])
def test_both_coefficients_are_those_of_scipy(pairs: list[tuple[float, float]]) -> None:
    xs, ys = zip(*pairs, strict=True)
    found = correlation.correlation(pairs)
    assert found.n == len(pairs) and found.lack is None
    assert found.pearson and found.spearman
    second = stats.pearsonr(xs, ys)
    assert found.pearson.value == pytest.approx(second.statistic, abs=1e-9)
    assert found.spearman.value == pytest.approx(stats.spearmanr(xs, ys).statistic, abs=1e-12)
    assert correlation.ranks(xs) == stats.rankdata(xs).tolist()
    low, high = second.confidence_interval(0.95)
    interval = found.pearson.interval
    assert interval
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-9)


def test_the_interval_of_ranks_and_p_values_by_hand() -> None:
    # Ranks 1 to 5 against 2, 1, 4, 3, 5: squared differences 4, so 1 - 6 * 4 / (5 * 24) = 0.8.
    pairs = [(1.0, 20.0), (2.0, 10.0), (3.0, 40.0), (4.0, 30.0), (5.0, 99.0)]
    found = correlation.correlation(pairs).spearman
    assert found and found.value == pytest.approx(0.8)
    error = math.sqrt((1 + 0.32) / 2)
    low = math.tanh(math.atanh(0.8) - stats.norm.ppf(0.975) * error)
    high = math.tanh(math.atanh(0.8) + stats.norm.ppf(0.975) * error)
    assert found.interval
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high))
    assert found.p == pytest.approx(2 * stats.norm.sf(math.atanh(0.8) / error))
    assert not found.certain and found.interval.holds(0.0)


@pytest.mark.parametrize(
    ("pairs", "lack"),
    [
        ([], "few"),
        ([(1.0, 2.0)], "few"),
        ([(1.0, 2.0), (2.0, 1.0)], "few"),
        ([(0.0, 1.0), (0.0, 2.0), (0.0, 3.0)], "constant"),
        ([(1.0, 0.1), (2.0, 0.1), (3.0, 0.1), (4.0, 0.1)], "constant"),
    ],
)
def test_too_few_or_constant_numbers_have_no_coefficient(
    pairs: list[tuple[float, float]], lack: str
) -> None:
    found = correlation.correlation(pairs)
    assert found == Correlation(len(pairs), None, None, lack)  # type: ignore[arg-type]
    assert correlation_words.lines(found) == []
    assert correlation_words.lack(found)


def test_three_areas_have_a_coefficient_and_no_interval() -> None:
    found = correlation.correlation([(1.0, 1.0), (2.0, 3.0), (3.0, 2.0)])
    assert found.pearson and found.spearman
    assert found.pearson.value == found.spearman.value == pytest.approx(0.5)
    assert found.pearson.interval is found.spearman.interval is None
    assert not found.spearman.certain
    perfect = correlation.correlation([(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]).pearson
    assert perfect and perfect.value == 1 and perfect.p == pytest.approx(2 / 6)
    assert not perfect.certain


def test_a_perfect_order_is_judged_by_all_orders() -> None:
    line = correlation.correlation([(float(i), 7.0 - 2 * i) for i in range(6)])
    assert line.pearson and line.spearman
    assert line.pearson.value == line.spearman.value == -1
    assert line.pearson.p == pytest.approx(2 / math.factorial(6))
    # Two pairs of equal numbers may be swapped without a difference: 4 of 24 orders.
    tied = correlation.correlation([(1.0, 1.0), (1.0, 1.0), (2.0, 5.0), (2.0, 5.0)]).spearman
    assert tied and tied.p == pytest.approx(2 * 4 / 24)


def test_an_area_with_zero_counts_and_one_without_a_number_does_not() -> None:
    xs = {"a": 0.0, "b": 1.0, "c": None, "d": 3.0, "e": 4.0}
    ys = {"a": 0.0, "b": None, "c": 2.0, "d": 0.0}
    assert correlation.paired(xs, ys) == [(0.0, 0.0), (3.0, 0.0)]


def test_words_follow_the_numbers() -> None:
    strong = correlation.correlation([(float(i), float(i + i % 3)) for i in range(20)])
    assert strong.pearson and correlation_words.words(strong.pearson) == "stark, gleichgerichtet"
    falling = correlation.correlation([(float(i), float(-i - 9 * (i % 4))) for i in range(40)])
    assert falling.pearson and falling.pearson.value < -0.3
    assert correlation_words.words(falling.pearson).endswith("gegenläufig")
    none = correlation.correlation([(1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 1.0), (5.0, 2.5)])
    assert {line.words for line in correlation_words.lines(none)} == {
        "vom Zufall nicht zu unterscheiden"
    }
    assert "Nur 5 Gebiete" in correlation_words.few(none)
    assert correlation_words.few(strong) == ""
    said = " ".join([*correlation_words.method(), correlation_words.limits()])
    assert not re.search(r"\b(weil|verursach|bewirk|führt zu|Einfluss|Wirkung|wegen)", said)


@pytest.mark.parametrize(
    ("values", "ticks", "decimals"),
    [
        ([0.0, 53.5], (0, 20, 40, 60), 0),
        ([55.9, 66.2], (55, 57.5, 60, 62.5, 65, 67.5), 1),
        ([54.2, 63.9], (54, 56, 58, 60, 62, 64), 0),
        ([-0.3, 0.4], (-0.4, -0.2, 0, 0.2, 0.4), 1),
        ([0.0, 0.0], (0, 0.2, 0.4, 0.6, 0.8, 1), 1),
        ([4.0], (2, 3, 4, 5, 6), 0),
        ([], (0, 0.2, 0.4, 0.6, 0.8, 1), 1),
    ],
)
def test_axes_are_round_and_hold_all_values(
    values: list[float], ticks: tuple[float, ...], decimals: int
) -> None:
    found = axis.axis(values)
    assert found.ticks == pytest.approx(ticks)
    assert found.decimals == decimals
    assert all(found.low <= value <= found.high for value in values)
