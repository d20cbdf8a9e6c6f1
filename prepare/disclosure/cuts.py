"""How areas are cut into smaller ones, today and in other releases."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from prepare import counts


def cuts(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Each way of cutting an area into the areas below it, on one of their levels.

    `tables` are the area tables of this release and of others, which may know areas that have
    been merged or split since. One row per part: `parent` and its level `above`, `area` and its
    level `by`, the number of the `cut`, and how many parts are `expected`.
    """
    found = pl.concat([_of(table) for table in tables]).unique().sort("parent", "by", "parts")
    return found.with_row_index("cut").explode("parts").rename({"parts": "area"})


def parts(known: pl.DataFrame, cut: pl.DataFrame, level: str) -> pl.DataFrame:
    """The cells of all parts of areas of a level, under the area's keys, with `cut`.

    Only where every part has the cell. The part's own area and level are `part_area` and `by`.
    """
    own = cut.filter(pl.col("above") == level)
    return (
        known.join(own, left_on=["area", "level"], right_on=["area", "by"], coalesce=False)
        .with_columns(part_area="area", level="above", area="parent")
        .filter(pl.len().over(*counts.KEYS, "cut") == pl.col("expected"))
        .select(*counts.KEYS, "part_area", "by", "cut")
    )


def _of(table: pl.DataFrame) -> pl.DataFrame:
    """The areas below each area of one table, by their level; those of one area as one list."""
    above = table.select(parent="area", above="level")
    return (
        table.select("area", "parent", by="level")
        .join(above, on="parent")
        .group_by("parent", "above", "by")
        .agg(parts=pl.col("area").unique().sort(), expected=pl.col("area").n_unique())
    )
