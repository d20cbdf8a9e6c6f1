"""How people live in each district: the assumptions of `profiles.csv`.

Published are only the figures named in `docs/minden-model.md`; the rest are plausible values inside
the ranges usual for districts of this size, chosen so that the published ones come out. Columns:

- start, end: residents incl. secondary residence at the end of 2009 and 2024, where unpublished
- under_18, over_65: shares of residents, 2016
- over_80: share of those aged 80 or more among those aged 65 or more (city 0.29)
- young_adults: weight of ages 18-34 within 18-64 (city 1)
- child_poverty: share of under-15s in SGB II households, 2014
- foreign: share of residents, 2016
- german_migration: Germans with migration background among Germans, 2016
- household_size: persons per household
- lone_parents: share of families
- small_houses: houses with one or two dwellings among residential buildings
- space: living space per resident in m²
- subsidised: share of dwellings, 2014
- turnout: local election 2014
- mobility: moves per resident (city 1)
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from districts import DISTRICTS

FILE = Path(__file__).with_name("profiles.csv")
CITY_CHILD_POVERTY = 0.232

with FILE.open(encoding="utf-8", newline="") as _file:
    _PROFILES = {row["district"]: row for row in csv.DictReader(_file)}


def values(column: str) -> NDArray:
    """One assumption for all districts, in their order. KeyError if there is no such column."""
    return np.array([float(_PROFILES[district.id][column]) for district in DISTRICTS])


def hardship() -> NDArray:
    """Child poverty relative to the city's, as a logit difference; drives the other indicators."""
    share = values("child_poverty")
    city = CITY_CHILD_POVERTY
    return np.log(share / (1 - share)) - np.log(city / (1 - city))
