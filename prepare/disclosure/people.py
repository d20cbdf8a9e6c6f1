"""Which cells hold the same people: a total all but one of whose parts are empty, and that part."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from prepare.disclosure.programs import TOLERANCE, Program
from prepare.disclosure.system import System


def same_people(told: System, one: int, other: int) -> bool:
    """Whether two cells are one and the same group, seen from the sums and the zeros that are told.

    What else is told does not count: that two groups are equal in number, because the totals
    beside them happen to be, does not make them the same people.
    """
    wide = _any_numbers(told)
    part = next((cells for cells in wide.components() if one in cells), np.array([one]))
    if other not in part:
        return False
    aim = (part == one).astype(float) - (part == other)
    program = Program(wide.part(part))
    return max(-program.least(aim).value, -program.least(-aim).value) <= TOLERANCE


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
