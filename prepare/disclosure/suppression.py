"""Optimal secondary suppression: which further cells are hidden so that no hidden one can be told.

M. Fischetti, J. J. Salazar, Management Science 47 (2001): the least harm under cuts from the
attacker's programs, first with cells hidden in part, then whole. If the time is over, a safe
choice made from the relaxation is taken. What is returned has passed the attack, always.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from prepare.disclosure import attack
from prepare.disclosure.attack import Demand
from prepare.disclosure.attacker import Attacker
from prepare.disclosure.fallback import completed, given_back, greatest
from prepare.disclosure.master import Impossible, Late, Master
from prepare.disclosure.problem import Problem, Unprotectable, problems
from prepare.disclosure.programs import TOLERANCE
from prepare.disclosure.separation import Cut, alone, blocked, by_rows, demanded, stronger
from prepare.disclosure.system import Flags, Floats, System

ROUNDS = 60  # of cuts, first for the relaxation, then for whole cells
GAIN = 1e-3  # a round of the relaxation that gains less than this part is slow
PATIENCE = 3  # slow rounds in a row before it is left
PART = 1e-6  # a cell hidden to a smaller share is not hidden
PROBES = (8, 16, 32)  # rounds in which a safe choice is made of an unsafe one
SHARPENED = 8  # cuts of a round made stronger, or about so many


@dataclass(frozen=True, eq=False)
class Pattern:
    """The hidden cells, whether that is proven to be the least harm, and the harm added.

    `cost` is the weight of the cells hidden beside those that had to be. Cells nobody publishes
    are not `hidden` unless they were among those. Best is meant among the choices in which who
    may be alone in a cell learns nothing; those that show that nobody is alone in it are left out.
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
    end = time.process_time() + seconds
    optimal = True
    for problem in parts:
        found, proven = Choice(problem, singles).best(end)
        chosen[problem.cells] |= found & ~absent[problem.cells]
        optimal &= proven
    chosen = verified(system, value, chosen, hidden, absent, demand, floor, singles)
    return Pattern(chosen, optimal, float(weight[chosen & ~hidden].sum()))


def verified(
    system: System,
    value: Floats,
    chosen: Flags,
    hidden: Flags,
    absent: Flags,
    demand: Demand,
    floor: Floats,
    singles: bool,
) -> Flags:
    """The choice after the attack on it, without cells that can be told exactly all the same.

    To publish these tells nobody anything new. Raises Unprotectable for cells that had to be
    hidden, or are small, and are found too closely.
    """
    while True:
        unseen = chosen | absent | np.isnan(value)
        shown, closed = np.flatnonzero(~unseen), np.flatnonzero(unseen)
        told = system.told(shown, value[shown], value[shown])
        told = told.told(closed, floor[closed], np.full(len(closed), np.inf))
        asked = chosen & demand.made
        failures = attack.failing(told, demand, asked)
        spare = failures.cells[failures.exact & ~hidden[failures.cells]]
        if len(spare) < len(failures):
            raise Unprotectable(np.setdiff1d(failures.cells, spare))
        if not len(spare):
            break
        chosen = chosen.copy()
        chosen[spare] = False
    if singles and (pairs := overheard(told, asked, demand.reach)):
        raise Unprotectable(np.unique([pair[1] for pair in pairs]))
    return chosen


def overheard(told: System, hidden: Flags, minimum: Floats) -> list[tuple[int, int, float]]:
    """`attack.singletons` without the pairs that are the same number for everybody.

    Such cells hold the same people, so that who is alone in one learns nothing of others.
    """
    return [
        pair
        for pair in attack.singletons(told, hidden, minimum)
        if not same(told, pair[0], pair[1])
    ]


def same(told: System, one: int, other: int) -> bool:
    """Whether two cells are the same number in all that is possible: their difference is 0."""
    row = sparse.csr_array(([1.0, -1.0, -1.0], ([0, 0, 0], [one, other, told.cells])))
    empty = sparse.csr_array((told.rows.shape[0], 1))
    wider = System(
        rows=sparse.csr_array(sparse.vstack([sparse.hstack([told.rows, empty]), row])),
        low=np.append(told.low, 0.0),
        high=np.append(told.high, 0.0),
        floor=np.append(told.floor, -np.inf),
        ceiling=np.append(told.ceiling, np.inf),
        whole=np.append(told.whole, told.whole[one] and told.whole[other]),
    )
    ends = attack.bounds(wider, np.array([told.cells]))
    return bool(ends.high[0] - ends.low[0] <= TOLERANCE and abs(ends.low[0]) <= TOLERANCE)


