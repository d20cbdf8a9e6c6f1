"""What each delivered value would be if its series ran on as usual: the yardstick of the checks."""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog

MOST_VALUES = 3_000_000
"""With more delivered values than this, only those without categories are compared."""

COLUMN = ("measure", *BREAKDOWNS, "level", "period")
"""Values that stand together: all areas of a level for one measure, category and period."""
SERIES = ("measure", *BREAKDOWNS, "level", "area")
_KIND = ("measure", *BREAKDOWNS, "level")
MANY = 5
"""A column of fewer areas shows no pattern."""
_SHIFTS = (-2, -1, 1, 2, -3, 3)


def frame(found: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Delivered values that stand in a file, with what is usual for them.

    Adds, all as natural logarithms: `log` of the value (0.5 for zero), `usual` (median of the four
    nearest periods of the same series), `off` (log - usual), `common` (median of `off` over the
    areas of the column, 0 for less than five), and `noise`, the usual size of off - common: the
    robust spread of the kind (1.4826 MAD over areas and periods) and, for counts, the chance
    variation of a count of that size. `usual` is null for series of less than three periods.
    """
    cells = found.filter(
        pl.col("file").is_not_null(), pl.col("column").is_not_null(), pl.col("value") >= 0
    )
    if cells.height > MOST_VALUES:
        cells = cells.filter(pl.all_horizontal(pl.col(b) == TOTAL for b in BREAKDOWNS))
    counted = [m.id for m in catalog.city.measures if m.additive]
    return (
        cells.with_columns(log=pl.when(pl.col("value") > 0).then("value").otherwise(0.5).log())
        .sort(*SERIES, "period")
        .with_columns(pl.col("log").shift(by).over(SERIES).alias(f"at{by}") for by in _SHIFTS)
        .with_columns(usual=_usual())
        .drop(f"at{by}" for by in _SHIFTS)
        .with_columns(off=pl.col("log") - pl.col("usual"))
        .with_columns(
            common=pl.when(pl.col("off").count().over(COLUMN) >= MANY)
            .then(pl.col("off").median().over(COLUMN))
            .otherwise(0.0)
        )
        .with_columns(
            spread=1.4826 * (pl.col("off") - pl.col("common")).abs().median().over(_KIND),
            chance=pl.when(pl.col("measure").is_in(counted))
            .then(2 / pl.col("usual").exp())
            .otherwise(0.0),
        )
        .with_columns(noise=(pl.col("spread") ** 2 + pl.col("chance") + 0.02**2).sqrt())
        .drop("spread", "chance")
    )


def _usual() -> pl.Expr:
    """Median of two periods on either side; at the ends of a series of three on the one side."""
    inner = pl.concat_list("at-2", "at-1", "at1", "at2").list.drop_nulls()
    wide = pl.concat_list(*(f"at{by}" for by in _SHIFTS)).list.drop_nulls()
    both = pl.col("at1").is_not_null() & pl.col("at-1").is_not_null()
    return (
        pl.when(both & (inner.list.len() >= 3))
        .then(inner.list.median())
        .when(wide.list.len() >= 2)
        .then(wide.list.median())
    )


def first(cells: pl.DataFrame) -> pl.DataFrame:
    """The first cell of each column (COLUMN), where a finding on the whole column is put."""
    order = ["file", "sheet", "column", "row"]
    return cells.sort(order).unique(list(COLUMN), keep="first", maintain_order=True)
