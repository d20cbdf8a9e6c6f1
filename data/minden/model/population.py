"""Residents by district, year, age and sex: levels, age structure, nationality, tenure.

District levels are the smoothest series that pass through every published figure and every
published change and add up to the published city totals. The city's ages are the Kreis's single
years of age (IT.NRW 12411-09i, 2024), moved back along the cohorts and tilted to Minden's mean age
and share of minors; districts follow by iterative proportional fitting.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import profiles
import published
import rounding
import shares
from districts import DISTRICTS
from seeds import generator, wandering
from timeline import YEARS, index, series

BANDS = (
    "0-2",
    "3-5",
    "6-9",
    "10-14",
    "15-17",
    "18-19",
    "20",
    "21-24",
    "25-34",
    "35-44",
    "45-54",
    "55-64",
    "65-79",
    "80+",
)
STARTS = np.array([0, 3, 6, 10, 15, 18, 20, 21, 25, 35, 45, 55, 65, 80])
SEXES = ("m", "w")
AGES = np.arange(91)
MEAN_OF_OLDEST = 93.0  # mean age of those aged 90 or more
KREIS_AGES = Path(__file__).with_name("kreis_ages_2024.csv")

# City totals nobody published: register incl. secondary residence, and secondary residences alone.
UNPUBLISHED_ALL = {2024: 85_322}
SECONDARY = {2009: 770, 2011: 845, 2016: 985, 2017: 983, 2023: 801, 2024: 806}
MEAN_AGE = {2009: 42.6, 2014: 43.35, 2016: 43.4, 2019: 43.6, 2021: 43.8, 2022: 43.75, 2024: 43.9}
UNDER_18 = {
    2009: 0.182,
    2012: 0.177,
    2014: 0.174,
    2016: 0.176,
    2019: 0.179,
    2022: 0.185,
    2024: 0.1863,
}
FOREIGN = {
    2009: 5_020,
    2010: 5_110,
    2011: 5_270,
    2012: 5_520,
    2015: 8_120,
    2017: 9_470,
    2018: 9_820,
}
FOREIGN |= {2019: 10_110, 2020: 10_240, 2021: 10_530, 2022: 12_060, 2023: 12_480, 2024: 12_790}


@dataclass(frozen=True)
class Population:
    """Register counts at the end of each year; first axis district, second year."""

    with_secondary: NDArray  # main or secondary residence
    people: NDArray  # main residence; axes district, year, band, sex
    foreign: NDArray
    life_years: NDArray
    five_years: NDArray
    migration: NDArray
    minors_migration: NDArray

    @property
    def main(self) -> NDArray:
        """Residents with main residence, districts x years."""
        return self.people.sum(axis=(2, 3))

    def aged(self, *bands: str) -> NDArray:
        """Residents of these age bands, districts x years."""
        return self.people[:, :, [BANDS.index(band) for band in bands], :].sum(axis=(2, 3))

    @property
    def minors(self) -> NDArray:
        """Residents under 18."""
        return self.aged(*BANDS[:5])

    @property
    def under_15(self) -> NDArray:
        """Residents under 15."""
        return self.aged(*BANDS[:4])

    @property
    def working_age(self) -> NDArray:
        """Residents from 15 to under 65."""
        return self.aged(*BANDS[4:12])


def population() -> Population:
    """The register of all years."""
    levels = district_levels()
    secondary = _secondary(levels)
    main = levels - secondary
    structure = _city_structure(main.sum(axis=0))
    people = _people(main, structure)
    foreign = _foreign(main)
    german_migration = shares.scaled(
        "german_migration",
        main - foreign,
        profiles.values("german_migration"),
        series({2009: 0.172, 2016: 0.188, 2024: 0.214}),
    )
    migration = foreign + german_migration
    minors = people[:, :, :5, :].sum(axis=(2, 3))
    younger = shares.inverse_logit(shares.logit(migration / main) + 0.75)
    return Population(
        with_secondary=levels,
        people=people,
        foreign=foreign,
        life_years=_life_years(people, structure),
        five_years=_five_years(main),
        migration=migration,
        minors_migration=shares.scaled(
            "minors_migration",
            minors,
            younger,
            series({2009: 0.345, 2014: 0.375, 2016: 0.41, 2021: 0.435, 2024: 0.468}),
            upper=migration,
        ),
    )


def district_levels() -> NDArray:
    """Residents incl. secondary residence, districts x years, whole numbers.

    Solved twice: first with real numbers, then with the starts of published changes rounded, so
    that every linked pair is whole; what is left is rounded year by year.
    """
    levels = published.within(published.counts("residents_all"))
    levels |= published.within(published.listed("Einwohner mit Haupt- oder Nebenwohnsitz"))
    changes = published.within(published.listed("Veränderung der Einwohnerzahl"))
    changes = {key: value for key, value in changes.items() if key[1] - 1 in YEARS}
    totals = _city_all()
    for district, year in sorted(changes, key=lambda key: key[1]):
        if (district, year - 1) not in levels:
            smooth = _smoothest(levels, changes, totals)
            levels[(district, year - 1)] = round(smooth[_row(district), index(year - 1)])
        levels[(district, year)] = levels[(district, year - 1)] + changes[(district, year)]
    smooth = _smoothest(levels, {}, totals)
    result = np.zeros(smooth.shape, dtype=np.int64)
    for t, year in enumerate(YEARS):
        low, high = np.zeros(len(DISTRICTS), np.int64), np.full(len(DISTRICTS), 20_000)
        for (district, known), value in levels.items():
            if known == year:
                low[_row(district)] = high[_row(district)] = value
        result[:, t] = rounding.largest_remainder(smooth[:, t], int(totals[t]), low, high)
    return result


def _row(district: str) -> int:
    return int(district) - 1


def _city_all() -> NDArray:
    known = published.city("residents_all") | UNPUBLISHED_ALL
    known |= {
        year: v
        for (_, year), v in published.listed("Einwohner mit Haupt- oder N").items()
        if year == 2009
    }
    return np.array([known[year] for year in YEARS], dtype=float)


def _smoothest(
    levels: dict[tuple[str, int], int], changes: dict[tuple[str, int], int], totals: NDArray
) -> NDArray:
    """Least squares: yearly changes near the assumed ones, published figures as constraints."""
    start, end = profiles.values("start"), profiles.values("end")
    count, years = len(start), len(YEARS)
    noise = wandering(generator("levels"), 0.0025 * start, memory=0.3)
    drift = ((end - start) / (years - 1))[:, None] + noise[:, 1:]
    weight = 1 / (start * (0.15 + 3 * profiles.values("foreign")))
    size = count * years
    normal, right = np.zeros((size, size)), np.zeros(size)
    for d in range(count):
        for t in range(years - 1):
            a, b = d * years + t, d * years + t + 1
            normal[[a, b], [a, b]] += weight[d]
            normal[[a, b], [b, a]] -= weight[d]
            right[[a, b]] += np.array([-1, 1]) * weight[d] * drift[d, t]
        for t, value in ((0, start[d]), (years - 1, end[d])):
            normal[d * years + t, d * years + t] += 0.1 * weight[d]
            right[d * years + t] += 0.1 * weight[d] * value
    rows, values = [], []
    for t in range(years):
        rows.append({d * years + t: 1.0 for d in range(count)})
        values.append(totals[t])
    for (district, year), value in levels.items():
        rows.append({_row(district) * years + index(year): 1.0})
        values.append(value)
    for (district, year), value in changes.items():
        place = _row(district) * years + index(year)
        rows.append({place: 1.0, place - 1: -1.0})
        values.append(value)
    return _constrained(normal, right, rows, np.array(values, float)).reshape(count, years)


def _constrained(
    normal: NDArray, right: NDArray, rows: list[dict[int, float]], values: NDArray
) -> NDArray:
    """Minimise x'Nx/2 - r'x under linear equations (Lagrange); dependent equations may agree."""
    size, equations = len(right), len(rows)
    system = np.zeros((size + equations, size + equations))
    system[:size, :size] = normal
    for k, row in enumerate(rows):
        for place, factor in row.items():
            system[size + k, place] = system[place, size + k] = factor
    solution = np.linalg.lstsq(system, np.concatenate([right, values]), rcond=None)[0][:size]
    for row, value in zip(rows, values, strict=True):
        if abs(sum(factor * solution[place] for place, factor in row.items()) - value) > 0.01:
            raise ValueError("Die veröffentlichten Einwohnerzahlen widersprechen sich.")
    return solution


def _secondary(levels: NDArray) -> NDArray:
    everyone = levels.sum(axis=0)
    main = published.city("residents")
    listed = published.listed("Einwohner mit Nebenwohnsitz")
    known = SECONDARY | {year: value for (_, year), value in listed.items()}
    known |= {year: int(everyone[index(year)]) - value for year, value in main.items()}
    level = 0.011 * profiles.values("young_adults") ** 1.6
    return shares.part("secondary", levels, level, np.array([known[year] for year in YEARS]))


@dataclass(frozen=True)
class Structure:
    """The city's age structure: persons by year, band, sex, and mean ages of the bands."""

    bands: NDArray
    mean_age: NDArray