class Choice:
    """The search in one part: cuts are gathered for all choices, safe choices kept if better."""

    def __init__(self, problem: Problem, singles: bool) -> None:
        self.problem = problem
        self.singles = singles
        self.attacker = Attacker(problem)
        self.master = Master(problem)
        self.kept = np.ones_like(problem.always)
        self.harm = np.inf

    def best(self, end: float) -> tuple[Flags, bool]:
        """The hidden cells and whether they are proven best; the time is over at `end`."""
        proven = False
        try:
            share = self.relaxed()
            proven = self.whole(share, end)
            if not np.isfinite(self.harm):
                self.keep(share > PART)
        except Impossible:
            if not np.isfinite(self.harm):
                self.take(self.largest())
        return self.kept, proven

    def relaxed(self) -> Floats:
        """The shares to hide after cutting the relaxation until that gains little."""
        self.master.add(by_rows(self.attacker))
        slow, before = 0, -np.inf
        for _ in range(ROUNDS):
            share = self.master.relaxed()
            slow = slow + 1 if self.master.harm <= before * (1 + GAIN) else 0
            before = self.master.harm
            cuts = demanded(self.attacker, share, self.problem.most)
            if not cuts or slow > PATIENCE:
                break
            self.master.add(cuts)
        return share

    def whole(self, share: Floats, end: float) -> bool:
        """Improves the choice kept until it is proven best (true), or time or rounds are over."""
        for number in range(1, ROUNDS + 1):
            try:
                hidden = self.master.whole(end - time.process_time())
            except Late:
                return False
            if self.master.harm >= self.harm - TOLERANCE:
                return True
            cuts = self.missing(hidden)
            if not cuts:
                self.kept, self.harm = hidden, self.master.harm
                return True
            self.master.add(self.sharpened(cuts, hidden, share))
            if number in PROBES:
                self.keep(hidden)
        return False

    def sharpened(self, cuts: list[Cut], hidden: Flags, share: Floats) -> list[Cut]:
        """The cuts and some of them made stronger, spread over the cells they are for."""
        single = [cut for cut in cuts if len(cut.given) == 1 and len(cut.cells)]
        some = single[:: max(1, len(single) // SHARPENED)]
        return cuts + [stronger(self.attacker, hidden, cut, share) for cut in some]

    def quick(self, hidden: Flags) -> list[Cut]:
        """The cuts that programs alone find missing."""
        return demanded(self.attacker, hidden.astype(float))

    def missing(self, hidden: Flags) -> list[Cut]:
        """The cuts a choice misses: by programs, by people alone in a cell, in whole numbers."""
        cuts = self.quick(hidden)
        if not cuts and self.singles:
            cuts = alone(self.attacker, hidden)
        return cuts or self.found_whole(hidden)

    def found_whole(self, hidden: Flags) -> list[Cut]:
        """Cuts for what the attack with whole numbers still finds."""
        problem = self.problem
        shown = np.flatnonzero(~hidden)
        told = problem.system.told(shown, problem.value[shown], problem.value[shown])
        asked = hidden & problem.asked
        failures = attack.failing(told, Demand(problem.reach, problem.width), asked)
        given: list[tuple[int, ...]] = [(int(cell),) for cell in failures.cells]
        if self.singles and not given:
            given = [pair[:2] for pair in overheard(told, asked, problem.reach)]
        return [blocked(cells, hidden) for cells in given]

    def keep(self, hidden: Flags) -> None:
        """Completes a choice until it is safe, gives back what can be spared, keeps it if better.

        The cuts met on the way hold for all choices.
        """
        completion = self.master.copy()
        try:
            safe = completed(self.problem, completion, hidden, self.missing)
            self.take(given_back(self.problem, safe, self.quick, self.missing))
        except Impossible:
            self.take(self.largest())
        self.master.add(completion.cuts[len(self.master.cuts) :])

    def take(self, hidden: Flags) -> None:
        """Keeps a safe choice if it does less harm than the one kept."""
        harm = self.master.cost(hidden)
        if harm < self.harm:
            self.kept, self.harm = hidden, harm

    def largest(self) -> Flags:
        """The largest choice that misses nothing, with what it can do without given back."""
        hidden, unmet = greatest(self.problem, self.missing)
        if unmet:
            cells = np.unique([cell for cut in unmet for cell in cut.given])
            raise Unprotectable(self.problem.cells[cells])
        return given_back(self.problem, hidden, self.quick, self.missing)
