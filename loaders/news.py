"""What is new in a release, as it was found when the release was made."""

from __future__ import annotations

from collections.abc import Iterable

from loaders import areas, indicators, releases
from loaders import views as views_of
from loaders.releases import Release
from model.areas import Area
from model.news import News
from model.selection import Selection
from model.view import View

TABLE, FEED = "news.parquet", "feed.xml"


def told(release: Release) -> bool:
    """Whether the release says what is new; older ones do not."""
    return TABLE in release.manifest["files"]


@releases.kept(2)
def by_area(release: Release) -> dict[str, tuple[News, ...]]:
    """The news by area: of the city and of each area of the default level, in their order.

    Empty for a release that does not say what is new.
    """
    if not told(release):
        return {}
    found: dict[str, list[News]] = {area.id: [] for area in places(release)}
    for row in release.table(TABLE).sort("area", "rank").drop("rank").to_dicts():
        found[row["area"]].append(News(**{**row, "also": tuple(row["also"].split())}))
    return {area: tuple(own) for area, own in found.items()}


def views(release: Release, told: Iterable[News]) -> list[View]:
    """A view of each indicator that is told of, for its source, basis and Stand."""
    levels = {area.id: area.level for area in places(release)}
    first = {one.indicator: one for one in reversed(list(told))}
    return [_view(release, one, levels[one.area]) for one in reversed(first.values())]


def _view(release: Release, one: News, level: str) -> View:
    indicator = release.catalog.indicators[one.indicator]
    periods = indicators.scope(release, indicator).periods[level]
    period = one.period if one.period in periods else periods[-1]
    theme = release.catalog.theme_of(indicator.id).id
    return views_of.view_of(release, Selection(theme, indicator.id, level, period))


def places(release: Release) -> tuple[Area, ...]:
    """The areas that have news: the city, then those of the default level."""
    city, known = release.catalog.city, areas.by_level(release)
    levels = dict.fromkeys((city.city_level, city.default_level))
    return tuple(area for level in levels for area in known[level].values())
