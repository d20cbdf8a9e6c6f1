"""The Sozialatlas of a release: what the whole book says, and the sheet of a single district.

Everything in it comes from the release, its catalog and its template, so the same release gives
the same book.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from components import (
    atlas_city,
    atlas_district,
    atlas_figures,
    atlas_methods,
    atlas_themes,
    exhibits,
)
from documents.document import Document, DocumentError, Part, Text
from loaders import areas, atlas_templates, profiles, releases
from model import formats
from model.atlas import Chapter
from model.catalog import Level
from model.language import _


def whole(release: releases.Release, progress: Callable[[str], None] | None = None) -> Document:
    """The whole book, its chapters in the order of the template.

    `progress` hears the title of each chapter when it is put together. Raises DocumentError, which
    names the chapter, for figures that cannot be read.
    """
    subtitle = atlas_templates.of(release).template.subtitle or release.catalog.city.title
    frame = exhibits.framed(release, title(release), subtitle)
    return replace(
        frame,
        parts=tuple(_parts(release, progress)),
        cover=True,
        imprint=_imprint(release, frame.author),
        emblem=atlas_city.emblem(release),
    )


def _parts(release: releases.Release, progress: Callable[[str], None] | None) -> Iterator[Part]:
    """The parts of all chapters in their order, each told to `progress`."""
    for chapter in atlas_templates.of(release).chapters:
        try:
            for part in _MADE[chapter](release):
                if progress:
                    progress(part.title)
                yield part
        except releases.ReleaseError as error:
            message = _("Das Kapitel „{chapter}“ lässt sich nicht zusammenstellen. {reason}")
            raise DocumentError(
                message.format(chapter=_said(release)[chapter], reason=error)
            ) from error


def _foreword(release: releases.Release) -> Iterator[Part]:
    written = atlas_templates.of(release).foreword
    said = tuple(Text(paragraph, "lead") for paragraph in written)
    yield Part(_("Vorwort"), (*said, atlas_figures.signature(release)))


def _districts(release: releases.Release) -> Iterator[Part]:
    drawn = atlas_city.emblem(release, named=True)
    title = _("Die {plural}").format(plural=_level(release).plural)
    yield Part(title, (drawn,) if drawn else ())
    for area in districts(release):
        yield atlas_district.part(release, area)


def _city(release: releases.Release) -> Iterator[Part]:
    yield atlas_city.part(release)


def _reading(release: releases.Release) -> Iterator[Part]:
    yield atlas_methods.reading(release)


_MADE: dict[Chapter, Callable[[releases.Release], Iterator[Part]]] = {
    "vorwort": _foreword,
    "lesehilfe": _reading,
    "stadt": _city,
    "gebiete": _districts,
    "themen": atlas_themes.parts,
    "indikatoren": atlas_methods.indicators,
    "geheimhaltung": atlas_methods.secrecies,
}


def district(release: releases.Release, area: str) -> Document:
    """The sheet of one district, or of areas put together: two pages without a cover.

    Raises KeyError for an area that has no page.
    """
    own = profiles.offered(release)[area]
    frame = exhibits.framed(release, _("Steckbrief {area}").format(area=own.name))
    part = atlas_district.part(release, area, alone=True)
    # One heading, not two.
    return replace(frame, parts=(replace(part, level=1, title=frame.title),))


def districts(release: releases.Release) -> list[str]:
    """The areas of the level the city is told by, in the release's order."""
    return list(areas.by_level(release)[release.catalog.city.default_level])


def contents(release: releases.Release) -> list[str]:
    """What the book holds, in its order."""
    said = _said(release)
    told = [said[chapter] for chapter in atlas_templates.of(release).chapters]
    return [*told, _("Index der Indikatoren"), _("Impressum")]


def title(release: releases.Release) -> str:
    """What the book is called."""
    own = atlas_templates.of(release).template.title
    return own or _("Sozialatlas {city}").format(city=release.catalog.city.name)


def _said(release: releases.Release) -> dict[Chapter, str]:
    """What each chapter holds, in a line."""
    level, there = _level(release), districts(release)
    themes = "; ".join(chapter.theme.title for chapter in atlas_themes.shown(release))
    return {
        "vorwort": _("Vorwort"),
        "lesehilfe": _("So lesen Sie den Atlas"),
        "stadt": _("{city} im Überblick").format(city=release.catalog.city.name),
        "gebiete": _("{count} {plural}, je ein Blatt").format(
            count=len(there), plural=level.plural
        ),
        "themen": _("Themen im Vergleich: {themes}").format(themes=themes),
        "indikatoren": _("Alle Indikatoren mit Definition und Quelle"),
        "geheimhaltung": _("Geheimhaltung"),
    }


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
