"""Take a view along: link, tables and pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from components import exports, pictures, url, web
from loaders import releases
from model.language import _
from model.view import View

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_IN_ROW = 4
CSV, PNG, SVG = "text/csv", "image/png", "image/svg+xml"

_copy = st.components.v2.component(
    "quartierspuls_copylink",
    html=f'<button type="button" disabled>{_("Link kopieren")}</button>',
    css=web.stylesheet("copylink.css"),
    js=web.loader("copylink.js"),
)


@dataclass(frozen=True)
class File:
    """A file to take along: what its button says, its name, and how its bytes are made."""

    label: str
    name: str
    mime: str
    content: Callable[[], bytes]


def link(asked: Mapping[str, str], width: int | Literal["stretch"] = "stretch") -> None:
    """The button that copies the page's address with this query."""
    _copy(
        key="copylink",
        data={
            "label": _("Link kopieren"),
            "done": _("Link kopiert!"),
            "query": url.query_string(asked),
        },
        width=width,
        height=42,
    )


def row(view: View, release: releases.Release) -> None:
    """Link and files of the view."""
    offered(view.selection.query(), lambda address: _files(view, release, address))


def offered(asked: Mapping[str, str], files: Callable[[str], Sequence[File]]) -> None:
    """The button that copies the link, and what there is to take along, folded.

    `asked` is the query of what is shown; `files` gets its address.
    """
    copied, folded = st.columns([1, 4], gap="small")
    with copied:
        link(asked)
    with folded:
        folder = st.expander(_("Herunterladen"), key="herunterladen", on_change="rerun")
    if folder.open:
        with folder:
            buttons(files(f"{st.context.url or ''}?{url.query_string(asked)}"))


def _files(view: View, release: releases.Release, address: str) -> list[File]:
    def name(ending: str, part: str = "") -> str:
        return exports.file_name(view, ending, part)

    def drawn() -> dict[str, Any]:
        return pictures.picture(view, release, address)

    part = _part(view)
    return [
        File(_("Tabelle (XLSX)"), name("xlsx"), XLSX, lambda: exports.xlsx(view, address)),
        File(_("Tabelle (CSV)"), name("csv"), CSV, lambda: exports.csv(view, address)),
        *drawings(name("", part).rstrip("."), drawn),
    ]


def drawings(name: str, drawn: Callable[[], dict[str, Any]]) -> list[File]:
    """A picture's spec as files: for the screen, for print, and to be drawn on."""
    return [
        File(_("Bild (PNG)"), f"{name}.png", PNG, lambda: exports.png(drawn())),
        File(_("Bild für den Druck"), f"{name}@2x.png", PNG, lambda: exports.png(drawn(), 2)),
        File(_("Bild (SVG)"), f"{name}.svg", SVG, lambda: exports.svg(drawn())),
    ]


def buttons(files: Sequence[File], key: str = "download") -> None:
    """A button for each file, side by side; a file is made only when somebody asks for it.

    `key` tells the files of one place on a page from those of another.
    """
    places = [place for _row in files[::_IN_ROW] for place in st.columns(_IN_ROW)]
    for column, file in zip(places, files, strict=False):
        column.download_button(
            file.label,
            file.content,
            file_name=file.name,
            mime=file.mime,
            on_click="ignore",
            key=f"{key} {file.label}",
            width="stretch",
        )


def _part(view: View) -> str:
    """What a picture's file is called for: its view, of changes also how they are drawn."""
    chosen = view.selection
    return f"veraenderung-{chosen.picture}" if chosen.view == "veraenderung" else chosen.view
