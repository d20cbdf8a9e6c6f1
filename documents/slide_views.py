"""How a view stands on its slide: title line, sentences, pictures, tables and origin."""

from __future__ import annotations

import datetime
from typing import Any

from documents import look, measuring, parts, slide_room, slide_shapes, slide_tables
from documents.slide_room import Page

_PICTURE_GAP = 18.0
_LETTERS = 12.0
_SMALL = 9.0
"""Letters of charts that stand in rows."""


def set_view(slide: Any, page: Page, day: datetime.date) -> None:
    """All of a view but its title."""
    margin, room = slide_room.MARGIN, slide_room.ROOM
    if page.about:
        size = slide_room.about_size(page.about)
        box = (margin, 92.0, room, slide_room.ABOUT_HIGH)
        slide_shapes.add_text(slide, box, (page.about,), size or slide_room.ABOUT[-1], look.SOFT)
    top, height = slide_room.space(page)
    box = (margin, top, room, height)
    if page.figures:
        _set_figures(slide, page, box, day)
    elif page.sentences:
        said = (margin, slide_room.TOP, room, top - slide_room.TOP)
        slide_shapes.add_text(
            slide, said, page.sentences, slide_room.SENTENCE, gap=slide_room.BETWEEN
        )
    if page.tables:
        _set_tables(slide, page, box)
    if page.origin:
        high = slide_room.origin_height(page)
        foot = (margin, slide_room.BOTTOM - high, room, high)
        shown = (slide_room.shown_origin(page),)
        slide_shapes.add_text(slide, foot, shown, slide_room.ORIGIN, look.SOFT)


def _set_tables(slide: Any, page: Page, box: slide_shapes.Box) -> None:
    """A table over the whole width, or its halves beside each other, below the caption."""
    left, top, room, _height = box
    assert page.grid
    if caption := page.tables[0].caption:
        high = slide_room.CAPTION * measuring.LEADING
        words = (left, top, room, high)
        slide_shapes.add_text(slide, words, (caption,), slide_room.CAPTION, look.SOFT)
        top += high + slide_room.GAP
    for half in page.tables:
        slide_tables.add(slide, (left, top), half, page.grid, half.caption or page.title)
        left += sum(page.grid.widths) + slide_room.HALVES_GAP


def _set_figures(slide: Any, page: Page, box: slide_shapes.Box, day: datetime.date) -> None:
    """Sentences on the left, the pictures on the right; alone these have the whole room."""
    left, top, width, height = box
    if page.sentences:
        size = (
            slide_room.fitted(page.sentences, (slide_room.BESIDE, height), slide_room.SAID)
            or slide_room.SAID[-1]
        )
        said = (left, top, slide_room.BESIDE, height)
        lines = slide_shapes.kept(page.sentences, said, size, slide_room.BETWEEN)
        slide_shapes.add_text(slide, said, lines, size, gap=slide_room.BETWEEN)
        left, width = left + said[2] + 24, width - said[2] - 24
    several = len(page.figures) > 2
    for place, figure in enumerate(page.figures):
        cell = _cell((left, top, width, height), place, len(page.figures))
        if figure.caption:
            size = slide_room.ORIGIN if several else slide_room.CAPTION
            cell = _captioned(slide, figure.caption, cell, size)
        parts.demand_alternative(figure)
        slide_shapes.add_figure(slide, cell, figure, day, _SMALL if several else _LETTERS)


def _captioned(slide: Any, caption: str, box: slide_shapes.Box, size: float) -> slide_shapes.Box:
    """What is left of the box below the caption."""
    left, top, width, height = box
    high = measuring.height(caption, size, width)
    slide_shapes.add_text(slide, (left, top, width, high), (caption,), size, look.SOFT)
    return left, top + high + 4, width, height - high - 4


def _cell(box: slide_shapes.Box, place: int, count: int) -> slide_shapes.Box:
    """The place of one of up to two pictures in a row, of more in two rows of three."""
    left, top, width, height = box
    columns, rows = (3, 2) if count > 2 else (count, 1)
    wide = (width - (columns - 1) * _PICTURE_GAP) / columns
    high = (height - (rows - 1) * _PICTURE_GAP) / rows
    row, column = divmod(place, columns)
    return left + column * (wide + _PICTURE_GAP), top + row * (high + _PICTURE_GAP), wide, high
