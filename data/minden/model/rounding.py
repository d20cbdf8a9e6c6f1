"""Whole numbers with exact margins.

`proportional` is iterative proportional fitting (Deming and Stephan 1940), `controlled` is
controlled rounding of a two-way table (Cox 1987, "A constructive procedure for unbiased controlled
rounding"), here without its random choice: every value ends at a whole number next to it, and all
row and column sums stay as they are.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EPSILON = 1e-7


def largest_remainder(
    values: NDArray, total: int, lower: NDArray | int = 0, upper: NDArray | None = None
) -> NDArray:
    """Whole numbers near `values` (1-D) that sum to `total`, within the limits.

    Raises ValueError if the limits leave no room.
    """
    low = np.broadcast_to(lower, values.shape).astype(np.int64)
    high = np.full(values.shape, total) if upper is None else np.asarray(upper, dtype=np.int64)
    if not low.sum() <= total <= high.sum():
        raise ValueError(f"{total} liegt nicht zwischen {low.sum()} und {high.sum()}.")
    result = np.clip(np.floor(values + EPSILON).astype(np.int64), low, high)
    while (missing := total - int(result.sum())) != 0:
        step = 1 if missing > 0 else -1
        room = result < high if step > 0 else result > low
        pull = np.where(room, step * (values - result), -np.inf)
        for i in np.argsort(-pull, kind="stable")[: min(abs(missing), int(room.sum()))]:
            result[i] += step
    return result


def proportional(seed: NDArray, rows: NDArray, columns: NDArray, rounds: int = 500) -> NDArray:
    """Scale a positive table until its row and column sums are the given ones.

    Raises ValueError if both margins do not have the same total.
    """
    if abs(rows.sum() - columns.sum()) > EPSILON * max(1.0, rows.sum()):
        raise ValueError(f"Randsummen {rows.sum()} und {columns.sum()} sind verschieden.")
    table = seed.astype(float)
    for _ in range(rounds):
        table *= (rows / np.maximum(table.sum(axis=1), 1e-300))[:, None]
        table *= columns / np.maximum(table.sum(axis=0), 1e-300)
        if np.abs(table.sum(axis=1) - rows).max() < 1e-9:
            break
    return table


def controlled(table: NDArray) -> NDArray:
    """Round a two-way table whose row and column sums are whole numbers; the sums stay."""
    low = np.floor(table + EPSILON)
    part = np.clip(table - low, 0, 1)
    part[part < 1e-6] = 0
    while (cycle := _cycle(part)) is not None:
        up, down = cycle[::2], cycle[1::2]
        rise = min(min(1 - part[c] for c in up), min(part[c] for c in down))
        fall = min(min(part[c] for c in up), min(1 - part[c] for c in down))
        shift = rise if rise <= fall else -fall
        for cell in up:
            part[cell] = _snapped(part[cell] + shift)
        for cell in down:
            part[cell] = _snapped(part[cell] - shift)
    result = np.rint(low + part).astype(np.int64)
    _check_margins(result, table)
    return result


def _snapped(value: float) -> float:
    return round(value) if abs(value - round(value)) < 1e-6 else value


def _cycle(part: NDArray) -> list[tuple[int, int]] | None:
    """Unrounded cells, alternating along a row and along a column, that close a ring.

    Rows and columns are the nodes of a graph, unrounded cells its edges. Since all margins are
    whole numbers, no node has a single edge, so that a walk always closes.
    """
    unrounded = (part > 0) & (part < 1)
    if not unrounded.any():
        return None
    node = (0, int(np.flatnonzero(unrounded.any(axis=1))[0]))
    visited, cells = {node: 0}, []
    while True:
        axis, place = node
        line = unrounded[place] if axis == 0 else unrounded[:, place]
        for other in np.flatnonzero(line):
            cell = (place, int(other)) if axis == 0 else (int(other), place)
            if not cells or cell != cells[-1]:
                break
        else:
            raise ValueError("Eine Randsumme ist keine ganze Zahl.")
        cells.append(cell)
        node = (1 - axis, int(other))
        if node in visited:
            return cells[visited[node] :]
        visited[node] = len(cells)


def _check_margins(result: NDArray, table: NDArray) -> None:
    for axis in (0, 1):
        if np.abs(result.sum(axis=axis) - table.sum(axis=axis)).max() > 0.01:
            raise ValueError("Das kontrollierte Runden hat eine Randsumme verändert.")
