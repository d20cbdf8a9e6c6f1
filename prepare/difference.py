"""What a new state of the data changes in a released one: values compared cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import polars as pl

from model import rates
from model.catalog import BREAKDOWNS, TOTAL
from prepare import counts, states
from prepare.states import State

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
Order = Literal["absolute", "relative"]
ORDERS: tuple[Order, ...] = get_args(Order)
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


@dataclass(frozen=True)
class Declared:
    """A measure or indicator that means something else now: `changes` by word, before, after."""

    what: Literal["count", "indicator"]
    id: str
    title: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Difference:
    """All changes (CHANGES) from the state `before` to the state `after`, and what they mean."""

    before: State
    after: State
    changes: pl.DataFrame
    declared: tuple[Declared, ...]
    breaks: pl.DataFrame


def difference(before: State, after: State) -> Difference:
    """Everything that `after` changes: counts, indicators, declarations, breaks of series."""
    declared = _declared(before, after)
    breaks = pl.concat(
        [
            after.breaks.join(before.breaks, on=list(states.BREAKS), how="anti"),
            before.breaks.join(after.breaks, on=list(states.BREAKS), how="anti"),
        ]
    )
    anew = {one.id for one in declared if one.what == "count"}
    frames = [_of_measure(m, before, after, breaks, m in anew) for m in _both(before, after)]
    touched = {frame["id"][0] for frame in frames if frame.height}
    redefined = {one.id for one in declared if one.what == "indicator"}
    frames += [
        _of_indicator(indicator, before, after, breaks, indicator in redefined)
        for indicator in dict.fromkeys([*after.catalog.indicators, *before.catalog.indicators])
        if indicator in redefined or touched & _parts(indicator, before, after)
    ]
    changes = pl.concat([pl.DataFrame(schema=CHANGES), *frames])
    return Difference(before, after, ordered(changes), declared, breaks)


def ordered(changes: pl.DataFrame, by: Order = "absolute") -> pl.DataFrame:
    """The biggest first within each kind; what is gone or new by its value, no number last."""
    rank = pl.col("kind").replace_strict({kind: i for i, kind in enumerate(KINDS)})
    size = (
        pl.when(pl.col("kind") == "gone")
        .then("before")
        .when(pl.col("kind") == "new")
        .then("after")
        .otherwise(by)
    )
    names = ["what", "id", "level", "area", "period", *BREAKDOWNS]
    return changes.sort(
        [rank, size.abs(), pl.col("absolute").abs(), *names],
        descending=[False, True, True, *[False] * len(names)],
        nulls_last=True,
    )


def narrowed(found: Difference, theme: str | None, area: str | None) -> Difference:
    """Only what concerns a theme's indicators and their measures, and an area, by their ids."""
    changes, declared = found.changes, found.declared
    if theme is not None:
        own = [
            indicator
            for state in (found.before, found.after)
            for one in state.catalog.themes
            if one.id == theme
            for indicator in one.indicators
        ]
        ids = {
            "indicator": {indicator.id for indicator in own},
            "count": {m for indicator in own for m in states.measures(indicator)},
        }
        changes = changes.filter(
            pl.any_horizontal(
                (pl.col("what") == what) & pl.col("id").is_in(sorted(names))
                for what, names in ids.items()
            )
        )
        declared = tuple(one for one in declared if one.id in ids[one.what])
    if area is not None:
        changes = changes.filter(pl.col("area") == area)
    return replace(found, changes=changes, declared=declared)


def summary(changes: pl.DataFrame) -> pl.DataFrame:
    """Number of changes (`cells`) and of delivered ones by kind, what and id, in KINDS' order."""
    return (
        changes.group_by("kind", "what", "id", maintain_order=True)
        .agg(cells=pl.len(), delivered=pl.col("delivered").sum())
        .sort(
            pl.col("kind").replace_strict({kind: i for i, kind in enumerate(KINDS)}),
            "what",
            "cells",
            descending=[False, False, True],
            maintain_order=True,
        )
    )


def _both(before: State, after: State) -> list[str]:
    return sorted({*before.counts, *after.counts})


def _parts(indicator: str, before: State, after: State) -> set[str]:
    """Measures an indicator is made of, in either state."""
    found = (state.catalog.indicators.get(indicator) for state in (before, after))
    return {m for one in found if one is not None for m in states.measures(one)}


def _declared(before: State, after: State) -> tuple[Declared, ...]:
    """Measures and indicators of both states whose declaration changed."""
    found = []
    for measure in _both(before, after):
        told = _changed(before.declared(measure), after.declared(measure))
        if told:
            found.append(Declared("count", measure, after.catalog.measures[measure].title, told))
    for indicator in after.catalog.indicators.values():
        told = _changed(before.formula(indicator.id), after.formula(indicator.id))
        if told:
            found.append(Declared("indicator", indicator.id, indicator.title, told))
    return tuple(found)


def _changed(before: dict[str, str], after: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    both = before.keys() & after.keys()
    return tuple((w, before[w], after[w]) for w in after if w in both and before[w] != after[w])


def _of_measure(
    measure: str, before: State, after: State, breaks: pl.DataFrame, anew: bool
) -> pl.DataFrame:
    empty = pl.LazyFrame(schema=counts.SCHEMA)
    series = ["level", "area", *BREAKDOWNS]
    found = _compared(
        before.counts.get(measure, empty), after.counts.get(measure, empty), series
    ).with_columns(pl.lit("count").alias("what"), pl.lit(measure).alias("id"))
    return _told(found, breaks, [measure], anew)


def _of_indicator(
    indicator: str, before: State, after: State, breaks: pl.DataFrame, anew: bool
) -> pl.DataFrame:
    parts = sorted(_parts(indicator, before, after))
    values = [_values(indicator, state) for state in (before, after)]
    found = _compared(values[0], values[1], ["level", "area"]).with_columns(
        *(pl.lit(TOTAL).alias(breakdown) for breakdown in BREAKDOWNS),
        pl.lit("indicator").alias("what"),
        pl.lit(indicator).alias("id"),
    )
    return _told(found, breaks, parts, anew)


def _values(indicator: str, state: State) -> pl.LazyFrame:
    """An indicator's values with the columns of counts that _compared needs."""
    found = state.catalog.indicators.get(indicator)
    parts = [state.counts[m] for m in states.measures(found) if m in state.counts] if found else []
    keys = dict.fromkeys(("level", "area", "period"), pl.String)
    if found is None or not parts:
        given = pl.LazyFrame(schema={**keys, "value": pl.Float64, "status": pl.String})
    else:
        given = rates.values(pl.concat(parts), found).select(*keys, "value", "status")
    return given.with_columns(pl.lit(None, pl.String).alias("delivery"), *counts.nowhere())


def _compared(before: pl.LazyFrame, after: pl.LazyFrame, series: Sequence[str]) -> pl.DataFrame:
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


def _told(
    found: pl.DataFrame, breaks: pl.DataFrame, measures: Sequence[str], anew: bool
) -> pl.DataFrame:
    """The cells as CHANGES: each of one kind, against its own released value or the one before."""
    here, there = pl.col("here"), pl.col("there")
    new_period = here & ~there & pl.col("released")
    kind = (
        pl.when(~here)
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
