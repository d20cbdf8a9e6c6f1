"""The series of one indicator in the areas that news are told of: the city and its districts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from model import areas, history, rates, safeguards, status
from model.areas import Area
from model.catalog import Catalog, Indicator
from model.history import Break
from model.view import Figure
from prepare import counts
from prepare.states import State

MARKS = ("preliminary", "estimated", "modelled")
"""Statuses of a number that are said wherever it stands, from harmless to grave."""


@dataclass(frozen=True)
class Step:
    """An area's figures at the newest period of its level and the one before.

    `same` says whether both are of one part of the series, with no break between them.
    """

    indicator: Indicator
    period_before: str
    period: str
    before: Figure
    after: Figure
    same: bool

    @property
    def area(self) -> str:
        """The id of the area."""
        return self.after.area.id


@dataclass(frozen=True)
class Series:
    """An indicator's figures by area and period, and the part of the series each belongs to.

    `periods` are those of each level, ascending.
    """

    indicator: Indicator
    breaks: tuple[Break, ...]
    periods: Mapping[str, Sequence[str]]
    figures: Mapping[tuple[str, str], tuple[Figure, int]]

    def steps(self, level: str) -> Iterator[Step]:
        """The last steps of the level's areas that have a row at both of its periods."""
        known = self.periods.get(level, ())
        if len(known) < 2:
            return
        before, after = known[-2:]
        for (area, period), (figure, part) in self.figures.items():
            if period == after and figure.area.level == level and (area, before) in self.figures:
                old, old_part = self.figures[area, before]
                yield Step(self.indicator, before, after, old, figure, part == old_part)


def levels(catalog: Catalog) -> tuple[str, ...]:
    """The levels whose areas have news: the whole city's first, then the default one."""
    return tuple(dict.fromkeys((catalog.city.city_level, catalog.city.default_level)))


def places(catalog: Catalog, table: pl.DataFrame) -> dict[str, Area]:
    """Those areas by id, in the order they are told of, from a release's table of areas."""
    rows = table.sort("order").to_dicts()
    found = [areas.area(row) for level in levels(catalog) for row in rows if row["level"] == level]
    return {area.id: area for area in found}


def series(state: State, indicator: Indicator, known: Mapping[str, Area]) -> Series:
    """The series of an indicator in a state of the data, for the `known` areas."""
    breaks = history.breaks(state.breaks, indicator)
    found = values(cells(state, indicator), state.catalog, indicator)
    rows = found.filter(pl.col("area").is_in(list(known))).with_columns(history.part(breaks))
    names = ("value", "status", "numerator", "denominator")
    return Series(
        indicator,
        breaks,
        periods(rows),
        {
            (row["area"], row["period"]): (
                Figure(known[row["area"]], *(row[name] for name in names)),
                row["part"],
            )
            for row in rows.to_dicts()
        },
    )


def cells(state: State, indicator: Indicator) -> pl.DataFrame:
    """The counts (counts.SCHEMA) an indicator is made of, on the levels that have news."""
    names = dict.fromkeys(term.measure for term in indicator.terms)
    frames = [state.counts[name] for name in names if name in state.counts]
    return (
        pl.concat([pl.LazyFrame(schema=counts.SCHEMA), *frames], how="diagonal")
        .filter(pl.col("level").is_in(list(levels(state.catalog))))
        .select(counts.SCHEMA.keys())
        .collect()
    )


def values(found: pl.DataFrame, catalog: Catalog, indicator: Indicator) -> pl.DataFrame:
    """An indicator's values (rates.values) from its counts, none of too few people."""
    least = safeguards.fewest(catalog, indicator)
    return rates.values(found.lazy(), indicator, least).collect()


def periods(rows: pl.DataFrame) -> dict[str, list[str]]:
    """The periods of each level, ascending."""
    pairs = rows.select("level", "period").unique().sort("level", "period").rows()
    return {level: [p for own, p in pairs if own == level] for level, _period in pairs}


def mark(*figures: str) -> str:
    """The gravest of some statuses that is said wherever a number stands; '' if none is."""
    told = [name for name in figures if name in MARKS]
    return max(told, key=status.ORDER.index, default="")
