"""What a comparison shows: a row of each indicator the release has for districts, and peers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders import events, indicators, profiles, releases, views
from loaders.releases import Release
from model import comparison, lineup, peers
from model.catalog import Indicator
from model.comparison import Comparison
from model.events import Event
from model.lineup import Row
from model.peers import Peers
from model.selection import Selection
from model.view import View


@dataclass(frozen=True)
class Alike:
    """The peers of an area, and the views of the indicators they were found by."""

    peers: Peers
    views: dict[str, View]


def rows(release: Release, chosen: Comparison) -> tuple[list[Row], list[Indicator]]:
    """The rows of a comparison; and the indicators the release tells of no district."""
    asked = [
        release.catalog.indicators[name]
        for name in comparison.indicator_ids(release.catalog, chosen)
    ]
    found = {each.id: _newest(release, each, chosen.areas) for each in asked}
    return (
        [lineup.row(view, chosen.areas) for view in found.values() if view],
        [indicator for indicator in asked if found[indicator.id] is None],
    )


def happened(release: Release, areas: Iterable[str]) -> tuple[Event, ...]:
    """The events of some areas and of the whole city, the latest first."""
    found = dict.fromkeys(event for area in areas for event in events.of(release, area))
    return tuple(sorted(found, key=lambda event: event.start, reverse=True))


@releases.kept(128)
def alike(release: Release, area: str) -> Alike:
    """The areas that are alike by the city's structural indicators; none where it names none."""
    found = {
        name: view
        for name in release.catalog.city.peers
        if (view := _newest(release, release.catalog.indicators[name]))
    }
    values = {
        name: {figure.area.id: figure.value for figure in view.figures}
        for name, view in found.items()
    }
    return Alike(peers.found(area, values), found)


def _newest(release: Release, indicator: Indicator, areas: tuple[str, ...] = ()) -> View | None:
    """The newest view of an indicator at the level of the profiles; None without values there."""
    level = release.catalog.city.default_level
    periods = indicators.periods(release, indicator, level)
    if not periods:
        return None
    theme = release.catalog.theme_of(indicator.id).id
    return views.view_of(release, Selection(theme, indicator.id, level, periods[-1], areas))


def offered(release: Release) -> dict[str, str]:
    """Names by id of the areas that can be compared: those that have a page."""
    return {area.id: area.name for area in profiles.offered(release).values()}
