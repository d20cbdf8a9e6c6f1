"""A made-up city for disclosure control: 20 districts with 450 small areas, and 60 rare themes."""

from __future__ import annotations

import itertools

import numpy as np

import cubes
from prepare.disclosure.system import Floats, System

DISTRICTS, AREAS, THEMES = 20, 450, 60
AGES = ("0-14", "15-64", "65-")
GROUPS = ("0-5", "6-14", "15-24", "25-44", "45-64", "65-")
BANDS = {"0-14": GROUPS[:2], "15-64": GROUPS[2:5], "65-": GROUPS[5:]}
SEXES = ("m", "w")
SEED = 20241231


def population() -> Floats:
    """Residents by area, age group and sex: about 260,000, areas from a dozen people to 2,000."""
    random = np.random.default_rng(SEED)
    size = random.lognormal(6.2, 0.6, AREAS)
    ages = random.dirichlet(60 * np.array([0.06, 0.09, 0.11, 0.27, 0.27, 0.20]), AREAS)
    people = random.poisson(size[:, None, None] * ages[:, :, None] / 2, (AREAS, 6, 2))
    return people.astype(np.float64)


def theme(number: int, people: Floats) -> Floats:
    """How many of these people a theme counts: from 2 in 1,000 to a quarter, by theme."""
    random = np.random.default_rng(SEED + 1 + number)
    share = 0.002 * 125 ** (number / (THEMES - 1))
    area = random.lognormal(0, 0.6, (AREAS, 1, 1))
    age = random.lognormal(0, 0.7, (1, 6, 1))
    chance = np.minimum(share * area * age, 0.9)
    counted: Floats = random.binomial(people.astype(np.int64), chance).astype(np.float64)
    return counted


def table(
    counted: Floats, *, areas: bool, ages: bool = True, sexes: bool = False
) -> tuple[System, Floats]:
    """All sums of a theme by districts (and areas), age groups or bands, and sexes if asked for."""
    district = [f"d{n % DISTRICTS:02}" for n in range(AREAS)]
    names = [f"{own}-{n:03}" for n, own in enumerate(district)]
    below = {own: [name for name in names if name.startswith(own)] for own in sorted({*district})}
    if not areas:
        names, below = district, {own: [] for own in below}
    band = {group: band for band, groups in BANDS.items() for group in groups}
    atoms: dict[cubes.Key, float] = {}
    for (n, name), (g, group), (s, sex) in itertools.product(
        enumerate(names), enumerate(GROUPS), enumerate(SEXES)
    ):
        key = (name, group if ages else band[group], sex if sexes else "total")
        atoms[key] = atoms.get(key, 0) + float(counted[n, g, s])
    trees: cubes.Trees = [
        {"city": list(below), **below},
        {"total": GROUPS if ages else AGES},
        {"total": SEXES if sexes else ()},
    ]
    system, value, _ = cubes.cube(trees, atoms)
    return system, value
