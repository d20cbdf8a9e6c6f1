"""What somebody who is alone in a hidden cell learns: he knows that this cell is exactly 1.

For every cell that can be 1 the rest is asked again with that knowledge. Most of it needs no
program: among the whole solutions at hand some have that cell at 1, and two of them that differ
in another cell, or one that is large enough there, show that the other is not given away.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
from scipy import sparse

from prepare.disclosure.programs import TOLERANCE, Contradiction
from prepare.disclosure.propagation import tightened
from prepare.disclosure.ranges import Ranges
from prepare.disclosure.system import Flags, Floats, Places, System

KEPT = 1000
"""So many whole solutions are kept, the newest."""
TRIES = 100
"""At most so many random aims are tried to find solutions that differ, with many cells at 1."""
PULL = 4.0
"""So much more it counts to bring a cell to 1 that seldom was."""


def learned(
    part: System, hidden: Places, minimum: Floats, knowers: Places
) -> list[tuple[int, int, float]]:
    """(i, j, value): who knows that i is 1 learns that j is `value`, which is below `minimum`[j].

    `part` is one component; j is among its `hidden` cells, i among the `knowers` of them. Cells
    that are the same number in all solutions are not left out here.
    """
    kept = solutions(part, hidden)
    found = []
    for cell in map(int, knowers):
        if not (part.whole[cell] and part.floor[cell] <= 1 <= part.ceiling[cell]):
            continue
        others = hidden[hidden != cell]
        suspects = others[suspicious(kept, cell, others, minimum)]
        if len(suspects):
            found += [(cell, *one) for one in exact(part, cell, suspects, minimum, kept)]
    return found


def solutions(part: System, hidden: Places) -> deque[Floats]:
    """Some whole solutions, as different as may be, and with many hidden cells at 1.

    Each hidden cell is drawn to 1 or to 2 at random: it is 1, less what it `lacks`, plus a `step`
    of at most 1, plus a `rest`; the step may cost or pay, what is lacking and the rest only cost.
    """
    count, cells = len(hidden), part.cells
    own = sparse.csr_array((np.ones(count), (np.arange(count), hidden)), (count, cells))
    each = sparse.eye_array(count)
    rows = sparse.block_array([[part.rows, None, None, None], [own, each, -each, -each]])
    lifted = System(
        rows=sparse.csr_array(rows),
        low=np.concatenate([part.low, np.ones(count)]),
        high=np.concatenate([part.high, np.ones(count)]),
        floor=np.concatenate([part.floor, np.zeros(3 * count)]),
        ceiling=np.concatenate([part.ceiling, np.repeat([np.inf, 1.0, np.inf], count)]),
        whole=np.concatenate([part.whole, np.zeros(3 * count, dtype=bool)]),
    )
    kept: deque[Floats] = deque(maxlen=KEPT)
    ranges = Ranges(lifted, kept)
    generator = np.random.default_rng(cells)
    for _ in range(min(TRIES, 10 + count // 4)):
        step = generator.uniform(-1, 1, count)
        lacks, rest = generator.uniform(0, 1, count), generator.uniform(0, 0.5, count)
        rare = (np.sum([one[hidden] == 1 for one in kept], axis=0) < 10) & (step > 0)
        step[rare], lacks[rare], rest[rare] = PULL, PULL, PULL
        aim = np.concatenate([np.zeros(cells), lacks, step, rest])
        ranges.witness(ranges.program.least(aim))
    return deque((one[:cells] for one in kept), maxlen=KEPT)


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
        left = peeled(ranges, suspects, cleared)
        ranges.linear(left, cleared)
        left = left[[not cleared(other) for other in left]]
        ranges.integer(left[told.whole[left]])
    except Contradiction:
        return []
    low, high = ranges.low[left], ranges.high[left]
    small = (high - low <= TOLERANCE) & (low < minimum[left])
    return [(int(j), float(value)) for j, value in zip(left[small], low[small], strict=True)]


def peeled(ranges: Ranges, suspects: Places, cleared: Callable[[int], bool]) -> Places:
    """The suspects that are left when all of them together are pushed up and down in turn.

    Ends when a push up and a push down clear nobody.
    """
    sign, idle = -1.0, 0
    while len(suspects) and idle < 2:
        aim = np.zeros(ranges.part.cells)
        aim[suspects] = sign
        ranges.witness(ranges.program.least(aim))
        left = suspects[[not cleared(other) for other in suspects]]
        sign, idle = -sign, idle + 1 if len(left) == len(suspects) else 0
        suspects = left
    return suspects
