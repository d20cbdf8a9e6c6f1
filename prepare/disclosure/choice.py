"""The search for the best choice in one part: relaxed first, then whole, a safe one at any time."""

from __future__ import annotations

import time

import numpy as np

from prepare.disclosure import attack
from prepare.disclosure.attack import Demand
from prepare.disclosure.attacker import Attacker
from prepare.disclosure.fallback import completed, given_back, greatest
from prepare.disclosure.master import Impossible, Late, Master
from prepare.disclosure.overheard import overheard
from prepare.disclosure.problem import Problem, Unprotectable
from prepare.disclosure.programs import TOLERANCE
from prepare.disclosure.separation import Cut, alone, blocked, by_rows, demanded, stronger
from prepare.disclosure.system import Flags, Floats

ROUNDS = 60  # of cuts, first for the relaxation, then for whole cells
EFFORT = 1900  # rounds times cells that whole cells are worth, so that the clock decides nothing
GAIN = 1e-3  # a round of the relaxation that gains less than this part is slow
PATIENCE = 3  # slow rounds in a row before it is left
PART = 1e-6  # a cell hidden to a smaller share is not hidden
PROBES = (1, 2, 4, 8, 16, 32)  # rounds in which a safe choice is made of an unsafe one
SHARPENED = 8  # cuts of a round made stronger, or about so many


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
        try:
            share = self.relaxed()
            self.keep(share > PART)
            proven = self.whole(share, end)
        except Impossible:
            proven = False
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
        effort = int(min(EFFORT // len(self.problem.cells), ROUNDS))
        for number in range(1, effort + 1):
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

        Nothing is kept where the completion runs into a cell that cannot be protected.
        The cuts met on the way hold for all choices.
        """
        completion = self.master.copy()
        try:
            safe = completed(self.problem, completion, hidden, self.missing)
            self.take(given_back(self.problem, safe, self.quick, self.missing))
        except Impossible:
            pass
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
