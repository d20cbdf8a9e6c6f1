"""How closely two numbers of the same areas go together: Pearson, Spearman, and how sure that is.

Every area counts the same, whatever its size. Coefficients are told only of what is published; an
area that lacks one of both numbers is in none of them, an area with a zero is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atanh, exp, fsum, lgamma, sqrt, tanh
from typing import Literal

from scipy.special import ndtr, ndtri

from model.chance import ALPHA, Interval

FEWEST = 3
"""Pairs below which there is no coefficient: two points always lie on a line."""
FEW = 10
"""Pairs below which a caution stands beside it."""
WEAK, STRONG = 0.3, 0.7
"""From which size on, as shown, a coefficient is called middling and strong.

There is no norm. Hinkle, Wiersma and Jurs (2003), Applied Statistics for the Behavioral Sciences,
call 0.3 to 0.7 low to moderate and from 0.7 on high; sums over areas lie higher than persons do.
"""
DECIMALS = 2
"""How coefficients are told."""
_PERFECT = 1 - 1e-12

Lack = Literal["few", "constant"]
"""Why there is no coefficient: fewer than FEWEST pairs, or one of both is everywhere the same."""


@dataclass(frozen=True)
class Coefficient:
    """A coefficient from -1 to 1; `interval` holds 95 % and is None where none can be told.

    `p` is the p-value of no correlation, the alpha at which the interval just touches 0.
    """

    value: float
    interval: Interval | None
    p: float

    @property
    def certain(self) -> bool:
        """Whether it is more than chance; where there is an interval, that leaves out 0."""
        return self.p <= ALPHA


@dataclass(frozen=True)
class Correlation:
    """Both coefficients of `n` pairs, or why there are none."""

    n: int
    pearson: Coefficient | None
    spearman: Coefficient | None
    lack: Lack | None


def correlation(pairs: Sequence[tuple[float, float]]) -> Correlation:
    """The correlation of pairs of numbers."""
    n = len(pairs)
    if n < FEWEST:
        return Correlation(n, None, None, "few")
    xs, ys = [x for x, _y in pairs], [y for _x, y in pairs]
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        return Correlation(n, None, None, "constant")
    return Correlation(n, pearson(xs, ys), spearman(xs, ys), None)


def paired(
    xs: Mapping[str, float | None], ys: Mapping[str, float | None]
) -> list[tuple[float, float]]:
    """The pairs of the areas that have both numbers, zeros among them."""
    both = ((x, ys.get(area)) for area, x in xs.items())
    return [(x, y) for x, y in both if x is not None and y is not None]


def pearson(xs: Sequence[float], ys: Sequence[float]) -> Coefficient:
    """The product-moment coefficient with Fisher's interval.

    Fisher (1921), Metron 1:3-32: atanh r has the standard error 1 / sqrt(n - 3), if both numbers
    are normal together. Neither series may be constant.
    """
    return _coefficient(_moment(xs, ys), xs, 1.0)


def spearman(xs: Sequence[float], ys: Sequence[float]) -> Coefficient:
    """The coefficient of the ranks, ties by their mean rank, with the interval for ranks.

    Bonett and Wright (2000), Psychometrika 65:23-28: atanh has the standard error
    sqrt((1 + r² / 2) / (n - 3)). Neither series may be constant.
    """
    value = _moment(ranks(xs), ranks(ys))
    return _coefficient(value, xs, 1 + value**2 / 2)


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 1 on; equal values share the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            found[place] = (start + 1 + end) / 2
        start = end
    return found


def _moment(xs: Sequence[float], ys: Sequence[float]) -> float:
    middle_x, middle_y = fsum(xs) / len(xs), fsum(ys) / len(ys)
    # Scaled first, so that squares of very large or small numbers stay numbers.
    scale_x = max(abs(x - middle_x) for x in xs) or 1.0
    scale_y = max(abs(y - middle_y) for y in ys) or 1.0
    from_x = [(x - middle_x) / scale_x for x in xs]
    from_y = [(y - middle_y) / scale_y for y in ys]
    both = fsum(a * b for a, b in zip(from_x, from_y, strict=True))
    found = both / sqrt(fsum(a * a for a in from_x) * fsum(b * b for b in from_y))
    return max(-1.0, min(1.0, found))


def _coefficient(value: float, xs: Sequence[float], variance: float) -> Coefficient:
    """With interval and p-value; there is no error to tell of three pairs or of a perfect line."""
    n = len(xs)
    if abs(value) >= _PERFECT:
        return Coefficient(value, None, _by_chance(xs))
    if n <= FEWEST:
        return Coefficient(value, None, 1.0)
    error = sqrt(variance / (n - 3))
    middle, z = atanh(value), -float(ndtri(ALPHA / 2))
    interval = Interval(tanh(middle - z * error), tanh(middle + z * error))
    return Coefficient(value, interval, 2 * float(ndtr(-abs(middle) / error)))


def _by_chance(xs: Sequence[float]) -> float:
    """How often numbers in any order are as perfect, in either direction; ties may be swapped."""
    ways = sum(lgamma(often + 1) for often in Counter(xs).values())
    return min(1.0, 2 * exp(ways - lgamma(len(xs) + 1)))
