"""Take any page's view along: as a document, as a code for phones, into another web page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import (
    codes,
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
from documents.document import Document, Part
from loaders import audience, releases
from model import collection, formats, wording
from model.language import _

_KEY = "mitnehmen"
PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = f"{_OFFICE}.wordprocessingml.document"
PPTX = f"{_OFFICE}.presentationml.presentation"


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
            st.html(f'<p class="qp-missing">{escape(_("Hier gibt es noch keine Ansicht."))}</p>')
            return
        address = f"{url.whole(page.url_path)}?{url.query_string(query)}"
        downloads.buttons(files(told, release, page.url_path, address), key=_KEY)
        _link(told, page.url_path, address)


def files(told: Described, release: releases.Release, page: str, address: str) -> Sequence[File]:
    """The view as a sheet for a council paper, and its address as a code."""
    name = exports.named(release.internal, page, told.title[:60], release.id)
    return (
        File(
            _("Blatt (PDF)"),
            f"{name}.pdf",
            PDF,
            lambda: _written("pdf", sheet(told, release, address)),
        ),
        File(
            _("Blatt (Word)"),
            f"{name}.docx",
            DOCX,
            lambda: _written("docx", sheet(told, release, address)),
        ),
        File(
            _("Folie (PowerPoint)"),
            f"{name}.pptx",
            PPTX,
            lambda: _written("pptx", sheet(told, release, address)),
        ),
        File(_("QR-Code (SVG)"), f"qr_{name}.svg", downloads.SVG, lambda: codes.svg(address)),
        File(_("QR-Code (PNG)"), f"qr_{name}.png", downloads.PNG, lambda: codes.png(address)),
    )


def sheet(told: Described, release: releases.Release, address: str) -> Document:
    """A view on one page, as a document."""
    city = release.catalog.city
    running = _("{city} · Datenstand {month} · Veröffentlichung {release}").format(
        city=city.name, month=formats.month(city.edition), release=release.id
    )
    noted = [wording.INTERNAL] if release.internal else []
    if release.modelled:
        noted.append(wording.modelled_note(city, published_too=True))
    return Document(
        title=told.title,
        subtitle=told.about,
        city=city.name,
        author=city.name,
        day=f"{city.edition}-01",
        running=running,
        parts=(Part(told.title, (exhibits.of(told, address),)),),
        cover=False,
        notices=tuple(noted),
    )


def _written(kind: str, document: Document) -> bytes:
    # Most readers never ask for a document; what writes them takes a while to load.
    from documents import pdf, slides, word

    return {"pdf": pdf.written, "docx": word.written, "pptx": slides.written}[kind](document)


def _link(told: Described, page: str, address: str) -> None:
    """The code to show, and the snippet to put into another page."""
    packed = described.packed(codes.svg(address))
    text = escape(_("Link zu dieser Ansicht als QR-Code"))
    st.html(f'<p class="qp-code"><img src="{packed}" alt="{text}" width="180" height="180"></p>')
    if audience.internal():
        return
    embedded = f"{url.whole(web.EMBEDDED)}/{page}?{address.partition('?')[2]}"
    st.html(f'<p class="qp-missing">{escape(_("Zum Einbinden in eine Webseite:"))}</p>')
    st.code(embedding.snippet(embedded, told.title), language="html", wrap_lines=True)
