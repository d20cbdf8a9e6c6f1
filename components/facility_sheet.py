"""One facility: what it is, where it stands, what is counted of it and where that comes from."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from components import facility_lists, facility_years, layout, sketches, tables, url
from components.profiles import PAGE as DISTRICT
from components.supplying import PAGE as MAP
from loaders import areas, facilities, releases
from model import facility as facility_
from model import formats, signs, wording
from model.facility import Facility, Series, Value
from model.language import _

_DECIMALS = 1
NO_NUMBERS = _("Zu dieser Einrichtung liegen keine Zahlen vor.")


def heading(own: Facility, release: releases.Release) -> None:
    """Name, type, address and district."""
    found = areas.by_level(release)[release.catalog.city.default_level].get(own.area)
    told = [*map(escape, about(own, release))]
    if found:
        address = f"./{DISTRICT}?gebiet={escape(found.id)}"
        told[-1] = f'<a href="{address}" target="_self">{told[-1]}</a>'
    layout.title(own.name)
    st.html(f'<p class="qp-lead">{" · ".join(told)}</p>')


def about(own: Facility, release: releases.Release) -> list[str]:
    """Type, address where there is one, and district."""
    found = areas.by_level(release)[release.catalog.city.default_level].get(own.area)
    place = _("außerhalb der Stadt") if own.lon is not None else _("ohne Angabe des Gebiets")
    return [own.kind.title, *([own.address] if own.address else []), found.name if found else place]


def numbers(own: Facility, found: Sequence[Series], release: releases.Release) -> None:
    """The newest numbers in a sentence, all years as lines and as a table."""
    if not found:
        st.html(f'<p class="qp-missing">{escape(NO_NUMBERS)}</p>')
        return
    if told := said(own, found):
        st.html(f'<div class="qp-figures"><p class="sentence">{escape(told)}</p></div>')
    st.html(facility_years.chart(own.name, found))
    listed = table(own, found, release)
    tables.plain("einrichtung_tabelle", {**listed, "rows": listed["rows"][::-1]})


def said(own: Facility, found: Sequence[Series]) -> str:
    """The newest numbers in a sentence; '' where there are none."""
    if not found:
        return ""
    known = {series.measure.id: series for series in found}
    places, users = known.get(own.kind.places or ""), known.get(own.kind.users or "")
    last = facility_.periods(found)[-1]
    return facility_.sentence(own, facility_.value(places, last), facility_.value(users, last))


def key(found: Sequence[Series], release: releases.Release) -> list[str]:
    """The signs that occur among its numbers, with their meaning."""
    values = [one for series in found for one in series.values]
    kinds = {kind for one in values for kind in signs.kinds(one.status, one.value, _DECIMALS)}
    told = [f"{s} = {t}" for _k, s, t in signs.legend(release.catalog.city.signs, kinds, False)]
    return [_("Zeichen: {signs}").format(signs="; ".join(told))] if told else []


def place(own: Facility, release: releases.Release) -> None:
    """Where it stands in the city."""
    drawn = located(own, release)
    if not drawn:
        none = escape(_("Die Lage auf der Karte ist nicht bekannt."))
        st.html(f'<p class="qp-missing">{none}</p>')
        return
    st.html(f'<div class="qp-place"><section>{drawn}</section></div>')


def located(own: Facility, release: releases.Release) -> str:
    """Where it stands in the city as a small drawing; '' where that is not known."""
    level = release.catalog.city.default_level
    shapes = areas.outlines(release, level)
    if own.lon is None or own.lat is None or not shapes:
        return ""
    squeeze = areas.frame(release, level).squeeze
    return sketches.place(own.name, shapes, {own.area}, squeeze, (own.lon, own.lat))


def origin(own: Facility, found: Sequence[Series], release: releases.Release) -> None:
    """Source, basis, Stand, and whether it is of a model."""
    told = "<br>".join(escape(line) for line in sources(own, found, release))
    st.html(f'<div class="qp-origin">{told}</div>')


def sources(own: Facility, found: Sequence[Series], release: releases.Release) -> list[str]:
    """The same as lines."""
    told = release.manifest["deliveries"][own.delivery]
    source = release.catalog.sources[told["source"]]
    lines = [
        _("Quelle: {source} ({licence})").format(source=source.title, licence=source.licence),
        _("Basis: {basis}").format(basis=told["basis"]),
        *([facility_.stand(facility_.periods(found)[-1])] if found else []),
    ]
    if told["modelled"]:
        lines.append(wording.modelled_note(release.catalog.city, published_too=False) + ".")
    return lines


def onward(own: Facility, release: releases.Release) -> None:
    """The way to the map of need and supply."""
    text = _("{plural} auf der Karte: Bedarf und Angebot").format(plural=own.kind.plural)
    everything = url.link(facility_lists.PAGE, {}, _("Alle Einrichtungen"))
    st.html(
        f'<p class="qp-more">{url.link(MAP, {"art": own.kind.id}, text)}</p>'
        f'<p class="qp-more">{everything}</p>'
    )


def every(release: releases.Release) -> None:
    """All facilities as links, by type."""
    for kind in facilities.types(release).values():
        own = [f for f in facilities.every(release).values() if f.kind.id == kind.id]
        layout.section(f"{kind.plural} ({len(own)})")
        st.html(facility_lists.grid(own))


def table(own: Facility, found: Sequence[Series], release: releases.Release) -> dict[str, Any]:
    """A row for each period, a column for each measure, and the per cent of places taken.

    Years run from old to new, as on paper and in files; the screen begins with the newest.
    """
    known = {series.measure.id: series for series in found}
    places, users = known.get(own.kind.places or ""), known.get(own.kind.users or "")
    both = bool(places and users)
    rows, kinds = [], dict[str, tuple[str, ...]]()
    for period in facility_.periods(found):
        values = [facility_.value(series, period) for series in found]
        if both:
            pair = facility_.value(places, period), facility_.value(users, period)
            values.append(facility_.taken(*pair))
        marks = [signs.kinds(one.status, one.value, _DECIMALS) for one in values]
        kinds |= {" ".join(each): each for each in marks if each}
        label = formats.period(period, "date")
        decimals = [None] * len(found) + [_DECIMALS] * both
        cells = [_cell(*each, release) for each in zip(values, marks, decimals, strict=True)]
        rows.append(
            {
                "id": "",
                "kind": "",
                "cells": [label, *cells],
                "sort": [period, *(one.value for one in values)],
                "missing": [i + 1 for i, one in enumerate(values) if one.value is None],
                "why": {i + 1: " ".join(each) for i, each in enumerate(marks) if each},
            }
        )
    heads = [
        _("Stichtag oder Jahr"),
        *(series.measure.title for series in found),
        *([_("Belegt, %")] if both else []),
    ]
    caption = _("{name}: alle Jahre").format(name=own.name)
    listed = tables.listing(caption, heads, rows, range(1, len(heads)))
    return {**listed, "whys": {key: _reason(each) for key, each in kinds.items()}}


def _cell(
    value: Value, kinds: Sequence[str], decimals: int | None, release: releases.Release
) -> str:
    """A number with its signs, or the sign for its absence; a zero is told by its sign alone."""
    bare = value.value is None or signs.ZERO in kinds
    if value.value is None or bare:
        shown = ""
    elif decimals is None:
        shown = formats.plain(value.value)
    else:
        shown = formats.number(value.value, decimals)
    return f"{shown} {signs.text(kinds, release.catalog.city.signs)}".strip()


def _reason(kinds: Sequence[str]) -> dict[str, str]:
    """What a press on signs says."""
    return {
        "words": ", ".join(signs.words(kind) for kind in kinds),
        "text": " ".join(signs.reason(kind) for kind in kinds),
    }
