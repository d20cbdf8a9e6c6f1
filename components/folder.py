"""The entries of a Sammelmappe on its page: each as on paper, with what the reader does to it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from html import escape

import streamlit as st

from components import described, describing, gathering, images, url
from components.described import Described
from loaders import releases
from model import collection, formats
from model.collection import Collection, Entry
from model.language import _


def invitation() -> None:
    """How to begin."""
    steps = (
        _("Öffnen Sie ein Thema, den Vergleich oder eine andere Seite."),
        _("Drücken Sie oben rechts auf „In die Sammelmappe“."),
        _("Hier stehen dann alle Ansichten untereinander: zum Ordnen, Beschreiben und Drucken."),
    )
    listed = "".join(f"<li>{escape(step)}</li>" for step in steps)
    lead = _("Noch ist die Sammelmappe leer. So füllen Sie sie:")
    st.html(f'<div class="qp-begin"><p>{escape(lead)}</p><ol>{listed}</ol></div>')


def title(own: Collection) -> None:
    """What the collection is for."""
    url.field(
        st.text_input,
        _("Titel"),
        "mappe_titel",
        own.title,
        lambda said: gathering.write(collection.titled(gathering.present(), said)),
        max_chars=collection.MAX_TITLE,
        placeholder=_("Zum Beispiel: Sozialausschuss am 12. März"),
    )


def heading(own: Collection, release: releases.Release) -> None:
    """The head of the printed collection, which has no field for its title."""
    city = release.catalog.city
    stand = _("{city} · Datenstand {month} · Veröffentlichung {release}").format(
        city=city.name, month=formats.month(city.edition), release=release.id
    )
    st.html(
        f'<div class="qp-folder-head"><p class="name">{escape(own.title or _("Sammelmappe"))}</p>'
        f"<p>{escape(stand)}</p></div>"
    )


def entries(own: Collection, release: releases.Release, titles: Mapping[str, str]) -> None:
    """All entries in their order; `titles` are those of the pages by path."""
    for place, entry in enumerate(own.entries):
        with st.container(key=f"mappe_blatt_{_key(entry)}"):
            st.html(_sheet(place, entry, release, titles.get(entry.page, "")))
            _controls(place, entry, len(own.entries))


def _sheet(place: int, entry: Entry, release: releases.Release, page: str) -> str:
    """An entry as on paper."""
    found = describing.of(release, entry) if page else None
    told = found or Described(page or _("Ansicht"), sentences=(describing.GONE,))
    address, text = escape(f"./{entry.address}"), escape(_("Ansicht öffnen"))
    way = f'<p class="qp-more"><a href="{address}" target="_self">{text}</a></p>' if found else ""
    note = "".join(f"<p>{escape(line)}</p>" for line in entry.note.splitlines() if line)
    body = described.body(told, images.figures(told, release, entry))
    return (
        f'<article class="qp-sheet"><header><p class="qp-theme">{escape(_kind(told, page))}</p>'
        f"<h2>{place + 1}. {escape(told.title)}</h2>"
        f'<p class="about">{escape(told.about)}</p></header>'
        f'<div class="qp-note">{note}</div>{described.notices(told)}{body}'
        f'<div class="qp-origin">{"<br>".join(map(escape, told.origin))}{told.sources}</div>'
        f"{way}</article>"
    )


def _kind(told: Described, page: str) -> str:
    return page if told.title != page else ""


def _controls(place: int, entry: Entry, count: int) -> None:
    """The reader's note, and the place of the entry."""
    key = _key(entry)
    note, buttons = st.container(key=f"mappe_zeile_{key}").columns(
        [3, 2], vertical_alignment="bottom", gap="small"
    )
    with note:
        url.field(
            st.text_area,
            _("Eigene Notiz zu Nummer {n}").format(n=place + 1),
            f"mappe_notiz_{key}",
            entry.note,
            partial(_note, place),
            max_chars=collection.MAX_NOTE,
            height=76,
        )
    with buttons, st.container(horizontal=True, gap="small"):
        st.button(
            _("Nach oben"),
            key=f"mappe_hoch_{key}",
            on_click=partial(_move, place, place - 1),
            disabled=place == 0,
        )
        st.button(
            _("Nach unten"),
            key=f"mappe_runter_{key}",
            on_click=partial(_move, place, place + 1),
            disabled=place == count - 1,
        )
        st.button(_("Entfernen"), key=f"mappe_weg_{key}", on_click=partial(_remove, place))


def _key(entry: Entry) -> str:
    """What tells an entry's controls apart, wherever it stands."""
    return hashlib.sha256(entry.address.encode()).hexdigest()[:12]


def _note(place: int, note: str) -> None:
    gathering.write(collection.noted(gathering.present(), place, note))


def _move(place: int, to: int) -> None:
    own = gathering.present()
    gathering.write(collection.moved(own, place, to))
    key = _key(own.entries[place])
    buttons = [f"mappe_hoch_{key}", f"mappe_runter_{key}"]
    gathering.go_on(
        _("Die Ansicht steht jetzt an Stelle {n}.").format(n=to + 1),
        buttons if to < place else buttons[::-1],
    )


def _remove(place: int) -> None:
    own = gathering.present()
    rest = collection.removed(own, place)
    gathering.write(rest)
    near = [f"mappe_weg_{_key(entry)}" for entry in (*rest.entries[place:], *rest.entries[::-1])]
    gathering.go_on(_("Die Ansicht ist nicht mehr in der Sammelmappe."), near[:1])
