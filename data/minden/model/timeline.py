"""Years of the model and series between known years."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

YEARS = tuple(range(2009, 2025))
FIRST_DELIVERED = 2010


def index(year: int) -> int:
    """Position of a year on the time axis of all arrays."""
    return YEARS.index(year)


def series(known: Mapping[int, float]) -> NDArray:
    """A value for every year: linear between the known years, constant outside."""
    years = sorted(known)
    return np.interp(YEARS, years, [known[year] for year in years])
