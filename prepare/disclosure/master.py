"""The choice of hidden cells with the least harm under the cuts found so far."""

from __future__ import annotations

import highspy
import numpy as np

from prepare.disclosure.problem import Problem
from prepare.disclosure.programs import solver
from prepare.disclosure.separation import Cut
from prepare.disclosure.system import Flags, Floats

GOLDEN = (5**0.5 - 1) / 2
TIE = 0.05  # all that breaking ties can cost, as a part of the smallest weight


class Impossible(Exception):
    """No choice meets all cuts."""


class Late(Exception):
    """The time is over before the best choice was proven."""


class Master:
    """Minimises the harm of hiding, from a linear relaxation to whole cells."""

    def __init__(self, problem: Problem) -> None:
        count = len(problem.cells)
        self.problem = problem
        self.cuts: list[Cut] = []
        self.harm = 0.0
        self.weight = untied(problem)
        self.highs = solver(False)
        self.highs.setOptionValue("presolve", "choose")
        self.highs.setOptionValue("simplex_strategy", 1)
        self.highs.setOptionValue("mip_abs_gap", 1e-6)
        self.highs.setOptionValue("mip_feasibility_tolerance", 1e-6)
        self.highs.setOptionValue("primal_feasibility_tolerance", 1e-7)
        self.highs.setOptionValue("dual_feasibility_tolerance", 1e-7)
        self.highs.setOptionValue("mip_max_nodes", 2**31 - 1)
        self.highs.addVars(count, problem.always.astype(float), np.ones(count))
        places = np.arange(count, dtype=np.int32)
        self.highs.changeColsCost(count, places, self.weight)

    def add(self, cuts: list[Cut]) -> None:
        """Takes cuts as rows: weights @ x - least * (sum of given) >= least * (1 - how many)."""
        for cut in cuts:
            places = np.append(cut.cells, cut.given).astype(np.int32)
            weights = np.append(cut.weights, np.full(len(cut.given), -cut.least)) / cut.least
            self.highs.addRow(1.0 - len(cut.given), np.inf, len(places), places, weights)

        self.cuts += cuts

    def copy(self) -> Master:
        """The same cuts, no cell hidden on top, not yet solved."""
        other = Master(self.problem)
        other.add(self.cuts)
        return other

    def cost(self, hidden: Flags) -> float:
        """The harm of a choice, as it is minimised."""
        return float(self.weight[hidden].sum())

    def hide(self, cells: Flags) -> None:
        """From now on these cells are hidden in every choice."""
        for cell in np.flatnonzero(cells):
            self.highs.changeColBounds(int(cell), 1.0, 1.0)

    def relaxed(self) -> Floats:
        """The shares of the best choice if cells could be hidden in part."""
        return self._shares()

    def whole(self, seconds: float = np.inf) -> Flags:
        """The best choice of whole cells, found within `seconds` or Late is raised."""
        if seconds <= 0:
            raise Late
        count = self.highs.getNumCol()
        kinds = np.full(count, highspy.HighsVarType.kInteger)
        self.highs.changeColsIntegrality(count, np.arange(count, dtype=np.int32), kinds)
        self.highs.setOptionValue("time_limit", seconds)
        chosen: Flags = self._shares() > 0.5
        return chosen

    def _shares(self) -> Floats:
        """What the solver finds."""
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kTimeLimit:
            raise Late
        if status != highspy.HighsModelStatus.kOptimal:
            raise Impossible(self.highs.modelStatusToString(status))
        self.harm = self.highs.getInfo().objective_function_value
        shares: Floats = np.clip(np.array(self.highs.getSolution().col_value), 0.0, 1.0)
        return shares


def untied(problem: Problem) -> Floats:
    """The weights, and a little more by the cell's place, so that one of equal choices is best."""
    free = ~problem.always
    if not free.any():
        return np.zeros(len(free))
    positive = problem.weight[free & (problem.weight > 0)]
    unit = TIE * (positive.min() if len(positive) else 1.0) / free.sum()
    irregular = (problem.cells + 1) * GOLDEN % 1.0
    return np.where(free, problem.weight + unit * (0.5 + irregular) / 1.5, 0.0)
