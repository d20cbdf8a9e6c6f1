"""What can be found in a release: themes, indicators and areas, with their everyday words."""

from __future__ import annotations

from collections.abc import Sequence

from loaders import areas, releases
from loaders.releases import Release
from model import search
from model.areas import Area
from model.catalog import ZONE, ZONES
from model.language import _


def entries(release: Release) -> tuple[search.Entry, ...]:
    """Everything that can be found, themes first, a reader's zones last."""
    known = areas.by_level(release.base)[ZONE]
    made = [zone for zone in areas.by_level(release)[ZONE].values() if zone.id not in known]
    return (*_entries(release), *(_area(zone, ZONES.title) for zone in made))


@releases.kept(2)
def _entries(release: Release) -> tuple[search.Entry, ...]:
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
            _area(area, levels[level].title)
            for level, found in areas.by_level(release).items()
            if level in levels
            for area in found.values()
        ),
    )


def _area(area: Area, level: str) -> search.Entry:
    return search.entry("area", area.id, area.name, level, (area.label,))


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
