"""Rows as entries in tables become a sparse system; what follows from single rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from scipy import sparse

from prepare.disclosure.system import Flags, Floats, System

_NEAR = 1e-6
_ROUNDS = 10


def system(cells: pl.DataFrame, rows: pl.DataFrame) -> System:
    """The system of cells (cells.cells and parts.complements) and rows (parts.ROWS).

    It knows nothing but that no count is negative; rows are in the order of their names.
    """
    entries = rows.group_by("row", "number").agg(
        pl.col("factor").sum(), pl.col("low").first(), pl.col("high").first()
    )
    entries = entries.sort("row", "number").with_columns(place=pl.col("row").rle_id())
    limits = entries.unique("row", keep="first", maintain_order=True)
    shape = (limits.height, cells.height)
    places = (entries["place"].to_numpy(), entries["number"].to_numpy())
    negative = ~cells["additive"].to_numpy() & (cells["floor"] < 0).to_numpy()
    return System(
        rows=sparse.csr_array((entries["factor"].to_numpy(), places), shape=shape),
        low=limits["low"].to_numpy(),
        high=limits["high"].to_numpy(),
        floor=np.where(negative, -np.inf, 0.0),
        ceiling=np.full(cells.height, np.inf),
        whole=cells["whole"].to_numpy(),
    )


def without(own: System, gone: Flags) -> System:
    """The system without some of its rows."""
    kept = np.flatnonzero(~gone)
    rows = sparse.csr_array(own.rows[kept])
    return replace(own, rows=rows, low=own.low[kept], high=own.high[kept])


def broken(own: System) -> Flags:
    """The rows that no numbers within the bounds of the cells fulfil."""
    above, below = own.rows.maximum(0), own.rows.minimum(0)
    least = above @ own.floor + below @ own.ceiling
    most = above @ own.ceiling + below @ own.floor
    near = _NEAR * (1 + abs(own.rows).max(axis=1).toarray().ravel() if own.rows.nnz else 0)
    flags: Flags = (least > own.high + near) | (most < own.low - near)
    return flags


def followed(own: System, value: Floats, fill: Flags) -> Floats:
    """Values with those of the cells `fill` that an equation with no other unknown gives."""
    value = value.copy()
    equations = np.flatnonzero(own.low == own.high)
    rows, right = own.rows[equations], own.low[equations]
    marks = rows.copy()
    marks.data = np.ones_like(marks.data)
    for _round in range(_ROUNDS):
        unknown = np.isnan(value)
        lone = np.flatnonzero(marks @ unknown == 1)
        cell = (marks[lone] @ (unknown * np.arange(own.cells))).astype(np.int64)
        known = np.where(unknown, 0.0, value)
        numbers = (right[lone] - rows[lone] @ known) / (rows[lone] @ unknown)
        use = fill[cell]
        if not use.any():
            break
        value[cell[use]] = numbers[use]
    return value
