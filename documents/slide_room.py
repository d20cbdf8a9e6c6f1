"""What one slide holds, and how much room its words and rows take on it, in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from documents import measuring
from documents.document import Figure, Table
from model.language import _

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 43.0
ROOM = WIDTH - 2 * MARGIN
TOP = 118.0
"""Where the content begins, below title and about line."""
BOTTOM = 494.0
"""Where the content and its origin end, above the footer."""
ORIGIN = 10.0
"""Size of the letters of origin lines."""
ORIGIN_MOST = 118.0
GAP = 10.0
ABOUT = (14.0, 13.0, 12.0, 11.0, 10.0)
"""Sizes of the line below the title."""
ABOUT_HIGH = 20.0
CAPTION = 12.0
SENTENCE = 18.0
SAID = (20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0)
"""Sizes of sentences beside a picture."""
BESIDE = 250.0
"""Width of the sentences beside a picture."""
SIZES = {
    "lead": 22.0,
    "body": 18.0,
    "note": 18.0,
    "small": 14.0,
    "item": 18.0,
    "fact": 16.0,
    "heading": 20.0,
}
BETWEEN = 7.0
INDENT = 24.0
CELL_GAP = 10.0
ROW_GAP = 5.0
HALVES_GAP = 24.0
"""Between the two halves of a table that stand beside each other."""


@dataclass(frozen=True)
class Line:
    """A paragraph of a text slide; of a fact `name` stands before it."""

    text: str
    kind: str = "body"
    name: str = ""


@dataclass(frozen=True)
class Grid:
    """Size of a table's letters and widths of its columns in points, alike on all its slides."""

    size: float
    widths: tuple[float, ...]


@dataclass(frozen=True)
class Page:
    """One slide. Lines have `scale` times their size; tables have their grid.

    Up to six figures stand in rows of three, each over its caption. Two tables are the halves of
    one and stand beside each other.
    """

    kind: Literal["cover", "section", "text", "view"]
    title: str
    about: str = ""
    lines: tuple[Line, ...] = ()
    scale: float = 1.0
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    grid: Grid | None = None
    origin: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def space(page: Page) -> tuple[float, float]:
    """Where pictures or tables begin and how high they may be."""
    top = TOP
    if page.sentences and not page.figures:
        top += GAP + sum(
            measuring.height(line, SENTENCE, ROOM) + BETWEEN for line in page.sentences
        )
    return top, BOTTOM - origin_height(page) - GAP - top


def origin_height(page: Page) -> float:
    """Of the origin at the foot; at most ORIGIN_MOST."""
    return measuring.height(shown_origin(page), ORIGIN, ROOM) if page.origin else 0.0


def shown_origin(page: Page) -> str:
    """What of the origin has room; what has none stands in the notes, and it is said."""
    more = _("Weitere Angaben stehen in den Notizen dieser Folie.")
    shown = " · ".join(page.origin)
    for last in range(len(page.origin) - 1, -1, -1):
        if measuring.height(shown, ORIGIN, ROOM) <= ORIGIN_MOST:
            break
        shown = " · ".join((*page.origin[:last], more))
    return shown


def fitted(
    lines: tuple[str, ...],
    room: tuple[float, float],
    sizes: tuple[float, ...],
    gap: float = BETWEEN,
) -> float:
    """The first of `sizes` in which all lines stand in a room so wide and high; 0 for none."""
    for size in sizes:
        if sum(measuring.height(line, size, room[0]) + gap for line in lines) <= room[1]:
            return size
    return 0.0


def about_size(text: str) -> float:
    """Of the letters of the line below the title; 0 where it has no room."""
    return fitted((text,), (ROOM, ABOUT_HIGH), ABOUT, 0)


def line_height(line: Line, scale: float = 1.0) -> float:
    """Of a paragraph on a text slide."""
    text = f"{line.name}: {line.text}" if line.name else line.text
    bold = line.kind in ("note", "heading")
    return measuring.height(text, SIZES[line.kind] * scale, ROOM - INDENT, bold) + BETWEEN


def row_height(table: Table, row: int | None, grid: Grid) -> float:
    """Of a row, or of the head without one, with what stands between rows."""
    cells = table.columns if row is None else table.rows[row]
    bold = row is None or row in table.strong
    return ROW_GAP + max(
        measuring.height(cell, grid.size, width - CELL_GAP + 0.5, bold)
        for cell, width in zip(cells, grid.widths, strict=True)
    )
