"""Optimal secondary suppression: which further cells are hidden so that no hidden one can be told.

M. Fischetti, J. J. Salazar, Management Science 47 (2001): the least harm under cuts from the
attacker's programs, first with cells hidden in part, then whole. If the time is over, a safe
choice made from the relaxation is taken. What is returned has passed the attack, always.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from prepare.disclosure import attack
from prepare.disclosure.attack import Demand
from prepare.disclosure.attacker import Attacker
from prepare.disclosure.fallback import given_back, greatest, rounded_up
from prepare.disclosure.master import Impossible, Late, Master
from prepare.disclosure.problem import Problem, Unprotectable, problems
from prepare.disclosure.separation import Cut, alone, blocked, demanded
from prepare.disclosure.system import Flags, Floats, System

ROUNDS = 60  # of the relaxation at most
GAIN = 1e-3  # a round of the relaxation that gains less than this part is one of the last


@dataclass(frozen=True, eq=False)
class Pattern:
    """The hidden cells, whether that is proven to be the least harm, and the harm added.

    `cost` is the weight of the cells hidden beside those that had to be. Cells nobody publishes
    are not `hidden` unless they were among those.
    """

    hidden: Flags
    optimal: bool
    cost: float


def pattern(
    system: System,
    value: Floats,
    hidden: Flags,
    fixed: Flags,
    absent: Flags,
    demand: Demand,
    weight: Floats,
    *,
    floor: Floats,
    singles: bool = True,
    seconds: float = 20,
) -> Pattern:
    """The choice of hidden cells with the least weight that meets the demand on each of them.

    Per cell: `value` (NaN: not known here either), `hidden` (must be), `fixed` (never),
    `absent` (nobody publishes it), `demand` on whatever is hidden, `weight` of hiding it and the
    `floor` everybody knows of a hidden cell. `system` is what everybody knows anyway. With
    `singles`, nobody alone in a hidden cell may learn another small one. After `seconds` a safe
    choice is taken that need not be the best; all else is the same in every run.

    Raises:
        Unprotectable: when no choice meets the demand.
        attack.Infeasible: when the values contradict the rows.
    """
    parts = problems(system, value, hidden, fixed, absent, demand, weight, floor)
    chosen = hidden.copy()
    end = time.monotonic() + seconds
    optimal = True
    for problem in parts:
        found, proven = Choice(problem, singles).best(end)
        chosen[problem.cells] |= found & ~absent[problem.cells]
        optimal &= proven
    refuse(system, value, chosen, absent, demand, floor)
    return Pattern(chosen, optimal, float(weight[chosen & ~hidden].sum()))


def refuse(
    system: System, value: Floats, hidden: Flags, absent: Flags, demand: Demand, floor: Floats
) -> None:
    """Raises Unprotectable for the hidden cells that an attacker finds too closely."""
    shown = np.flatnonzero(~hidden & ~absent & ~np.isnan(value))
    unseen = np.flatnonzero(hidden | absent | np.isnan(value))
    told = system.told(shown, value[shown], value[shown])
    told = told.told(unseen, floor[unseen], np.full(len(unseen), np.inf))
    failures = attack.failing(told, demand, hidden)
    if len(failures):
        raise Unprotectable(failures.cells)


class Choice:
    """The search in one part."""

    def __init__(self, problem: Problem, singles: bool) -> None:
        self.problem = problem
        self.singles = singles
        self.attacker = Attacker(problem)

    def best(self, end: float) -> tuple[Flags, bool]:
        """The hidden cells and whether they are proven best; the time is over at `end`."""
        try:
            master = Master(self.problem)
            share = self.relaxed(master)
            try:
                return self.whole(master, end), True
            except Late:
                return self.safe(share), False
        except Impossible:
            return self.safe(np.ones(len(self.problem.cells))), False

    def relaxed(self, master: Master) -> Floats:
        """The shares to hide after cutting the relaxation until that gains little."""
        cap = float(max(self.problem.reach.max(), self.problem.width.max()))
        slow, before = 0, -np.inf
        for _ in range(ROUNDS):
            share = master.relaxed()
            harm = master.harm
            slow = slow + 1 if harm <= before * (1 + GAIN) else 0
            before = harm
            cuts = demanded(self.attacker, share, cap)
            if not cuts or slow > 3:
                break
            master.add(cuts)
        return share

    def whole(self, master: Master, end: float) -> Flags:
        """The best choice that misses nothing."""
        while True:
            hidden = master.whole(end - time.monotonic()) > 0.5
            cuts = self.missing(hidden)
            if not cuts:
                return hidden
            master.add(cuts)

    def missing(self, hidden: Flags) -> list[Cut]:
        """The cuts a choice misses: by programs, by people alone in a cell, in whole numbers."""
        cuts = demanded(self.attacker, hidden.astype(float))
        if not cuts and self.singles:
            cuts = alone(self.attacker, hidden)
        return cuts or self.found_whole(hidden)

    def found_whole(self, hidden: Flags) -> list[Cut]:
        """Cuts for what the attack with whole numbers still finds."""
        problem = self.problem
        shown = np.flatnonzero(~hidden)
        told = problem.system.told(shown, problem.value[shown], problem.value[shown])
        demand = Demand(problem.reach, problem.width)
        failures = attack.failing(told, demand, hidden)
        return [blocked((int(cell),), hidden) for cell in failures.cells]

    def safe(self, share: Floats) -> Flags:
        """A choice that misses nothing, made without a proof."""
        try:
            hidden = rounded_up(self.problem, Master(self.problem), share, self.missing)
        except Impossible:
            hidden = self.largest()
        return given_back(self.problem, hidden, self.missing)

    def largest(self) -> Flags:
        """The largest choice that misses nothing."""
        try:
            return greatest(self.problem, self.missing)
        except Impossible:
            left = self.missing(np.ones_like(self.problem.always))
            cells = np.unique([cut.given[-1] for cut in left])
            raise Unprotectable(self.problem.cells[cells]) from None
