"""What a new state of the data changes in a released one: values compared cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

import polars as pl

from model import rates
from model.catalog import BREAKDOWNS, TOTAL
from prepare import changed_cells, counts, series_breaks, states
from prepare.changed_cells import CHANGES, KINDS
from prepare.states import State

Order = Literal["absolute", "relative"]
ORDERS: tuple[Order, ...] = get_args(Order)


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
            after.breaks.join(before.breaks, on=list(series_breaks.SCHEMA), how="anti"),
            before.breaks.join(after.breaks, on=list(series_breaks.SCHEMA), how="anti"),
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
    found = changed_cells.compared(
        before.counts.get(measure, empty), after.counts.get(measure, empty), series
    ).with_columns(pl.lit("count").alias("what"), pl.lit(measure).alias("id"))
    return changed_cells.told(found, breaks, [measure], anew)


def _of_indicator(
    indicator: str, before: State, after: State, breaks: pl.DataFrame, anew: bool
) -> pl.DataFrame:
    parts = sorted(_parts(indicator, before, after))
    values = [_values(indicator, state) for state in (before, after)]
    found = changed_cells.compared(values[0], values[1], ["level", "area"]).with_columns(
        *(pl.lit(TOTAL).alias(breakdown) for breakdown in BREAKDOWNS),
        pl.lit("indicator").alias("what"),
        pl.lit(indicator).alias("id"),
    )
    return changed_cells.told(found, breaks, parts, anew)


def _values(indicator: str, state: State) -> pl.LazyFrame:
    """An indicator's values with the columns of counts that changed_cells.compared needs."""
    found = state.catalog.indicators.get(indicator)
    parts = [state.counts[m] for m in states.measures(found) if m in state.counts] if found else []
    keys = dict.fromkeys(("level", "area", "period"), pl.String)
    if found is None or not parts:
        given = pl.LazyFrame(schema={**keys, "value": pl.Float64, "status": pl.String})
    else:
        given = rates.values(pl.concat(parts), found).select(*keys, "value", "status")
    return given.with_columns(pl.lit(None, pl.String).alias("delivery"), *counts.nowhere())
