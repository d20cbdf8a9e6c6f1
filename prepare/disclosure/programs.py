"""The linear and integer programs of one component in HiGHS: built once, then only the aim changes.

Deterministic: one thread, a fixed seed, no limit by the clock. An integer program that needs more
branches than `BRANCHES` stops with the best it found, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from prepare.disclosure.system import Flags, Floats, Places, System

TOLERANCE = 1e-6
"""Numbers closer than this are the same."""
BRANCHES = 20_000
FEASIBILITY = 1e-9
DUAL, PRIMAL = 1, 4
"""The numbers HiGHS gives its simplex methods; after a new aim the primal one starts feasible."""
FOUND = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)
UNBOUNDED = (
    highspy.HighsModelStatus.kUnbounded,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
SURE = (*FOUND, highspy.HighsModelStatus.kUnbounded)
"""Answers that need no second run from scratch."""


class Silent(highspy.Highs):
    """HiGHS that says nothing: it greets on standard output unless told not to before all else."""

    def enableCallbacks(self) -> None:
        """Called while HiGHS is made, before any option could be set."""
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class Contradiction(Exception):
    """No numbers fit what this component is told."""


class Undecided(Exception):
    """The solver could not say what holds of some `cells`, so nothing may be called safe.

    Which cells is known to whoever asked.
    """

    def __init__(self, reason: str, cells: Places | None = None) -> None:
        super().__init__(reason)
        self.cells = np.zeros(0, dtype=np.int64) if cells is None else cells


@dataclass(frozen=True, eq=False)
class Optimum:
    """The least value of an aim and the numbers that reach it; -inf and none where unbounded."""

    value: float
    point: Floats | None
    duals: Floats


class Program:
    """Minimises one aim after the other over the same cells; each run starts where the last ended.

    Without `integer` the whole cells may be fractions.
    """

    def __init__(self, part: System, *, integer: bool = False) -> None:
        self.cells = part.cells
        self.integer = integer
        self.highs = solver(integer)
        self.highs.passModel(model(part, part.whole if integer else np.zeros_like(part.whole)))
        self.aim = np.zeros(self.cells)

    def least(self, aim: Floats) -> Optimum:
        """The minimum of `aim` @ y.

        Raises:
            Contradiction: when there is no y at all.
            Undecided: when the solver fails, from where it was and from scratch.
        """
        changed = np.flatnonzero(aim != self.aim)
        self.highs.changeColsCost(len(changed), changed.astype(np.int32), aim[changed])
        self.aim = aim.copy()
        self.highs.run()
        if self.highs.getModelStatus() not in SURE:
            self.highs.clearSolver()
            self.highs.setOptionValue("simplex_strategy", DUAL)
            self.highs.run()
            self.highs.setOptionValue("simplex_strategy", DUAL if self.integer else PRIMAL)
        return self.outcome()

    def end(self, cell: int, sign: float) -> Optimum:
        """The least (`sign` 1) or the negative of the greatest (-1) value of one cell."""
        aim = np.zeros(self.cells)
        aim[cell] = sign
        return self.least(aim)

    def outcome(self) -> Optimum:
        """What the last run found."""
        status = self.highs.getModelStatus()
        if status in UNBOUNDED:
            return Optimum(-np.inf, None, np.zeros(0))
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction("no numbers fit")
        solution = self.highs.getSolution()
        if status not in FOUND or not solution.value_valid:
            raise Undecided(self.highs.modelStatusToString(status))
        value = self.highs.getInfo().objective_function_value
        return Optimum(value, np.array(solution.col_value), np.array(solution.row_dual))


def solver(integer: bool) -> highspy.Highs:
    """HiGHS with every option that could make two runs differ set."""
    highs = Silent()  # type: ignore[no-untyped-call]
    options: dict[str, bool | float | str] = {
        "threads": 1,
        "parallel": "off",
        "random_seed": 1,
        "presolve": "on" if integer else "off",
        "solver": "simplex",
        "simplex_strategy": DUAL if integer else PRIMAL,
        "primal_feasibility_tolerance": FEASIBILITY,
        "dual_feasibility_tolerance": FEASIBILITY,
        "mip_feasibility_tolerance": FEASIBILITY,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,
        "mip_max_nodes": BRANCHES,
    }
    for option, value in options.items():
        highs.setOptionValue(option, value)
    return highs


def model(part: System, integer: Flags) -> highspy.HighsLp:
    """The cells and rows of a system for HiGHS; the cells in `integer` must be whole."""
    program = highspy.HighsLp()
    program.num_col_ = part.cells
    program.num_row_ = part.rows.shape[0]
    program.col_cost_ = np.zeros(part.cells)
    program.col_lower_, program.col_upper_ = part.floor, part.ceiling
    program.row_lower_, program.row_upper_ = part.low, part.high
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = part.rows.indptr
    program.a_matrix_.index_ = part.rows.indices
    program.a_matrix_.value_ = part.rows.data
    if integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[int(one)] for one in integer]
    return program
