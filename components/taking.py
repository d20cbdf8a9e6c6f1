"""Take any page's view along: as a document, as a code for phones, into another web page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from components import (
    described,
    describing,
    downloads,
    embedding,
    exhibits,
    exports,
    url,
    web,
)
from components.described import Described
from components.downloads import File
from documents import codes, files
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
    with st.container(key="mitnehmen_platz"):
        folder = st.expander(_("Für Vorlage, Vortrag und Webseite"), key=_KEY, on_change="rerun")
    if not folder.open:
        return
    query = st.query_params.to_dict()
    told = describing.of(release, collection.entry(page.url_path, query))
    with folder:
        if told is None:
            nothing = _("Hier gibt es noch keine Ansicht.")
            st.html(f'<p class="qp-missing">{escape(nothing)}</p>')
            return
        address = f"{url.whole(page.url_path)}?{url.query_string(query)}"
        downloads.buttons(offered(told, release, page.url_path, address), key=_KEY)
        _link(told, page.url_path, address)


def offered(told: Described, release: releases.Release, page: str, address: str) -> Sequence[File]:
    """The view as a sheet for a council paper, and its address as a code."""
    name = exports.named(release.internal, page, told.title[:60], release.id)
    return (
        *_documents(name, lambda: sheet(told, release, address)),
        File(_("QR-Code (SVG)"), f"qr_{name}.svg", downloads.SVG, lambda: codes.svg(address)),
        File(_("QR-Code (PNG)"), f"qr_{name}.png", downloads.PNG, lambda: codes.png(address)),
    )


def gathered(own: Collection, release: releases.Release) -> None:
    """A Sammelmappe as documents, with its notes; folded until somebody asks for them."""
    folder = st.expander(_("Als Dokument"), key="mappe_dokument", on_change="rerun")
    if folder.open:
        name = exports.named(release.internal, "sammelmappe", own.title[:60], release.id)

        def content() -> Document:
            return _collected(own, release)

        with folder:
            downloads.buttons(_documents(name, content), key="mappe")


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


def _documents(name: str, content: Callable[[], Document]) -> list[File]:
    labels = {
        "pdf": _("Blatt (PDF)"),
        "docx": _("Blatt (Word)"),
        "pptx": _("Folien (PowerPoint)"),
    }
    return [
        File(label, f"{name}.{ending}", files.MIME[ending], partial(_written, ending, content))
        for ending, label in labels.items()
    ]


def _written(ending: str, content: Callable[[], Document]) -> bytes:
    return files.written(ending, content())


def sheet(told: Described, release: releases.Release, address: str) -> Document:
    """A view on one page, as a document."""
    part = Part(told.title, (exhibits.of(told, address),))
    return replace(exhibits.framed(release, told.title, told.about), parts=(part,))


def _link(told: Described, page: str, address: str) -> None:
    """The code to show, and the snippet to put into another page."""
    packed = described.packed(codes.svg(address))
    text = escape(_("Link zu dieser Ansicht als QR-Code"))
    st.html(f'<p class="qp-code"><img src="{packed}" alt="{text}" width="180" height="180"></p>')
    if audience.internal():
        return
    embedded = f"{url.whole(web.EMBEDDED)}/{page}?{address.partition('?')[2]}"
    lead = _("Zum Einbinden in eine Webseite:")
    st.html(f'<p class="qp-missing">{escape(lead)}</p>')
    st.code(embedding.snippet(embedded, told.title), language="html", wrap_lines=True)
