"""Interventions and facilities told on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from components import (
    described,
    facility_sheet,
    facility_years,
    origins,
    register,
    register_tables,
)
from components.described import Described
from documents.document import Table
from loaders import facilities, interventions, profiles, releases
from model import register_links, register_words, remarks
from model.facility import Facility, Series
from model.interventions import Intervention
from model.language import _
from model.register_links import Register


def of_register(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The interventions an address means; None where what it asks for is gone, or there is none."""
    known = interventions.every(release)
    chosen, gone = register_links.parse(known, profiles.offered(release), query)
    if gone or not known:
        return None
    if chosen.intervention:
        return _one(release, chosen.intervention)
    found = chosen.listed(known)
    return _listed(release, chosen, found) if found else None


def of_facility(release: releases.Release, query: Mapping[str, str]) -> Described | None:
    """The facility an address means; None where there is no such one."""
    own = facilities.every(release).get(query.get("id", ""))
    if own is None:
        return None
    found = facilities.series(release, own.id)
    return Described(
        title=own.name,
        about=" · ".join(facility_sheet.about(own, release)),
        sentences=_numbers(own, found),
        aside=facility_sheet.located(own, release),
        body=facility_years.chart(own.name, found) if found else "",
        drawn=facility_years.picture(own.name, found) if found else (),
        tables=(_years(own, found, release),) if found else (),
        origin=(
            *facility_sheet.key(found, release),
            *origins.enclosed(facility_sheet.sources(own, found, release), release),
        ),
    )


def _years(own: Facility, found: Sequence[Series], release: releases.Release) -> Table:
    """All its years; none of them stands out."""
    listed = described.table(facility_sheet.table(own, found, release))
    return replace(listed, strong=frozenset())


def _numbers(own: Facility, found: Sequence[Series]) -> tuple[str, ...]:
    """The newest numbers, or that there are none."""
    said = facility_sheet.said(own, found) if found else facility_sheet.NO_NUMBERS
    return (said,) if said else ()


def _one(release: releases.Release, name: str) -> Described:
    """One intervention: how areas were chosen, and what came since."""
    trail, since = interventions.trail(release, name), interventions.since(release, name)
    level = release.catalog.city.level(release.catalog.city.default_level)
    told = [
        register_words.criteria(trail),
        register_words.summary(trail, level),
        *([] if since or not trail.views else [register_tables.NONE_SINCE]),
        register_words.movement(since),
        *(register_tables.notes(trail) if since else []),
    ]
    choice = register_tables.table(trail, level) if trail.lines else ""
    compared = f"<p>{escape(register_tables.COMPARED)}</p>" if choice else ""
    return Described(
        title=_("Maßnahme: {title}").format(title=trail.intervention.title),
        about=trail.intervention.goal,
        sentences=tuple(text for text in told if text),
        body=register.details(trail, release),
        folded=choice + compared + (register_tables.moved(trail, since, level) if since else ""),
        tables=(
            *register_tables.on_paper(trail, level),
            *register_tables.moved_on_paper(trail, since, level),
        ),
        shown=True,
        origin=(*remarks.used(*trail.distinct), *origins.whole(trail.distinct, release)),
        brief=origins.on_paper(trail.distinct, release),
        sources=origins.each(trail.distinct, whole=True),
    )


def _listed(
    release: releases.Release, chosen: Register, found: Sequence[Intervention]
) -> Described:
    """Several interventions with the sum of their money; the title tells which."""
    place = profiles.offered(release).get(chosen.area)
    by = release.catalog.indicators.get(chosen.indicator)
    which = [chosen.office, place.name if place else "", by.short if by else ""]
    narrowed = ", ".join(text for text in which if text)
    total = register_words.total(found)
    views = {
        view.indicator.id: view
        for each in found
        for view in interventions.trail(release, each.id).distinct
    }
    own = list(views.values())
    return Described(
        title=_("Maßnahmen: {which}").format(which=narrowed) if narrowed else _("Alle Maßnahmen"),
        about=_("{city} · Anzahl: {count}").format(
            city=release.catalog.city.name, count=len(found)
        ),
        sentences=(total,) if total else (),
        body=register.blocks(found, release, rank=3),
        tables=(register.on_paper(found, release),),
        shown=True,
        origin=origins.whole(own, release),
        brief=origins.on_paper(own, release),
        sources=origins.each(own),
    )
