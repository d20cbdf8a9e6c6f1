"""The attacker: what somebody who knows all that is told can find out about the hidden cells.

He knows every row and every bound of a system. For each cell he asks for the least and the
greatest number it can have: by linear programs over each component (Fischetti and Salazar,
Mathematics of Operations Research 2000), and where that comes near to what is demanded, by
integer programs, because persons are whole. What he finds is compared with a demand.
Every function here raises `Undecided` when the solver fails: then nothing may be called safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from prepare.disclosure.knowledge import Infeasible, among, knowledge, parts, same
from prepare.disclosure.programs import TOLERANCE, Undecided
from prepare.disclosure.ranges import Ranges
from prepare.disclosure.reasons import carrying, smallest
from prepare.disclosure.singles import learned
from prepare.disclosure.system import Flags, Floats, Places, System

__all__ = [
    "Bounds",
    "Demand",
    "Failures",
    "Infeasible",
    "Undecided",
    "bounds",
    "failing",
    "giveaways",
    "singletons",
]

LARGE = 1.0
"""The width that is demanded of a cell that is known to be large enough."""
NEAR = 2.0
"""Integer programs are run for cells whose interval exceeds the demand by no more than this."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """The least and greatest number of each cell asked for, in that order; whole where they are."""

    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Demand:
    """What an attacker must not get below, per cell of a system; 0 and 0 demands nothing.

    His upper bound must come up to `reach`, and upper less lower bound to `width`. Of a cell that
    is `reach` or more for certain, all that is demanded is that it cannot be told exactly: it is
    hidden for the sake of others.
    """

    reach: Floats
    width: Floats

    @property
    def made(self) -> Flags:
        """The cells of which anything is demanded."""
        flags: Flags = (self.reach > 0) | (self.width > 0)
        return flags

    def of(self, cells: Places) -> Demand:
        """The demand on some cells only, in their order."""
        return Demand(self.reach[cells], self.width[cells])

    def excess(self, low: Floats, high: Floats) -> Floats:
        """By how much bounds exceed the demand; negative where they fall short."""
        large = (self.reach > 0) & (low >= self.reach - TOLERANCE)
        width = np.where(large, np.minimum(self.width, LARGE), self.width)
        return np.minimum(high - self.reach, (high - low) - width)


@dataclass(frozen=True, eq=False)
class Failures:
    """The cells whose bounds fall short of the demand, ascending, with both."""

    cells: Places
    low: Floats
    high: Floats
    reach: Floats
    width: Floats

    def __len__(self) -> int:
        return len(self.cells)

    @property
    def exact(self) -> Flags:
        """Those that can be computed exactly; the others are only known too closely."""
        flags: Flags = self.high - self.low <= TOLERANCE
        return flags


def bounds(system: System, cells: Places | None = None, near: Demand | None = None) -> Bounds:
    """The least and greatest number each of `cells` (all, if not given) can have.

    From linear programs, rounded inwards for whole cells, infinite where nothing holds a cell.
    Cells that come near to the demand in `near` get the bounds of whole solutions.

    Raises:
        Infeasible: when what is told contradicts the rows.
    """
    wanted = np.arange(system.cells) if cells is None else np.asarray(cells, dtype=np.int64)
    tight = knowledge(system)
    low, high = tight.floor.copy(), tight.ceiling.copy()
    for component, own, part in parts(tight, wanted):
        with among(component):
            ranges = Ranges(part)
            ranges.linear(own)
            if near is not None:
                ranges.integer(close(ranges, own, near.of(component)))
        low[component], high[component] = ranges.low, ranges.high
    return Bounds(low[wanted], high[wanted])


def close(ranges: Ranges, own: Places, demand: Demand) -> Places:
    """The whole cells among `own` that might fall short of the demand in whole numbers."""
    excess = demand.excess(ranges.low, ranges.high)
    asked = ranges.part.whole & demand.made & (ranges.low < ranges.high)
    near = asked & ((excess <= NEAR) | ~ranges.shown(demand.reach, demand.width))
    return own[near[own]]


def failing(system: System, demand: Demand, hidden: Flags) -> Failures:
    """The hidden cells whose bounds, in whole numbers, fall short of the demand made of them.

    The same answer as `bounds` near the demand gives, but faster: a cell that two solutions
    already show to be safe is not asked about.

    Raises:
        Infeasible: when what is told contradicts the rows.
    """
    wanted = np.flatnonzero(hidden & demand.made)
    tight = knowledge(system)
    low, high = tight.floor.copy(), tight.ceiling.copy()
    for component, own, part in parts(tight, wanted):
        asked = demand.of(component)
        with among(component):
            ranges = Ranges(part)
            ranges.linear(own, partial(ranges.shows, reach=asked.reach, width=asked.width))
            left = own[~ranges.shown(asked.reach, asked.width)[own]]
            ranges.integer(close(ranges, left, asked))
        low[component], high[component] = ranges.low, ranges.high
    short = (demand.excess(low, high) < -TOLERANCE) | (high - low <= TOLERANCE)
    found = wanted[short[wanted]]
    asked = demand.of(found)
    return Failures(found, low[found], high[found], asked.reach, asked.width)


def singletons(
    system: System, hidden: Flags, minimum: Floats, ones: Flags | None = None
) -> list[tuple[int, int, float]]:
    """(i, j, value): who knows that hidden cell i is 1 learns that hidden cell j is `value`.

    Only values below `minimum`[j], and only cells that nobody could compute without knowing i.
    Every i counts that can be 1 for all that is told; of those only `ones`, if somebody knows in
    which cells there may be one person alone. Ascending.

    Raises:
        Infeasible: when what is told contradicts the rows.
    """
    tight = knowledge(system)
    found = []
    for component, own, part in parts(tight, np.flatnonzero(hidden & ~tight.settled)):
        knowers = own if ones is None else own[ones[component[own]]]
        pairs = learned(part, own, minimum[component], knowers) if len(knowers) else []
        found += [(int(component[i]), int(component[j]), value) for i, j, value in pairs]
    others = np.unique([j for _, j, _ in found]).astype(np.int64)
    two = np.ones(system.cells)
    ends = bounds(tight, others, Demand(two, two))
    known = set(others[ends.high - ends.low <= TOLERANCE].tolist())
    return sorted(one for one in found if one[1] not in known)


def giveaways(system: System, cell: int) -> Places:
    """The rows that give a cell away: without any one of them less would be known of it.

    A smallest set of rows with the same bounds as all rows together; empty for a cell whose
    bounds come from no row.

    Raises:
        Infeasible: when what is told contradicts the rows.
    """
    place, ones = np.array([cell]), np.ones(system.cells)
    known = bounds(system, place, Demand(ones, ones))
    if system.settled[cell]:
        return np.zeros(0, dtype=np.int64)

    def enough(rows: Places) -> bool:
        ends = bounds(system.only(rows), place, Demand(ones, ones))
        return same(ends.low[0], known.low[0]) and same(ends.high[0], known.high[0])

    own = next(one for one in system.components() if cell in one)
    touching = np.flatnonzero(np.diff(system.rows[:, own].indptr) > 0)
    likely = touching[carrying(system.part(own), int(np.flatnonzero(own == cell)[0]))]
    return smallest(likely if enough(likely) else touching, enough)
