"""Where an attack starts: what single rows tell, one component at a time, contradictions named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from prepare.disclosure.programs import TOLERANCE, Contradiction
from prepare.disclosure.propagation import broken, tightened
from prepare.disclosure.system import Places, System


class Infeasible(Exception):
    """What is told contradicts the rows: no numbers fit. `cells` are those it happens among."""

    def __init__(self, cells: Places) -> None:
        super().__init__(f"no numbers fit what is told of {len(cells)} cells")
        self.cells = cells


def knowledge(system: System) -> System:
    """The system with all that single rows tell.

    Raises:
        Infeasible: when a row or a cell's own bounds cannot be met.
    """
    tight = tightened(system)
    crossed = tight.floor > tight.ceiling
    fraction = tight.whole & tight.settled & (tight.floor % 1 != 0)
    if np.any(crossed | fraction):
        raise Infeasible(np.flatnonzero(crossed | fraction))
    rows = broken(tight)
    if len(rows):
        raise Infeasible(np.unique(tight.rows[rows].indices))
    return tight


def parts(tight: System, wanted: Places) -> Iterator[tuple[Places, Places, System]]:
    """Each component with wanted cells: its cells, the places of the wanted among them, itself."""
    asked = np.zeros(tight.cells, dtype=bool)
    asked[wanted] = True
    for component in tight.components():
        own = np.flatnonzero(asked[component])
        if len(own):
            yield component, own, tight.part(component)


@contextmanager
def among(cells: Places) -> Iterator[None]:
    """Contradictions in here are between these cells.

    Raises:
        Infeasible: with the cells, for every contradiction.
    """
    try:
        yield
    except Contradiction as error:
        raise Infeasible(cells) from error


def same(one: float, other: float) -> bool:
    """Whether two numbers are the same, infinite ones too."""
    return one == other or abs(one - other) <= TOLERANCE
