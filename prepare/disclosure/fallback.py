"""A safe choice without proof that it is the best: rounded up, then given back cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from prepare.disclosure.master import Impossible, Master
from prepare.disclosure.problem import Problem
from prepare.disclosure.separation import Cut
from prepare.disclosure.system import Flags, Floats

Missing = Callable[[Flags], list[Cut]]
"""The cuts a choice misses; none when it is safe."""


def rounded_up(problem: Problem, master: Master, share: Floats, missing: Missing) -> Flags:
    """Everything hidden that the relaxation hides in part, and more until nothing is missing.

    Cells once hidden stay so; each round hides at least one more, so this ends. Raises Impossible
    if some cell that is hidden by then cannot be protected.
    """
    hidden = problem.always.copy()
    while True:
        hidden = hidden | (share > 1e-6)
        cuts = missing(hidden)
        if not cuts:
            return hidden
        master.add(cuts)
        master.hide(hidden)
        share = master.relaxed()
        if not np.any((share > 1e-6) & ~hidden):
            raise Impossible("a cut that the choice misses already")


def given_back(problem: Problem, hidden: Flags, missing: Missing) -> Flags:
    """The same choice without the cells it can do without, tried from the heaviest down."""
    hidden = hidden.copy()
    spare = np.flatnonzero(hidden & ~problem.always)
    for cell in spare[np.argsort(-problem.weight[spare], kind="stable")]:
        hidden[cell] = False
        if missing(hidden):
            hidden[cell] = True
    return hidden


def greatest(problem: Problem, missing: Missing) -> Flags:
    """The largest choice in which nothing is missing: all hidden, less what cannot be protected.

    A cell that falls short with all others hidden falls short in every choice. Raises Impossible
    if that happens to one nobody may publish.
    """
    hidden = np.ones_like(problem.always)
    while cuts := missing(hidden):
        last = [cut.given[-1] for cut in cuts]
        loose = [cell for cell in last if not problem.always[cell]]
        if not loose:
            raise Impossible("a cell that must be hidden is not protected by all others")
        hidden[loose] = False
    return hidden
