"""Controlled rounding: every count to a multiple of its base next to it, and all sums still hold.

Conventional rounding breaks sums; here a mixed integer program chooses for each cell whether it
goes down or up so that every equation holds exactly and the sum of all changes is least.
Multiples stay what they are (zero-restricted rounding), so a rounded 0 looks like a true 0.

Why no number comes back where all that is published of a table is rounded: the rounded numbers
add up themselves, and one person more in one part adds one to every sum that holds it. So up to
base - 1 persons more fit to what was printed: each cell keeps as many possible numbers as its base.

Source: L. H. Cox, "A constructive procedure for unbiased controlled rounding", JASA 82 (1987);
J. J. Salazar-González, "Controlled rounding and cell perturbation", Math. Programming 105 (2006).
"""

from __future__ import annotations

import time

import highspy
import numpy as np
from scipy import sparse

from prepare.disclosure import programs
from prepare.disclosure.system import Flags, Floats, Places, System

NEAR = 1e-9
"""A number that close to a multiple of its base is one."""

GAP = 1e-6
"""A sum of changes that close to the least one is it."""

FOUND = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)
"""The best rounding, or the best one within `programs.BRANCHES`."""


class Unroundable(Exception):
    """No rounding keeps the sums of these cells, or none was found in time.

    `cells` hang together through equations; `late` says that time ran out.
    """

    def __init__(self, cells: Places, late: bool = False) -> None:
        self.cells = cells
        self.late = late
        reason = "none was found in time" if late else "none keeps all sums"
        super().__init__(f"{len(cells)} cells cannot be rounded: {reason}")


def rounded(system: System, value: Floats, base: Floats, *, seconds: float = 60) -> Floats:
    """The numbers after rounding: each the multiple of its `base` just below or just above.

    A cell whose base is 0, or whose number nobody here knows (NaN), comes back as it is, and an
    equation with such a cell is not kept: rounded districts need not add up to an exact city.
    Inequalities are not kept either; that a part is no more than its whole is kept through the
    cell for the rest, if that has a base too. The same numbers always give the same rounding.

    The sum of changes is the least possible, or the least found within so many branches.

    Raises Unroundable if there is none, or if `seconds` did not suffice: a result that depends on
    the clock would differ from run to run.
    """
    _check(system, value, base)
    ours = (base > 0) & ~np.isnan(value)
    step = np.where(ours, base, 1.0)
    known = np.where(ours, value, 0.0)
    down = step * np.floor(known / step + NEAR)
    rest = np.maximum(known - down, 0.0)
    kept = _kept(system, ours)
    choice = _choice(kept, down, step, ours & (rest > NEAR * step))
    ways = _ways(choice, step - 2 * rest, time.monotonic() + seconds)
    result = down + step * ways + 0.0  # no negative zero: it would tell a rounded 0 from a true one
    broken = np.flatnonzero(kept.rows @ result != kept.low)
    if len(broken):
        raise Unroundable(np.unique(kept.rows[broken].indices).astype(np.int64))
    told: Floats = np.where(ours, result, value)
    return told


def _check(system: System, value: Floats, base: Floats) -> None:
    """Refuse what can only be a mistake of the caller."""
    if value.shape != (system.cells,) or base.shape != (system.cells,):
        raise ValueError(f"value and base must have one number for each of {system.cells} cells")
    if not np.isfinite(base).all() or (base < 0).any() or np.isinf(value).any():
        raise ValueError("a base must be a finite number from 0, a value must be finite or NaN")


def _kept(system: System, ours: Flags) -> System:
    """The system with only those equations all of whose cells are rounded."""
    foreign = abs(system.rows) @ (~ours).astype(np.float64)
    rows = np.flatnonzero((system.low == system.high) & (foreign == 0))
    return System(
        rows=sparse.csr_array(system.rows[rows]),
        low=system.low[rows],
        high=system.high[rows],
        floor=system.floor,
        ceiling=system.ceiling,
        whole=system.whole,
    )


def _choice(kept: System, down: Floats, step: Floats, free: Flags) -> System:
    """The system of the choices: 0 for down, 1 for up, settled at 0 where the number stays."""
    rest = kept.low - kept.rows @ down
    return System(
        rows=sparse.csr_array(kept.rows @ sparse.diags_array(step)),
        low=rest,
        high=rest,
        floor=np.zeros(kept.cells),
        ceiling=free.astype(np.float64),
        whole=np.ones(kept.cells, dtype=np.bool_),
    )


def _ways(choice: System, cost: Floats, deadline: float) -> Floats:
    """For each cell 0 (down) or 1 (up), at the least sum of the `cost` of those that go up."""
    tied = np.diff(choice.rows.tocsc().indptr) > 0
    ways = np.where(tied, 0.0, (cost < 0) & ~choice.settled)
    for cells in choice.components():
        if tied[cells[0]]:
            ways[cells] = _cheapest(choice.part(cells), cost[cells], cells, deadline)
    return ways


def _cheapest(part: System, cost: Floats, cells: Places, deadline: float) -> Floats:
    """The way of each of some cells that hang together."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise Unroundable(cells, late=True)
    model = programs.model(part, part.whole)
    model.col_cost_ = cost
    solver = programs.solver(integer=True)
    solver.setOptionValue("mip_abs_gap", GAP)
    solver.setOptionValue("time_limit", left)
    solver.passModel(model)
    solver.run()
    status = solver.getModelStatus()
    if status not in FOUND or not np.isfinite(solver.getInfo().objective_function_value):
        raise Unroundable(cells, late=status != highspy.HighsModelStatus.kInfeasible)
    found: Floats = np.rint(np.asarray(solver.getSolution().col_value))
    return found
