"""Tables to try disclosure control on: crossed hierarchies with all their sums, as a system."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from prepare.disclosure.system import Floats, System

Key = tuple[str, ...]
Trees = Sequence[Mapping[str, Sequence[str]]]


def equations(trees: Trees, keys: Sequence[Key]) -> list[tuple[int, list[int]]]:
    """Which cell is the sum of which, where all of these are among `keys`.

    Each dimension of the table is a tree: a total and its parts. Several totals may have the same
    parts, as overlapping age bands do.
    """
    place = {key: number for number, key in enumerate(keys)}
    found = []
    for key in keys:
        for axis, tree in enumerate(trees):
            parts = [(*key[:axis], part, *key[axis + 1 :]) for part in tree.get(key[axis], ())]
            if parts and all(part in place for part in parts):
                found.append((place[key], [place[part] for part in parts]))
    return found


def system(size: int, sums: Sequence[tuple[int, list[int]]]) -> System:
    """Cells nobody was told of, with these sums: total - parts = 0."""
    row = [n for n, (_, parts) in enumerate(sums) for _ in range(len(parts) + 1)]
    cell = [place for total, parts in sums for place in (total, *parts)]
    sign = [sign for _, parts in sums for sign in (1.0, *[-1.0] * len(parts))]
    rows = sparse.csr_array((np.array(sign), (row, cell)), shape=(len(sums), size))
    none = np.zeros(len(sums))
    return System(rows, none, none, np.zeros(size), np.full(size, np.inf), np.ones(size, bool))


def leaves(tree: Mapping[str, Sequence[str]], name: str) -> list[str]:
    """The parts of parts of a name that have none themselves."""
    parts = tree.get(name, ())
    return [leaf for part in parts for leaf in leaves(tree, part)] if parts else [name]


def cube(trees: Trees, atoms: Mapping[Key, float]) -> tuple[System, Floats, list[Key]]:
    """The whole table over atoms (the leaves of all trees): system, numbers, keys in order."""
    names = [sorted({*tree, *itertools.chain.from_iterable(tree.values())}) for tree in trees]
    keys = list(itertools.product(*names))
    below = [
        {name: leaves(tree, name) for name in own} for tree, own in zip(trees, names, strict=True)
    ]
    value = [
        sum(
            atoms[atom]
            for atom in itertools.product(*(of[name] for of, name in zip(below, key, strict=True)))
        )
        for key in keys
    ]
    return system(len(keys), equations(trees, keys)), np.array(value, dtype=float), keys
