"""The comparing chapters: the indicators of each theme as map, as ranking, through the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from components import atlas_figures, exhibits
from documents.document import Exhibit, Part, Table
from loaders import areas, atlas_templates, releases, views
from model.atlas import Chosen
from model.catalog import Indicator, Theme

_BESIDE = 470
"""Pixels a picture is wide that leaves room for its table beside it."""


@dataclass(frozen=True)
class Chapter:
    """A theme and which of its indicators are shown how."""

    theme: Theme
    indicators: tuple[Chosen, ...]


def parts(release: releases.Release) -> Iterator[Part]:
    """A chapter for each theme that has figures for the districts."""
    return (_part(release, chapter) for chapter in shown(release))


def shown(release: releases.Release) -> list[Chapter]:
    """The chapters the template wants.

    Without a template each theme shows its telling figure, if the districts have one.
    """
    wanted = atlas_templates.of(release).template.themes
    themes = {theme.id: theme for theme in release.catalog.themes}
    if wanted:
        return [Chapter(themes[chapter.id], chapter.indicators) for chapter in wanted]
    usual = (Chapter(theme, _usual(release, theme)) for theme in themes.values())
    return [chapter for chapter in usual if chapter.indicators]


def _part(release: releases.Release, chapter: Chapter) -> Part:
    catalog, theme = release.catalog, chapter.theme
    written = atlas_templates.of(release).themes.get(theme.id, ())
    told = [
        _exhibit(release, catalog.indicators[one.id], view)
        for one in chapter.indicators
        for view in one.views
    ]
    return Part(
        title=theme.title,
        about=theme.lead,
        blocks=(*atlas_figures.words(release, written), *told),
        words=tuple(catalog.indicators[one.id].short for one in chapter.indicators),
    )


def _usual(release: releases.Release, theme: Theme) -> tuple[Chosen, ...]:
    """The telling indicator, or the next one that has figures for the districts."""
    level = release.catalog.city.default_level
    where = "karte" if areas.geometry_path(release, level) else "rangfolge"
    for indicator in sorted(theme.indicators, key=lambda one: one.id != theme.headline):
        if periods := atlas_figures.periods(release, indicator, level):
            views = (where, "entwicklung") if len(periods) > 1 else (where,)
            return (Chosen(id=indicator.id, views=views),)
    return ()


def _exhibit(release: releases.Release, indicator: Indicator, view: str) -> Exhibit:
    level = release.catalog.city.default_level
    period = atlas_figures.newest(release, indicator, level)
    chosen = atlas_figures.selection(release, indicator, period, level, view)
    found = views.view_of(release, chosen)
    if view == "entwicklung":
        return exhibits.of_view(found, release)
    told = exhibits.of_view(found, release, width=_BESIDE)
    return replace(told, tables=tuple(map(_narrow, told.tables)))


def _narrow(table: Table) -> Table:
    """The table of a period to stand beside a map: signs at their numbers, no words for them.

    Columns are the name, the value, its signs, counts where there are any, and the status.
    """
    return replace(
        table,
        columns=(*table.columns[:2], *table.columns[3:-1]),
        rows=tuple((row[0], " ".join(filter(None, row[1:3])), *row[3:-1]) for row in table.rows),
        numbers=frozenset(range(1, len(table.columns) - 2)),
    )
