"""What can be found in a release: themes, indicators and areas, with their everyday words."""

from __future__ import annotations

from collections.abc import Sequence

from loaders import areas, releases
from loaders.releases import Release
from model import search
from model.catalog import ZONES
from model.language import _


@releases.kept(2)
def entries(release: Release) -> tuple[search.Entry, ...]:
    """Everything that can be found, themes first."""
    catalog = release.catalog
    own = [level for level in catalog.city.levels if not level.comparison]
    levels = {level.id: level for level in (*own, ZONES)}
    return (
        *(
            search.entry("theme", theme.id, theme.title, _("Thema"), theme.synonyms)
            for theme in catalog.themes
        ),
        *(
            search.entry("indicator", i.id, i.title, theme.title, (i.short, *i.synonyms))
            for theme in catalog.themes
            for i in theme.indicators
        ),
        *(
            search.entry("area", area.id, area.name, levels[level].title, (area.label,))
            for level, found in areas.by_level(release).items()
            if level in levels
            for area in found.values()
        ),
    )


def examples(release: Release) -> tuple[str, ...]:
    """What one could type: the shortest names of a theme, an indicator and an area."""
    catalog = release.catalog
    theme = min((theme.title for theme in catalog.themes), key=len)
    shorts = [i.short for i in catalog.indicators.values() if i.short != theme]
    places = areas.by_level(release)[catalog.city.default_level].values()
    found = (theme, *_shortest(shorts), *_shortest([area.label for area in places]))
    return tuple(dict.fromkeys(found))


def _shortest(names: Sequence[str]) -> list[str]:
    return sorted(names, key=len)[:1]
