"""A scale from a round number to a round number, with round numbers between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_PARTS = 5
"""About so many parts a scale has."""


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, with `ticks` a `step` apart, told with `decimals`."""

    low: float
    high: float
    step: float
    decimals: int

    @property
    def ticks(self) -> tuple[float, ...]:
        """All round numbers of the scale, its ends among them."""
        count = round((self.high - self.low) / self.step)
        return tuple(round(self.low + place * self.step, 9) for place in range(count + 1))


def axis(values: Sequence[float]) -> Axis:
    """The scale that holds all values; around a single one it is as wide as its size."""
    least, most = min(values, default=0.0), max(values, default=1.0)
    if least == most:
        around = abs(least) / 2 or 1.0
        least, most = (0.0, most + around) if least == 0 else (least - around, most + around)
    rough = (most - least) / _PARTS
    power = 10.0 ** floor(log10(rough))
    # As long as a sum of parts is not off by a rounding error.
    step = next(part * power for part in _STEPS if part * power >= rough * (1 - 1e-9))
    low, high = floor(least / step + 1e-9) * step, ceil(most / step - 1e-9) * step
    return Axis(low, high, step, _decimals(step))


def _decimals(step: float) -> int:
    return next((places for places in range(9) if round(step, places) == round(step, 9)), 9)
