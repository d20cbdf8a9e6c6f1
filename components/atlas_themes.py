"""The comparing chapters: of each theme its telling figures as map and through the years."""

from __future__ import annotations

from collections.abc import Iterator

from components import atlas_figures, exhibits
from documents.document import Exhibit, Part
from loaders import areas, releases, views
from model.catalog import Indicator, Theme

EACH = 1
"""Indicators of a theme that are shown: the telling one first, then those of the catalog."""


def parts(release: releases.Release) -> Iterator[Part]:
    """A chapter for each theme that has figures for the districts."""
    return (_part(release, theme) for theme in shown(release))


def shown(release: releases.Release) -> list[Theme]:
    """The themes with a figure for the level the city is told by."""
    return [theme for theme in release.catalog.themes if _indicators(release, theme)]


def _part(release: releases.Release, theme: Theme) -> Part:
    told = []
    for indicator in (own := _indicators(release, theme)):
        told += [_exhibit(release, indicator, _where(release)), *_over_time(release, indicator)]
    return Part(
        title=theme.title,
        about=theme.lead,
        blocks=tuple(told),
        words=tuple(indicator.short for indicator in own),
    )


def _indicators(release: releases.Release, theme: Theme) -> list[Indicator]:
    """The telling indicator and the next ones that have figures for the districts."""
    level = release.catalog.city.default_level
    ordered = sorted(theme.indicators, key=lambda one: one.id != theme.headline)
    return [one for one in ordered if atlas_figures.newest(release, one, level)][:EACH]


def _where(release: releases.Release) -> str:
    """The view that shows where: a map, if the level has one."""
    known = areas.geometry_path(release, release.catalog.city.default_level)
    return "karte" if known else "rangfolge"


def _over_time(release: releases.Release, indicator: Indicator) -> list[Exhibit]:
    """The trend, where there is more than one period."""
    found = _exhibit(release, indicator, "entwicklung")
    chart = found.figures[0].chart
    return [found] if chart and len(chart.categories) > 1 else []


def _exhibit(release: releases.Release, indicator: Indicator, view: str) -> Exhibit:
    level = release.catalog.city.default_level
    period = atlas_figures.newest(release, indicator, level)
    chosen = atlas_figures.selection(release, indicator, period, level, view)
    return exhibits.of_view(views.view_of(release, chosen), release)
