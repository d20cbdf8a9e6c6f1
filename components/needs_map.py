"""The map of an order by need: scores in fixed classes around the city's value."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from components import colours, maps, painting
from loaders import areas, releases
from model import classes, formats, needs_words, standardised, status
from model.language import _
from model.needs import Setting
from model.ranking import Place, Ranking

LIMITS = (-0.5, 0.0, 0.5, 1.0)
"""Inner limits of the classes, in deviations; always the same, so that settings can be compared."""
UNSURE = "≈"
"""Stands behind the name of an area whose place lacks some of its figures."""
_HEIGHT = "clamp(300px, calc(100vh - 470px), 560px)"


def show(
    found: Ranking, release: releases.Release, chosen: Setting, on_choose: Callable[[str], None]
) -> None:
    """The map and its legend; `on_choose` gets the id of an area that was clicked."""
    if areas.geometry_path(release, found.level.id) is None:
        st.info(_("Für diese Raumebene gibt es keine Karte. Die Werte stehen in der Tabelle."))
        return
    maps.single("bedarfe_karte", _data(found, release, chosen), on_choose)
    _legend(found)


def code(place: Place) -> int:
    """The class of an area; behind the classes come the gravest reasons for having none."""
    if place.score.total is not None:
        return classes.number_of(place.score.total, LIMITS, standardised.DECIMALS)
    absent = {figure.status for figure in place.figures}
    return len(LIMITS) + 1 + next(i for i, name in enumerate(status.ABSENT) if name in absent)


def _data(found: Ranking, release: releases.Release, chosen: Setting) -> dict[str, Any]:
    """What the browser needs to draw it; the geometry itself comes by URL."""
    view = found.components[0].view
    by_area = {place.area.id: place for place in found.places}
    order = [by_area[figure.area.id] for figure in painting.drawn(view, release)]
    plain = colours.scale(len(LIMITS) + 1)
    return {
        **maps.ground(view, release, _HEIGHT),
        "chosen": dict(zip(chosen.areas, colours.CHOSEN, strict=False)),
        "alt": f"{_('Karte')}: {needs_words.leading(found)} {needs_words.left_out(found)}",
        "fills": [*plain, *(f"url(#{name})" for name in status.ABSENT)],
        "dark": [
            colours.dark(colour)
            for colour in (*plain, *(colours.ABSENT[name] for name in status.ABSENT))
        ],
        "texts": [needs_words.placed(found, place) for place in order],
        "tags": [_tag(place) for place in order],
        "signs": [_tag(place) if place.rank else "" for place in order],
        "codes": [code(place) for place in order],
    }


def _tag(place: Place) -> str:
    if place.rank is None:
        return ""
    return "" if place.score.complete else UNSURE


def _legend(found: Ranking) -> None:
    codes = [code(place) for place in found.places]
    labels = classes.labels(LIMITS, 1)
    swatches = [
        (colour, label, codes.count(i))
        for i, (colour, label) in enumerate(zip(colours.scale(len(labels)), labels, strict=True))
    ]
    swatches += [
        (
            colours.PATTERNS[name],
            _("nicht einzuordnen: {reason}").format(reason=status.words(name)),
            count,
        )
        for i, name in enumerate(status.ABSENT)
        if (count := codes.count(len(LIMITS) + 1 + i))
    ]
    items = "".join(
        f'<li><i style="background:{colour}"></i><div><b>{escape(label)}</b>'
        f"<span>{count} {escape(_areas(found, count))}</span></div></li>"
        for colour, label, count in swatches
    )
    unsure = sum(p.rank is not None and not p.score.complete for p in found.places)
    if unsure:
        items += (
            f"<li><i>{UNSURE}</i><div><b>{escape(_('Platz unsicher, Zahlen fehlen'))}</b>"
            f"<span>{unsure} {escape(_areas(found, unsure))}</span></div></li>"
        )
    head = _("Wert nach diesen Indikatoren; {zero} ist die ganze Stadt, plus heißt mehr Bedarf")
    note = f" · {found.level.map_note}" if found.level.map_note else ""
    st.html(
        f'<div class="qp-legend"><p>{escape(head.format(zero=formats.number(0)))}'
        f"<b>{escape(note)}</b></p><ul>{items}</ul></div>"
    )


def _areas(found: Ranking, count: int) -> str:
    return found.level.title if count == 1 else found.level.plural
