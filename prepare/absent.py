"""Rows nobody delivered that mean zero, as a recipe says with absent_is_zero."""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS
from prepare import counts
from prepare.areas import Areas
from prepare.recipes import Recipe


def withdrawn(counted: pl.DataFrame, areas: Areas, recipe: Recipe) -> list[pl.DataFrame]:
    """By file, zeros for what other files hold and this one would, were it not zero by now."""
    return [
        zeros(own, counted, areas, recipe)
        .join(counted, on=counts.KEYS, how="semi")
        .with_columns(file=pl.lit(name, pl.String))
        for (name,), own in counted.partition_by("file", as_dict=True).items()
    ]


def placed(found: pl.DataFrame) -> pl.DataFrame:
    """The counts, without a file for those that stand in no row of it."""
    return found.with_columns(file=pl.when(pl.col("row").is_not_null()).then("file"))


def zeros(found: pl.DataFrame, told: pl.DataFrame, areas: Areas, recipe: Recipe) -> pl.DataFrame:
    """Zeros for the rows that are absent from `found` and mean zero by the recipe.

    Expected of such a measure are all areas of its levels, the categories it has in `told`, and
    all periods of `found` of its kind: reference dates of other measures are no years of this one.
    """
    measures = {measure for table in recipe.tables for measure in table.absent_is_zero}
    frames = [found.clear()]
    for measure in sorted(measures):
        own = found.filter(pl.col("measure") == measure)
        kind = own["period"].str.len_chars().unique().implode()
        frames.append(
            areas.table.select("level", "area")
            .join(own.select("level").unique(), on="level")
            .join(
                found.filter(pl.col("period").str.len_chars().is_in(kind))
                .select("period")
                .unique(),
                how="cross",
            )
            .join(
                told.filter(pl.col("measure") == measure).select("measure", *BREAKDOWNS).unique(),
                how="cross",
            )
            .join(own, on=counts.KEYS, how="anti")
            .with_columns(
                *counts.nowhere(),
                value=pl.lit(0.0),
                status=pl.lit(recipe.status),
                delivery=pl.lit(recipe.id),
            )
            .select(counts.SCHEMA.keys())
        )
    return pl.concat(frames)
