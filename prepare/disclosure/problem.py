"""The choice of what to hide, cut into parts that do not hang together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from prepare.disclosure.attack import Demand
from prepare.disclosure.propagation import tightened
from prepare.disclosure.system import Flags, Floats, Places, System


class Unprotectable(Exception):
    """No choice of hidden cells meets the demand; `cells` are those that stay unprotected."""

    def __init__(self, cells: Places) -> None:
        super().__init__(f"No choice of hidden cells protects {len(cells)} cells: {cells.tolist()}")
        self.cells = cells


@dataclass(frozen=True, eq=False)
class Problem:
    """One connected part: `cells` are its places in the whole system, all else is by cell of it.

    `system` bounds a cell as seen by whoever is told nothing, all bounds finite. `value` is what
    is published of a cell that is not hidden, `always` marks the cells nobody publishes. `reach`
    and `width` are demanded of a hidden cell (zero: nothing). Of those it is `asked` whether the
    demand is met; the others are met anyway. In `ones` somebody is, or
    may be, alone. `weight` is the harm of hiding.
    """

    cells: Places
    system: System
    value: Floats
    always: Flags
    reach: Floats
    width: Floats
    asked: Flags
    ones: Flags
    weight: Floats

    @property
    def secret(self) -> Flags:
        """The cells of which something is demanded once they are hidden."""
        flags: Flags = (self.reach > 0) | (self.width > 0)
        return flags

    @property
    def most(self) -> float:
        """The largest of all demands."""
        return float(max(self.reach.max(), self.width.max()))


def problems(
    system: System,
    value: Floats,
    hidden: Flags,
    fixed: Flags,
    absent: Flags,
    demand: Demand,
    weight: Floats,
    floor: Floats,
) -> list[Problem]:
    """The parts in which something has to be hidden; arguments as for `suppression.pattern`.

    A cell whose number lies below `floor` cannot be hidden: whoever knows the floor would be told
    something false. Raises Unprotectable for cells that must be hidden and are public.
    """
    always = hidden | absent | np.isnan(value)
    public = (fixed | (value < floor)) & ~absent & ~np.isnan(value)
    secret = demand.made & (~absent | hidden)
    if np.any(hidden & public & secret):
        raise Unprotectable(np.flatnonzero(hidden & public & secret))
    shown = np.flatnonzero(public)
    unseen = np.flatnonzero(~public)
    told = system.told(shown, value[shown], value[shown])
    told = tightened(told.told(unseen, floor[unseen], np.full(len(unseen), np.inf)))
    if np.any(always & secret & told.settled):
        raise Unprotectable(np.flatnonzero(always & secret & told.settled))
    # What is that large is seen to be large before it is known too closely, and what can be told
    # exactly need not have been hidden.
    asked = secret & ~(~always & (value >= 2 * demand.reach - 1))
    known = np.where(np.isnan(value), 0, np.abs(value))
    unknown = np.where(np.isnan(value) & np.isfinite(told.ceiling), told.ceiling, 0)
    large = np.max(demand.reach, initial=0) + np.max(unknown, initial=0)
    limit = 2 * float(known.sum() + large + 10)
    told = replace(told, ceiling=np.minimum(told.ceiling, told.floor + limit))
    return [
        Problem(
            cells=cells,
            system=told.part(cells),
            value=np.where(always[cells], 0, value[cells]),
            always=always[cells],
            reach=np.where(secret, demand.reach, 0)[cells],
            width=np.where(secret, demand.width, 0)[cells],
            asked=asked[cells],
            ones=(secret & ~(value != 1) | np.isnan(value))[cells],
            weight=np.where(always[cells], 0, weight[cells]),
        )
        for cells in told.components()
        if np.any((always & asked)[cells])
    ]
