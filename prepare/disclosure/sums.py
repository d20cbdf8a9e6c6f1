"""What counts add up to: totals over categories, areas over the areas below them."""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import counts
from prepare.disclosure import ages, cuts

KEYS = counts.KEYS
ENTRIES = {
    "row": pl.String,
    **dict.fromkeys(KEYS, pl.String),
    "factor": pl.Float64,
    "more": pl.Boolean,
}
"""One entry per row and cell, the cell by its keys: the sum of factor times cell is zero, or, where
`more`, not below zero."""


def entries(cells: pl.DataFrame, catalog: Catalog, cut: pl.DataFrame) -> pl.DataFrame:
    """All sums among cells (cells.cells), as ENTRIES; a cell that is not there counts nobody else.

    Those cells are parts of a total that no category is, so they belong to one row only or to
    age groups that overlap.
    """
    additive = cells.filter("additive").select(KEYS)
    own = [_over_categories(additive, breakdown, catalog) for breakdown in BREAKDOWNS]
    levels = [
        _over_areas(additive, catalog, cut, level.id)
        for level in catalog.city.levels
        if not level.comparison
    ]
    return pl.concat([pl.DataFrame(schema=ENTRIES), *own, *levels])


def _over_categories(additive: pl.DataFrame, breakdown: str, catalog: Catalog) -> pl.DataFrame:
    """Totals as sums of the categories of one breakdown, all others held."""
    keys = [key for key in KEYS if key != breakdown]
    told = (
        additive.filter(pl.col(breakdown) != TOTAL)
        .group_by(keys)
        .agg(pl.col(breakdown).sort().str.join("|").alias("told"))
    )
    complete = catalog.protection.complete
    categories = [category.id for category in catalog.city.categories(breakdown)]
    patterns = pl.DataFrame(
        [
            (measure, joined, *entry)
            for measure, joined in told.select("measure", "told").unique().sort("*").rows()
            for entry in ages.pattern(
                breakdown, joined.split("|"), categories, breakdown in complete.get(measure, ())
            )
        ],
        schema={
            **dict.fromkeys(("measure", "told"), pl.String),
            "number": pl.Int64,
            breakdown: pl.String,
            "factor": pl.Float64,
        },
        orient="row",
    )
    return (
        told.join(patterns, on=["measure", "told"])
        .with_columns(row=_row(breakdown, *keys, "number"), more=pl.lit(False))
        .select(ENTRIES.keys())
    )


def _over_areas(
    additive: pl.DataFrame, catalog: Catalog, cut: pl.DataFrame, level: str
) -> pl.DataFrame:
    """Areas of a level as sums of those below, and of those who belong to none of them.

    Where a measure names a measure of the latter, but it is not told, an area may count more.
    """
    parts = cuts.parts(additive, cut, level).join(additive, on=KEYS, how="semi")
    parts = parts.with_columns(row=_row("level", *KEYS, "cut"))
    wholes = parts.select("row", *KEYS).unique()
    rests = {
        measure.id: measure.unallocated
        for measure in catalog.city.measures
        if measure.unallocated is not None and level == catalog.city.city_level
    }
    left = (
        wholes.filter(pl.col("measure").is_in(list(rests)))
        .with_columns(pl.col("measure").replace(rests))
        .join(additive, on=KEYS, how="left", coalesce=True)
    )
    known = left.join(additive, on=KEYS, how="semi")
    open_rows = left.join(known, on="row", how="anti")["row"]
    lower = parts.with_columns(level="by", area="part_area")
    return (
        pl.concat(
            [
                wholes.with_columns(factor=pl.lit(1.0)),
                lower.select("row", *KEYS, factor=pl.lit(-1.0)),
                known.select("row", *KEYS, factor=pl.lit(-1.0)),
            ]
        )
        .with_columns(more=pl.col("row").is_in(open_rows.implode()))
        .select(ENTRIES.keys())
    )


def _row(kind: str, *columns: str) -> pl.Expr:
    """A name for each row: its kind and the values of some columns."""
    return pl.concat_str(pl.lit(kind), *(pl.col(c).cast(pl.String) for c in columns), separator="|")
