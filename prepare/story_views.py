"""Views that stories show, held against what the release will offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import parse_qsl

import polars as pl
from markdown_it.token import Token

from model import comparison, selection, supply_links
from model.catalog import ZONE, Indicator, Theme
from model.selection import Scope
from model.story import Shown
from model.supply_links import Offer
from prepare import prose
from prepare.cited import Cells
from prepare.findings import nearest

_REMEDY = "Die Ansicht in der Anwendung einstellen und ihren Link übernehmen."


def shown(children: Sequence[Token]) -> Shown | None:
    """The view a paragraph is, if it is a link and nothing else."""
    kinds = [child.type for child in children]
    if kinds != ["link_open", "text", "link_close"] or prose.is_reference(prose.href(children[0])):
        return None
    return Shown(text=children[1].content, address=prose.href(children[0]))


def wrong(view: Shown, cells: Cells) -> Iterator[tuple[str, str]]:
    """Why a page does not show a view as its address says; with a remedy."""
    page, _mark, said = view.address.partition("?")
    query = dict(parse_qsl(said))
    themes = {theme.id: theme for theme in cells.catalog.themes}
    if page in _PAGES:
        yield from _PAGES[page](query, cells)
    elif page in themes:
        yield from _wrong_theme(themes[page], query, cells)
    else:
        yield (
            f'"{page}" ist kein Thema und keine Seite, die zu zeigen ist.',
            nearest(page, [*themes, *_PAGES]),
        )


def _wrong_theme(theme: Theme, query: Mapping[str, str], cells: Cells) -> Iterator[tuple[str, str]]:
    known = {indicator.id: indicator for indicator in theme.indicators}
    if query.get("indikator") not in known:
        yield (
            "Der Indikator fehlt, oder das Thema hat ihn nicht.",
            nearest(query.get("indikator", ""), known),
        )
        return
    indicator = known[query["indikator"]]
    _selection, notices = selection.parse(theme, indicator, _scope(indicator, cells), query)
    yield from _taken_over(notices)


def _wrong_comparison(query: Mapping[str, str], cells: Cells) -> Iterator[tuple[str, str]]:
    """Why `/vergleich` does not show what is asked."""
    chosen, notices = comparison.parse(cells.catalog, _districts(cells, zones=True), query)
    if not chosen.areas and not notices:
        yield "Der Vergleich nennt kein Gebiet.", "gebiet=... ergänzen."
    yield from _taken_over(notices)


def _wrong_supply(query: Mapping[str, str], cells: Cells) -> Iterator[tuple[str, str]]:
    """Why `/angebot` does not show what is asked."""
    level = cells.catalog.city.default_level
    needs = {
        indicator.id: indicator.title
        for indicator in cells.catalog.indicators.values()
        if level in cells.values(indicator)["level"]
    }
    if not cells.catalog.facility_types or not needs:
        yield "Diese Seite gibt es ohne Einrichtungen nicht.", _REMEDY
        return
    offer = Offer(cells.catalog.facility_types_by_id, needs, _districts(cells))
    _setting, notices = supply_links.parse(offer, query)
    yield from _taken_over(notices)


_PAGES: Mapping[str, Callable[[Mapping[str, str], Cells], Iterator[tuple[str, str]]]] = {
    "vergleich": _wrong_comparison,
    "angebot": _wrong_supply,
}
"""The pages besides the themes whose views a story shows."""


def _taken_over(notices: Iterable[str]) -> Iterator[tuple[str, str]]:
    for notice in notices:
        yield notice, _REMEDY


def _districts(cells: Cells, zones: bool = False) -> dict[str, str]:
    """The names by id of the areas that have a page of their own, with zones or without."""
    levels = [cells.catalog.city.default_level, *([ZONE] if zones else [])]
    rows = cells.areas.filter(pl.col("level").is_in(levels))
    return dict(rows.select("area", "name").iter_rows())


def _scope(indicator: Indicator, cells: Cells) -> Scope:
    """What the release will offer of an indicator."""
    periods = (
        cells.values(indicator)
        .group_by("level")
        .agg(pl.col("period").unique().sort())
        .rows_by_key("level", unique=True)
    )
    city = cells.catalog.city
    names = {
        level: dict(own.select("area", "name").iter_rows())
        for (level,), own in cells.areas.partition_by("level", as_dict=True).items()
    }
    return Scope(
        periods={level: tuple(found[0]) for level, found in periods.items()},
        areas={
            level.id: names[level.id]
            for level in city.levels
            if not level.comparison and level.id in names
        },
        default_level=city.default_level,
        revised=True,
        signs=city.signs,
        zones=names.get(ZONE, {}),
    )
