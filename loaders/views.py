"""Views of the release: a selection in, everything the screen shows out."""

from __future__ import annotations

from functools import lru_cache

from loaders import areas, indicators
from loaders.releases import Release
from model import view
from model.catalog import Indicator
from model.selection import Selection


@lru_cache(maxsize=512)
def view_of(release: Release, selection: Selection) -> view.View:
    """The view of a selection, kept by release and selection."""
    catalog = release.catalog
    indicator = catalog.indicators[selection.indicator]
    return view.build(
        catalog.city,
        release.id,
        catalog.theme(selection.theme),
        indicator,
        selection,
        indicators.values(release, indicator),
        areas.by_level(release),
        release.manifest["deliveries"],
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
