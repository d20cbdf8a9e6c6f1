"""An attacker's linear program over one part, kept warm between questions, with its proofs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prepare.disclosure.people import among
from prepare.disclosure.problem import Problem
from prepare.disclosure.programs import TOLERANCE, Contradiction, Program
from prepare.disclosure.system import Floats

NOISE = 1e-9  # a dual price below this is none
MEMORY = 1000  # solutions kept as witnesses of what is possible


@dataclass(frozen=True, eq=False)
class Proof:
    """For every choice x of hidden cells: sign * cell <= `base` + `slope` @ x."""

    base: float
    slope: Floats


@dataclass(frozen=True, eq=False)
class Extreme:
    """How far an attacker finds a cell to go: a solution, and the proof that none goes further."""

    point: Floats
    proof: Proof


class Attacker:
    """Somebody who knows all rows of a problem and whatever is published of its cells."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.answers: dict[tuple[int, int], bool] = {}
        self.points = np.full((MEMORY, len(problem.cells)), np.nan)
        self.count = 0
        self.across = problem.system.rows.T.tocsr()
        self.low, self.high = problem.system.floor, problem.system.ceiling
        self.program = Program(problem.system)

    def sees(self, share: Floats, cap: float = np.inf) -> None:
        """What is published: `share` 0 a cell's number, 1 nothing, between them part of its range.

        `cap` limits how far a cell that may be published can be off; the others are free.
        """
        problem, system = self.problem, self.problem.system
        up = np.minimum(system.ceiling - problem.value, cap) * share
        down = np.minimum(problem.value - system.floor, cap) * share
        self.low = np.where(problem.always, system.floor, problem.value - down)
        self.high = np.where(problem.always, system.ceiling, problem.value + up)
        places = np.arange(len(up), dtype=np.int32)
        self.program.highs.changeColsBounds(len(up), places, self.low, self.high)

    def witnesses(self) -> Floats:
        """Earlier solutions that are still possible, one a row."""
        known = self.points[: self.count]
        inside = (known >= self.low - TOLERANCE) & (known <= self.high + TOLERANCE)
        possible: Floats = known[inside.all(axis=1)]
        return possible

    def extreme(self, cell: int, sign: int, alone: int | None = None) -> Extreme:
        """How far `cell` can go; with `alone`, for somebody who knows that cell to be 1.

        Raises Contradiction if no numbers fit.
        """
        highs = self.program.highs
        if alone is not None:
            highs.changeColBounds(alone, 1.0, 1.0)
        try:
            found = self.program.end(cell, -sign)
        finally:
            if alone is not None:
                highs.changeColBounds(alone, self.low[alone], self.high[alone])
        if found.point is None:
            raise Contradiction("a bounded program without a solution")
        self._remember(found.point)
        return Extreme(found.point, self.proof(cell, sign, -found.duals, alone))

    def _remember(self, point: Floats) -> None:
        """Keeps a solution, in the place of the oldest half when there is no room."""
        if self.count == MEMORY:
            self.count = MEMORY // 2
            self.points[: self.count] = self.points[-self.count :]
        self.points[self.count] = point
        self.count += 1

    def among(self, whole: int, part: int) -> bool:
        """Whether the people of one cell are among those of another."""
        if (whole, part) not in self.answers:
            self.answers[whole, part] = among(self.problem.system, whole, part)
        return self.answers[whole, part]

    def proof(self, cell: int, sign: int, price: Floats, alone: int | None = None) -> Proof:
        """The bound that row prices prove, as a linear function of what is hidden.

        It holds whatever the solver's tolerances: a price on an open side of a row is dropped,
        and what the prices leave of the aim is charged to the cells at their bounds.
        """
        problem, system = self.problem, self.problem.system
        bound = np.where(price > 0, system.high, system.low)
        used = (np.abs(price) > NOISE) & np.isfinite(bound)
        price, bound = np.where(used, price, 0.0), np.where(used, bound, 0.0)
        rest = -(self.across @ price)
        rest[cell] += sign
        most = np.maximum(rest * system.ceiling, rest * system.floor)
        given = np.where(problem.always, most, rest * problem.value)
        slope = most - given
        if alone is not None:
            given[alone], slope[alone] = rest[alone], 0.0
        return Proof(float(price @ bound + given.sum()), slope)


def spread(points: Floats) -> tuple[Floats, Floats]:
    """The least and the most of each cell among the points; an empty range where there are none."""
    if not len(points):
        nothing = np.full(points.shape[1], np.inf)
        return nothing, -nothing
    return points.min(axis=0), points.max(axis=0)
