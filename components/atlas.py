"""The Sozialatlas of a release: what the whole book says, and the sheet of a single district.

Everything in it comes from the release and its catalog, so the same release gives the same book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from components import atlas_city, atlas_district, atlas_methods, atlas_themes, exhibits
from documents.document import Document, Part
from loaders import areas, profiles, releases
from model import formats
from model.catalog import Level
from model.language import _


def whole(release: releases.Release, progress: Callable[[str], None] | None = None) -> Document:
    """The whole book: how to read it, the city, all districts, the themes, the methods.

    `progress` hears the title of each chapter when it is put together.
    """
    city = release.catalog.city
    title = _("Sozialatlas {city}").format(city=city.name)
    frame = exhibits.framed(release, title, city.title)
    return replace(
        frame,
        parts=tuple(_parts(release, progress)),
        cover=True,
        imprint=_imprint(release, frame.author),
        emblem=atlas_city.emblem(release),
    )


def _parts(release: releases.Release, progress: Callable[[str], None] | None) -> Iterator[Part]:
    """The chapters in their order, each told to `progress`."""
    opener = Part(_("Die {plural}").format(plural=_level(release).plural), ())
    chapters = chain(
        (atlas_methods.reading(release), atlas_city.part(release), opener),
        (atlas_district.part(release, area) for area in districts(release)),
        atlas_themes.parts(release),
        atlas_methods.parts(release),
    )
    for part in chapters:
        if progress:
            progress(part.title)
        yield part


def district(release: releases.Release, area: str) -> Document:
    """The sheet of one district, or of areas put together: two pages without a cover.

    Raises KeyError for an area that has no page.
    """
    own = profiles.offered(release)[area]
    frame = exhibits.framed(release, _("Steckbrief {area}").format(area=own.name))
    return replace(frame, parts=(replace(atlas_district.part(release, area), level=1),))


def districts(release: releases.Release) -> list[str]:
    """The areas of the level the city is told by, in the release's order."""
    return list(areas.by_level(release)[release.catalog.city.default_level])


def contents(release: releases.Release) -> list[str]:
    """What the book holds, in its order."""
    level, there = _level(release), districts(release)
    themes = "; ".join(theme.title for theme in atlas_themes.shown(release))
    return [
        _("So lesen Sie den Atlas"),
        _("{city} im Überblick").format(city=release.catalog.city.name),
        _("{count} {plural} auf je zwei Seiten").format(count=len(there), plural=level.plural),
        _("Themen im Vergleich: {themes}").format(themes=themes),
        _("Alle Indikatoren mit Definition und Quelle"),
        _("Geheimhaltung"),
        _("Index der Indikatoren"),
    ]


def _level(release: releases.Release) -> Level:
    city = release.catalog.city
    return city.level(city.default_level)


def _imprint(release: releases.Release, author: str) -> tuple[tuple[str, str], ...]:
    """Who publishes, which release it is, whose numbers and maps under which licence."""
    city = release.catalog.city
    publisher = city.publisher
    contact = [publisher.url, publisher.email] if publisher else []
    reached = " · ".join(part for part in contact if part)
    used = {str(delivery["source"]) for delivery in release.manifest["deliveries"].values()}
    sources = [source for source in city.sources if source.id in used]
    maps = dict.fromkeys(level.geometry_licence for level in city.levels if level.geometry_licence)
    return (
        (_("Herausgeber"), author),
        *([(_("Kontakt"), reached)] if reached else []),
        (_("Datenstand"), f"{formats.month(city.edition)} ({release.id})"),
        (_("Quellen"), "; ".join(f"{s.title} ({s.licence})" for s in sources)),
        *([(_("Karten"), "; ".join(maps))] if maps else []),
        (_("Schrift"), _("Source Sans Pro, SIL Open Font License 1.1")),
    )
