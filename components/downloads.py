"""Take a view along: link, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from components import exports, pictures, url, web
from loaders import releases
from model.language import _
from model.view import View

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_copy = st.components.v2.component(
    "quartierspuls_copylink",
    html=f'<button type="button" disabled>{_("Link kopieren")}</button>',
    css=web.stylesheet("copylink.css"),
    js=web.loader("copylink.js"),
)


def row(view: View, release: releases.Release) -> None:
    """Link and files of the view, each file made only when somebody asks for it."""
    query = url.query_string(view.selection.query())
    link, files = st.columns([1, 4], gap="small")
    with link:
        copy(view.selection.query())
    with files:
        folder = st.expander(_("Herunterladen"), key="herunterladen", on_change="rerun")
    if folder.open:
        with folder:
            _files(view, release, f"{st.context.url or ''}?{query}")


def copy(query: Mapping[str, str]) -> None:
    """A button that copies the address of the page with this query."""
    said = {"label": _("Link kopieren"), "done": _("Link kopiert!")}
    _copy(key="copylink", data={**said, "query": url.query_string(query)}, height=42)


def _files(view: View, release: releases.Release, address: str) -> None:
    kinds: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (_("Tabelle (XLSX)"), "xlsx", _XLSX, lambda: exports.xlsx(view, address)),
        (_("Tabelle (CSV)"), "csv", "text/csv", lambda: exports.csv(view)),
        (
            _("Bild (PNG)"),
            "png",
            "image/png",
            lambda: exports.png(pictures.picture(view, release)),
        ),
        (
            _("Bild (SVG)"),
            "svg",
            "image/svg+xml",
            lambda: exports.svg(pictures.picture(view, release)),
        ),
    ]
    for column, (label, ending, mime, content) in zip(st.columns(4), kinds, strict=True):
        part = _part(view) if ending in ("png", "svg") else ""
        column.download_button(
            label,
            content,
            file_name=exports.file_name(view, ending, part),
            mime=mime,
            on_click="ignore",
            key=f"download {ending}",
            width="stretch",
        )


def _part(view: View) -> str:
    """What a picture's file is called for: its view, of changes also how they are drawn."""
    chosen = view.selection
    return f"veraenderung-{chosen.picture}" if chosen.view == "veraenderung" else chosen.view
