"""Income support and the labour market by district, at the end of the year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import profiles
import published
import shares
from households import Households
from population import Population
from timeline import index, series

# Children under 15 in SGB II: published are 23.5 % (2012), 23.2 % (2014), about 25 % (2016-2020).
CHILD_POVERTY = {2009: 0.236, 2012: 0.235, 2014: 0.232, 2015: 0.241, 2016: 0.249, 2017: 0.254}
CHILD_POVERTY |= {2018: 0.251, 2019: 0.248, 2020: 0.25, 2021: 0.243, 2022: 0.259, 2023: 0.254}
CHILD_POVERTY |= {2024: 0.248}
# All persons; 2014 published rounded (9,400), 2024 published exactly.
SGB2 = {2009: 9_250, 2012: 9_340, 2014: 9_400, 2016: 9_960, 2017: 10_040, 2019: 9_480, 2020: 9_590}
SGB2 |= {2021: 9_240, 2022: 10_180, 2023: 10_310}
BANDS = ("0-2", "3-5", "6-14", "15-17", "18-24", "25-54", "55+")
CHILD_BANDS = {"0-2": 1.03, "3-5": 1.06, "6-14": 0.97}  # relative to all under 15
ADULT_BANDS = {"15-17": 0.062, "18-24": 0.148, "25-54": 0.617, "55+": 0.173}
RODENBECK_MINORS_2014 = 696

ASYL = {2009: 140, 2012: 168, 2013: 215, 2014: 322, 2015: 551, 2016: 610, 2017: 372, 2019: 268}
ASYL |= {2020: 231, 2021: 246, 2022: 395, 2023: 421}
OLD_AGE = {2009: 470, 2012: 545, 2014: 640, 2016: 678, 2019: 762, 2021: 838, 2022: 960, 2023: 1_012}
OTHER_SGB12 = {2009: 600, 2014: 735, 2019: 845, 2022: 868, 2023: 880, 2024: 885}


@dataclass(frozen=True)
class Benefits:
    """Persons and households, districts x years; `sgb2` has the bands as third axis."""

    sgb2: NDArray
    households_children: NDArray
    households_three_children: NDArray
    households_lone_parent: NDArray
    employable: NDArray
    working: NDArray
    old_age: NDArray
    asylum: NDArray
    minimum: NDArray
    unemployed: NDArray
    unemployed_young: NDArray
    unemployed_long: NDArray
    employed: NDArray


def benefits(population: Population, households: Households) -> Benefits:
    """Income support and labour market of all years."""
    sgb2 = _sgb2(population)
    minors, adults = sgb2[:, :, :4].sum(axis=2), sgb2[:, :, 3:].sum(axis=2)
    families = shares.scaled(
        "bg_children",
        households.with_children,
        np.clip(1.02 * minors.mean(axis=1) / population.minors.mean(axis=1), 0.01, 0.6),
        0.88 * minors.sum(axis=0) / population.minors.sum(axis=0),
        upper=minors,
    )
    three, lone = _family_types(families, households)
    employable = shares.scaled("elb", adults, np.full(len(adults), 0.96), series({2009: 0.965}))
    old_age = _old_age(population)
    asylum = _asylum(population)
    unemployed, young, long = _unemployed(population)
    return Benefits(
        sgb2=sgb2,
        households_children=families,
        households_three_children=three,
        households_lone_parent=lone,
        employable=employable,
        working=shares.scaled(
            "aufstocker",
            employable,
            0.25 - 0.02 * profiles.hardship(),
            series({2009: 0.262, 2014: 0.272, 2019: 0.251, 2024: 0.205}),
        ),
        old_age=old_age,
        asylum=asylum,
        minimum=sgb2.sum(axis=2) + old_age + asylum + _other(population),
        unemployed=unemployed,
        unemployed_young=young,
        unemployed_long=long,
        employed=_employed(population),
    )


def _sgb2(population: Population) -> NDArray:
    """Persons in SGB II by band; the city's children and total hit the published figures."""
    under_15 = population.under_15.sum(axis=0)
    children = np.rint(under_15 * series(CHILD_POVERTY)).astype(np.int64)
    known = SGB2 | published.city("sgb2_persons")
    adults = np.rint(series(known)).astype(np.int64) - children
    wholes = _wholes(population)
    totals = _band_totals(wholes, children, adults)
    fixed = _rodenbeck(wholes)
    counts = [
        shares.part(f"sgb2 {band}", wholes[b], _level(band), totals[b], fixed=fixed.get(band))
        for b, band in enumerate(BANDS)
    ]
    return np.stack(counts, axis=2)


def _wholes(population: Population) -> list[NDArray]:
    aged = population.aged
    return [
        aged("0-2"),
        aged("3-5"),
        aged("6-9", "10-14"),
        aged("15-17"),
        aged("18-19", "20", "21-24"),
        aged("25-34", "35-44", "45-54"),
        aged("55-64") + aged("65-79") // 8,  # up to the rising age limit
    ]


def _band_totals(wholes: list[NDArray], children: NDArray, adults: NDArray) -> list[NDArray]:
    young = [w.sum(axis=0) * f for w, f in zip(wholes, CHILD_BANDS.values(), strict=False)]
    old = [adults * share for share in ADULT_BANDS.values()]
    totals = [np.rint(part * children / sum(young)).astype(np.int64) for part in young[:2]]
    totals.append(children - totals[0] - totals[1])
    totals += [np.rint(part).astype(np.int64) for part in old[:3]]
    totals.append(adults - totals[3] - totals[4] - totals[5])
    return totals


