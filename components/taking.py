"""The box below each page with views: the link, files of every kind, a code, an embedded view."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from components import (
    described,
    describing,
    downloads,
    embedding,
    exhibits,
    exports,
    taken,
    url,
    web,
)
from components.described import Described
from documents import codes
from documents.document import Document, Part, Text
from loaders import audience, releases
from model import collection
from model.collection import Collection
from model.language import _

_KEY = "mitnehmen"


def show(release: releases.Release, page: st.Page) -> None:
    """What there is to take along of the page that is open, folded; nothing without a view."""
    if page.url_path not in describing.pages(release):
        return
    query = st.query_params.to_dict()
    with st.container(key="mitnehmen_platz"):
        copied, folded = st.columns([1, 4], gap="small")
        with copied:
            downloads.link(query)
        with folded:
            folder = st.expander(_("Herunterladen und weitergeben"), key=_KEY, on_change=url.stay)
    if not folder.open:
        return
    told = describing.of(release, collection.entry(page.url_path, query))
    with folder:
        if told is None:
            _note(_("Hier gibt es noch keine Ansicht."))
            return
        asked = url.query_string(query)
        address = f"{url.whole(page.url_path)}?{asked}" if asked else url.whole(page.url_path)
        for group in taken.groups(told, release, page.url_path, address):
            head, files = st.columns([1, 3], gap="small", vertical_alignment="center")
            head.html(
                f'<p class="qp-sort"><b>{escape(group.title)}</b> {escape(group.purpose)}</p>'
            )
            with files:
                downloads.buttons(group.files, key=_KEY, in_row=3)
        _link(told, page.url_path, address)


def gathered(own: Collection, release: releases.Release) -> None:
    """A Sammelmappe as documents, with its notes; folded until somebody asks for them."""
    folder = st.expander(_("Als Dokument"), key="mappe_dokument", on_change=url.stay)
    if folder.open:
        name = exports.named(release.internal, "sammelmappe", own.title[:60], release.id)

        def content() -> Document:
            return _collected(own, release)

        with folder:
            downloads.buttons(taken.documents(name, content), key="mappe")


def _collected(own: Collection, release: releases.Release) -> Document:
    parts = []
    for entry in own.entries:
        told = describing.of(release, entry) or Described(entry.page, sentences=(describing.GONE,))
        note = tuple(Text(line, "lead") for line in entry.note.splitlines() if line)
        address = url.whole(entry.address)
        shown = exhibits.of(told, address)
        # Below the title there is room for the picture; its numbers may go on to the next page.
        below = shown.tables if shown.figures else ()
        kept = () if shown.figures else shown.tables
        exhibit = replace(shown, title=told.about, about="", tables=kept)
        parts.append(Part(told.title, (*note, exhibit, *below)))
    frame = exhibits.framed(release, own.title or _("Sammelmappe"))
    return replace(frame, parts=tuple(parts), cover=True)


def _link(told: Described, page: str, address: str) -> None:
    """The code to show, and beside it the snippet to put into another page."""
    shown, snippet = st.columns([1, 3], gap="small")
    packed = described.packed(codes.svg(address))
    text = escape(_("Link zu dieser Ansicht als QR-Code"))
    shown.html(f'<p class="qp-code"><img src="{packed}" alt="{text}" width="150" height="150"></p>')
    if audience.internal():
        return
    embedded = f"{url.whole(web.EMBEDDED)}/{page}?{address.partition('?')[2]}"
    with snippet:
        _note(_("Zum Einbinden in eine Webseite: diesen Text dort einfügen."))
        st.code(embedding.snippet(embedded, told.title), language="html", wrap_lines=True)


def _note(text: str) -> None:
    st.html(f'<p class="qp-missing">{escape(text)}</p>')
