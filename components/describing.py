"""Which page tells what of its views apart from itself: one line for each page with views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from components import (
    arranging,
    bulletins,
    comparing,
    facility_lists,
    needs_described,
    page_described,
    profiles,
    register_described,
    registering,
    relating,
    relation_described,
    supplying,
    view_described,
    weighing,
    zoning,
)
from components.described import Described
from loaders import areas, releases
from model import zones
from model.collection import Entry
from model.language import _

Describing = Callable[[releases.Release, Mapping[str, str]], Described | None]
"""A page's views told by their query; None for a view that does not exist (any more)."""

PAGES: dict[str, Describing] = {
    arranging.PAGE: view_described.of_maps,
    bulletins.PAGE: page_described.of_news,
    comparing.PAGE: page_described.of_comparison,
    facility_lists.PAGE: register_described.of_facility,
    profiles.PAGE: page_described.of_district,
    registering.PAGE: register_described.of_register,
    relating.PAGE: relation_described.of_relation,
    supplying.PAGE: needs_described.of_supply,
    weighing.PAGE: needs_described.of_needs,
    zoning.PAGE: page_described.of_zone,
}
"""The pages besides the themes that have views to gather."""
GONE = _("Diese Ansicht gibt es in der heutigen Veröffentlichung nicht.")
"""What is said in the place of a view that `of` does not find."""


def pages(release: releases.Release) -> frozenset[str]:
    """The paths of all pages that have views."""
    themes = {theme.id for theme in release.catalog.themes}
    return frozenset(themes | set(PAGES))


def of(release: releases.Release, entry: Entry) -> Described | None:
    """What an entry shows in the release; None for a view that does not exist (any more).

    Zones that the entry names or shows are known, whoever made them.
    """
    return _of(release, entry.page, entry.query)


@lru_cache(maxsize=256)
def _of(
    release: releases.Release, page: str, query: tuple[tuple[str, str], ...]
) -> Described | None:
    themes = {theme.id: theme for theme in release.catalog.themes}
    asked = dict(query)
    own = known(release, asked)
    if page in themes:
        return view_described.of_theme(own, themes[page], asked)
    return PAGES[page](own, asked) if page in PAGES else None


def known(release: releases.Release, query: Mapping[str, str]) -> releases.Release:
    """The release with the zones a query names or shows, besides those of the visit."""
    made, _notices = zones.parse(areas.levels(release), query, zones.text(release.zones))
    same = {zone.id: zone for zone in made} == {zone.id: zone for zone in release.zones}
    return release if same else releases.extended(release.base, made)
