"""A page's view told on paper: title, sentences, pictures, table, origin; what a Sammelmappe shows.

Slides and reports can show the same.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from components import exports
from components.spreadsheets import Data
from documents.document import Chart, Table
from model.language import _

_MOST_ROWS = 60
"""Rows of a folded table; longer ones are read on their page."""
_PLACES = re.compile(r'(?<= )(?:d|transform)="[^"]*"')
_FINE = re.compile(r"\d+\.\d{2,}")


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG with the words for who cannot see it; `caption` tells it from others.

    `chart` are its figures, where a plain chart tells the same. `slim` draws the same as wide as a
    phone, `paper` as a page of A4, where that is another drawing.
    """

    svg: str
    alternative: str
    caption: str = ""
    chart: Chart | None = None
    slim: Callable[[], str] | None = None
    paper: Callable[[], str] | None = None


@dataclass(frozen=True)
class Described:
    """A view as it is told apart from its page.

    `about` says of what, where and when; `origin` are source, basis, Stand, release and status as
    lines. `tables` are the pictures in numbers; where there is no picture but a table it stands
    `alone`, and where the body holds the same it is `shown` already. As HTML: `aside` is a small
    drawing beside the sentences, `body` what the view itself consists of, `folded` what stands
    below the tables, `sources` the origin of each indicator. `brief` is the part of the origin
    that has to stand on a slide; without it, all of it has. `signs` say what signs on the pictures
    mean, for places without the body; the labels that begin as one of `front` stay where there is
    no room for all.

    For files: `name` says what they are called, `drawn` is the body as drawings where it is one,
    and `data` makes the numbers for spreadsheets where there is more to tell than the tables do.
    """

    title: str
    about: str = ""
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    aside: str = ""
    body: str = ""
    tables: tuple[Table, ...] = ()
    folded: str = ""
    alone: bool = False
    shown: bool = False
    origin: tuple[str, ...] = ()
    brief: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    front: tuple[str, ...] = ()
    sources: str = ""
    notices: tuple[str, ...] = ()
    name: str = ""
    drawn: tuple[Picture, ...] = ()
    data: Callable[[], Data] | None = None


def drawing(spec: dict[str, Any]) -> str:
    """A picture's spec as SVG with places to a tenth of a pixel, which nobody sees finer."""
    svg = exports.svg(spec).decode()
    return _PLACES.sub(lambda places: _FINE.sub(_tenth, places[0]), svg)


def _tenth(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}"


def packed(svg: bytes) -> str:
    """A drawing as the address of an image."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def table(data: dict[str, Any]) -> Table:
    """A table of components/tables.py, in its own order, for paper."""
    columns = data["columns"]
    return Table(
        caption=data["caption"],
        columns=tuple(column["title"] for column in columns),
        rows=tuple(tuple(row["cells"]) for row in data["rows"]),
        numbers=frozenset(n for n, column in enumerate(columns) if column.get("number")),
        strong=frozenset(n for n, row in enumerate(data["rows"]) if row.get("id") == ""),
        prose=frozenset(n for n, column in enumerate(columns) if column.get("line")),
    )


def numbers(told: Described) -> str:
    """The pictures of a view in numbers, as HTML; a long table only says where to read it."""
    return ("" if told.shown else "".join(map(html, told.tables))) + told.folded


def html(own: Table) -> str:
    """A table as plain HTML; a long one only says where to read it."""
    if len(own.rows) > _MOST_ROWS:
        text = _("Die Tabelle hat {count} Zeilen. Sie steht in der Ansicht.")
        return f"<p>{escape(text.format(count=len(own.rows)))}</p>"
    heads = "".join(
        f'<th scope="col"{_side(place in own.numbers)}>{escape(title)}</th>'
        for place, title in enumerate(own.columns)
    )
    body = "".join(f"<tr>{_cells(row, own.numbers)}</tr>" for row in own.rows)
    # A scrolled place needs the keyboard's focus and a name.
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(own.caption)}">'
        f"<table><caption>{escape(own.caption)}</caption><thead><tr>{heads}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def body(told: Described, drawn: str) -> str:
    """Pictures beside sentences; what the page itself shows below; the numbers folded; as HTML.

    `drawn` are the pictures as components/images.py shows them.
    """
    said = "".join(f"<p>{escape(text)}</p>" for text in told.sentences)
    folded = numbers(told) if not told.alone else ""
    if folded:
        folded = f"<details><summary>{escape(_('Als Tabelle'))}</summary>{folded}</details>"
    words = f'<div class="words">{said}{folded}</div>' if said or folded else ""
    below = told.body + (numbers(told) if told.alone else "")
    if not told.pictures:
        aside = f'<div class="aside">{told.aside}</div>' if told.aside else ""
        return f"{aside}{words}{below}"
    several = " several" if len(told.pictures) > 1 else ""
    return f'<div class="shown{several}"><div class="pictures">{drawn}</div>{words}</div>{below}'


def notices(told: Described) -> str:
    """What of an address could not be followed, as HTML."""
    return "".join(f'<p class="notice" role="note">{escape(text)}</p>' for text in told.notices)


def _cells(cells: Iterable[str], right: Collection[int]) -> str:
    first, *rest = cells
    return f'<th scope="row">{escape(first)}</th>' + "".join(
        f"<td{_side(place in right)}>{escape(cell)}</td>"
        for place, cell in enumerate(rest, start=1)
    )


def _side(number: bool) -> str:
    return ' class="number"' if number else ""
