"""The stage of a presentation, its keys, and the address that says what is on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from components import describing, slides, url, web
from components.slides import Slide
from documents import codes
from loaders import releases
from model import collection, presentation
from model.collection import Collection
from model.language import _
from model.presentation import Presentation

PAGE = "praesentation"
_ANSWER = "folien_antwort"

_stage = st.components.v2.component(
    "quartierspuls_stage",
    html='<div class="stage"></div>',
    css=web.stylesheet("slides.css"),
    js=web.loader("slides.js"),
)
# What was prepared goes out once and is large; what was asked for is small and goes out anew.
_answer = st.components.v2.component(
    "quartierspuls_answer", html="<i hidden></i>", js=web.loader("slidesanswer.js")
)


def link(shown: Collection, text: str) -> str:
    """The way to a presentation of some views, as HTML."""
    return url.link(PAGE, shown.query(), text)


def way(shown: Collection) -> None:
    """The way from a collection to its presentation."""
    st.html(f'<p class="qp-more">{link(shown, _("Als Präsentation zeigen"))}</p>')


def read(release: releases.Release) -> tuple[Presentation, list[str]]:
    """The presentation of the address, at the place the stage asked for last.

    Under quick keys a run may come with an address older than what was asked, so it does not count.
    """
    own, notices = presentation.parse(st.query_params.to_dict(), describing.pages(release))
    url.put(own.query())
    asked = st.session_state.get(_ANSWER)
    return (presentation.stepped(own, asked.wanted) if asked else own), notices


def show(own: Presentation, release: releases.Release) -> None:
    """The stage with all slides as they were prepared, and the answer to what was asked."""
    deck = slides.deck(release, own.shown)
    own = replace(own, slide=min(own.slide, len(deck)))
    with st.container(key="buehne"):
        _stage(
            key="folien",
            data={
                "title": own.shown.title or release.catalog.city.name,
                "slides": [slides.data(slide) for slide in deck],
                "codes": [_code(own, slide, release) for slide in deck],
                "rehearsal": own.rehearsal,
                "back": url.address(collection.PAGE, own.shown.query()),
                "other": url.address(PAGE, replace(own, rehearsal=not own.rehearsal).query()),
                "words": _words(own),
            },
            height="content",
        )
        _answer(
            key=_ANSWER,
            data=_answered(own, release, deck),
            on_wanted_change=lambda: _go(own),
        )


def _go(own: Presentation) -> None:
    url.put(presentation.stepped(own, st.session_state[_ANSWER].wanted).query())


def _answered(
    own: Presentation, release: releases.Release, deck: Sequence[Slide]
) -> dict[str, Any]:
    """What was asked for, and the slide that answers it; none where nothing was asked."""
    asked = {"slide": own.slide, "area": own.area, "period": own.period, "near": own.near}
    if not own.asked or not deck:
        return {"asked": asked, "slide": None}
    prepared = deck[own.slide - 1]
    entry = own.shown.entries[prepared.entry]
    several = [slide for slide in deck[: own.slide - 1] if slide.entry == prepared.entry]
    found = slides.of(release, prepared.entry, entry, own.area, own.period, own.near)
    slide = found[min(len(several), len(found) - 1)]
    code = _code(own, slide, release, own.area, own.period)
    return {"asked": asked, "slide": slides.data(slide), "code": code}


def _code(
    own: Presentation, slide: Slide, release: releases.Release, area: str = "", period: str = ""
) -> str:
    """The address of what a slide shows as a code for the audience's phones, as SVG."""
    entry = own.shown.entries[slide.entry]
    return codes.inline(url.whole(slides.wanted(release, entry, area, period).address))


def _words(own: Presentation) -> Mapping[str, Any]:
    keys = (
        ("→ · Leertaste", _("nächste Folie")),
        ("←", _("Folie zurück")),
        ("↑ ↓", _("voriger, nächster Stadtbezirk")),
        ("G", _("Gebiet wählen: danach der Buchstabe vor seinem Namen")),
        ("+ − · . ,", _("ein Jahr vor, ein Jahr zurück")),
        ("Z", _("Karte um das Gebiet vergrößern")),
        ("Esc", _("zurück zur vorbereiteten Folie")),
        ("Q", _("QR-Code für das Publikum")),
        ("B", _("Bild dunkel")),
        ("F", _("Vollbild")),
        ("?", _("diese Hilfe")),
    )
    return {
        "keys": [list(pair) for pair in keys],
        "hint": _("? Hilfe"),
        "help": _("Tasten"),
        "of": _("Folie {n} von {count}"),
        "pick": _("Welches Gebiet?"),
        "search": _("Name des Gebiets"),
        "blank": _("Das Bild ist dunkel. Eine Taste zeigt es wieder."),
        "lost": _("Die Verbindung fehlt. Die vorbereiteten Folien gehen weiter."),
        "waiting": _("Wird geladen …"),
        "noyear": _("Diese Folie hat keine anderen Jahre."),
        "newest": _("Das ist das letzte Jahr mit Zahlen."),
        "oldest": _("Das ist das erste Jahr mit Zahlen."),
        "held": _("Klassen für alle Jahre gleich"),
        "crowded": _("Nicht alle Namen haben Platz. Alle Werte stehen in der Ansicht."),
        "noarea": _("Auf dieser Folie gibt es keine Gebiete zur Wahl."),
        "nomap": _("Zum Vergrößern bitte zuerst ein Gebiet wählen."),
        "more": _("Weitere Zeilen stehen in der Ansicht."),
        "code": _("Selbst nachsehen"),
        "close": _("Präsentation beenden"),
        "next": _("Als Nächstes"),
        "last": _("Das war die letzte Folie."),
        "note": _("Notiz"),
        "nonote": _("Keine Notiz"),
        "elapsed": _("Dauer"),
        "rehearse": _("Folien zeigen") if own.rehearsal else _("Probe mit Notizen öffnen"),
    }


def invitation(stories: str) -> None:
    """How to begin, where there is nothing to show yet; `stories` is the path of their list."""
    text = _(
        "Noch gibt es nichts zu zeigen. Öffnen Sie eine Ansicht und drücken Sie oben rechts auf "
        "„Präsentieren“, oder sammeln Sie mehrere in der Sammelmappe."
    )
    ways = (
        url.link(collection.PAGE, {}, _("Zur Sammelmappe")),
        *([url.link(stories, {}, _("Geschichten zum Vorführen"))] if stories else []),
        url.link("", {}, _("Themen und Gebiete auf der Startseite")),
    )
    st.html(f'<p class="qp-lead">{escape(text)}</p><p class="qp-more">{" · ".join(ways)}</p>')
