"""Views that stories show, held against what the release will offer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

import polars as pl
from markdown_it.token import Token

from model import selection
from model.catalog import ZONE, Indicator
from model.selection import Scope
from model.story import Shown
from prepare import prose
from prepare.cited import Cells
from prepare.findings import nearest


def shown(children: Sequence[Token]) -> Shown | None:
    """The view a paragraph is, if it is a link and nothing else."""
    kinds = [child.type for child in children]
    if kinds != ["link_open", "text", "link_close"] or prose.is_reference(prose.href(children[0])):
        return None
    return Shown(text=children[1].content, address=prose.href(children[0]))


def wrong(view: Shown, cells: Cells) -> Iterator[tuple[str, str]]:
    """Why a theme does not show a view as its address says; with a remedy."""
    page, _mark, said = view.address.partition("?")
    query = dict(parse_qsl(said))
    themes = {theme.id: theme for theme in cells.catalog.themes}
    if page not in themes:
        yield f'"{page}" ist kein Thema.', nearest(page, themes)
        return
    known = {indicator.id: indicator for indicator in themes[page].indicators}
    if query.get("indikator") not in known:
        yield (
            "Der Indikator fehlt, oder das Thema hat ihn nicht.",
            nearest(query.get("indikator", ""), known),
        )
        return
    indicator = known[query["indikator"]]
    _selection, notices = selection.parse(themes[page], indicator, _scope(indicator, cells), query)
    for notice in notices:
        yield notice, "Die Ansicht in der Anwendung einstellen und ihren Link übernehmen."


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
