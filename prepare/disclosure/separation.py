"""Which demands a choice of hidden cells fails, each turned into a cut for all choices.

M. Fischetti, J. J. Salazar: Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47 (2001): the dual of the attacker's program is a valid
inequality for the choice, its coefficients capped at what is asked. Here a secondary cell asks
too, but only if it is hidden, and a person alone in her cell is an attacker of her own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prepare.disclosure.attacker import Attacker, Extreme, Proof, spread
from prepare.disclosure.problem import Problem
from prepare.disclosure.programs import TOLERANCE, Contradiction
from prepare.disclosure.system import Flags, Floats, Places

FAINT = 0.01  # a cell hidden to a smaller share is not asked about
SMALL = 1e-5  # a coefficient below this part of what is asked goes into the constant


@dataclass(frozen=True, eq=False)
class Cut:
    """If all of `given` are hidden: `weights` @ x[`cells`] >= `least`; no cell is in both."""

    cells: Places
    weights: Floats
    given: tuple[int, ...]
    least: float

    def lacks(self, share: Floats) -> bool:
        """Whether a choice, hidden to these shares, misses the cut."""
        asked = self.least * (sum(share[cell] for cell in self.given) - len(self.given) + 1)
        return bool(self.weights @ share[self.cells] < asked - TOLERANCE)


def cut(given: tuple[int, ...], proofs: tuple[Proof, ...], asked: float) -> Cut:
    """What the proofs say must be hidden for their sum to come up to `asked`."""
    places = list(given)
    slope = np.sum([proof.slope for proof in proofs], axis=0)
    least = asked - sum(proof.base for proof in proofs) - float(slope[places].sum())
    slope[places] = 0.0
    small = slope < SMALL * least
    least -= float(slope[small].sum())
    cells = np.flatnonzero(~small & (slope > 0))
    return Cut(cells, np.minimum(slope[cells], least), given, least)


def blocked(given: tuple[int, ...], hidden: Flags) -> Cut:
    """With `given` hidden, something beside `hidden` must be: this choice is not enough."""
    cells = np.flatnonzero(~hidden)
    return Cut(cells, np.ones(len(cells)), given, 1.0)


def by_rows(attacker: Attacker) -> list[Cut]:
    """The cuts that follow from one equation each: a hidden cell needs company in its row."""
    problem = attacker.problem
    rows = problem.system.rows
    found = []
    for row in np.flatnonzero(problem.system.low == problem.system.high):
        places = slice(rows.indptr[row], rows.indptr[row + 1])
        for cell, factor in zip(rows.indices[places], rows.data[places], strict=True):
            if problem.asked[cell]:
                price = np.zeros(rows.shape[0])
                price[row] = 1 / factor
                up, down = attacker.proof(cell, 1, price), attacker.proof(cell, -1, -price)
                given = (int(cell),)
                found.append(cut(given, (up,), problem.reach[cell]))
                found.append(cut(given, (up, down), problem.width[cell]))
    return [one for one in found if one.least > TOLERANCE]


def demanded(attacker: Attacker, share: Floats, cap: float = np.inf) -> list[Cut]:
    """Cuts for the cells whose reach or width falls short under `share`, most hidden first.

    For whole shares and no cap this is exact for a linear attacker: no cut, no failure. For
    parts of cells it is a search only; the cuts hold all the same.
    """
    attacker.sees(share, cap)
    asked = np.flatnonzero(attacker.problem.asked & (share > FAINT))
    low, high = spread(attacker.witnesses())
    found = []
    for cell in map(int, asked[np.argsort(-share[asked], kind="stable")]):
        found += [one for one in short(attacker, cell, share[cell], low, high) if one.lacks(share)]
    return found


def short(attacker: Attacker, cell: int, own: float, low: Floats, high: Floats) -> list[Cut]:
    """Cuts for what a cell hidden to the share `own` falls short of, as the attacker sees it.

    `low` and `high` are what witnesses show of all cells; what is found is added to them.
    """
    problem = attacker.problem
    start = (1 - own) * problem.value[cell]
    reach = start + own * problem.reach[cell] - TOLERANCE
    width = own * problem.width[cell] - TOLERANCE
    found: list[Cut] = []
    if high[cell] >= reach and high[cell] - low[cell] >= width:
        return found
    up = attacker.extreme(cell, 1)
    note(up, low, high)
    if up.point[cell] < reach:
        found.append(cut((cell,), (up.proof,), problem.reach[cell]))
    if high[cell] - low[cell] < width:
        down = attacker.extreme(cell, -1)
        note(down, low, high)
        if high[cell] - low[cell] < width:
            found.append(cut((cell,), (up.proof, down.proof), problem.width[cell]))
    return found


def note(found: Extreme, low: Floats, high: Floats) -> None:
    """Takes the point of an extreme as a witness of how far all cells go."""
    np.minimum(low, found.point, out=low)
    np.maximum(high, found.point, out=high)


def stronger(attacker: Attacker, hidden: Flags, weak: Cut, likely: Floats) -> Cut:
    """A cut with fewer cells than one found for a single hidden cell: those it cannot do without.

    Cells are hidden besides, the most `likely` first, as long as the cell still falls short.
    """
    (cell,) = weak.given
    hidden = hidden.copy()
    left = [int(one) for one in weak.cells[np.argsort(-likely[weak.cells], kind="stable")]]
    while left:
        other = left.pop(0)
        hidden[other] = True
        attacker.sees(hidden.astype(float))
        found = short(attacker, cell, 1.0, *spread(attacker.witnesses()))
        if found:
            weak = found[0]
            left = [one for one in left if one in weak.cells]
        else:
            hidden[other] = False
    return weak


def alone(attacker: Attacker, hidden: Flags) -> list[Cut]:
    """Cuts for the pairs in which a person alone in one hidden cell learns another small one.

    Of a part of the own group nobody learns anything of others.
    """
    attacker.sees(hidden.astype(float))
    found = []
    for knower in candidates(attacker.problem, hidden):
        points = attacker.witnesses()
        low, high = spread(points[np.abs(points[:, knower] - 1) <= TOLERANCE])
        try:
            for cell in map(int, np.flatnonzero(hidden & attacker.problem.secret)):
                if cell == knower or high[cell] - low[cell] >= 1 - TOLERANCE:
                    continue
                up = attacker.extreme(cell, 1, knower)
                down = attacker.extreme(cell, -1, knower)
                low = np.minimum(low, np.minimum(up.point, down.point))
                high = np.maximum(high, np.maximum(up.point, down.point))
                least, most = down.point[cell], up.point[cell]
                small = np.floor(most + TOLERANCE) < attacker.problem.reach[cell]
                if small and most - least < 1 - TOLERANCE and not attacker.among(knower, cell):
                    found.append(cut((knower, cell), (up.proof, down.proof), 1.0))
        except Contradiction:
            continue
    return found


def candidates(problem: Problem, hidden: Flags) -> list[int]:
    """The hidden cells in which somebody is alone, or may be where the number is not known."""
    system = problem.system
    able = hidden & problem.ones & (system.floor <= 1) & (system.ceiling >= 1)
    return [int(cell) for cell in np.flatnonzero(able)]
