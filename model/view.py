"""One view of one indicator, computed: what every chart, table, sentence and export shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from model import classes, completing, events, formats, history, signs, status
from model.areas import Area
from model.catalog import PUBLISHED, ZONE, City, Indicator, Level, Source, Theme
from model.events import Event
from model.history import Break
from model.safeguards import Safeguard
from model.selection import METHODS, Selection


@dataclass(frozen=True)
class Figure:
    """One value of one area; `value` is None exactly when `status` says why it is missing.

    `first` is what was published first, where it reads differently. Numerator and denominator
    have statuses of their own; without a denominator there is none. Where a zone has no value,
    it is `without` these parts, and there is one `instead` for the nearest zone or the city.
    """

    area: Area
    value: float | None
    status: str
    numerator: float | None
    denominator: float | None
    first: float | None = None
    numerator_status: str | None = None
    denominator_status: str | None = None
    without: tuple[Area, ...] = ()
    instead: Area | None = None

    @property
    def revised(self) -> bool:
        """Whether the number was another before."""
        return self.first is not None or self.status == "revised"


@dataclass(frozen=True)
class Origin:
    """Where figures come from, as every footer says it.

    `stands` are the newest Stand of each delivery that tells one, as ISO dates; `bases` are those
    of the areas, `yardstick_bases` others that only yardsticks have; `modelled` and `published`
    say whether there are such figures among them.
    """

    sources: tuple[Source, ...]
    bases: tuple[str, ...]
    yardstick_bases: tuple[str, ...]
    modelled: bool
    published: bool
    stands: tuple[str, ...]


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

    `figures` are the areas of the level in their order, `zones` what of the chosen areas is put
    together and no area of the level, `yardsticks` the city and what else it
    is compared with, `series` all of them for all periods of the level (level, area, name, period,
    value, numerator, denominator, their statuses, status, text, first, first_text, and part, which
    counts the breaks before; a period without a row is not collected), `limits` the inner class
    limits, `citations` what was published about the indicator, `breaks` where its series start
    anew, `events` what began in the chosen areas meanwhile. `origin` speaks of the period shown,
    `whole` of the series, `safeguard` of the protection. What is `internal` says so wherever it is
    shown or taken along.
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
    whole: Origin
    citations: tuple[Citation, ...]
    breaks: tuple[Break, ...]
    safeguard: Safeguard
    internal: bool = False
    events: tuple[Event, ...] = ()
    zones: tuple[Figure, ...] = ()

    @property
    def own(self) -> tuple[Figure, ...]:
        """The areas of the level and the chosen zones: what has a row of its own."""
        return (*self.figures, *self.zones)

    @property
    def outlined(self) -> dict[str, int]:
        """The areas of the level that are chosen, or lie in a chosen zone, with its place.

        An area that is both counts for itself.
        """
        found: dict[str, int] = {}
        for place, figure in enumerate(self.chosen):
            parts = set(figure.area.parts)
            for other in self.figures:
                if {other.area.id, other.area.parent} & parts:
                    found.setdefault(other.area.id, place)
        alone = {f.area.id: n for n, f in enumerate(self.chosen) if not f.area.parts}
        return found | alone

    @property
    def chosen(self) -> tuple[Figure, ...]:
        """Figures of the chosen areas, in the order they were chosen."""
        known = {figure.area.id: figure for figure in self.own}
        return tuple(known[area] for area in self.selection.areas)

    @property
    def city_figure(self) -> Figure | None:
        """The figure a district may be held against; a city's head count is no such yardstick."""
        city = self._city
        known = city is not None and city.value is not None
        return city if known and self.indicator.denominator else None

    @property
    def in_front(self) -> tuple[Figure, ...]:
        """What the view speaks of when no area is chosen: its only area, else the city."""
        if len(self.figures) == 1:
            return self.figures
        return (self._city,) if self._city else ()

    @property
    def _city(self) -> Figure | None:
        return next((f for f in self.yardsticks if f.area.level == self.city.city_level), None)

    @property
    def beside(self) -> tuple[Figure, ...]:
        """Yardsticks that are alone on their level: city, Kreis and Land, not the neighbours."""
        alone = Counter(figure.area.level for figure in self.yardsticks)
        return tuple(f for f in self.yardsticks if alone[f.area.level] == 1)

    @property
    def compared(self) -> tuple[Figure, ...]:
        """Yardsticks of a table at its period; neighbours without a number are left out."""
        return tuple(f for f in self.yardsticks if f in self.beside or f.value is not None)

    @property
    def areas(self) -> str:
        """How the areas of the view are called: 'Stadtbezirke', or 'Stadt' for the only one."""
        return self.level.title if len(self.figures) == 1 else self.level.plural

    @property
    def missing(self) -> tuple[Figure, ...]:
        """Figures without a number."""
        return tuple(figure for figure in self.figures if figure.value is None)

    def code(self, figure: Figure) -> int:
        """The class of a figure; behind the classes come the reasons of status.ABSENT."""
        if figure.value is not None:
            return classes.number_of(figure.value, self.limits, self.indicator.decimals)
        return len(self.limits) + 1 + status.ABSENT.index(figure.status)

    def counts(self) -> list[int]:
        """How many areas fall into each class, then how many lack a figure for each reason."""
        codes = [self.code(figure) for figure in self.figures]
        return [codes.count(code) for code in range(len(self.limits) + 1 + len(status.ABSENT))]

    def kinds(self, figure: Figure) -> tuple[str, ...]:
        """What a figure is marked with, see model/signs.py."""
        return signs.kinds(
            figure.status,
            figure.value,
            self.indicator.decimals,
            rounded=self.safeguard.rounds(figure.area.level),
            revised=figure.revised,
        )

    def row_kinds(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """The same for a row of the series."""
        return signs.kinds(
            row["status"],
            row["value"],
            self.indicator.decimals,
            rounded=self.safeguard.rounds(row["level"]),
            revised=row["first"] is not None,
        )

    def sign(self, found: Sequence[str]) -> str:
        """Marks as the signs of the set in use."""
        return signs.text(found, self.selection.signs)

    def place(self, figure: Figure) -> int | None:
        """The place among the areas with a number, from high to low; equal numbers share one.

        A zone is none of them and has no place.
        """
        if figure.value is None or figure.area.level == ZONE:
            return None
        shown = formats.rounded(figure.value, self.indicator.decimals)
        known = [f.value for f in self.figures if f.value is not None]
        return 1 + sum(formats.rounded(v, self.indicator.decimals) > shown for v in known)


def build(
    city: City,
    release: str,
    theme: Theme,
    indicator: Indicator,
    selection: Selection,
    values: pl.DataFrame,
    areas: Mapping[str, Mapping[str, Area]],
    deliveries: Mapping[str, Mapping[str, Any]],
    guard: Safeguard,
    citations: tuple[Citation, ...] = (),
    breaks: tuple[Break, ...] = (),
    internal: bool = False,
    happened: tuple[Event, ...] = (),
) -> View:
    """The view of a selection, from the indicator's values and the release's areas.

    `release` is the release id, for footers and file names; `deliveries` are the manifest's:
    source, basis and more by id; `guard` are the indicator's rules of protection; `internal` says
    that only the city's own offices may see it; `happened` is what the
    chosen areas list. Areas of the level without a row are not collected.
    """
    level = city.level(selection.level)
    own = values.filter(pl.col("level") == level.id)
    yardstick_levels = _yardstick_levels(city, level, areas)
    zones = [areas[ZONE][area] for area in selection.areas if area in areas.get(ZONE, {})]
    joined = (pl.col("level") == ZONE) & pl.col("area").is_in([zone.id for zone in zones])
    shown = values.filter(
        pl.col("level").is_in([level.id, *yardstick_levels]) | joined,
        pl.col("period").is_in(own["period"].unique().to_list()),
    )
    now = shown.filter(pl.col("period") == selection.period)
    known = set(shown["area"])
    yardsticks = [area for name in yardstick_levels for area in areas[name].values()]
    yardsticks = [area for area in yardsticks if area.id in known]
    pool = own if selection.hold else own.filter(pl.col("period") == selection.period)
    sources = {source.id: source for source in city.sources}
    shown_areas = [*areas[level.id].values(), *zones, *yardsticks]
    here = history.within(breaks, {area.id for area in shown_areas}, shown["period"].to_list())
    return View(
        city=city,
        release=release,
        theme=theme,
        indicator=indicator,
        selection=selection,
        level=level,
        figures=_figures(now, areas[level.id].values()),
        zones=tuple(
            _explained(figure, values, selection.period, areas, city.city_level, guard)
            for figure in _figures(now, zones)
        ),
        yardsticks=_figures(now, yardsticks),
        series=_series(shown, shown_areas).with_columns(history.part(here)),
        limits=classes.breaks(
            pool["value"].drop_nulls().to_list(),
            indicator.classes,
            indicator.decimals,
            METHODS[selection.method],
            selection.count,
        ),
        origin=_origin(now, level, sources, deliveries, citations),
        whole=_origin(shown, level, sources, deliveries, citations),
        citations=citations,
        breaks=here,
        safeguard=guard,
        internal=internal,
        events=events.within(happened, set(shown["period"]), indicator.reference),
    )


def _series(shown: pl.DataFrame, areas: Sequence[Area]) -> pl.DataFrame:
    """Every area at every period; where there is no row the figure was not collected."""
    named = pl.DataFrame(
        {
            "level": [area.level for area in areas],
            "area": [area.id for area in areas],
            "name": [area.name for area in areas],
        }
    )
    periods = shown.select(pl.col("period").unique().sort())
    counts = ("numerator", "denominator", "numerator_status", "denominator_status")
    said = ("status", "text", "first", "first_text")
    rows = shown.select("area", "period", "value", *counts, *said)
    return (
        named.join(periods, how="cross")
        .join(rows, on=["area", "period"], how="left", maintain_order="left")
        .with_columns(pl.col("status").fill_null("not_collected"))
    )


def _origin(
    rows: pl.DataFrame,
    level: Level,
    sources: Mapping[str, Source],
    deliveries: Mapping[str, Mapping[str, Any]],
    citations: Sequence[Citation],
) -> Origin:
    inside = pl.col("level").is_in([level.id, ZONE])
    own, beside = _deliveries(rows.filter(inside)), _deliveries(rows.filter(~inside))
    bases = _bases(rows.filter(inside), own, deliveries, citations)
    others = _bases(rows.filter(~inside), beside, deliveries, citations)
    statuses = set(rows["status"])
    return Origin(
        sources=tuple(
            sources[source]
            for source in _distinct(str(deliveries[name]["source"]) for name in (*own, *beside))
        ),
        bases=bases,
        yardstick_bases=tuple(basis for basis in others if basis not in bases),
        modelled="modelled" in statuses,
        published=bool(statuses - status.MISSING - {"modelled"}),
        stands=_stands(deliveries[name] for name in (*own, *beside)),
    )


def _stands(deliveries: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The newest Stand of each delivery, each once, ascending."""
    newest = (
        max((file.get("stand") or "" for file in delivery["files"]), default="")
        for delivery in deliveries
    )
    return tuple(sorted({stand for stand in newest if stand}))


def _bases(
    rows: pl.DataFrame,
    names: Sequence[str],
    deliveries: Mapping[str, Mapping[str, Any]],
    citations: Sequence[Citation],
) -> tuple[str, ...]:
    """The bases of deliveries; published single figures each bring their own."""
    bases = [str(deliveries[name]["basis"]) for name in names if name != PUBLISHED]
    if PUBLISHED in names:
        cells = set(rows.select("area", "period").iter_rows())
        bases += [c.basis for c in citations if (c.area.id, c.period) in cells]
    return _distinct(bases)


def _figures(now: pl.DataFrame, areas: Iterable[Area]) -> tuple[Figure, ...]:
    rows = now.rows_by_key("area", named=True, unique=True)
    names = (
        *("value", "status", "numerator", "denominator", "first"),
        *("numerator_status", "denominator_status"),
    )
    none = {**dict.fromkeys(names), "status": "not_collected"}
    found = ((area, rows.get(area.id, none)) for area in areas)
    return tuple(Figure(area, *(row[name] for name in names)) for area, row in found)


def _explained(
    figure: Figure,
    values: pl.DataFrame,
    period: str,
    areas: Mapping[str, Mapping[str, Area]],
    city: str,
    guard: Safeguard,
) -> Figure:
    """The figure of a zone; without a value it says because of which parts, and what is near."""
    if figure.value is not None:
        return figure
    now = values.filter(pl.col("period") == period)
    rows = {row["area"]: row for row in now.iter_rows(named=True)}
    known = {area.id: area for level in areas.values() for area in level.values()}
    return replace(
        figure,
        without=tuple(known[part] for part in completing.lacking(figure.area, rows, figure.status)),
        instead=completing.nearest(figure.area, rows, areas, city, guard.denominator),
    )


def _yardstick_levels(
    city: City, level: Level, areas: Mapping[str, Mapping[str, Area]]
) -> list[str]:
    """The city, then the wider yardsticks from near to far, then levels of many neighbours.

    Never the level itself.
    """
    wider = [other.id for other in reversed(city.levels) if other.comparison]
    wider.sort(key=lambda name: len(areas[name]) > 1)
    return [name for name in (city.city_level, *wider) if name != level.id]


def _deliveries(rows: pl.DataFrame) -> list[str]:
    return rows["deliveries"].explode().drop_nulls().unique(maintain_order=True).to_list()


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))
