"""A page's view told on paper: title, sentences, pictures, table, origin; what a Sammelmappe shows.

Slides and reports can show the same.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from components import exports
from model.language import _

_MOST_ROWS = 60
"""Rows of a folded table; longer ones are read on their page."""
_PLACES = re.compile(r'(?<= )(?:d|transform)="[^"]*"')
_FINE = re.compile(r"\d+\.\d{2,}")


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG with the words for who cannot see it; `caption` tells it from others."""

    svg: str
    alternative: str
    caption: str = ""


@dataclass(frozen=True)
class Described:
    """A view as it is told apart from its page.

    `about` says of what, where and when; `origin` are source, basis, Stand, release and status as
    lines. As HTML: `aside` is a small drawing beside the sentences, `body` what the view itself
    consists of, `table` the pictures in numbers, `sources` the origin of each indicator, folded.
    `brief` is the part of the origin that has to stand on a slide; without it, all of it has.
    """

    title: str
    about: str = ""
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    aside: str = ""
    body: str = ""
    table: str = ""
    origin: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    sources: str = ""
    notices: tuple[str, ...] = ()


def drawing(spec: dict[str, Any]) -> str:
    """A picture's spec as SVG with places to a tenth of a pixel, which nobody sees finer."""
    svg = exports.svg(spec).decode()
    return _PLACES.sub(lambda places: _FINE.sub(_tenth, places[0]), svg)


def _tenth(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}"


def image(picture: Picture) -> str:
    """A picture as HTML: inline SVG would be taken out of the page by Streamlit."""
    packed = base64.b64encode(picture.svg.encode()).decode()
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    return (
        f'<figure>{caption}<img src="data:image/svg+xml;base64,{packed}" '
        f'alt="{escape(picture.alternative)}"></figure>'
    )


def table(data: dict[str, Any]) -> str:
    """A table of components/tables.py as plain HTML; a long one only says where to read it."""
    rows: Sequence[dict[str, Any]] = data["rows"]
    if len(rows) > _MOST_ROWS:
        text = _("Die Tabelle hat {count} Zeilen. Sie steht in der Ansicht.")
        return f"<p>{escape(text.format(count=len(rows)))}</p>"
    numbers = {place for place, column in enumerate(data["columns"]) if column.get("number")}
    heads = "".join(
        f'<th scope="col"{_side(place in numbers)}>{escape(column["title"])}</th>'
        for place, column in enumerate(data["columns"])
    )
    body = "".join(f"<tr>{_cells(row['cells'], numbers)}</tr>" for row in rows)
    # A scrolled place needs the keyboard's focus and a name.
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(data["caption"])}">'
        f"<table><caption>{escape(data['caption'])}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(cells: Iterable[str], numbers: set[int]) -> str:
    first, *rest = cells
    return f'<th scope="row">{escape(first)}</th>' + "".join(
        f"<td{_side(place in numbers)}>{escape(cell)}</td>"
        for place, cell in enumerate(rest, start=1)
    )


def _side(number: bool) -> str:
    return ' class="number"' if number else ""
