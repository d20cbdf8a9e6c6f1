"""Tables to attack: as systems of cells and sums, by hand or from the synthetic city."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import sparse

from prepare.disclosure.system import Floats, Places, System

SHARED = Path(__file__).parents[2] / "shared" / "data" / "sdc"
CITY = SHARED / "synthetic_city"
with_shared_data = pytest.mark.skipif(not CITY.is_dir(), reason="the shared test data is not here")

Key = tuple[str, ...]
Numbers = Sequence[float] | Floats


def sums(
    cells: int,
    *rows: Mapping[int, float],
    low: Numbers | None = None,
    high: Numbers | None = None,
    ceiling: float = np.inf,
) -> System:
    """Whole cells from 0 to `ceiling`, and rows as {cell: factor}; equations to 0 if not given."""
    matrix = np.zeros((len(rows), cells))
    for place, row in enumerate(rows):
        matrix[place, list(row)] = list(row.values())
    return System(
        rows=sparse.csr_array(matrix),
        low=np.zeros(len(rows)) if low is None else np.array(low, dtype=float),
        high=np.zeros(len(rows)) if high is None else np.array(high, dtype=float),
        floor=np.zeros(cells),
        ceiling=np.full(cells, ceiling),
        whole=np.ones(cells, dtype=bool),
    )


def shown(
    system: System, value: Numbers, hidden: Places | Sequence[int], floor: float = 0
) -> System:
    """The system once all but some cells are published; these are known to be `floor` or more."""
    number = np.array(value, dtype=float).ravel()
    others = np.setdiff1d(np.arange(system.cells), np.array(hidden, dtype=np.int64))
    own = np.array(hidden, dtype=np.int64)
    least, most = np.full(len(own), float(floor)), np.full(len(own), np.inf)
    return system.told(others, number[others], number[others]).told(own, least, most)


def nested(keys: Sequence[Key], above: Sequence[Mapping[str, str]]) -> System:
    """Whole cells that add up along each dimension; `above` says what a code is a part of."""
    place = {key: index for index, key in enumerate(keys)}
    parts: dict[tuple[int, Key], dict[int, float]] = {}
    for key, index in place.items():
        for dimension, parents in enumerate(above):
            if key[dimension] in parents:
                whole = (*key[:dimension], parents[key[dimension]], *key[dimension + 1 :])
                parts.setdefault((dimension, whole), {place[whole]: -1.0})[index] = 1.0
    rows = [parts[name] for name in parts]
    lengths = [len(row) for row in rows]
    matrix = sparse.csr_array(
        (
            [factor for row in rows for factor in row.values()],
            (
                [n for n, size in enumerate(lengths) for _ in range(size)],
                [c for r in rows for c in r],
            ),
        ),
        shape=(len(rows), len(keys)),
    )
    nothing, many = np.zeros(len(rows)), len(keys)
    return System(
        matrix, nothing, nothing, np.zeros(many), np.full(many, np.inf), np.ones(many, bool)
    )


def flat(*codes: Sequence[str]) -> tuple[list[Key], list[dict[str, str]]]:
    """The cells of a table with a total in each dimension, and what its codes are parts of."""
    keys = list(itertools.product(*[["Total", *own] for own in codes]))
    return keys, [dict.fromkeys(own, "Total") for own in codes]


def table(inner: Sequence[Sequence[float]]) -> tuple[System, Floats]:
    """A table of two dimensions with its totals last, row by row."""
    value = np.array(inner, dtype=float)
    value = np.vstack([value, value.sum(axis=0)])
    value = np.hstack([value, value.sum(axis=1, keepdims=True)])
    places = np.arange(value.size).reshape(value.shape)
    rows = [
        {**dict.fromkeys(map(int, line[:-1]), 1.0), int(line[-1]): -1.0}
        for line in (*places, *places.T)
    ]
    return sums(value.size, *rows), value.ravel()


def city(theme: str) -> tuple[System, Floats, Floats]:
    """Districts x ages x sexes of the synthetic city: system, counts and residents."""
    atoms = pl.read_csv(CITY / "atoms_450x6x2.csv")
    names = ("district", "age", "sex")
    keys, above = flat(*[sorted(atoms[name].unique()) for name in names])
    place = {key: index for index, key in enumerate(keys)}
    count, residents = np.zeros(len(keys)), np.zeros(len(keys))
    for *codes, people, found in atoms.select(*names, "population", theme).iter_rows():
        for key in itertools.product(*[("Total", code) for code in codes]):
            count[place[key]] += found
            residents[place[key]] += people
    return nested(keys, above), count, residents


def whole_solutions(system: System) -> Floats:
    """All solutions in whole numbers, by trying: cell after cell, rows as soon as they are full."""
    matrix = system.rows.toarray()
    last = np.array([np.flatnonzero(row).max(initial=0) for row in matrix])
    found = np.zeros((1, 0))
    for cell in range(system.cells):
        numbers = np.arange(system.floor[cell], system.ceiling[cell] + 1)
        choice = np.tile(numbers, len(found))[:, None]
        found = np.hstack([np.repeat(found, len(numbers), axis=0), choice])
        total = found @ matrix[last == cell, : cell + 1].T
        low, high = system.low[last == cell], system.high[last == cell]
        found = found[np.all((total >= low - 1e-9) & (total <= high + 1e-9), axis=1)]
    return found
