"""Numbers and what holds between them: the one picture that protection and audit share.

A cell is a variable: a published count, one that is hidden, or a part nobody publishes. A row is
an equation or an inequality between cells: a district is the sum of its ages, a rate lies within
half a unit of what was printed. What a publication tells of a cell narrows its bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class System:
    """Cells y (n of them) with `low` <= `rows` @ y <= `high` and `floor` <= y <= `ceiling`.

    `rows` is m x n and sparse; equations have low == high. `floor` and `ceiling` are what anybody
    knows of a cell (never below zero; the number itself where it is published; infinite where
    nothing is known). `whole` marks cells that can only be whole numbers.
    """

    rows: sparse.csr_array
    low: Floats
    high: Floats
    floor: Floats
    ceiling: Floats
    whole: Flags

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.floor)

    @property
    def settled(self) -> Flags:
        """The cells whose bounds leave one number only."""
        flags: Flags = self.ceiling <= self.floor
        return flags

    def told(self, cells: Places, low: Floats, high: Floats) -> System:
        """The system for whoever is told that these cells lie between `low` and `high`."""
        floor, ceiling = self.floor.copy(), self.ceiling.copy()
        floor[cells] = np.maximum(floor[cells], low)
        ceiling[cells] = np.minimum(ceiling[cells], high)
        return replace(self, floor=floor, ceiling=ceiling)

    def only(self, rows: Places) -> System:
        """The system as it is for somebody who knows these rows only."""
        return replace(
            self, rows=sparse.csr_array(self.rows[rows]), low=self.low[rows], high=self.high[rows]
        )

    def components(self) -> list[Places]:
        """The open cells that hang together through rows, settled cells taken out.

        Sorted by their first cell; a cell that no row ties to another is a component of its own.
        """
        open_cells = np.flatnonzero(~self.settled)
        if not len(open_cells):
            return []
        own = self.rows[:, open_cells]
        links = sparse.block_array([[None, own.T], [own, None]]).tocsr()
        _, label = sparse.csgraph.connected_components(links, directed=False)
        label = label[: len(open_cells)]
        order = np.argsort(label, kind="stable")
        ends = np.flatnonzero(np.diff(label[order])) + 1
        return sorted(np.split(open_cells[order], ends), key=lambda part: int(part[0]))

    def part(self, cells: Places) -> System:
        """The system of some cells alone, all others settled: their numbers move to the bounds.

        `cells` must be whole components (see `components`), or what they hang on is lost.
        """
        own = self.rows[:, cells]
        used = np.flatnonzero(np.diff(own.indptr) > 0)
        others = self.floor.copy()
        others[cells] = 0.0
        fixed = self.rows[used] @ others
        return System(
            rows=sparse.csr_array(own[used]),
            low=self.low[used] - fixed,
            high=self.high[used] - fixed,
            floor=self.floor[cells],
            ceiling=self.ceiling[cells],
            whole=self.whole[cells],
        )
