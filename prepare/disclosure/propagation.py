"""What single rows already say of their cells: the cheap part of an attack, before any program.

Bound propagation as presolvers do it: a row leaves each of its cells what the others cannot
take; repeated until nothing moves. The bounds hold always, and are often the final ones.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from prepare.disclosure.programs import TOLERANCE
from prepare.disclosure.system import Flags, Floats, Places, System

ROUNDS = 40
STEP = 1e-7


def tightened(system: System) -> System:
    """The same system with the bounds that follow row by row; settled cells get equal bounds."""
    rows = system.rows.copy()
    rows.eliminate_zeros()
    system = replace(system, rows=rows)
    place = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    floor, ceiling = system.floor.copy(), system.ceiling.copy()
    for _ in range(ROUNDS):
        low, high = implied(system, place, floor, ceiling)
        narrower = (low > floor + STEP) | (high < ceiling - STEP)
        if not narrower.any():
            break
        floor = np.where(low > floor + STEP, low, floor)
        ceiling = np.where(high < ceiling - STEP, high, ceiling)
    meeting = np.abs(ceiling - floor) <= TOLERANCE
    middle = np.where(meeting, (floor + np.where(meeting, ceiling, floor)) / 2, floor)
    whole = system.whole & (np.abs(middle - np.round(middle)) <= TOLERANCE)
    middle = np.where(whole, np.round(middle), middle)
    return replace(
        system,
        floor=np.where(meeting, middle, floor),
        ceiling=np.where(meeting, middle, ceiling),
    )


def implied(system: System, place: Places, floor: Floats, ceiling: Floats) -> tuple[Floats, Floats]:
    """The bounds of every cell that follow from each row with all other cells at their bounds."""
    cells, factor = system.rows.indices, system.rows.data
    positive = factor > 0
    least = factor * np.where(positive, floor[cells], ceiling[cells])
    most = factor * np.where(positive, ceiling[cells], floor[cells])
    count = len(system.low)
    room_above = system.high[place] - others(place, least, count, -np.inf)
    room_below = system.low[place] - others(place, most, count, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        high = np.where(positive, room_above, room_below) / factor
        low = np.where(positive, room_below, room_above) / factor
    lows, highs = np.full(system.cells, -np.inf), np.full(system.cells, np.inf)
    np.maximum.at(lows, cells, low)
    np.minimum.at(highs, cells, high)
    return lows, highs


def others(place: Places, term: Floats, count: int, endless: float) -> Floats:
    """For each term of a row the sum of the row's other terms, `endless` if one of them is."""
    open_end: Flags = ~np.isfinite(term)
    finite = np.where(open_end, 0.0, term)
    sums = np.bincount(place, weights=finite, minlength=count)[place] - finite
    ends = np.bincount(place, weights=open_end, minlength=count)[place] - open_end
    return np.where(ends > 0.5, endless, sums)


def broken(system: System) -> Places:
    """The rows that no numbers between floor and ceiling can fulfil; exact for settled cells."""
    rows = system.rows
    place = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    cells, factor = rows.indices, rows.data
    ends = factor * system.floor[cells], factor * system.ceiling[cells]
    least = np.bincount(place, weights=np.minimum(*ends), minlength=rows.shape[0])
    most = np.bincount(place, weights=np.maximum(*ends), minlength=rows.shape[0])
    slack = TOLERANCE * (1 + np.abs(np.where(np.isfinite(least), least, 0)))
    found: Places = np.flatnonzero((least > system.high + slack) | (most < system.low - slack))
    return found