def _city_structure(main: NDArray) -> Structure:
    kreis = _kreis_ages()
    births = published.listed("Geburten") | published.counts("births")
    born = series({year: value for (_, year), value in births.items()})
    bands = np.zeros((len(YEARS), len(BANDS), 2), dtype=np.int64)
    means = np.zeros((len(YEARS), len(BANDS), 2))
    target_age, target_minors = series(MEAN_AGE), series(UNDER_18)
    for t, total in enumerate(main):
        shape = _cohorts(kreis, len(YEARS) - 1 - t)
        for age in range(3):
            shape[age] = born[max(t - age, 0)] * 1.02 / total * shape.sum()
        single = total * _tilted(shape, target_age[t], target_minors[t])
        both = single[:, None] * np.column_stack([_male(AGES), 1 - _male(AGES)])
        grouped = np.add.reduceat(both, STARTS)
        rounded = rounding.largest_remainder(grouped.ravel(), int(total))
        bands[t] = rounded.reshape(grouped.shape)
        means[t] = np.add.reduceat(both * _lived()[:, None], STARTS) / grouped
    return Structure(bands, means)


def _kreis_ages() -> NDArray:
    with KREIS_AGES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return np.array([float(row["residents"]) for row in rows])


def _cohorts(kreis: NDArray, back: int) -> NDArray:
    """The age structure `back` years earlier: the same people, younger, and those since dead."""
    survivors = np.exp(-np.cumsum(_mortality(AGES)))
    earlier = np.empty_like(kreis)
    for age in AGES:
        later = age + back
        if later < 90:
            earlier[age] = kreis[later] * survivors[age] / survivors[later]
        else:
            # The cohort is in the open last group by now; those of its age were fewer then.
            earlier[age] = kreis[age] * (1 - 0.02 * back)
    return earlier


