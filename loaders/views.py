"""Views of the release: a selection in, everything the screen shows out."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import polars as pl

from loaders import areas, events, history, indicators
from loaders.releases import Release
from model import formats, safeguards, view
from model.catalog import Indicator
from model.events import Event
from model.selection import STEP, Selection


def view_of(release: Release, selection: Selection) -> view.View:
    """The view of a selection; its figures are kept, whatever tab or renderer shows them."""
    plain = replace(selection, view="karte", renderer="auto", picture="karte", since=STEP)
    plain = replace(plain, intervals=False)
    figures = _view_of(release, plain)
    return replace(figures, selection=selection)


@lru_cache(maxsize=512)
def _view_of(release: Release, selection: Selection) -> view.View:
    catalog = release.catalog
    indicator = catalog.indicators[selection.indicator]
    return view.build(
        catalog.city,
        release.id,
        catalog.theme(selection.theme),
        indicator,
        selection,
        indicators.values(release, indicator, selection.first),
        areas.by_level(release),
        release.manifest["deliveries"],
        safeguards.safeguard(catalog, indicator),
        _citations(release, indicator),
        history.breaks(release, indicator),
        release.internal,
        _events(release, selection),
    )


def _events(release: Release, selection: Selection) -> tuple[Event, ...]:
    """What happened in the whole city, and in the chosen areas of the level that lists events."""
    here = selection.level == release.catalog.city.default_level
    areas = selection.areas if here else ()
    found = dict.fromkeys(event for area in ("", *areas) for event in events.of(release, area))
    return tuple(sorted(found, key=lambda event: event.start, reverse=True))


def _citations(release: Release, indicator: Indicator) -> tuple[view.Citation, ...]:
    """Published figures about an indicator: its own, or those of a count in its numerator."""
    cells = [
        (pl.col("measure") == term.measure)
        & pl.col("age").is_in(term.age)
        & pl.col("sex").is_in(term.sex)
        & pl.col("nationality").is_in(term.nationality)
        for term in indicator.numerator
    ]
    found = indicators.published(release).filter(
        pl.any_horizontal(pl.col("indicator") == indicator.id, *cells)
    )
    named = {area.id: area for level in areas.by_level(release).values() for area in level.values()}
    return tuple(
        view.Citation(
            area=named[row["area"]],
            period=row["period"],
            text=f"{formats.plain(row['value'])}{formats.NBSP}{row['unit']}",
            title=row["title"],
            basis=row["basis"],
            source=row["source"],
        )
        for row in found.sort("period", descending=True).iter_rows(named=True)
        if row["area"] in named
    )


def city_figure(release: Release, indicator: Indicator) -> tuple[view.Figure | None, str | None]:
    """The city's newest figure of an indicator and its period, if there is one."""
    level = release.catalog.city.city_level
    scope = indicators.scope(release, indicator)
    if not scope.periods.get(level):
        return None, None
    selection = Selection(
        release.catalog.theme_of(indicator.id).id, indicator.id, level, scope.periods[level][-1]
    )
    return view_of(release, selection).figures[0], selection.period
