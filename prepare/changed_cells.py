"""Cells of two states of the data compared: which differ, of what kind, by how much."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from model.catalog import BREAKDOWNS
from prepare import counts

KINDS = {
    "gone": "weggefallen",
    "definition": "Definition geändert",
    "revision": "Revision",
    "status": "Wertstatus geändert",
    "change": "neuer Zeitpunkt",
    "new": "neu",
}
"""Kinds of differences, the ones to look at first in front, with their German names.

A cell released before with another value is a revision, or a change of definition where the
declaration or a break of the series changed with it. A new period of a released series is a real
change, told against the period before. A series never released is new.
"""
CHANGES = {
    "kind": pl.String,
    "what": pl.String,
    "id": pl.String,
    "level": pl.String,
    "area": pl.String,
    "period": pl.String,
    **dict.fromkeys(BREAKDOWNS, pl.String),
    "before": pl.Float64,
    "before_status": pl.String,
    "after": pl.Float64,
    "after_status": pl.String,
    "absolute": pl.Float64,
    "relative": pl.Float64,
    "compared": pl.String,
    "delivered": pl.Boolean,
    "delivery": pl.String,
    **counts.PLACE,
}
"""One row per changed cell. `what` is 'count' or 'indicator', `relative` a share of `before`.

`compared` is the period of `before` where that is another one; `delivered` is false for sums
and quotients, which only follow from other cells.
"""
_EXACT = 1e-9
_PLACES = ("delivery", *counts.PLACE)


def compared(before: pl.LazyFrame, after: pl.LazyFrame, series: Sequence[str]) -> pl.DataFrame:
    """Cells that differ, with `released`: whether the series has any value in `before`."""
    keys = [*series, "period"]
    columns = [*keys, "value", "status", *_PLACES]
    now = after.select(columns).with_columns(
        prior=pl.col("value").shift(1).over(series, order_by="period"),
        prior_status=pl.col("status").shift(1).over(series, order_by="period"),
        prior_period=pl.col("period").shift(1).over(series, order_by="period"),
        here=pl.lit(True),
    )
    then = before.select(columns).with_columns(there=pl.lit(True))
    known = before.select(series).unique().with_columns(released=pl.lit(True))
    told, was = pl.col("status"), pl.col("status_then")
    same = pl.col("here") & pl.col("there") & (told == was) & ~_differ("value", "value_then")
    return (
        now.join(then, on=keys, how="full", coalesce=True, suffix="_then")
        .filter(~same.fill_null(False))
        .join(known, on=series, how="left")
        .with_columns(pl.col("here", "there", "released").fill_null(False))
        .with_columns(
            pl.when("here").then(name).otherwise(f"{name}_then").alias(name) for name in _PLACES
        )
        .collect()
    )


def _differ(one: str, other: str) -> pl.Expr:
    """Whether two numbers differ by more than rounding, or one of them is missing."""
    a, b = pl.col(one), pl.col(other)
    scale = pl.max_horizontal(a.abs(), b.abs(), pl.lit(1.0))
    return (a.is_null() != b.is_null()) | ((a - b).abs() > _EXACT * scale).fill_null(False)


def told(
    found: pl.DataFrame, breaks: pl.DataFrame, measures: Sequence[str], anew: bool
) -> pl.DataFrame:
    """The cells as CHANGES: each of one kind, against its own released value or the one before."""
    here, there = pl.col("here"), pl.col("there")
    new_period = here & ~there & pl.col("released")
    lost = there & pl.col("value").is_null() & pl.col("value_then").is_not_null()
    kind = (
        pl.when(~here | lost)
        .then(pl.lit("gone"))
        .when(there & ~_differ("value", "value_then"))
        .then(pl.lit("status"))
        .when(there & (pl.lit(anew) | _broken(breaks, measures, within=False)))
        .then(pl.lit("definition"))
        .when(there)
        .then(pl.lit("revision"))
        .when(new_period & _broken(breaks, measures, within=True))
        .then(pl.lit("definition"))
        .when(new_period)
        .then(pl.lit("change"))
        .otherwise(pl.lit("new"))
    )
    return (
        found.with_columns(
            kind=kind,
            before=pl.when(there).then("value_then").when(new_period).then("prior"),
            before_status=pl.when(there).then("status_then").when(new_period).then("prior_status"),
            after=pl.when(here).then("value"),
            after_status=pl.when(here).then("status"),
            compared=pl.when(new_period).then("prior_period"),
            delivered=pl.col("file").is_not_null(),
        )
        .with_columns(absolute=pl.col("after") - pl.col("before"))
        .with_columns(
            relative=pl.when(pl.col("before") != 0).then(
                pl.col("absolute") / pl.col("before").abs()
            )
        )
        .select(CHANGES.keys())
        .cast(CHANGES)  # type: ignore[arg-type]
    )


def _broken(breaks: pl.DataFrame, measures: Sequence[str], within: bool) -> pl.Expr:
    """Whether a changed break concerns a cell: its period lies in the new series.

    With `within`, only where the break lies between the cell and the one it is compared with.
    """
    concerned = pl.lit(False)
    for row in breaks.filter(pl.col("measure").is_in(["", *measures])).to_dicts():
        cell = pl.col("period") >= row["period"]
        cell &= pl.lit(row["area"] == "") | (pl.col("area") == row["area"])
        cell &= pl.col("prior_period") < row["period"] if within else pl.lit(True)
        concerned |= cell
    return concerned.fill_null(False)
