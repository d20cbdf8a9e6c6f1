"""Take a view along: link, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

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


_Kind = tuple[str, str, str, str, Callable[[], bytes]]
"""A file to take along: label, ending, media type, name, and how its bytes are made."""


def link(query: str, width: int | Literal["stretch"] = "stretch") -> None:
    """The button that copies the page's address with this query."""
    _copy(
        key="copylink",
        data={"label": _("Link kopieren"), "done": _("Link kopiert!"), "query": query},
        width=width,
        height=42,
    )


def row(view: View, release: releases.Release) -> None:
    """Link and files of the view, each file made only when somebody asks for it."""
    query = url.query_string(view.selection.query())
    _shown(query, lambda: _files(view, release, _address(query)))


def tables(
    asked: Mapping[str, str], name: str, xlsx: Callable[[str], bytes], csv: Callable[[], bytes]
) -> None:
    """Link and tables of a page without a view; `name` is the files' without an ending.

    `xlsx` gets the address of what is shown.
    """
    query = url.query_string(asked)
    kinds: list[_Kind] = [
        (_("Tabelle (XLSX)"), "xlsx", _XLSX, f"{name}.xlsx", lambda: xlsx(_address(query))),
        (_("Tabelle (CSV)"), "csv", "text/csv", f"{name}.csv", csv),
    ]
    _shown(query, lambda: _buttons(kinds))


def _address(query: str) -> str:
    return f"{st.context.url or ''}?{query}"


def _shown(query: str, fill: Callable[[], None]) -> None:
    """The button that copies the link, and what there is to take along, folded."""
    copied, files = st.columns([1, 4], gap="small")
    with copied:
        link(query)
    with files:
        folder = st.expander(_("Herunterladen"), key="herunterladen", on_change="rerun")
    if folder.open:
        with folder:
            fill()


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
    parts = {"png": _part(view), "svg": _part(view)}
    _buttons(
        [
            (label, ending, mime, exports.file_name(view, ending, parts.get(ending, "")), content)
            for label, ending, mime, content in kinds
        ]
    )


def _buttons(kinds: Sequence[_Kind]) -> None:
    for column, (label, ending, mime, name, content) in zip(st.columns(4), kinds, strict=False):
        column.download_button(
            label,
            content,
            file_name=name,
            mime=mime,
            on_click="ignore",
            key=f"download {ending}",
            width="stretch",
        )


def _part(view: View) -> str:
    """What a picture's file is called for: its view, of changes also how they are drawn."""
    chosen = view.selection
    return f"veraenderung-{chosen.picture}" if chosen.view == "veraenderung" else chosen.view
