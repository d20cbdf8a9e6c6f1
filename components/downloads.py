"""Buttons to take something along: the link to what is shown, and files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from components import url, web
from model import filetypes
from model.language import _

_IN_ROW = 4

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


def buttons(files: Sequence[File], key: str = "download", in_row: int = _IN_ROW) -> None:
    """A button for each file, side by side; a file is made only when somebody asks for it.

    `key` tells the files of one place on a page from those of another.
    """
    places = [place for _row in files[::in_row] for place in st.columns(in_row)]
    for column, file in zip(places, files, strict=False):
        column.download_button(
            file.label,
            file.content,
            file_name=file.name,
            mime=filetypes.MIME[file.name.rpartition(".")[2]],
            on_click="ignore",
            key=f"{key} {file.label}",
            width="stretch",
        )
