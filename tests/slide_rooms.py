"""What every slide has to keep: nothing leaves it, overlaps, or overflows its box."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from documents import measuring, slide_room

WIDTH, HEIGHT = 960, 540
LEAST = 10
"""Points of the smallest letters."""


def assert_well_laid(slide: Any) -> None:
    """Fails for a shape beyond the edge, two that overlap, or words with too little room."""
    title = slide.shapes.title.text
    for shape in slide.shapes:
        assert shape.left >= 0 and shape.top >= 0, title
        assert shape.left.pt + shape.width.pt <= WIDTH, title
        assert shape.top.pt + shape.height.pt <= HEIGHT, title
    for one, other in combinations(slide.shapes, 2):
        beside = _apart(one.left, one.width, other.left, other.width)
        assert beside or _apart(one.top, one.height, other.top, other.height), title
    for shape in slide.shapes:
        if shape.has_text_frame and shape.text_frame.text:
            assert _needed(shape) <= shape.height.pt + 0.1, (title, shape.text_frame.text)
        if shape.has_table:
            below = [o.top.pt for o in slide.shapes if o.top >= shape.top + shape.height]
            rows = sum(_row(shape.table, row) for row in shape.table.rows)
            assert shape.top.pt + rows <= min([HEIGHT, *below]) + 0.1, title


def _apart(start: int, long: int, other: int, its: int) -> bool:
    return start + long <= other or other + its <= start


def _needed(shape: Any) -> float:
    """How high the words of a shape are; lists and texts are indented."""
    body = shape.is_placeholder and shape.placeholder_format.idx == 1
    needed = 0.0
    for paragraph in shape.text_frame.paragraphs:
        sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
        # The footer's are its layout's.
        size = max(sizes, default=LEAST)
        assert size >= LEAST, paragraph.text
        bold = all(run.font.bold for run in paragraph.runs)
        room = shape.width.pt - (slide_room.INDENT if body else 0)
        needed += measuring.height(paragraph.text, size, room, bold)
        needed += paragraph.space_after.pt if paragraph.space_after else 0
    return needed


def _row(table: Any, row: Any) -> float:
    """How high a row is: as set, or as its fullest cell needs."""
    needed = [float(row.height.pt)]
    for cell, column in zip(row.cells, table.columns, strict=True):
        [paragraph] = cell.text_frame.paragraphs
        for run in paragraph.runs[:1]:
            assert run.font.size.pt >= LEAST, cell.text
            room = column.width.pt - cell.margin_left.pt - cell.margin_right.pt
            high = measuring.height(paragraph.text, run.font.size.pt, room, bool(run.font.bold))
            needed.append(high + cell.margin_top.pt + cell.margin_bottom.pt)
    return max(needed)