def _level(band: str) -> NDArray:
    """Usual share of a band in SGB II by district: child poverty, moved for older bands.

    Families with children are over-represented, so that adults differ less between districts.
    """
    move = {"15-17": -0.2, "18-24": -0.65, "25-54": -0.8, "55+": -1.35}.get(band, 0.0)
    contrast = 0.85 if band in ("18-24", "25-54", "55+") else 1.0
    city = shares.logit(profiles.CITY_CHILD_POVERTY)
    return shares.inverse_logit(city + contrast * profiles.hardship() + move)


def _rodenbeck(wholes: list[NDArray]) -> dict[str, dict[tuple[int, int], int]]:
    """The published 696 children in Rodenbeck at the end of 2014, spread over the bands."""
    place, year = 16, index(2014)
    minors = np.array([wholes[b][place, year] for b in range(4)], dtype=float)
    weights = minors * np.array([1.06, 1.07, 0.99, 0.85])
    parts = np.rint(weights / weights.sum() * RODENBECK_MINORS_2014).astype(int)
    parts[2] += RODENBECK_MINORS_2014 - parts.sum()
    return {BANDS[b]: {(place, year): int(parts[b])} for b in range(4)}


def _family_types(families: NDArray, households: Households) -> tuple[NDArray, NDArray]:
    hardship = profiles.hardship()
    three = shares.scaled(
        "bg_three",
        families,
        np.clip(0.19 * np.exp(0.12 * hardship), 0.08, 0.27),
        series({2009: 0.172, 2014: 0.185, 2016: 0.203, 2024: 0.232}),
        upper=households.three_children,
    )
    lone = shares.scaled(
        "bg_lone",
        families,
        np.clip(0.47 - 0.05 * hardship, 0.35, 0.6),
        series({2009: 0.452, 2014: 0.44, 2016: 0.405, 2022: 0.42, 2024: 0.412}),
        upper=np.minimum(households.lone_parent, families - three // 2),
    )
    return three, lone


def _old_age(population: Population) -> NDArray:
    level = 0.042 * np.exp(0.6 * profiles.hardship())
    known = OLD_AGE | published.city("sgb12_65")
    totals = np.rint(series(known)).astype(np.int64)
    return shares.part("sgb12_65", population.aged("65-79", "80+"), level, totals)


def _asylum(population: Population) -> NDArray:
    """Recipients live where the city has its shelters: Bärenkämpen, Rodenbeck, and a few others."""
    level = np.full(len(population.main), 0.0012)
    for place, share in {0: 0.024, 16: 0.018, 15: 0.017, 5: 0.009, 7: 0.006, 8: 0.003}.items():
        level[place] = share
    totals = np.rint(series(ASYL | published.city("asylblg"))).astype(np.int64)
    return shares.part("asylblg", population.main, level, totals)


def _other(population: Population) -> NDArray:
    """Other social assistance: reduced earning capacity, living expenses outside institutions."""
    level = 0.010 * np.exp(0.45 * profiles.hardship())
    totals = np.rint(series(OTHER_SGB12)).astype(np.int64)
    minimum = published.city("minimum_benefits")
    for year, total in minimum.items():
        parts = (published.city(m)[year] for m in ("sgb2_persons", "sgb12_65", "asylblg"))
        totals[index(year)] = total - sum(parts)
    return shares.part("other_sgb12", population.main, level, totals)


def _unemployed(population: Population) -> tuple[NDArray, NDArray, NDArray]:
    hardship = profiles.hardship()
    unemployed = shares.scaled(
        "unemployed",
        population.working_age,
        np.clip(0.055 * np.exp(0.55 * hardship), 0.015, 0.16),
        series(
            {
                2009: 0.071,
                2012: 0.064,
                2015: 0.0625,
                2019: 0.052,
                2020: 0.0615,
                2021: 0.055,
                2022: 0.0575,
                2024: 0.0635,
            }
        ),
    )
    youth = population.aged("15-17", "18-19", "20", "21-24")
    young = shares.scaled(
        "unemployed_young",
        youth,
        np.clip(0.038 * np.exp(0.5 * hardship), 0.01, 0.1),
        series(
            {
                2009: 0.047,
                2012: 0.041,
                2015: 0.039,
                2019: 0.033,
                2020: 0.043,
                2021: 0.034,
                2024: 0.042,
            }
        ),
        upper=unemployed // 3,
    )
    long = shares.scaled(
        "unemployed_long",
        unemployed,
        np.clip(0.38 + 0.04 * hardship, 0.2, 0.5),
        series(
            {
                2009: 0.372,
                2012: 0.402,
                2015: 0.415,
                2019: 0.362,
                2021: 0.438,
                2022: 0.405,
                2024: 0.372,
            }
        ),
        upper=unemployed - young,
    )
    return unemployed, young, long


def _employed(population: Population) -> NDArray:
    return shares.scaled(
        "employed",
        population.working_age,
        np.clip(0.605 - 0.035 * profiles.hardship(), 0.47, 0.68),
        series({2009: 0.497, 2012: 0.527, 2016: 0.553, 2019: 0.588, 2020: 0.585, 2024: 0.61}),
        restless=0.4,
    )
