"""A safe choice without proof that it is the best: rounded up, then given back cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from prepare.disclosure.master import Impossible, Master
from prepare.disclosure.problem import Problem
from prepare.disclosure.separation import Cut
from prepare.disclosure.system import Flags

Missing = Callable[[Flags], list[Cut]]
"""The cuts a choice misses; none when it is safe."""


def completed(problem: Problem, master: Master, hidden: Flags, missing: Missing) -> Flags:
    """The choice and more cells until nothing is missing, the fewest the cuts of `master` ask for.

    Cells once hidden stay so and each round hides more, so this ends. Raises Impossible if a cell
    that is hidden by then cannot be protected; `greatest` may do.
    """
    hidden = problem.always | hidden
    while cuts := missing(hidden):
        master.add(cuts)
        master.hide(hidden)
        more = master.whole()
        if not np.any(more & ~hidden):
            raise Impossible("a cut that the choice misses already")
        hidden = hidden | more
    return hidden


def given_back(problem: Problem, hidden: Flags, quick: Missing, missing: Missing) -> Flags:
    """The same choice without the cells it can do without, tried from the heaviest down.

    `quick` tells most of what `missing` does; where it went too far, the cells that would help are
    hidden again at the end.
    """
    hidden = hidden.copy()
    spare = np.flatnonzero(hidden & ~problem.always)
    gone = []
    for cell in spare[np.argsort(-problem.weight[spare], kind="stable")]:
        hidden[cell] = False
        if quick(hidden):
            hidden[cell] = True
        else:
            gone.append(cell)
    while gone and (cuts := missing(hidden)):
        helping = np.unique(np.concatenate([cut.cells for cut in cuts]))
        back = np.intersect1d(gone, helping) if np.isin(gone, helping).any() else np.array(gone)
        hidden[back] = True
        gone = np.setdiff1d(gone, back).tolist()
    return hidden


def greatest(problem: Problem, missing: Missing) -> tuple[Flags, list[Cut]]:
    """All hidden, less what falls short even so: the largest choice, and the cuts it misses still.

    What falls short with all others hidden falls short in every choice; what is left over is
    about cells that nobody may publish.
    """
    hidden = np.ones_like(problem.always)
    while cuts := missing(hidden):
        loose = [cell for cut in cuts for cell in cut.given[-1:] if not problem.always[cell]]
        loose = loose or [cell for cut in cuts for cell in cut.given if not problem.always[cell]]
        if not loose:
            return hidden, cuts
        hidden[loose] = False
    return hidden, []