def _mortality(age: NDArray) -> NDArray:
    """Gompertz force of mortality, about Germany's: 0.5 % a year at 50, 9 % at 85."""
    return 0.005 * np.exp(0.083 * (age - 50.0))


def _male(age: NDArray) -> NDArray:
    """Share of men by age: 51 % at birth, half at 60, a third at 90."""
    return 0.512 - 0.012 * np.clip(age / 60, 0, 1) - 0.15 * np.clip((age - 60) / 30, 0, 1) ** 1.3


def _lived() -> NDArray:
    """Mean exact age of those of a single year of age."""
    lived = AGES + 0.5
    lived[-1] = MEAN_OF_OLDEST
    return lived


def _tilted(shape: NDArray, mean_age: float, minors: float) -> NDArray:
    """Shares by age with the wanted mean age and share of minors (two-parameter tilt)."""
    features = np.column_stack([_lived() / 50, AGES < 18])
    wanted = np.array([mean_age / 50, minors])
    tilt = np.zeros(2)
    for _ in range(50):
        weight = shape * np.exp(features @ tilt)
        weight /= weight.sum()
        mean = weight @ features
        spread = (features - mean).T @ ((features - mean) * weight[:, None])
        tilt += np.linalg.solve(spread, wanted - mean)
    return weight


