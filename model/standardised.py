"""Indicators on one scale, weighed and added up: contributions and the score they make.

z = sign * (value - city) / deviation. The reference is the city's own value, the sum of numerators
over the sum of denominators, which is the mean of the areas weighted by their bases. The deviation
is that of the areas' values around their own mean, each area counted once and divided by their
number; the sign turns indicators of which a low value means more need. That is how Hamburg's and
Berlin's monitoring make figures of different units comparable, but for the weighted reference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum
from statistics import pstdev

from model import formats
from model.view import Figure, View

DECIMALS = 2
"""Decimals of scores and contributions, as shown."""
SIGNS = {"more": 1, "less": -1}
"""Directions of an indicator that can be weighed; a neutral one has no side that means need."""
_EVEN = 1e-12


@dataclass(frozen=True)
class Component:
    """An indicator that is weighed: its newest view, weight, sign, reference and deviation."""

    view: View
    weight: int
    sign: int
    city: float
    deviation: float

    def standard(self, value: float) -> float:
        """How many deviations a value lies beyond the city's, on the side that means need."""
        return self.sign * (value - self.city) / self.deviation

    def score(self, figure: Figure) -> float | None:
        """The same for a figure; None where it has no number."""
        return None if figure.value is None else self.standard(figure.value)


@dataclass(frozen=True)
class Score:
    """What an area's values add up to; `contributions` are None where a number is missing.

    `total` is None where less than two thirds of the weight has a number; else the contributions
    add up to it, and missing ones count as what the others are on average.
    """

    contributions: tuple[float | None, ...]
    total: float | None
    complete: bool


def component(view: View, weight: int) -> Component | None:
    """The view as a component; None where it has no direction, no reference or no deviation."""
    city = view.city_figure
    values = [figure.value for figure in view.figures if figure.value is not None]
    if view.indicator.direction not in SIGNS or city is None or city.value is None:
        return None
    if len(values) < 2:
        return None
    deviation = pstdev(values)
    if deviation <= _EVEN * max(map(abs, values)):
        return None
    return Component(view, weight, SIGNS[view.indicator.direction], city.value, deviation)


def score(standards: Sequence[float | None], weights: Sequence[int]) -> Score:
    """The weighted mean of standardised values, as contributions.

    Weights are whole numbers, so that the rule of two thirds is decided exactly.
    """
    there = sum(w for z, w in zip(standards, weights, strict=True) if z is not None)
    whole = sum(weights)
    if not there or 3 * there < 2 * whole:
        return Score((None,) * len(standards), None, False)
    shares = tuple(
        None if z is None else w * z / there for z, w in zip(standards, weights, strict=True)
    )
    return Score(shares, fsum(share for share in shares if share is not None), there == whole)


def printed(contributions: Sequence[float | None]) -> tuple[Decimal | None, ...]:
    """Contributions as shown: rounded so that they add up exactly to the score as shown.

    The hundredths that rounding leaves over go to the largest remainders (Hare/Niemeyer).
    """
    known = [share for share in contributions if share is not None]
    step = Decimal(1).scaleb(-DECIMALS)
    exact = [Decimal(repr(share)) / step for share in known]
    floors = [int(share.to_integral_value("ROUND_FLOOR")) for share in exact]
    left = int(formats.exact(fsum(known), DECIMALS) / step) - sum(floors)
    order = sorted(range(len(known)), key=lambda i: (floors[i] - exact[i], i))
    for place in order[:left]:
        floors[place] += 1
    shown = iter(floors)
    return tuple(None if share is None else next(shown) * step for share in contributions)


def ranks(totals: Sequence[float | None]) -> tuple[int | None, ...]:
    """Places from the highest score; scores that read the same share one."""
    shown = [None if total is None else formats.exact(total, DECIMALS) for total in totals]
    known = [total for total in shown if total is not None]
    return tuple(
        None if total is None else 1 + sum(other > total for other in known) for total in shown
    )
