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
from prepare.disclosure.choice import Choice
from prepare.disclosure.overheard import overheard
from prepare.disclosure.problem import Unprotectable, problems
from prepare.disclosure.programs import Contradiction
from prepare.disclosure.system import Flags, Floats, System


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
    `singles`, nobody alone in a hidden cell may learn another small one. After `seconds` of
    computing a safe choice is taken that need not be the best; else every run gives the same.

    Raises:
        Unprotectable: when no choice meets the demand.
        attack.Infeasible: when the values contradict the rows.
    """
    parts = problems(system, value, hidden, fixed, absent, demand, weight, floor)
    chosen = hidden.copy()
    end = time.process_time() + seconds
    optimal = True
    for problem in parts:
        try:
            found, proven = Choice(problem, singles).best(end)
        except Contradiction as error:
            raise attack.Infeasible(problem.cells) from error
        except attack.Infeasible as error:
            raise attack.Infeasible(problem.cells[error.cells]) from error
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
    ones = ~(value != 1) | np.isnan(value)
    if singles and (pairs := overheard(told, asked, demand.reach, ones)):
        raise Unprotectable(np.unique([pair[1] for pair in pairs]))
    return chosen