def _people(main: NDArray, structure: Structure) -> NDArray:
    """Residents by district, year, band, sex with the margins of districts and city."""
    groups = np.digitize(STARTS, [18, 65])
    result = np.zeros((len(DISTRICTS), len(YEARS), len(BANDS), 2), dtype=np.int64)
    shape = _shape(main)
    for t in range(len(YEARS)):
        city = structure.bands[t]
        group_totals = np.array([city[groups == g].sum() for g in range(3)], dtype=float)
        rows = main[:, t].astype(float)
        by_group = rounding.proportional(_groups()[:, t] * rows[:, None], rows, group_totals)
        within = city / np.array([city[groups == g].sum() for g in groups])[:, None]
        seed = by_group[:, groups][:, :, None] * within[None] * shape[:, t]
        table = rounding.proportional(seed.reshape(len(rows), -1), rows, city.ravel().astype(float))
        result[:, t] = rounding.controlled(table).reshape(len(rows), len(BANDS), 2)
    return result


def _groups() -> NDArray:
    """Assumed shares of minors, 18-64, 65+; districts x years x 3, with a slow drift."""
    young, old = profiles.values("under_18"), profiles.values("over_65")
    size = profiles.values("start")
    noise_young = wandering(generator("minors"), 0.5 / np.sqrt(size * young), memory=0.9)
    noise_old = wandering(generator("old"), 0.5 / np.sqrt(size * old), memory=0.9)
    minors = young[:, None] * np.exp(noise_young)
    elderly = old[:, None] * np.exp(noise_old)
    return np.stack([minors, 1 - minors - elderly, elderly], axis=2)


def _shape(main: NDArray) -> NDArray:
    """How a district's bands differ from the city's within the three groups, with noise."""
    count = len(DISTRICTS)
    tilt = np.ones((count, len(BANDS)))
    young = profiles.values("young_adults")[:, None]
    tilt[:, 5:9] = young
    tilt[:, 10:12] = 2 - young
    tilt[:, 13] = profiles.values("over_80") / 0.29
    tilt[:, 12] = (1 - profiles.values("over_80")) / 0.71
    noise = np.zeros((count, len(YEARS), len(BANDS), 2))
    for b, share in enumerate((0.026, 0.027, 0.037, 0.046, 0.03, 0.02, 0.01, 0.045)):
        noise[:, :, b] = _band_noise(BANDS[b], main, share)
    for b in range(8, len(BANDS)):
        noise[:, :, b] = _band_noise(BANDS[b], main, 0.12)
    return tilt[:, None, :, None] * np.exp(noise)


def _band_noise(band: str, main: NDArray, share: float) -> NDArray:
    scale = np.minimum(0.6 / np.sqrt(main.mean(axis=1) * share), 0.2)
    both = wandering(generator(f"band {band}"), scale, memory=0.85)
    men = wandering(generator(f"band {band} m"), scale / 2, memory=0.85)
    return np.stack([both + men, both - men], axis=2)


def _life_years(people: NDArray, structure: Structure) -> NDArray:
    return np.rint((people * structure.mean_age[None]).sum(axis=(2, 3))).astype(np.int64)


def _foreign(main: NDArray) -> NDArray:
    fixed = {
        (_row(area), index(year)): value
        for (area, year), value in published.within(
            published.counts("residents", nationality="foreign")
        ).items()
    }
    known = FOREIGN | published.city("residents", nationality="foreign")
    totals = np.array([known[year] for year in YEARS])
    return shares.part("foreign", main, profiles.values("foreign"), totals, fixed=fixed)


def _five_years(main: NDArray) -> NDArray:
    level = 0.66 - 0.16 * (profiles.values("mobility") - 0.7) / 0.7
    return shares.scaled(
        "five_years", main, level, series({2009: 0.585, 2015: 0.575, 2016: 0.565, 2024: 0.58})
    )
