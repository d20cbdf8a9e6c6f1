"""Which rows give a cell away: a smallest set that still says as much of it as all rows do."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from prepare.disclosure.programs import Program
from prepare.disclosure.system import Places, System

CARRYING = 1e-9


def carrying(part: System, cell: int) -> Places:
    """The rows of a component that carry the least and the greatest value of a cell.

    Those with a price (dual) in either linear program: together they prove both bounds.
    """
    program = Program(part)
    prices = [program.end(cell, sign).duals for sign in (1.0, -1.0)]
    carried = np.zeros(part.rows.shape[0], dtype=bool)
    for price in prices:
        if len(price):
            carried |= np.abs(price) > CARRYING
    found: Places = np.flatnonzero(carried)
    return found


def smallest(rows: Places, holds: Callable[[Places], bool]) -> Places:
    """A part of `rows` for which `holds` is still true and of which no row can be spared.

    Ever smaller blocks are taken out as long as it holds without them.
    """
    block = len(rows)
    while block:
        start = 0
        while start < len(rows):
            fewer = np.delete(rows, slice(start, start + block))
            if holds(fewer):
                rows = fewer
            else:
                start += block
        block //= 2
    return rows
