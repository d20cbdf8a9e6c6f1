"""Births, deaths and moves by district and calendar year.

City totals are the published ones. A district's balance of moves is what its change of residents
leaves after births, deaths and its share of the register's corrections (the city says each January
that the parts do not add up to the change); part of it is moves between districts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import profiles
import published
import rounding
import shares
from population import BANDS, Population
from seeds import generator
from timeline import YEARS, series

BIRTHS = {2016: 772, 2019: 731, 2024: 655}
DEATHS = {2016: 962, 2024: 1_005}
MOVES_IN = {2009: 3_900, 2016: 5_020, 2024: 4_520}
MOVES_OUT = {2009: 3_950, 2016: 4_350, 2024: 4_310}
# Published are moves within the city, also inside a district; about 62 % cross a district border.
MOVES_WITHIN = {2009: 5_200, 2014: 5_700, 2016: 5_650, 2018: 5_200, 2022: 4_000, 2024: 3_980}
BETWEEN_DISTRICTS = 0.62
INTERNAL_PART = 0.35  # of a district's balance of moves, beyond its share of the city's
UNDER_6 = 0.066  # of all movers

FERTILITY = {"18-19": 0.014, "20": 0.032, "21-24": 0.055, "25-34": 0.105, "35-44": 0.046}
MORTALITY = {"25-34": 0.0006, "35-44": 0.0012, "45-54": 0.003, "55-64": 0.008}
MORTALITY |= {"65-79": 0.024, "80+": 0.105}


@dataclass(frozen=True)
class Movement:
    """Events of a calendar year, districts x years."""

    births: NDArray
    deaths: NDArray
    moves_in: NDArray
    moves_out: NDArray
    moves_within_in: NDArray
    moves_within_out: NDArray
    moves_in_u6: NDArray
    moves_out_u6: NDArray


def movement(population: Population) -> Movement:
    """Events of all years; the first year has no change of residents and is not delivered."""
    born = _by_year(published.city("births"), BIRTHS, "Geburten")
    died = _by_year(published.city("deaths"), DEATHS, "Sterbefälle")
    births = shares.spread("births", _births_expected(population), born, restless=0.8)
    deaths = shares.spread("deaths", _deaths_expected(population), died, restless=0.8)
    arrived = _by_year(published.city("moves_in"), MOVES_IN)
    left = _by_year(published.city("moves_out"), MOVES_OUT)
    needed = _balance(population, births, deaths, arrived - left)
    within_net = _within_net(population, needed, arrived - left)
    moves_out = shares.spread("moves_out", _movers(population), left, restless=0.6)
    within_out = shares.spread("moves_within", _movers(population), _within_totals(), restless=0.6)
    moves_in = moves_out + _whole(needed - within_net, arrived - left)
    within_in = within_out + within_net
    return Movement(
        births=births,
        deaths=deaths,
        moves_in=moves_in,
        moves_out=moves_out,
        moves_within_in=within_in,
        moves_within_out=within_out,
        moves_in_u6=_under_6("moves_in_u6", moves_in + within_in, towards_houses=0.25),
        moves_out_u6=_under_6("moves_out_u6", moves_out + within_out, towards_houses=-0.25),
    )


def _by_year(known: dict[int, int], assumed: dict[int, int], title: str = "") -> NDArray:
    figures = assumed | known
    if title:
        figures |= {year: value for (_, year), value in published.listed(title).items()}
    return np.array([figures[year] for year in YEARS], dtype=np.int64)


def _births_expected(population: Population) -> NDArray:
    women = sum(population.people[:, :, BANDS.index(b), 1] * r for b, r in FERTILITY.items())
    return np.asarray(women) * np.exp(0.12 * profiles.hardship())[:, None]


def _deaths_expected(population: Population) -> NDArray:
    dying = sum(population.aged(band) * rate for band, rate in MORTALITY.items())
    return np.asarray(dying) * np.exp(0.06 * profiles.hardship())[:, None]


def _movers(population: Population) -> NDArray:
    return population.main * profiles.values("mobility")[:, None]


def _balance(population: Population, births: NDArray, deaths: NDArray, net: NDArray) -> NDArray:
    """What a district must have won or lost by moves, real numbers whose yearly sum is `net`."""
    everyone = population.with_secondary
    change = np.diff(everyone, axis=1, prepend=everyone[:, :1])
    missing = change - births + deaths
    correction = missing.sum(axis=0) - net
    return missing - correction * everyone / everyone.sum(axis=0)


def _within_net(population: Population, needed: NDArray, net: NDArray) -> NDArray:
    """Balance of moves between districts: whole numbers that add up to zero every year."""
    movers = _movers(population)
    wanted = INTERNAL_PART * (needed - net * movers / movers.sum(axis=0))
    result = np.zeros(wanted.shape, dtype=np.int64)
    fixed = published.within(published.listed("Saldo der Umzüge innerhalb der Stadt"))
    for t, year in enumerate(YEARS):
        low, high = np.full(len(wanted), -500), np.full(len(wanted), 500)
        for (district, known), value in fixed.items():
            if known == year:
                place = int(district) - 1
                low[place] = high[place] = wanted[place, t] = value
        free = low < high
        wanted[free, t] -= wanted[:, t].sum() * movers[free, t] / movers[free, t].sum()
        result[:, t] = rounding.largest_remainder(wanted[:, t], 0, low, high)
    return result


def _within_totals() -> NDArray:
    listed = published.listed("Umzüge innerhalb der Stadt")
    known = MOVES_WITHIN | {year: value for (_, year), value in listed.items()}
    return np.rint(series(known) * BETWEEN_DISTRICTS).astype(np.int64)


def _whole(values: NDArray, totals: NDArray) -> NDArray:
    columns = [
        rounding.largest_remainder(
            values[:, t], int(totals[t]), -5_000, np.full(len(values), 5_000)
        )
        for t in range(values.shape[1])
    ]
    return np.column_stack(columns)


def _under_6(name: str, moves: NDArray, towards_houses: float) -> NDArray:
    """Small children among the movers; families move to where the small houses are."""
    houses = profiles.values("small_houses") - 0.67
    chance = UNDER_6 * np.exp(towards_houses * houses)[:, None]
    expected = moves * chance
    drawn = generator(name).binomial(np.maximum(moves, 0), np.broadcast_to(chance, moves.shape))
    return np.rint(0.5 * expected + 0.5 * drawn).astype(np.int64)
