"""Turnout at local and federal elections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import profiles
import shares
from population import Population
from timeline import series

LOCAL = (2014, 2020)
FEDERAL = (2013, 2017, 2021)


@dataclass(frozen=True)
class Elections:
    """Eligible persons and voters; districts x years, meaningful in election years only."""

    local_eligible: NDArray
    local_voters: NDArray
    federal_eligible: NDArray
    federal_voters: NDArray


def elections(population: Population) -> Elections:
    """Eligible persons and voters of all years."""
    turnout = profiles.values("turnout")
    adults = population.main - population.minors
    german = 1 - population.foreign / population.main
    # Local elections: from 16, citizens of the European Union too (about a quarter of foreigners).
    sixteen = adults + 2 * population.aged("15-17") // 3
    local = np.rint(sixteen * (german + 0.26 * (1 - german)) * 0.985).astype(np.int64)
    federal = np.rint(adults * german * 0.99).astype(np.int64)
    federal_turnout = shares.inverse_logit(shares.logit(turnout) * 0.85 + 1.05)
    return Elections(
        local_eligible=local,
        local_voters=shares.scaled(
            "local", local, turnout, series({2014: 0.452, 2020: 0.471}), restless=1.0
        ),
        federal_eligible=federal,
        federal_voters=shares.scaled(
            "federal",
            federal,
            federal_turnout,
            series({2013: 0.698, 2017: 0.728, 2021: 0.733}),
            restless=1.0,
        ),
    )
