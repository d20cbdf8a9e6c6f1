"""What documents/pdf.typ reads: a document as plain lists and texts."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from documents import codes, drawings, parts
from documents.document import (
    Beside,
    Block,
    Document,
    Exhibit,
    Facts,
    Figure,
    Heading,
    Items,
    Table,
    Text,
)
from model.language import _

_WHOLE = 36
"""Letters of a cell that stands on one line, if there is room."""
_LINES, _BROKEN = 60, 26
"""Letters of a cell that takes several lines, and how many of them one of these wants."""


def of(document: Document) -> dict[str, Any]:
    """The document in the words of the template."""
    day = datetime.date.fromisoformat(document.day)
    return {
        "says": {
            "contents": _("Inhalt"),
            "page": _("Seite"),
            "of": _("von"),
            "index": _("Index der Indikatoren"),
            "imprint": _("Impressum"),
            "overleaf": _("Die Zahlen stehen als Tabelle auf der nächsten Seite."),
            "link": _("Diese Ansicht im Netz:"),
        },
        "title": document.title,
        "subtitle": document.subtitle,
        "city": document.city,
        "author": document.author,
        "day": [day.year, day.month, day.day],
        "running": document.running,
        "cover": document.cover,
        "sheet": parts.is_sheet(document),
        "emblem": _figure(document.emblem) if document.emblem else None,
        "notices": document.notices,
        "imprint": document.imprint,
        "words": parts.index(document) if document.cover else [],
        "parts": [
            {
                "title": part.title,
                "about": part.about,
                "level": part.level,
                "blocks": _blocks(part.blocks, 0 if parts.is_sheet(document) else part.level),
            }
            for part in document.parts
        ],
    }


def _blocks(blocks: tuple[Block, ...], above: int) -> list[dict[str, Any]]:
    """Blocks under a heading of level `above`; no level is left out on the way down."""
    made = []
    last = above
    for block in blocks:
        if isinstance(block, Heading):
            last = min(above + block.level - 1, last + 1)
            told = {"kind": "heading", "text": block.text, "level": last, "opens": block.opens}
            made.append(told)
        else:
            made.append(_block(block, last))
    return made


def _block(block: Block, above: int) -> dict[str, Any]:
    match block:
        case Text():
            return {"kind": block.kind, "text": block.text}
        case Items() | Facts():
            return {"kind": type(block).__name__.lower(), **asdict(block)}
        case Figure():
            return {"kind": "figure", **_figure(block)}
        case Table():
            return {"kind": "table", **_table(block)}
        case Exhibit():
            return {"kind": "exhibit", **_exhibit(block, above + 1)}
        case Beside():
            left = _blocks(block.left, above)
            right = _blocks(block.right, above)
            return {"kind": "beside", "left": left, "right": right, "share": block.share}
        case _:
            raise TypeError(type(block))


def _exhibit(exhibit: Exhibit, level: int) -> dict[str, Any]:
    return {
        "title": exhibit.title,
        "level": level,
        "about": exhibit.about,
        "sentences": exhibit.sentences,
        "figures": [_figure(figure) for figure in exhibit.figures],
        "tables": [_table(table) for table in exhibit.tables],
        "origin": exhibit.origin,
        "link": exhibit.link,
        "code": _code(exhibit.link) if exhibit.link else None,
    }


def _figure(figure: Figure) -> dict[str, str]:
    svg = drawings.lettered(figure.narrow or figure.svg)
    return {"svg": svg, "alternative": figure.alternative, "caption": figure.caption}


def _code(link: str) -> dict[str, str]:
    said = _("QR-Code mit der Adresse dieser Ansicht")
    return {"svg": codes.svg(link).decode(), "alternative": said}


def _table(table: Table) -> dict[str, Any]:
    """Columns share the width by their longest texts."""
    cells = [[row[n] for row in table.rows] for n in range(len(table.columns))]
    return {
        "caption": table.caption,
        "columns": table.columns,
        "numbers": sorted(table.numbers),
        "widths": [_width(head, cells[n]) for n, head in enumerate(table.columns)],
        "tight": [_width("", column) for column in cells],
        "long": [n for n, column in enumerate(cells) if _longest(column) > _WHOLE],
        "rows": [{"cells": row, "strong": n in table.strong} for n, row in enumerate(table.rows)],
    }


def _width(head: str, cells: list[str]) -> int:
    """Letters a column wants: its longest cell and the longest word of its head.

    Cells that take several lines anyway want less.
    """
    words = [len(word) for text in (head, *cells) for word in text.split()]
    longest = _longest(cells)
    wanted = min(longest, _WHOLE) if longest <= _LINES else _BROKEN
    return max(4, *words, wanted) + 2 if words else 6


def _longest(cells: list[str]) -> int:
    return max((len(cell) for cell in cells), default=0)
