"""Whose people are among whose: a part's among those of its whole, also where zeros are told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from prepare.disclosure.programs import TOLERANCE, Program
from prepare.disclosure.system import System


def among(told: System, whole: int, part: int) -> bool:
    """Whether the people of `part` are among those of `whole`, by the sums and zeros told.

    What else is told does not count: that a group cannot be larger than another, because of the
    totals beside them, does not make its people the same.
    """
    wide = _any_numbers(told)
    cells = next((own for own in wide.components() if whole in own), np.array([whole]))
    if part not in cells:
        return False
    aim = (cells == whole).astype(float) - (cells == part)
    return Program(wide.part(cells)).least(aim).value >= -TOLERANCE


def _any_numbers(told: System) -> System:
    """The sums alone, with every cell open that is not told to be empty."""
    sums = np.flatnonzero((told.low == 0) & (told.high == 0))
    return replace(
        told,
        rows=sparse.csr_array(told.rows[sums]),
        low=told.low[sums],
        high=told.high[sums],
        floor=np.where(told.floor < 0, -np.inf, 0.0),
        ceiling=np.where(told.settled & (np.abs(told.ceiling) <= TOLERANCE), 0.0, np.inf),
    )
