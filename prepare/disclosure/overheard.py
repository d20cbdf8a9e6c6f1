"""What people alone in a cell learn of others, as far as there are others."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from prepare.disclosure import attack
from prepare.disclosure.knowledge import knowledge
from prepare.disclosure.programs import TOLERANCE, Program
from prepare.disclosure.system import Flags, Floats, System


def overheard(
    told: System, hidden: Flags, minimum: Floats, ones: Flags | None = None
) -> list[tuple[int, int, float]]:
    """`attack.singletons` without the pairs of cells that hold the same people.

    Who is alone in one of these learns nothing of others.
    """
    return [
        pair
        for pair in attack.singletons(told, hidden, minimum, ones)
        if not same(told, pair[0], pair[1])
    ]


def same(told: System, one: int, other: int) -> bool:
    """Whether two cells hold the same people, seen from the sums and the zeros that are told.

    What else is told does not count: that two groups are equal in number, because the totals
    beside them happen to be, does not make them the same people.
    """
    wide = _any_numbers(knowledge(told))
    part = next((cells for cells in wide.components() if one in cells), np.array([one]))
    if other not in part:
        return False
    aim = (part == one).astype(float) - (part == other)
    program = Program(wide.part(part))
    return max(-program.least(aim).value, -program.least(-aim).value) <= TOLERANCE


def _any_numbers(told: System) -> System:
    """The sums alone, with every cell open that is not told to be empty."""
    sums = np.flatnonzero((told.low == 0) & (told.high == 0))
    empty = told.settled & (np.abs(told.ceiling) <= TOLERANCE)
    return replace(
        told,
        rows=sparse.csr_array(told.rows[sums]),
        low=told.low[sums],
        high=told.high[sums],
        floor=np.where(told.floor < 0, -np.inf, 0.0),
        ceiling=np.where(empty, 0.0, np.inf),
    )
