"""Pupils by residence and the school entry examination."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import profiles
import shares
from population import Population
from timeline import series

# The examination was cut short in the first years of the pandemic; teeth were not looked at.
EXAMINED = {2009: 0.985, 2019: 0.985, 2020: 0.62, 2021: 0.81, 2022: 0.97, 2024: 0.98}
NO_TEETH = (2020, 2021)  # not examined: delivered as x


@dataclass(frozen=True)
class Schools:
    """Pupils of a school year, examined children of a year; districts x years."""

    pupils: NDArray
    pupils_support: NDArray
    pupils_language: NDArray
    primary: NDArray
    primary_allday: NDArray
    transitions: NDArray
    to_gymnasium: NDArray
    to_secondary: NDArray
    leavers: NDArray
    leavers_without: NDArray
    examined: NDArray
    checkups_missing: NDArray
    overweight: NDArray
    language: NDArray
    teeth: NDArray


def schools(population: Population) -> Schools:
    """School figures of all years."""
    hardship = profiles.hardship()
    migrant = population.minors_migration.mean(axis=1) / population.minors.mean(axis=1)
    primary = shares.scaled(
        "primary", population.aged("6-9"), np.full(len(migrant), 0.985), series({2009: 0.985})
    )
    pupils = primary + shares.scaled(
        "secondary pupils",
        population.aged("10-14", "15-17"),
        np.clip(0.87 - 0.01 * hardship, 0.8, 0.93),
        series({2009: 0.875, 2024: 0.868}),
    )
    # A quarter of the primary pupils leaves the fourth class each summer.
    transitions = shares.scaled(
        "transitions", primary, np.full(len(migrant), 0.247), series({2009: 0.25, 2024: 0.244})
    )
    gymnasium = shares.scaled(
        "gymnasium",
        transitions,
        np.clip(0.42 - 0.1 * hardship, 0.15, 0.65),
        series({2009: 0.386, 2014: 0.402, 2019: 0.411, 2024: 0.398}),
    )
    leavers = shares.scaled(
        "leavers",
        population.aged("15-17", "18-19"),
        np.full(len(migrant), 0.2),
        series({2009: 0.215, 2013: 0.228, 2019: 0.204, 2024: 0.2}),
    )
    return Schools(
        pupils=pupils,
        pupils_support=shares.scaled(
            "support",
            pupils,
            np.clip(0.05 * np.exp(0.4 * hardship), 0.02, 0.12),
            series({2009: 0.048, 2016: 0.053, 2024: 0.061}),
        ),
        pupils_language=shares.scaled(
            "pupils_language",
            pupils,
            np.clip(0.75 * migrant, 0.05, 0.8),
            series({2009: 0.232, 2014: 0.251, 2017: 0.296, 2021: 0.322, 2024: 0.371}),
        ),
        primary=primary,
        primary_allday=shares.scaled(
            "allday",
            primary,
            np.clip(0.5 + 0.03 * hardship, 0.3, 0.8),
            series({2009: 0.21, 2014: 0.365, 2019: 0.472, 2020: 0.468, 2024: 0.572}),
        ),
        transitions=transitions,
        to_gymnasium=gymnasium,
        to_secondary=shares.scaled(
            "to_secondary",
            transitions,
            np.clip(0.13 + 0.05 * hardship, 0.03, 0.3),
            series({2009: 0.214, 2013: 0.165, 2019: 0.142, 2024: 0.135}),
            upper=transitions - gymnasium,
        ),
        leavers=leavers,
        leavers_without=shares.scaled(
            "without",
            leavers,
            np.clip(0.06 + 0.02 * hardship, 0.02, 0.15),
            series({2009: 0.066, 2014: 0.058, 2019: 0.062, 2021: 0.055, 2024: 0.071}),
        ),
        **_examination(population, migrant),
    )


def _examination(population: Population, migrant: NDArray) -> dict[str, NDArray]:
    hardship = profiles.hardship()
    cohort = np.rint(population.aged("3-5") * 0.335).astype(np.int64)
    examined = shares.scaled("examined", cohort, np.full(len(migrant), 0.985), series(EXAMINED))
    teeth = shares.scaled(
        "teeth",
        examined,
        np.clip(0.18 + 0.05 * hardship, 0.08, 0.35),
        series({2009: 0.222, 2014: 0.205, 2019: 0.192, 2024: 0.198}),
    )
    return {
        "examined": examined,
        "checkups_missing": shares.scaled(
            "checkups",
            examined,
            np.clip(0.11 + 0.05 * hardship, 0.03, 0.3),
            series({2009: 0.182, 2014: 0.132, 2019: 0.118, 2021: 0.141, 2024: 0.126}),
        ),
        "overweight": shares.scaled(
            "overweight",
            examined,
            np.clip(0.105 + 0.02 * hardship, 0.06, 0.2),
            series({2009: 0.108, 2019: 0.104, 2021: 0.129, 2024: 0.113}),
        ),
        "language": shares.scaled(
            "exam_language",
            examined,
            np.clip(0.1 + 0.42 * migrant, 0.08, 0.45),
            series({2009: 0.231, 2014: 0.242, 2017: 0.262, 2021: 0.291, 2024: 0.302}),
        ),
        "teeth": teeth,
    }
