"""Households by district, as a household generator makes them from the register."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import profiles
import rounding
import shares
from population import Population
from seeds import generator, wandering
from timeline import series

CHILDREN_PER_LONE_PARENT = 1.43


@dataclass(frozen=True)
class Households:
    """Households at the end of the year, districts x years; minors are persons."""

    all: NDArray
    single: NDArray
    with_children: NDArray
    three_children: NDArray
    lone_parent: NDArray
    minors_lone_parent: NDArray


def households(population: Population) -> Households:
    """Households of all years."""
    size = profiles.values("household_size")
    hardship = profiles.hardship()
    everyone = _near(
        "households", population.main / (size[:, None] * series({2009: 1, 2024: 0.975}))
    )
    children_each = np.clip(1.62 + 0.07 * hardship, 1.5, 1.8)[:, None]
    families = _near("families", population.minors / children_each)
    lone = shares.scaled(
        "lone_parents",
        families,
        profiles.values("lone_parents"),
        series({2009: 0.213, 2015: 0.217, 2024: 0.223}),
    )
    minors = population.minors
    level = profiles.values("lone_parents")[:, None] * CHILDREN_PER_LONE_PARENT / children_each
    return Households(
        all=everyone,
        single=shares.scaled(
            "single",
            everyone,
            np.clip(0.42 + 0.45 * (2.05 - size), 0.24, 0.56),
            series({2009: 0.405, 2024: 0.425}),
            upper=everyone - families,
        ),
        with_children=families,
        three_children=shares.scaled(
            "three_children",
            families,
            np.clip(0.115 * np.exp(0.25 * hardship), 0.06, 0.23),
            series({2009: 0.119, 2014: 0.117, 2024: 0.136}),
            upper=families - lone // 2,
        ),
        lone_parent=lone,
        minors_lone_parent=_minors(minors, level, lone),
    )


def _minors(minors: NDArray, level: NDArray, lone: NDArray) -> NDArray:
    """Children of lone parents: at least one each."""
    expected = (minors * level).sum(axis=0) / minors.sum(axis=0)
    found = shares.scaled("minors_lone_parent", minors, level, expected)
    return np.clip(found, lone, minors)


def _near(name: str, expected: NDArray) -> NDArray:
    """Whole numbers with a little noise around what is expected."""
    noise = wandering(generator(name), 0.15 / np.sqrt(expected.mean(axis=1)), memory=0.9)
    noisy = expected * np.exp(noise)
    columns = [
        rounding.largest_remainder(noisy[:, t], round(noisy[:, t].sum()))
        for t in range(noisy.shape[1])
    ]
    return np.column_stack(columns)
