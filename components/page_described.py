"""A comparison, a district and what is new, told on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components import bulletins, lineup_notes, lineup_picture, lineups, origins, sketches
from components.described import Described
from documents.document import Table
from loaders import areas, comparisons, news, profiles, releases
from model import comparison, formats, profile, zone_draft
from model.areas import Area
from model.catalog import OVERVIEW
from model.comparison import Comparison
from model.language import _
from model.lineup import Row


def of_comparison(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The comparison an address means; None where none of its areas exists any more."""
    offered = comparisons.offered(release)
    chosen, notices = comparison.parse(release.catalog, offered, query)
    if query.get("gebiet") and not chosen.areas:
        return None
    rows, missing = comparisons.rows(release, chosen)
    names = [offered[area] for area in chosen.areas]
    level = release.catalog.city.level(release.catalog.city.default_level)
    return Described(
        title=_("Vergleich: {names}").format(names=", ".join([*names, release.catalog.city.name])),
        about=_by(release, chosen),
        sentences=(*_differences(rows, names), *origins.absent(missing, level)),
        body=_lineup(release, rows, chosen),
        tables=(_table(release, rows, chosen),),
        shown=True,
        drawn=lineup_picture.picture(rows, _places(release, chosen)),
        origin=(*lineup_notes.notes(rows), *origins.whole([row.view for row in rows], release)),
        brief=_sources(rows, release),
        sources=origins.each([row.view for row in rows]),
        notices=tuple(notices),
    )


def of_district(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The page of the area an address means; None where there is no such area."""
    known = profiles.offered(release)
    area = query.get("gebiet", "")
    if area not in known:
        return None
    own = profiles.of(release, area)
    chosen = Comparison((area,), OVERVIEW)
    rows, _missing = comparisons.rows(release, chosen)
    drawn = ""
    place = areas.level_of(release, own.area)
    if shapes := areas.outlines(release, place):
        squeeze = areas.frame(release, place).squeeze
        drawn = sketches.place(own.area.name, shapes, own.area.parts or (area,), squeeze)
    level = release.catalog.city.level(own.area.level)
    return Described(
        title=own.area.name,
        about=_("{level} auf einer Seite · {city}").format(
            level=level.title, city=release.catalog.city.name
        ),
        sentences=tuple(profile.lead(own)),
        aside=drawn,
        body=_lineup(release, rows, chosen),
        tables=(_table(release, rows, chosen),),
        shown=True,
        drawn=lineup_picture.picture(rows, _places(release, chosen)),
        origin=(*lineup_notes.notes(rows), *origins.whole([row.view for row in rows], release)),
        brief=_sources(rows, release),
        sources=origins.each([row.view for row in rows]),
    )


def of_zone(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The areas an address puts together, told like a district; None as long as there are not two.

    The release has to know them as a zone.
    """
    levels = areas.levels(release)
    usual = release.catalog.city.default_level
    default = usual if usual in levels else next(iter(levels), "")
    draft, _notices = zone_draft.parse(levels, default, query)
    zone = draft.zone()
    return of_district(release, {"gebiet": zone.id}) if zone else None


def of_news(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """What is new in the area an address means, or in the whole city; None without such news."""
    places = {area.id: area for area in news.places(release)}
    found = news.by_area(release)
    area = query.get("gebiet") or next(iter(places))
    if area not in found:
        return None
    listed = bulletins.listed(places[area], found[area], release.catalog)
    return Described(
        title=_("Was ist neu? {area}").format(area=places[area].name),
        about=_("Mit dem Datenstand {month}").format(
            month=formats.month(release.catalog.city.edition)
        ),
        body=f'<section class="qp-news">{listed}</section>',
        tables=bulletins.on_paper(places[area], found[area], release.catalog),
        shown=True,
        origin=origins.whole(news.views(release, found[area]), release),
        brief=origins.on_paper(news.views(release, found[area]), release),
        sources=origins.each(news.views(release, found[area])),
    )


def _sources(rows: Sequence[Row], release: releases.Release) -> tuple[str, ...]:
    return origins.on_paper([row.view for row in rows], release)


def _by(release: releases.Release, chosen: Comparison) -> str:
    """By what areas are compared."""
    if not chosen.theme:
        return _("Eigene Auswahl von Indikatoren")
    if chosen.theme == OVERVIEW:
        return _("Überblick: aus jedem Thema eine Zahl")
    return release.catalog.theme(chosen.theme).title


def _differences(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    """What is clearly different from the city, for each area that is compared."""
    return [
        f"{name}: {said}"
        for place, name in enumerate(names)
        for said in profile.differences([row.lines[place] for row in rows], name)
    ]


def _places(release: releases.Release, chosen: Comparison) -> list[Area]:
    known = profiles.offered(release)
    return [known[area] for area in chosen.areas]


def _table(release: releases.Release, rows: Sequence[Row], chosen: Comparison) -> Table:
    return lineups.on_paper(rows, _places(release, chosen))


def _lineup(release: releases.Release, rows: Sequence[Row], chosen: Comparison) -> str:
    return lineups.markup(rows, _places(release, chosen), chosen.intervals)
