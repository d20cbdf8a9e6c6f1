"""Map classes: "a bis unter b", closed on the left, exact on the break.

Values are classed as they are shown, rounded to the indicator's decimals. So a legend never
contradicts a number beside it. Natural breaks come from jenkspy, whose classes are closed on
the right; they are turned round by taking a limit between the last value of one class and the
first of the next.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import jenkspy

from model import formats
from model.catalog import Classes
from model.language import _


def breaks(
    values: Sequence[float], classes: Classes, decimals: int, method: str, count: int
) -> tuple[float, ...]:
    """Inner class limits, ascending; k limits make k + 1 classes, none make one class.

    `values` are unrounded and without missing ones. The method 'fixed' takes the limits the
    indicator declares. Too few different values give fewer classes, never an error.
    """
    if method == "fixed":
        return classes.breaks
    shown = sorted(formats.rounded(value, decimals) for value in values)
    count = min(count, len(set(shown)))
    if count < 2:
        return ()
    if method == "equal":
        step = (shown[-1] - shown[0]) / count
        limits = [formats.rounded(shown[0] + i * step, decimals) for i in range(1, count)]
    elif method == "quantile":
        limits = _quantiles(shown, count, decimals)
    else:
        lasts = jenkspy.jenks_breaks(shown, n_classes=count)[1:-1]
        limits = [
            _between(last, min(value for value in shown if value > last), decimals)
            for last in lasts
        ]
    return tuple(sorted({limit for limit in limits if limit > shown[0]}))


def number_of(value: float, limits: Sequence[float], decimals: int) -> int:
    """The class of a value, counted from 0: how many limits it has reached."""
    shown = formats.rounded(value, decimals)
    return sum(shown >= limit for limit in limits)


def labels(limits: Sequence[float], decimals: int) -> list[str]:
    """Names of the classes without unit: 'unter 8,0', '8,0 bis unter 12,0', '12,0 und mehr'.

    The ends stay open, so that a legend does not spell out the lowest and highest value.
    """
    if not limits:
        return [_("alle Werte")]
    text = [formats.number(limit, max(decimals, _decimals(limit))) for limit in limits]
    return [
        _("unter {limit}").format(limit=text[0]),
        *(_("{low} bis unter {high}").format(low=a, high=b) for a, b in pairwise(text)),
        _("{limit} und mehr").format(limit=text[-1]),
    ]


def _quantiles(shown: Sequence[float], count: int, decimals: int) -> list[float]:
    """Limits with about equally many values between them; equal values stay together."""
    distinct = sorted(set(shown))
    limits: list[float] = []
    for i in range(1, count):
        first = shown[math.ceil(i * len(shown) / count)]
        place = distinct.index(first)
        if place and (not limits or limits[-1] <= distinct[place - 1]):
            limits.append(_between(distinct[place - 1], first, decimals))
    return limits


def _between(last: float, first: float, decimals: int) -> float:
    """The roundest number above `last` and not above `first`, which is larger."""
    for power in range(math.ceil(math.log10(max(abs(first), abs(last), 1))), -decimals - 1, -1):
        for step in (5, 2, 1):
            size = step * 10.0**power
            candidate = formats.rounded(math.floor(first / size + 1e-9) * size, decimals)
            if last < candidate <= first:
                return candidate
    return first


def _decimals(limit: float) -> int:
    return max(0, -int(formats.exact(limit, 6).normalize().as_tuple().exponent))


def short(value: float, decimals: int) -> float:
    """The largest of 1, 2, 3, 5 times a power of ten up to the value; 0 if that is not shown."""
    powers = [10.0**n for n in range(-decimals, 9)]
    found = [round(n * power, decimals) for power in powers for n in (1, 2, 3, 5)]
    return max((each for each in found if each <= value), default=0.0)
