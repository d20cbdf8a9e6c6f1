"""How much is lost when a cell is hidden: what most readers ask for weighs most."""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, City
from prepare.disclosure.system import Floats

COARSER = 5.0
"""A cell of a level weighs this many times one of the next finer level."""
BREAKDOWN = 0.4
"""A cell by age, by sex or by nationality weighs this part of the total."""
RECENT = 1.0
"""The newest period weighs this much more than the first."""
LARGE = 0.05
"""Ten times the number weighs this much more: of equal cells the smaller one is hidden."""


def weights(cells: pl.DataFrame, city: City) -> Floats:
    """The harm of hiding each of `cells` (tables.Facts.cells), above zero."""
    fine = [level.id for level in reversed(city.levels)]
    level = pl.col("level").replace_strict({name: COARSER**n for n, name in enumerate(fine)})
    broken = pl.sum_horizontal(pl.col(breakdown) != TOTAL for breakdown in BREAKDOWNS)
    year = pl.col("period").str.head(4).cast(pl.Float64)
    recent = ((year - year.min()) / (year.max() - year.min())).fill_nan(0.0)
    large = (pl.col("value").fill_null(0.0).abs() + 1).log10()
    weight = level * BREAKDOWN**broken * (1 + RECENT * recent) * (1 + LARGE * large)
    found: Floats = cells.select(weight.fill_null(1.0)).to_series().to_numpy()
    return found
