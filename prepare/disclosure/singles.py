"""What somebody who is alone in a hidden cell learns: he knows that this cell is exactly 1.

For every cell that can be 1 the rest is asked again with that knowledge. Most of it needs no
program: among the whole solutions at hand some have that cell at 1, and two of them that differ
in another cell, or one that is large enough there, show that the other is not given away.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from prepare.disclosure.programs import TOLERANCE, Contradiction
from prepare.disclosure.propagation import tightened
from prepare.disclosure.ranges import Ranges
from prepare.disclosure.system import Flags, Floats, Places, System

KEPT = 400
"""So many whole solutions are kept."""
TRIES = 4
"""So many random aims are tried before the suspicious cells are asked one by one."""


def learned(part: System, hidden: Places, minimum: Floats) -> list[tuple[int, int, float]]:
    """(i, j, value): who knows that i is 1 learns that j is `value`, which is below `minimum`[j].

    `part` is one component; i and j are among its `hidden` cells. Cells that are the same number
    in all solutions are not left out here.
    """
    kept = solutions(part, hidden)
    found = []
    for cell in map(int, hidden):
        if not (part.whole[cell] and part.floor[cell] <= 1 <= part.ceiling[cell]):
            continue
        others = hidden[hidden != cell]
        suspects = others[suspicious(kept, cell, others, minimum)]
        if len(suspects):
            found += [(cell, *one) for one in exact(part, cell, suspects, minimum, kept)]
    return found


def solutions(part: System, hidden: Places) -> deque[Floats]:
    """Some whole solutions, as different as may be, and with many hidden cells at 1 if possible."""
    kept: deque[Floats] = deque(maxlen=KEPT)
    ones = np.ones(len(hidden))
    for one in (part, part.told(hidden, ones, np.full(len(hidden), np.inf))):
        try:
            spread(Ranges(one, kept), hidden, 4 * TRIES)
        except Contradiction:
            continue
    return kept


def spread(ranges: Ranges, cells: Places, tries: int) -> None:
    """Looks for solutions that differ in `cells`: all large, all small, and random mixtures."""
    generator = np.random.default_rng(len(cells))
    aim = np.zeros(ranges.part.cells)
    for turn in range(tries):
        weight = np.ones(len(cells)) if turn < 2 else generator.uniform(0.5, 1.5, len(cells))
        sign = -1.0 if turn % 2 == 0 else 1.0
        aim[cells] = sign * weight if turn < tries // 2 else generator.uniform(-1, 1, len(cells))
        ranges.witness(ranges.program.least(aim))


def suspicious(kept: deque[Floats], cell: int, others: Places, minimum: Floats) -> Flags:
    """Which of the others are the same small number in all kept solutions with the cell at 1."""
    fitting = [one for one in kept if one[cell] == 1]
    if not fitting:
        return np.ones(len(others), dtype=bool)
    values = np.array(fitting)[:, others]
    most, least = values.max(axis=0), values.min(axis=0)
    flags: Flags = (most - least <= TOLERANCE) & (most < minimum[others])
    return flags


def exact(
    part: System, cell: int, suspects: Places, minimum: Floats, kept: deque[Floats]
) -> list[tuple[int, float]]:
    """The suspects that have one value only, a small one, once the cell is known to be 1."""
    one = np.ones(1)
    told = tightened(part.told(np.array([cell]), one, one))

    def cleared(other: int) -> bool:
        least, most = ranges.whole_least[other], ranges.whole_most[other]
        return bool(most - least > TOLERANCE or most >= minimum[other])

    try:
        ranges = Ranges(told, kept)
        spread(ranges, suspects, TRIES)
        ranges.linear(suspects, cleared)
        left = suspects[[not cleared(other) for other in suspects]]
        ranges.integer(left[told.whole[left]])
    except Contradiction:
        return []
    low, high = ranges.low[left], ranges.high[left]
    small = (high - low <= TOLERANCE) & (low < minimum[left])
    return [(int(j), float(value)) for j, value in zip(left[small], low[small], strict=True)]
