"""Day care, help for families, and what goes with both: figures of the Jugendamt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import profiles
import published
import rounding
import shares
from benefits import Benefits
from movement import Movement
from population import Population
from seeds import generator
from timeline import series

HZE = {2009: 560, 2014: 655, 2017: 742, 2019: 781, 2021: 798, 2022: 828}
# Places for children of three and more: published totals of places (2,910 in March 2023, 3,073 in
# August 2024, both with family day care apart) less those for younger children.
PLACES = {2009: 2_020, 2014: 2_075, 2018: 2_190, 2022: 2_225, 2023: 2_262, 2024: 2_330}
# A nursery group more or less a district: places for 100 children of three to five.
PLACES_LEVEL = (88, 82, 94, 97, 90, 93, 95, 118, 96, 92, 89, 95, 91, 98, 0, 84, 90, 96, 93)


@dataclass(frozen=True)
class Youth:
    """Children, places, cases; districts x years."""

    daycare_u3: NDArray
    places: NDArray
    children: NDArray
    children_language: NDArray
    hze: NDArray
    assessments: NDArray
    court: NDArray
    entitled: NDArray
    recipients: NDArray
    visits: NDArray
    consultations: NDArray
    consultation_costs: NDArray


def youth(population: Population, movement: Movement, benefits: Benefits) -> Youth:
    """The Jugendamt's figures of all years."""
    hardship = profiles.hardship()
    under_3, preschool = population.aged("0-2"), population.aged("3-5")
    daycare_u3 = shares.scaled(
        "daycare_u3",
        under_3,
        np.clip(0.37 - 0.045 * hardship, 0.2, 0.5),
        series({2009: 0.182, 2013: 0.318, 2016: 0.348, 2020: 0.395, 2022: 0.412, 2024: 0.432}),
    )
    # Family day care does not count as a Kita child; about three of four under three are in one.
    in_kita = np.rint(0.745 * daycare_u3).astype(np.int64)
    older = shares.scaled(
        "kita_children",
        preschool,
        np.clip(0.93 - 0.02 * hardship, 0.8, 0.97),
        series({2009: 0.925, 2015: 0.93, 2017: 0.908, 2022: 0.9, 2024: 0.918}),
    )
    children = in_kita + older
    migrant_minors = population.minors_migration.mean(axis=1) / population.minors.mean(axis=1)
    entitled = _entitled(population, benefits)
    consultations = _consultations(population)
    return Youth(
        daycare_u3=daycare_u3,
        places=_places(preschool),
        children=children,
        children_language=shares.scaled(
            "kita_language",
            children,
            np.clip(0.72 * migrant_minors, 0.05, 0.75),
            series({2009: 0.243, 2014: 0.262, 2017: 0.295, 2021: 0.318, 2024: 0.352}),
        ),
        hze=_hze(population),
        assessments=_assessments(population),
        court=_court(population),
        entitled=entitled,
        recipients=shares.scaled(
            "but",
            entitled,
            np.clip(0.54 + 0.03 * hardship, 0.25, 0.8),
            series({2009: 0.38, 2014: 0.437, 2018: 0.49, 2020: 0.465, 2021: 0.482, 2024: 0.588}),
        ),
        visits=shares.scaled(
            "visits",
            movement.births,
            np.clip(0.81 - 0.03 * hardship, 0.5, 0.95),
            series(
                {
                    2009: 0.72,
                    2014: 0.783,
                    2019: 0.815,
                    2020: 0.561,
                    2021: 0.634,
                    2022: 0.772,
                    2024: 0.806,
                }
            ),
        ),
        consultations=consultations,
        consultation_costs=_consultation_costs(consultations),
    )


def _places(preschool: NDArray) -> NDArray:
    """Places change in steps, when a group opens or closes; Päpinghausen has no Kita."""
    usual = np.array(PLACES_LEVEL) / 100 * preschool.mean(axis=1)
    result = np.zeros(preschool.shape, dtype=np.int64)
    rng = generator("places")
    lead = np.zeros(len(usual))
    for t, total in enumerate(np.rint(series(PLACES)).astype(int)):
        if t % 3 == 0:
            lead = rng.normal(0, 0.03, len(usual))
        weights = usual * np.exp(lead)
        result[:, t] = rounding.largest_remainder(weights / weights.sum() * total, int(total))
    return result


def _hze(population: Population) -> NDArray:
    known = HZE | published.city("hze")
    young = population.minors + population.aged("18-19", "20")
    level = np.clip(0.045 * np.exp(0.42 * profiles.hardship()), 0.01, 0.1)
    return shares.part("hze", young, level, np.rint(series(known)).astype(np.int64), restless=0.9)


def _assessments(population: Population) -> NDArray:
    yearly = {2009: 88, 2014: 131, 2017: 158, 2019: 187, 2020: 204, 2022: 226, 2024: 254}
    level = np.clip(0.012 * np.exp(0.45 * profiles.hardship()), 0.003, 0.03)
    expected = population.minors * level[:, None]
    return shares.spread("assessments", expected, np.rint(series(yearly)).astype(np.int64))


def _court(population: Population) -> NDArray:
    teens = population.aged("15-17", "18-19", "20")
    share = series({2009: 0.051, 2014: 0.041, 2017: 0.038, 2020: 0.031, 2021: 0.029, 2024: 0.036})
    level = np.clip(0.03 * np.exp(0.3 * profiles.hardship()), 0.008, 0.06)
    return shares.scaled("court", teens, level, share, restless=0.9)


def _entitled(population: Population, benefits: Benefits) -> NDArray:
    """Under 25 in SGB II, and about a quarter more with housing or child supplement."""
    under_25 = population.minors + population.aged("18-19", "20", "21-24")
    sgb2 = benefits.sgb2[:, :, :5].sum(axis=2)
    total = np.rint(sgb2.sum(axis=0) * series({2009: 1.16, 2019: 1.2, 2023: 1.3})).astype(np.int64)
    level = np.clip(1.2 * sgb2.mean(axis=1) / under_25.mean(axis=1), 0.01, 0.8)
    return shares.part("but_entitled", under_25, level, total)


def _consultations(population: Population) -> NDArray:
    """Confidential consultations of families; for the city's own offices only."""
    expected = population.minors * np.exp(0.3 * profiles.hardship())[:, None]
    yearly = {2009: 610, 2020: 742, 2024: 1_187}
    return shares.spread("consultations", expected, np.rint(series(yearly)).astype(np.int64))


def _consultation_costs(consultations: NDArray) -> NDArray:
    """Euros and cents, about 180 a consultation."""
    each = generator("consultation_costs").normal(183.47, 19.0, consultations.shape)
    return np.round(consultations * each, 2)
