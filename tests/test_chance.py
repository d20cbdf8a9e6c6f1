"""Intervals, p-values and false discoveries: published examples, scipy.stats, exact sizes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
import pytest
from scipy import stats

from model import chance, contrasts
from model.chance import Interval
from model.contrasts import Contrast

Make = Callable[[float, float, float, float], Contrast]


@dataclass(frozen=True)
class Printed:
    """Limits as printed with so many digits."""

    low: float
    high: float
    digits: int = 4

    def __eq__(self, other: object) -> bool:
        assert isinstance(other, Interval)
        printed = pytest.approx((self.low, self.high), rel=0, abs=0.51 * 10.0**-self.digits)
        return printed == (other.low, other.high)


@pytest.mark.parametrize(
    ("count", "base", "wilson", "exact"),
    [
        (81, 263, Printed(0.2553, 0.3662), Printed(0.2527, 0.3676)),
        (15, 148, Printed(0.0624, 0.1605), Printed(0.0578, 0.1617)),
        (0, 20, Printed(0.0, 0.1611), Printed(0.0, 0.1684)),
        (1, 29, Printed(0.0061, 0.1718), Printed(0.0009, 0.1776)),
    ],
)
def test_intervals_of_a_share_are_those_of_newcombe_1998_table_1(
    count: float, base: float, wilson: Printed, exact: Printed
) -> None:
    assert chance.wilson(count, base) == wilson
    assert chance.clopper_pearson(count, base) == exact


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_wilsons_limits_make_the_difference_of_newcombe_1998_table_2_method_10(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    shares = [count / base for count, base in (first, second)]
    around = [chance.wilson(*each) for each in (first, second)]
    assert contrasts.hybrid(shares[0], around[0], shares[1], around[1]) == Printed(low, high)


def test_19_of_75_children_are_25_per_cent_and_17_to_36_by_chance() -> None:
    assert chance.wilson(19, 75).times(100) == Printed(17, 36, digits=0)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.689), (1, 0.025, 5.572), (2, 0.242, 7.225), (3, 0.619, 8.767), (10, 4.795, 18.390)],
)
def test_intervals_of_a_count_are_those_of_ulm_1990(count: int, low: float, high: float) -> None:
    assert chance.garwood(count, 1) == Printed(low, high, digits=3)


@pytest.mark.parametrize("alpha", [0.05, 0.01])
@pytest.mark.parametrize(("count", "base"), [(0, 1), (1, 1), (0, 7), (19, 75), (75, 75), (3, 9000)])
def test_intervals_are_those_of_scipy(count: int, base: int, alpha: float) -> None:
    found = stats.binomtest(count, base)
    wilson = found.proportion_ci(1 - alpha, method="wilson")
    exact = found.proportion_ci(1 - alpha, method="exact")
    low = stats.chi2.ppf(alpha / 2, 2 * count) / 2 if count else 0
    high = stats.chi2.ppf(1 - alpha / 2, 2 * count + 2) / 2
    assert chance.wilson(count, base, alpha) == Printed(wilson.low, wilson.high, 9)
    assert chance.clopper_pearson(count, base, alpha) == Printed(exact.low, exact.high, 9)
    assert chance.garwood(count, base, alpha) == Printed(low / base, high / base, 9)


def test_counts_of_a_model_lie_between_their_neighbours() -> None:
    for interval in (chance.wilson, chance.clopper_pearson, chance.garwood):
        below, between, above = (interval(count, 75) for count in (19, 19.4, 20))
        assert below.low < between.low < above.low
        assert below.high < between.high < above.high


@pytest.mark.parametrize(("count", "base"), [(0, 0), (1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_is_refused(count: float, base: float) -> None:
    for interval in (chance.wilson, chance.clopper_pearson):
        with pytest.raises(ValueError, match="no share"):
            interval(count, base)
    for numbers in ((count, base, 1, 2), (1, 2, count, base)):
        with pytest.raises(ValueError, match="no share"):
            contrasts.share_difference(*numbers)


@pytest.mark.parametrize(("count", "base"), [(0, 0), (1, 0), (-1, 5)])
def test_what_is_no_rate_is_refused(count: float, base: float) -> None:
    with pytest.raises(ValueError, match="no rate"):
        chance.garwood(count, base)
    for contrast in (contrasts.rate_difference, contrasts.rate_ratio):
        for numbers in ((count, base, 1, 2), (1, 2, count, base)):
            with pytest.raises(ValueError, match="no rate"):
                contrast(*numbers)


def test_the_ratio_of_rates_is_that_of_rothmans_fluoroscopy_example() -> None:
    """41 cases in 28,010 and 15 in 19,017 person-years (Rothman and Greenland; Stata's `ir`)."""
    found = contrasts.rate_ratio(41, 28010, 15, 19017).at(0.05)
    assert found == Printed(1.0057, 3.6093, digits=3)


@pytest.mark.parametrize(
    ("count", "base", "other", "other_base"),
    [(5, 100, 3, 120), (0, 10, 4, 90), (12, 400, 0, 30), (40, 900, 300, 9000)],
)
def test_the_p_value_of_a_ratio_is_the_exact_one_doubled(
    count: int, base: int, other: int, other_base: int
) -> None:
    both = stats.binom(count + other, base / (base + other_base))
    tail = min(both.cdf(count), both.sf(count - 1))
    found = contrasts.rate_ratio(count, base, other, other_base).p
    assert found == pytest.approx(min(1, 2 * tail), rel=1e-5)


def test_nothing_counted_tells_no_difference() -> None:
    assert contrasts.rate_ratio(0, 10, 0, 90).at(0.05) == Interval(0, float("inf"))
    for contrast in (contrasts.rate_ratio, contrasts.rate_difference, contrasts.share_difference):
        assert contrast(0, 10, 0, 90).p == 1
        assert contrast(0, 10, 0, 90).sign() == 0


MAKERS = (contrasts.share_difference, contrasts.rate_difference, contrasts.rate_ratio)


@pytest.mark.parametrize("make", MAKERS)
def test_p_is_below_alpha_where_the_interval_excludes_no_difference(
    make: Make,
) -> None:
    decided = set()
    for count, other, other_base in product(
        (0, 1, 4.5, 9, 20, 30), (0, 3, 40, 150), (30, 150, 900)
    ):
        if other > other_base:
            continue
        contrast = make(count, 30, other, other_base)
        for alpha in (0.2, 0.05, 0.001):
            assert (contrast.p < alpha) == (contrast.sign(alpha) != 0)
            decided.add(contrast.sign(alpha))
        back = make(other, other_base, count, 30)
        assert back.p == pytest.approx(contrast.p, rel=1e-5)
        assert back.sign() == -contrast.sign()
    assert decided == {-1, 0, 1}


def size(make: Make, base: int, other_base: int, mean: float, alpha: float) -> float:
    """How probable a verdict is where both have the same mean, by adding up all outcomes."""
    share = make is contrasts.share_difference
    laws = [stats.binom(n, mean) if share else stats.poisson(n * mean) for n in (base, other_base)]
    counts = [range(int(law.ppf(1e-7)), int(law.isf(1e-7)) + 1) for law in laws]
    weights = [law.pmf(np.array(each)) for law, each in zip(laws, counts, strict=True)]
    return float(
        sum(
            weights[0][i] * weights[1][k]
            for i, count in enumerate(counts[0])
            for k, other in enumerate(counts[1])
            if make(count, base, other, other_base).sign(alpha)
        )
    )


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    ("base", "other_base", "mean", "alpha"),
    [
        *((30, 900, 0.005, 0.05), (75, 900, 0.25, 0.05), (75, 75, 0.25, 0.05)),
        *((75, 900, 0.02, 0.05 / 19), (60, 60, 0.1, 0.05 / 19)),
    ],
)
def test_no_more_verdicts_are_false_than_alpha_allows(
    make: Make, base: int, other_base: int, mean: float, alpha: float
) -> None:
    assert size(make, base, other_base, mean, alpha) <= alpha


def test_discoveries_are_those_of_benjamini_and_hochberg_1995() -> None:
    printed = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    printed += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert contrasts.discoveries(printed) == [True] * 4 + [False] * 11
    assert contrasts.discoveries(printed[::-1]) == [False] * 11 + [True] * 4
    assert contrasts.threshold(printed) == pytest.approx(4 * 0.05 / 15)


def test_discoveries_are_those_of_scipy() -> None:
    rng = np.random.default_rng(5)
    for number in (1, 2, 19, 65):
        p = rng.uniform(size=number) ** 4
        adjusted = stats.false_discovery_control(p)
        assert contrasts.discoveries(list(p)) == list(adjusted <= 0.05)
    assert contrasts.discoveries([]) == []
    assert contrasts.threshold([]) == 0.05
