"""Residential buildings, dwellings and living space at the end of the year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import profiles
import rounding
import shares
from households import Households
from population import Population
from seeds import generator
from timeline import YEARS, index, series

VACANCY = 1.035  # dwellings for each household at the first date
YEARLY_GROWTH = 0.0036
SPACE_GROWTH = 0.0055


@dataclass(frozen=True)
class Housing:
    """Buildings, dwellings, square metres; districts x years."""

    buildings: NDArray
    buildings_small: NDArray
    dwellings: NDArray
    subsidised: NDArray
    space: NDArray


def housing(population: Population, households: Households) -> Housing:
    """The stock of all years: it only grows, by what is built."""
    small_share = profiles.values("small_houses")
    enough = 1.004 * households.all
    dwellings = _growing("dwellings", households.all[:, 0] * VACANCY, YEARLY_GROWTH, enough)
    small_dwellings, large_dwellings = 1.28, 7.2
    each = small_share * small_dwellings + (1 - small_share) * large_dwellings
    buildings = _growing(
        "buildings", dwellings[:, 0] / each, 0.0036, dwellings / each[:, None] * 0.99
    )
    each_person = profiles.values("space")
    space = population.main[:, index(2014)] * each_person / (1 + SPACE_GROWTH) ** 5
    subsidised = shares.scaled(
        "subsidised",
        dwellings,
        profiles.values("subsidised"),
        series({2009: 0.079, 2012: 0.074, 2016: 0.064, 2020: 0.058, 2024: 0.0545}),
        restless=0.1,
    )
    return Housing(
        buildings=buildings,
        buildings_small=shares.scaled(
            "small", buildings, small_share, series({2009: 0.776, 2024: 0.771}), restless=0.05
        ),
        dwellings=dwellings,
        subsidised=subsidised,
        space=_growing("space", space, SPACE_GROWTH, 0.97 * population.main * each_person[:, None]),
    )


def _growing(name: str, start: NDArray, rate: float, enough: NDArray) -> NDArray:
    """A stock that never falls: yearly additions around `rate`, more where people need it."""
    rng = generator(name)
    stock = np.zeros((len(start), len(YEARS)))
    stock[:, 0] = start
    for t in range(1, len(YEARS)):
        busy = rng.gamma(4, 0.25, len(start))
        stock[:, t] = np.maximum(stock[:, t - 1] * (1 + rate * busy), enough[:, t])
    result = np.zeros(stock.shape, dtype=np.int64)
    for t in range(len(YEARS)):
        low = result[:, t - 1] if t else np.zeros(len(start), dtype=np.int64)
        result[:, t] = rounding.largest_remainder(stock[:, t], round(stock[:, t].sum()), low)
    return result
