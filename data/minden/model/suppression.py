"""The delivering office's own confidentiality: small counts and what would give them away.

Rule of this demonstration: counts of 1 and 2 are hidden. The city's totals are always told, so that
a single hidden district in a column could be computed; then the smallest other one is hidden too.
The same holds for a single hidden age group beside a told sum of the row. Repeated until stable.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LIMIT = 2


def hidden(table: NDArray, sums: dict[int, tuple[int, ...]] | None = None) -> NDArray:
    """Which cells (districts x columns) are hidden.

    `sums` names for a column of sums the columns it is the sum of.
    """
    mask = (table > 0) & (table <= LIMIT)
    while True:
        before = mask.sum()
        for column in range(table.shape[1]):
            if mask[:, column].sum() == 1:
                _hide_smallest(table[:, column], mask[:, column])
        for total, parts in (sums or {}).items():
            for row in range(table.shape[0]):
                _protect_row(table[row], mask[row], total, list(parts))
        if mask.sum() == before:
            return mask


def _protect_row(values: NDArray, mask: NDArray, total: int, parts: list[int]) -> None:
    """Never exactly one unknown among a sum and its parts."""
    line = [*parts, total]
    if mask[line].sum() == 1:
        shown = mask[line]
        _hide_smallest(values[line], shown)
        mask[line] = shown


def _hide_smallest(values: NDArray, mask: NDArray) -> None:
    """Hide the smallest shown count that is not zero; a zero if there is nothing else."""
    free = np.flatnonzero(~mask)
    preferred = [i for i in free if values[i] > 0] or list(free)
    if preferred:
        mask[min(preferred, key=lambda i: (values[i], i))] = True
