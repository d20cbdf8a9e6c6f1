"""Two independent numbers held against each other: interval, p-value, and many at once.

The p-value is the alpha at which the interval just touches "no difference", and every word is
taken from an interval. So words, p-values and intervals cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import hypot, inf

from scipy.special import ndtr

from model.chance import ALPHA, Interval, check_rate, check_share, clopper_pearson, garwood

_FARTHEST = 8.0
"""Standard errors up to which p-values are told apart: 1e-15, less is chance for nobody."""
_HALVINGS = 32


@dataclass(frozen=True)
class Contrast:
    """A difference or ratio: its interval `at` an alpha, and the value that means `none`."""

    at: Callable[[float], Interval]
    none: float

    @cached_property
    def p(self) -> float:
        """The two-sided p-value: the alpha at which the interval just touches `none`."""
        near, far = 0.0, _FARTHEST
        for _halving in range(_HALVINGS):
            middle = (near + far) / 2
            if self.sign(_alpha(middle)):
                near = middle
            else:
                far = middle
        return _alpha(near)

    def sign(self, alpha: float = ALPHA) -> int:
        """1 or -1 where the whole interval lies above or below `none`, else 0."""
        found = self.at(alpha)
        return (found.low > self.none) - (found.high < self.none)


def share_difference(count: float, base: float, other: float, other_base: float) -> Contrast:
    """The share count / base less the share other / other_base.

    The construction is that of `hybrid`. Newcombe's method 10 puts Wilson's limits into it, which
    is right on average, but of rare things in small districts it calls up to 13 % different where
    nothing is, and errs more often still among many. Exact limits keep 5 % everywhere. Raises
    ValueError where one is no share.
    """
    check_share(count, base)
    check_share(other, other_base)
    return _difference(clopper_pearson, count, base, other, other_base)


def rate_difference(count: float, base: float, other: float, other_base: float) -> Contrast:
    """The rate count / base less the rate other / other_base, from exact limits by `hybrid`.

    Raises ValueError where one is no rate.
    """
    check_rate(count, base)
    check_rate(other, other_base)
    return _difference(garwood, count, base, other, other_base)


def rate_ratio(count: float, base: float, other: float, other_base: float) -> Contrast:
    """The rate count / base by the rate other / other_base: exact, given the sum of both counts.

    Of that sum `count` is a share with the odds ratio * base / other_base. Przyborowski and
    Wilenski (1940), Biometrika 31; limits of the share by Clopper and Pearson. Raises ValueError
    where one is no rate.
    """
    check_rate(count, base)
    check_rate(other, other_base)

    def at(alpha: float) -> Interval:
        if count + other == 0:
            return Interval(0.0, inf)
        share = clopper_pearson(count, count + other, alpha)
        return Interval(_odds(share.low), _odds(share.high)).times(other_base / base)

    return Contrast(at, 1.0)


def hybrid(first: float, around: Interval, second: float, around_second: Interval) -> Interval:
    """The interval of first - second, from an interval around each.

    With Wilson's it is method 10 of Newcombe (1998), Stat. Med. 17:873-890; for any others the
    "method of variance estimates recovery", Zou and Donner (2008), Stat. Med. 27:1693-1702.
    """
    difference = first - second
    return Interval(
        difference - hypot(first - around.low, around_second.high - second),
        difference + hypot(around.high - first, second - around_second.low),
    )


def more(first: Contrast, change: float, second: Contrast, other: float) -> Contrast:
    """How much more one thing changed than another, from the contrasts of both `change`s.

    The intervals of the two independent changes are put together by `hybrid`.
    """
    return Contrast(
        lambda alpha: hybrid(change, first.at(alpha), other, second.at(alpha)),
        0.0,
    )


def threshold(p_values: Sequence[float], rate: float = ALPHA) -> float:
    """The alpha at which many contrasts are judged together: false discoveries stay below `rate`.

    Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57: the k smallest of m p-values are
    discoveries for the largest k with p(k) <= k * rate / m. Intervals at this alpha exclude "no
    difference" exactly for the discoveries; they are those of Benjamini and Yekutieli (2005), J.
    Am. Stat. Assoc. 100.
    """
    if not p_values:
        return rate
    bars = [k * rate / len(p_values) for k in range(1, len(p_values) + 1)]
    reached = [bar for p, bar in zip(sorted(p_values), bars, strict=True) if p <= bar]
    return reached[-1] if reached else bars[0]


def discoveries(p_values: Sequence[float], rate: float = ALPHA) -> list[bool]:
    """Which p-values are discoveries at that false discovery rate, see `threshold`."""
    bar = threshold(p_values, rate)
    return [p <= bar for p in p_values]


def _difference(
    limits: Callable[[float, float, float], Interval],
    count: float,
    base: float,
    other: float,
    other_base: float,
) -> Contrast:
    return Contrast(
        lambda alpha: hybrid(
            count / base,
            limits(count, base, alpha),
            other / other_base,
            limits(other, other_base, alpha),
        ),
        0.0,
    )


def _alpha(errors: float) -> float:
    """The two-sided probability of lying so many standard errors away."""
    return 2 * float(ndtr(-errors))


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else inf
