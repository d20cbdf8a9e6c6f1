"""What a relation of two indicators shows: both views, residents, coefficients, ways, a matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, groupby

import polars as pl

from loaders import indicators, mapsets, views
from loaders.releases import Release
from model import contrasts, correlation, relation
from model.catalog import BREAKDOWNS, TOTAL, Indicator
from model.correlation import Correlation
from model.mapset import Offer
from model.relation import Relation
from model.selection import METHODS, Selection
from model.view import View


@dataclass(frozen=True)
class Stop:
    """Where an area was at a step: its numbers of both indicators."""

    step: str
    x: float
    y: float


Way = tuple[tuple[Stop, ...], ...]
"""The stops of an area in their order, parted where a number is missing or a series breaks."""


@dataclass(frozen=True)
class Pairing:
    """Both views of a relation with what is told of their areas.

    `residents` are those of each area at `counted`, None where that is not told; `steps` the
    periods both have.
    """

    x: View
    y: View
    found: Correlation
    residents: Mapping[str, float | None]
    counted: str
    steps: tuple[str, ...]

    @property
    def views(self) -> tuple[View, View]:
        """Both views."""
        return self.x, self.y


@dataclass(frozen=True)
class Cell:
    """The correlation of two indicators of a matrix at the newest step both have.

    `holds` says whether its rank coefficient, `linear` whether the other one, is more than chance
    among all cells of the matrix, at a false discovery rate of 5 %.
    """

    step: str
    found: Correlation
    holds: bool
    linear: bool


@lru_cache(maxsize=2)
def offer(release: Release) -> Offer | None:
    """The levels of several areas that have two indicators or more, mapped or not."""
    return mapsets.offered(release, [level.id for level in release.catalog.city.levels], fewest=2)


def pairing(release: Release, chosen: Relation) -> Pairing:
    """Both views of a relation, with the residents and the coefficients."""
    known = [_periods(release, name, chosen.level) for name in (chosen.x, chosen.y)]
    x, y = (
        _view(release, name, chosen.level, relation.at(chosen.period, periods))
        for name, periods in zip((chosen.x, chosen.y), known, strict=True)
    )
    values = [{figure.area.id: figure.value for figure in view.figures} for view in (x, y)]
    counted, residents = _residents(release, chosen.level, x.selection.period[:4])
    return Pairing(
        x,
        y,
        correlation.correlation(correlation.paired(*values)),
        residents,
        counted,
        relation.steps(*known),
    )


def ways(pair: Pairing, areas: tuple[str, ...]) -> dict[str, Way]:
    """The way of each of some areas through all steps of a pairing."""
    if pair.steps == (relation.NEWEST,):
        return {}
    seen = [
        {
            (row["area"], row["period"]): (row["value"], row["part"])
            for row in view.series.filter(pl.col("area").is_in(areas)).iter_rows(named=True)
        }
        for view in pair.views
    ]
    periods = [view.series["period"].unique().sort().to_list() for view in pair.views]
    found = {}
    for area in areas:
        stops, run = [], 0
        before: tuple[object, ...] = ()
        for step in pair.steps:
            (x, part), (y, other) = (
                own.get((area, relation.at(step, there)), (None, 0))
                for own, there in zip(seen, periods, strict=True)
            )
            if x is None or y is None:
                run += 1
                continue
            run += (part, other) != before
            before = (part, other)
            stops.append((run, Stop(step, x, y)))
        found[area] = tuple(
            tuple(stop for _run, stop in same) for _run, same in groupby(stops, lambda one: one[0])
        )
    return found


@lru_cache(maxsize=32)
def matrix(release: Release, theme: str, level: str) -> dict[tuple[str, str], Cell]:
    """The correlations of all pairs of a theme's indicators at a level, judged together."""
    names = [one.id for one in indicators_of(release, theme, level)]
    raw = {pair: _correlated(release, *pair, level) for pair in combinations(names, 2)}
    told = [found for _step, found in raw.values()]
    ranks = _discoveries([one.spearman for one in told])
    linear = _discoveries([one.pearson for one in told])
    return {
        pair: Cell(step, found, ranks[place], linear[place])
        for place, (pair, (step, found)) in enumerate(raw.items())
    }


def indicators_of(release: Release, theme: str, level: str) -> list[Indicator]:
    """The indicators of a theme that have numbers at a level."""
    return [
        one for one in release.catalog.theme(theme).indicators if _periods(release, one.id, level)
    ]


def newest(release: Release, theme: str, level: str) -> list[View]:
    """The newest view of each indicator of a theme that has numbers at a level."""
    return [
        _view(release, one.id, level, _periods(release, one.id, level)[-1])
        for one in indicators_of(release, theme, level)
    ]


def _discoveries(found: list[correlation.Coefficient | None]) -> list[bool]:
    alpha = contrasts.threshold([one.p for one in found if one])
    return [bool(one and one.p <= alpha) for one in found]


def _correlated(release: Release, x: str, y: str, level: str) -> tuple[str, Correlation]:
    known = [_periods(release, name, level) for name in (x, y)]
    step = relation.steps(*known)[-1]
    values = [
        _values(release, name, level, relation.at(step, periods))
        for name, periods in zip((x, y), known, strict=True)
    ]
    return step, correlation.correlation(correlation.paired(*values))


@lru_cache(maxsize=512)
def _values(release: Release, name: str, level: str, period: str) -> dict[str, float | None]:
    """The values of all areas that have a row; the others are not collected."""
    rows = indicators.values(release, release.catalog.indicators[name]).filter(
        (pl.col("level") == level) & (pl.col("period") == period)
    )
    return dict(zip(rows["area"], rows["value"], strict=True))


def _periods(release: Release, name: str, level: str) -> tuple[str, ...]:
    return indicators.periods(release, release.catalog.indicators[name], level)


def _view(release: Release, name: str, level: str, period: str) -> View:
    """The view of an indicator with the classes it asks for."""
    catalog = release.catalog
    classes = catalog.indicators[name].classes
    method = next(key for key, value in METHODS.items() if value == classes.method)
    theme = catalog.theme_of(name).id
    signs = catalog.city.signs
    asked = Selection(theme, name, level, period, method=method, count=classes.count, signs=signs)
    return views.view_of(release, asked)


@lru_cache(maxsize=64)
def _residents(release: Release, level: str, year: str) -> tuple[str, dict[str, float | None]]:
    """The residents of each area at the last period up to a year, else the first; and when."""
    path = f"counts/{release.catalog.protection.residents}.parquet"
    if path not in release.manifest["files"]:
        return "", {}
    rows = release.table(path).filter(
        pl.col("level") == level, *(pl.col(one) == TOTAL for one in BREAKDOWNS)
    )
    periods = rows["period"].unique().sort().to_list()
    if not periods:
        return "", {}
    period = max((one for one in periods if one[:4] <= year), default=periods[0])
    now = rows.filter(pl.col("period") == period)
    return period, dict(zip(now["area"], now["value"], strict=True))
