"""Classes that several maps have in common, so that a colour means the same on all of them."""

from __future__ import annotations

from collections.abc import Sequence

from model import classes, formats
from model.catalog import Indicator


def shared(indicators: Sequence[Indicator]) -> bool:
    """Whether the maps of these indicators can have one legend: all count in the same unit."""
    return len({indicator.unit for indicator in indicators}) == 1


def decimals(indicators: Sequence[Indicator]) -> int:
    """Decimals of the limits: those of the indicator that is shown most exactly."""
    return max(indicator.decimals for indicator in indicators)


def limits(
    indicators: Sequence[Indicator],
    values: Sequence[Sequence[float]],
    method: str,
    count: int,
) -> tuple[float, ...]:
    """The inner class limits over the values of all indicators, each as it is shown.

    `values` are those of each indicator in all years its map shows, without missing ones.
    'fixed' takes the limits the first one declares.
    """
    pool = [
        formats.rounded(value, indicator.decimals)
        for indicator, own in zip(indicators, values, strict=True)
        for value in own
    ]
    first = indicators[0].classes
    return classes.breaks(pool, first, decimals(indicators), method, count)
