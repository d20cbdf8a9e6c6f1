"""How much is lost when a cell is hidden: what most readers ask for weighs most."""

from __future__ import annotations

from itertools import product

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare.disclosure import compositions
from prepare.disclosure.system import Floats

COARSER = 5.0
"""A cell of a level weighs this many times one of the next finer level."""
BREAKDOWN = 0.1
"""A cell by age, by sex or by nationality weighs this part of the total."""
RECENT = 1.0
"""The newest period weighs this much more than the first."""
LARGE = 0.05
"""Ten times the number weighs this much more: of equal cells the smaller one is hidden."""


_CELL = ("measure", *BREAKDOWNS)


def weights(cells: pl.DataFrame, catalog: Catalog) -> Floats:
    """The harm of hiding each of `cells` (tables.Facts.cells), above zero.

    A number weighs more with every indicator that cannot be told without it, be it in the
    numerator or the denominator; one of a zone weighs less than those of its parts. A period that
    names no year counts as the first.
    """
    fine = compositions.declared(level.id for level in reversed(catalog.city.levels))
    size = {name: COARSER**n for n, name in enumerate(fine)}
    parts = pl.col("level").str.replace(compositions.MARK, "", literal=True).replace_strict(size)
    level = pl.when(compositions.zoned()).then(parts / COARSER).otherwise(parts)
    broken = pl.sum_horizontal(pl.col(breakdown) != TOTAL for breakdown in BREAKDOWNS)
    year = pl.col("period").str.head(4).cast(pl.Float64, strict=False)
    since = (year - year.min()) / (year.max() - year.min())
    recent = since.fill_nan(0.0).fill_null(0.0)
    large = (pl.col("value").fill_null(0.0).abs() + 1).log10()
    asked = 1 + pl.col("indicators").fill_null(0)
    weight = level * asked * BREAKDOWN**broken * (1 + RECENT * recent) * (1 + LARGE * large)
    known = cells.join(uses(catalog), on=_CELL, how="left", maintain_order="left")
    found: Floats = known.select(weight).to_series().to_numpy()
    return found


def uses(catalog: Catalog) -> pl.DataFrame:
    """How many `indicators` are made of each part of each measure (measure and breakdowns)."""
    rows = {
        (name, term.measure, *part)
        for name, indicator in catalog.indicators.items()
        for term in (*indicator.numerator, *indicator.denominator)
        for part in product(term.age, term.sex, term.nationality)
    }
    schema = dict.fromkeys(("indicator", *_CELL), pl.String)
    told = pl.DataFrame(sorted(rows), schema=schema, orient="row")
    return told.group_by(_CELL).agg(pl.len().alias("indicators"))
