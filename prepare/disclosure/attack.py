"""The attacker: what somebody who knows all that is told can find out about the hidden cells.

He knows every row and every bound of a system. For each cell he asks for the least and the
greatest number it can have: by linear programs over each component (Fischetti and Salazar,
Mathematics of Operations Research 2000), and where that comes near to what is demanded, by
integer programs, because persons are whole. What he finds is compared with a demand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from prepare.disclosure.programs import TOLERANCE, Contradiction
from prepare.disclosure.propagation import broken, tightened
from prepare.disclosure.ranges import Ranges
from prepare.disclosure.system import Flags, Floats, Places, System

NEAR = 2.0
"""Integer programs are run for cells whose interval exceeds the demand by no more than this."""


class Infeasible(Exception):
    """What is told contradicts the rows: no numbers fit. `cells` are those it happens among."""

    def __init__(self, cells: Places) -> None:
        super().__init__(f"no numbers fit what is told of {len(cells)} cells")
        self.cells = cells


@dataclass(frozen=True, eq=False)
class Bounds:
    """The least and greatest number of each cell asked for, in that order; whole where they are."""

    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Demand:
    """What an attacker must not get below, per cell of a system; 0 and 0 demands nothing.

    His upper bound must come up to `reach`, and upper less lower bound to `width`.
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
        return np.minimum(high - self.reach, (high - low) - self.width)


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
    for component, own, ranges in components(tight, wanted):
        try:
            ranges.linear(own)
            if near is not None:
                ranges.integer(close(ranges, own, near.of(component)))
        except Contradiction as error:
            raise Infeasible(component) from error
        low[component], high[component] = ranges.low, ranges.high
    return Bounds(low[wanted], high[wanted])


def failing(system: System, demand: Demand, hidden: Flags) -> Failures:
    """The hidden cells whose bounds, in whole numbers where it is near, fall short of the demand.

    The same answer as `bounds` with the demand gives, but faster: a cell that two solutions
    already show to be safe is not asked about.

    Raises:
        Infeasible: when what is told contradicts the rows.
    """
    wanted = np.flatnonzero(hidden & demand.made)
    tight = knowledge(system)
    low, high = tight.floor.copy(), tight.ceiling.copy()
    for component, own, ranges in components(tight, wanted):
        asked = demand.of(component)
        try:
            shown = partial(ranges.shows, reach=asked.reach, width=asked.width)
            ranges.linear(own, shown)
            left = own[[not shown(cell) for cell in own]]
            ranges.integer(close(ranges, left, asked))
        except Contradiction as error:
            raise Infeasible(component) from error
        low[component], high[component] = ranges.low, ranges.high
    short = (demand.excess(low, high) < -TOLERANCE) | (high - low <= TOLERANCE)
    found = wanted[short[wanted]]
    own_demand = demand.of(found)
    return Failures(found, low[found], high[found], own_demand.reach, own_demand.width)


def knowledge(system: System) -> System:
    """The system with all that single rows tell, contradictions found.

    Raises:
        Infeasible: when a row or a cell's own bounds cannot be met.
    """
    tight = tightened(system)
    crossed = tight.floor > tight.ceiling + TOLERANCE
    fraction = tight.whole & tight.settled & (np.abs(tight.floor % 1) > 0)
    if np.any(crossed | fraction):
        raise Infeasible(np.flatnonzero(crossed | fraction))
    rows = broken(tight)
    if len(rows):
        raise Infeasible(np.unique(tight.rows[rows].indices))
    return tight


def components(tight: System, wanted: Places) -> Iterator[tuple[Places, Places, Ranges]]:
    """Each component with wanted cells: its cells, the places of the wanted among them, its ranges.

    Raises:
        Infeasible: when a component has no solution.
    """
    asked = np.zeros(tight.cells, dtype=bool)
    asked[wanted] = True
    for component in tight.components():
        own = np.flatnonzero(asked[component])
        if len(own):
            try:
                ranges = Ranges(tight.part(component))
            except Contradiction as error:
                raise Infeasible(component) from error
            yield component, own, ranges


def close(ranges: Ranges, own: Places, demand: Demand) -> Places:
    """The whole cells among `own` that are open and near to or below the demand."""
    excess = demand.excess(ranges.low, ranges.high)
    near = ranges.part.whole & demand.made & (excess <= NEAR) & (ranges.low < ranges.high)
    return own[near[own]]
