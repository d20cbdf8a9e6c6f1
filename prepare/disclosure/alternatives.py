"""How much is hidden, where and when, beside what simpler or coarser tables would hide.

All of it follows from what is published: which cells are hidden, not why. So a release can carry
it without telling which of its hidden cells are small.
"""

from __future__ import annotations

import polars as pl

from model.catalog import Catalog
from prepare.disclosure import coarser as tables

_HIDDEN = pl.col("status") == "suppressed"
_TOLD = pl.col("value").is_not_null() | _HIDDEN
_PLACE = ("theme", "level", "area", "year")


def themes(catalog: Catalog) -> dict[str, str]:
    """The theme of each measure: the first that shows it, rather as a number than as a base."""
    found: dict[str, str] = {}
    ordered = sorted(catalog.themes, key=lambda theme: theme.order)
    for side in ("numerator", "denominator"):
        for theme in ordered:
            for indicator in theme.indicators:
                for term in getattr(indicator, side):
                    found.setdefault(term.measure, theme.id)
    return {measure: found.get(measure, "") for measure in catalog.measures}


def shares(cells: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Values and hidden ones by theme, level, area and year.

    `cells` are publications.NUMBERS. `district` is how many would go if an area showed nothing of a
    theme and year as soon as one of its values is hidden.
    """
    return (
        _placed(cells, catalog)
        .group_by(_PLACE)
        .agg(values=pl.len(), hidden=pl.col("hidden").sum())
        .with_columns(district=pl.when(pl.col("hidden") > 0).then("values").otherwise(0))
        .cast({"values": pl.Int64, "hidden": pl.Int64, "district": pl.Int64})
        .sort(_PLACE)
    )


def totals(found: pl.DataFrame, *by: str) -> pl.DataFrame:
    """The sums of `shares` by some of its columns, with the shares of all values in percent."""
    return (
        found.group_by(by)
        .agg(pl.col("values", "hidden", "district").sum())
        .with_columns(
            share=(100 * pl.col("hidden") / pl.col("values")).round(1),
            share_district=(100 * pl.col("district") / pl.col("values")).round(1),
        )
        .sort(by)
    )


def coarser(cells: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """By theme and coarser table: how many values it has, and how many of them stay hidden.

    That is at most: a value that is left is taken to be hidden as now, and a sum as soon as one
    of its parts is. `protect` says how many a coarser table really has to hide.
    """
    known = themes(catalog)
    own = cells.filter(_TOLD)
    hiding = own.filter(_HIDDEN)["measure"].replace_strict(known, return_dtype=pl.String).unique()
    told = [
        totals(shares(table(part), catalog), "theme").with_columns(alternative=pl.lit(title))
        for theme in sorted(hiding)
        for part in [own.filter(pl.col("measure").is_in([m for m in known if known[m] == theme]))]
        for title, table in tables.tables(part)
    ]
    columns = ("theme", "alternative", "values", "hidden", "share")
    return pl.concat([each.select(columns) for each in told]) if told else pl.DataFrame()


def _placed(cells: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """All values told or hidden, with their theme and year."""
    return cells.filter(_TOLD).with_columns(
        theme=pl.col("measure").replace_strict(themes(catalog), return_dtype=pl.String),
        year=pl.col("period").str.head(4),
        hidden=_HIDDEN,
    )
