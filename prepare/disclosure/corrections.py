"""What has been corrected between releases: of what others tell, as little as possible."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from prepare.disclosure import figures
from prepare.disclosure.programs import Contradiction, Program
from prepare.disclosure.system import Flags, Floats, Places, System
from prepare.disclosure.views import View

_NEAR = 1e-7


def doubted(view: View, cells: Places) -> View | None:
    """The view without what others tell, and figures, that contradicts the release near `cells`.

    What has to give way least goes: the smallest sum of corrections that makes everything else
    fit. None if nothing that is told so has to go, or if all of it is not enough.
    """
    own = _around(view, cells)
    bounds, rows = np.isin(view.cells, own), ~view.said.apart(own)
    if not bounds.any() and not rows.any():
        return None
    try:
        apart = _apart(view, own, np.flatnonzero(bounds), np.flatnonzero(rows))
    except Contradiction:
        return None
    gone = np.flatnonzero(apart > _NEAR)
    if not len(gone):
        return None
    wrong = np.concatenate([np.flatnonzero(bounds), len(bounds) + np.flatnonzero(rows)])[gone]
    keep: Flags = np.ones(len(bounds) + len(rows), dtype=bool)
    keep[wrong] = False
    return view.keeping(keep[: len(bounds)], keep[len(bounds) :])


def _around(view: View, cells: Places) -> Places:
    """The open cells that hang together with some cells, as long as others tell nothing."""
    system = figures.added(view.alone, view.said)
    touching = np.flatnonzero(np.diff(system.rows[:, cells].indptr) > 0)
    near = np.union1d(cells, system.rows[touching].indices)
    found = [part for part in system.components() if np.isin(part, near).any()]
    return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *found]))


def _apart(view: View, own: Places, bounds: Places, rows: Places) -> Floats:
    """By how much each bound and row has to give way, in the least sum. Raises Contradiction."""
    firm = view.alone.part(own)
    place = {int(cell): number for number, cell in enumerate(own)}
    entries = [(n, place[int(view.cells[at])], 1.0) for n, at in enumerate(bounds)]
    low, high = [*view.low[bounds]], [*view.high[bounds]]
    weight = [1.0] * len(bounds)
    for number, row in enumerate(rows, start=len(bounds)):
        told = view.said.of[row]
        entries += [(number, place[cell], x) for cell, x in told.items() if cell in place]
        settled = sum(x * view.alone.floor[cell] for cell, x in told.items() if cell not in place)
        low.append(view.said.low[row] - settled)
        high.append(view.said.high[row] - settled)
        weight.append(1 / max(map(abs, told.values())))
    soft = len(weight)
    at, of, factors = (np.array(column) for column in zip(*entries, strict=True))
    told_rows = sparse.csr_array((factors, (at, of)), shape=(soft, len(own)))
    give = sparse.eye_array(soft)
    system = System(
        rows=sparse.csr_array(
            sparse.block_array([[firm.rows, None, None], [told_rows, give, -give]])
        ),
        low=np.concatenate([firm.low, low]),
        high=np.concatenate([firm.high, high]),
        floor=np.concatenate([firm.floor, np.zeros(2 * soft)]),
        ceiling=np.concatenate([firm.ceiling, np.full(2 * soft, np.inf)]),
        whole=np.zeros(len(own) + 2 * soft, dtype=bool),
    )
    aim = np.concatenate([np.zeros(len(own)), weight, weight])
    point = Program(system).least(aim).point
    if point is None:
        raise Contradiction("no numbers found")
    found: Floats = point[len(own) : len(own) + soft] + point[len(own) + soft :]
    return found
