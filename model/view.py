"""One view of one indicator, computed: what every chart, table, sentence and export shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from model import classes
from model.areas import Area
from model.catalog import City, Indicator, Level, Source, Theme
from model.selection import METHODS, Selection


@dataclass(frozen=True)
class Figure:
    """One value of one area; `value` is None exactly when `status` says why it is missing."""

    area: Area
    value: float | None
    status: str
    numerator: float | None
    denominator: float | None


@dataclass(frozen=True)
class Origin:
    """Where the figures of a view come from, as every footer says it."""

    sources: tuple[Source, ...]
    bases: tuple[str, ...]


@dataclass(frozen=True)
class Citation:
    """A figure as published elsewhere, for one area and period; `text` is value and unit."""

    area: Area
    period: str
    text: str
    title: str
    basis: str
    source: str


@dataclass(frozen=True)
class View:
    """A selection with its figures.

    `figures` are the areas of the level in their order, `yardsticks` the city and what it is
    compared with, `series` all periods of both (level, area, name, period, value, status and
    the value as text), `limits` the inner class limits.
    """

    city: City
    release: str
    theme: Theme
    indicator: Indicator
    selection: Selection
    level: Level
    figures: tuple[Figure, ...]
    yardsticks: tuple[Figure, ...]
    series: pl.DataFrame
    limits: tuple[float, ...]
    origin: Origin
    citations: tuple[Citation, ...]
    yardstick_bases: tuple[str, ...]
    modelled: bool

    @property
    def chosen(self) -> tuple[Figure, ...]:
        """Figures of the chosen areas, in the order they were chosen."""
        known = {figure.area.id: figure for figure in self.figures}
        return tuple(known[area] for area in self.selection.areas)

    @property
    def city_figure(self) -> Figure | None:
        """The figure a district may be held against; a city's head count is no such yardstick."""
        city = self.yardsticks[:1]
        comparable = self.indicator.denominator and self.level.id != self.city.city_level
        return city[0] if city and comparable else None

    @property
    def in_front(self) -> tuple[Figure, ...]:
        """What the view speaks of when no area is chosen: the city, else its only area."""
        return self.figures if len(self.figures) == 1 else self.yardsticks[:1]

    @property
    def areas(self) -> str:
        """How the areas of the view are called: 'Stadtbezirke', or 'Stadt' for the only one."""
        return self.level.title if len(self.figures) == 1 else self.level.plural

    @property
    def missing(self) -> tuple[Figure, ...]:
        """Figures without a number."""
        return tuple(figure for figure in self.figures if figure.value is None)

    def code(self, figure: Figure) -> int:
        """The class of a figure; behind the classes come 'suppressed' and 'no figure'."""
        if figure.value is not None:
            return classes.number_of(figure.value, self.limits, self.indicator.decimals)
        return len(self.limits) + (1 if figure.status == "suppressed" else 2)

    def counts(self) -> list[int]:
        """How many areas fall into each class, then how many are suppressed and without figure."""
        codes = [self.code(figure) for figure in self.figures]
        return [codes.count(code) for code in range(len(self.limits) + 3)]


def build(
    city: City,
    release: str,
    theme: Theme,
    indicator: Indicator,
    selection: Selection,
    values: pl.DataFrame,
    areas: Mapping[str, Mapping[str, Area]],
    deliveries: Mapping[str, Mapping[str, object]],
    citations: tuple[Citation, ...] = (),
) -> View:
    """The view of a selection, from the indicator's values and the release's areas.

    `release` is the release id, for footers and file names; `deliveries` are the manifest's:
    source, basis and more by id. Areas of the level without a row are not collected.
    """
    level = city.level(selection.level)
    now = values.filter(pl.col("period") == selection.period)
    figures = _figures(now, areas[level.id])
    yardstick_levels = _yardstick_levels(city, level)
    yardsticks = [
        figure
        for name in yardstick_levels
        for figure in _figures(now, areas[name])
        if figure.value is not None
    ]
    pool = values.filter(pl.col("level") == level.id)
    if not selection.hold:
        pool = pool.filter(pl.col("period") == selection.period)
    names = pl.DataFrame(
        [(a.id, a.name) for name in (level.id, *yardstick_levels) for a in areas[name].values()],
        schema={"area": pl.String, "name": pl.String},
        orient="row",
    )
    sources = {source.id: source for source in city.sources}
    used = _deliveries(now.filter(pl.col("level") == level.id))
    beside = _deliveries(now.filter(pl.col("level").is_in(yardstick_levels)))
    bases = _distinct(str(deliveries[name]["basis"]) for name in used if name in deliveries)
    return View(
        city=city,
        release=release,
        theme=theme,
        indicator=indicator,
        selection=selection,
        level=level,
        figures=tuple(figures),
        yardsticks=tuple(yardsticks),
        series=values.join(names, on="area").select(
            "level", "area", "name", "period", "value", "status", "text"
        ),
        limits=classes.breaks(
            pool["value"].drop_nulls().to_list(),
            indicator.classes,
            indicator.decimals,
            METHODS[selection.method],
            selection.count,
        ),
        origin=Origin(
            sources=tuple(
                sources[source]
                for source in _distinct(
                    str(deliveries[name]["source"])
                    for name in (*used, *beside)
                    if name in deliveries
                )
            ),
            bases=bases,
        ),
        citations=citations,
        yardstick_bases=tuple(
            basis
            for basis in _distinct(
                str(deliveries[name]["basis"]) for name in beside if name in deliveries
            )
            if basis not in bases
        ),
        modelled=bool(
            (
                now.filter(pl.col("level").is_in([level.id, *yardstick_levels]))["status"]
                == "modelled"
            ).any()
        ),
    )


def _figures(now: pl.DataFrame, areas: Mapping[str, Area]) -> list[Figure]:
    rows = now.rows_by_key("area", named=True, unique=True)
    none = {"value": None, "status": "not_collected", "numerator": None, "denominator": None}
    found = ((area, rows.get(area.id, none)) for area in areas.values())
    return [
        Figure(area, row["value"], row["status"], row["numerator"], row["denominator"])
        for area, row in found
    ]


def _yardstick_levels(city: City, level: Level) -> list[str]:
    """The city first, then the wider yardsticks from near to far; never the level itself."""
    wider = [other.id for other in reversed(city.levels) if other.comparison]
    return [name for name in (city.city_level, *wider) if name != level.id]


def _deliveries(rows: pl.DataFrame) -> list[str]:
    return rows["deliveries"].explode().drop_nulls().unique(maintain_order=True).to_list()


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))
