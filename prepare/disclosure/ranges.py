"""How far each cell of one component can go: programs where needed, witnesses where possible.

Every solution a program finds is a witness: it shows for all cells at once how far they reach at
least. A cell whose witnesses touch the bound that holds anyway needs no program of its own, and
solutions in whole numbers spare the integer programs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from prepare.disclosure.programs import TOLERANCE, Contradiction, Optimum, Program
from prepare.disclosure.system import Flags, Floats, Places, System


class Ranges:
    """The bounds of the cells of one component.

    `low` and `high` hold always and get narrower; `least` and `most` are what solutions reached,
    `whole_least` and `whole_most` what those did in which all whole cells are whole. The
    latter go into `kept` as well, if given.

    Raises:
        Contradiction: when the component has no solution, here or in any method.
    """

    def __init__(self, part: System, kept: deque[Floats] | None = None) -> None:
        if np.any(part.floor > part.ceiling):
            raise Contradiction("bounds cross")
        self.part = part
        self.kept = kept
        self.low, self.high = part.floor.copy(), part.ceiling.copy()
        self.least = np.full(part.cells, np.inf)
        self.most = np.full(part.cells, -np.inf)
        self.whole_least, self.whole_most = self.least.copy(), self.most.copy()
        self.program = Program(part)
        self.witness(self.program.least(np.zeros(part.cells)))

    def witness(self, found: Optimum) -> None:
        """Takes note of how far the cells go in a solution."""
        if found.point is None:
            return
        np.minimum(self.least, found.point, out=self.least)
        np.maximum(self.most, found.point, out=self.most)
        rounded = np.where(self.part.whole, np.round(found.point), found.point)
        if np.all(np.abs(rounded - found.point) <= TOLERANCE):
            np.minimum(self.whole_least, rounded, out=self.whole_least)
            np.maximum(self.whole_most, rounded, out=self.whole_most)
            if self.kept is not None:
                self.kept.append(rounded)

    def linear(self, wanted: Places, settled: Callable[[int], bool] = lambda cell: False) -> None:
        """Moves the bounds of the wanted cells to what the linear programs allow.

        Cells for which `settled` answers yes, asked just before their turn, are left alone.
        """
        for sign in (-1.0, 1.0):
            for cell in map(int, wanted):
                reached = self.least if sign > 0 else self.most
                if not self.touches(cell, sign, reached) and not settled(cell):
                    found = self.program.end(cell, sign)
                    self.move(cell, sign, found.value)
                    self.witness(found)
        self.round_inwards()

    def integer(self, wanted: Places) -> None:
        """Moves the bounds of the wanted whole cells to the whole solutions that reach furthest.

        A cell that fractions take to infinity goes there in whole numbers too, if there are any.
        """
        if not len(wanted):
            return
        program = Program(self.part, integer=True)
        if not np.all(np.isfinite(self.whole_least)):
            self.witness(program.least(np.zeros(self.part.cells)))
        for sign in (-1.0, 1.0):
            reached = self.whole_least if sign > 0 else self.whole_most
            bound = self.low if sign > 0 else self.high
            for cell in map(int, wanted):
                if np.isfinite(bound[cell]) and not self.touches(cell, sign, reached):
                    self.witness(program.end(cell, sign))
                    self.move(cell, sign, sign * reached[cell])

    def touches(self, cell: int, sign: float, reached: Floats) -> bool:
        """Whether a solution already stands at the bound of a cell."""
        bound = self.low[cell] if sign > 0 else self.high[cell]
        return bool(abs(bound - reached[cell]) <= TOLERANCE)

    def move(self, cell: int, sign: float, value: float) -> None:
        """Sets the lower (`sign` 1) or upper (-1) bound of a cell; `value` is `sign` times it."""
        if sign > 0:
            self.low[cell] = value
        else:
            self.high[cell] = -value

    def round_inwards(self) -> None:
        """Whole cells end at whole numbers."""
        whole = self.part.whole
        self.low = np.where(whole, np.ceil(self.low - TOLERANCE) + 0.0, self.low)
        self.high = np.where(whole, np.floor(self.high + TOLERANCE), self.high)
        if np.any(self.low > self.high + TOLERANCE):
            raise Contradiction("no whole number is left")

    def shows(self, cell: int, reach: Floats, width: Floats) -> bool:
        """Whether whole solutions show a cell to reach and to spread as far as demanded."""
        least, most = self.whole_least[cell], self.whole_most[cell]
        return bool(most >= reach[cell] - TOLERANCE and most - least >= width[cell] - TOLERANCE)

    def shown(self, reach: Floats, width: Floats) -> Flags:
        """Which cells whole solutions show to reach and to spread as far as demanded."""
        spread = self.whole_most - self.whole_least
        flags: Flags = (self.whole_most >= reach - TOLERANCE) & (spread >= width - TOLERANCE)
        return flags
