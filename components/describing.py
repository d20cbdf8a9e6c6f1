"""Which page tells what of its views apart from itself: one line for each page with views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from components import (
    arranging,
    bulletins,
    comparing,
    needs_described,
    page_described,
    profiles,
    relating,
    relation_described,
    view_described,
    weighing,
)
from components.described import Described
from loaders import areas, releases
from model import zones
from model.catalog import ADDRESSES, OVERVIEW
from model.collection import Entry

Describing = Callable[[releases.Release, Mapping[str, str]], Described | None]
"""A page's views told by their query; None for a view that does not exist (any more)."""

PAGES: dict[str, Describing] = {
    arranging.PAGE: view_described.of_maps,
    bulletins.PAGE: page_described.of_news,
    comparing.PAGE: page_described.of_comparison,
    profiles.PAGE: page_described.of_district,
    relating.PAGE: relation_described.of_relation,
    weighing.PAGE: needs_described.of_needs,
}
"""The pages besides the themes that can tell their views; others are told by their title only."""
_WITHOUT = {"daten", "frame", "mappe", "start", "ueber", "zusammenschluss", OVERVIEW}
"""Addresses that have no views to gather."""


def pages(release: releases.Release) -> frozenset[str]:
    """The paths of all pages that have views."""
    themes = {theme.id for theme in release.catalog.themes}
    return frozenset(themes | (ADDRESSES - _WITHOUT))


def of(release: releases.Release, entry: Entry) -> Described | None:
    """What an entry shows in the release; None for a view that does not exist (any more).

    The zones are those of the entry, whatever others this visit has. A page that cannot tell its
    views is told by an empty title.
    """
    made, _notices = zones.parse(areas.levels(release.base), dict(entry.query))
    return _of(releases.extended(release.base, made), entry.page, entry.query)


@lru_cache(maxsize=256)
def _of(
    release: releases.Release, page: str, query: tuple[tuple[str, str], ...]
) -> Described | None:
    themes = {theme.id: theme for theme in release.catalog.themes}
    if page in themes:
        return view_described.of_theme(release, themes[page], dict(query))
    if page in PAGES:
        return PAGES[page](release, dict(query))
    return Described("")
