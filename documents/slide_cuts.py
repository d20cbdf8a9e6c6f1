"""Long texts and long tables cut into slides that hold them without overflow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, zip_longest

from documents import measuring, slide_room
from documents.document import Table
from documents.slide_room import Grid, Line, Page
from model.language import _

_TABLE_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
_DENSE = 10.0
"""Tables that go on to further slides have letters so large, where the columns let them."""
_EASY = 12.0
"""Letters as large are read from afar; rows of one line count more than larger ones."""
_SCALES = (1.0, 0.95, 0.9, 0.85, 0.8)
"""Letters of texts shrink so far when that saves a slide."""


def numbered(pages: Iterable[Page]) -> Iterator[Page]:
    """Slides of one title that follow each other say which of how many they are."""
    for _title, group in groupby(pages, lambda page: (page.title, page.kind in ("text", "view"))):
        run = list(group)
        for place, page in enumerate(run, start=1):
            count = _("({place} von {count})").format(place=place, count=len(run))
            yield replace(page, title=f"{page.title} {count}") if len(run) > 1 else page


def texts(page: Page, lines: list[Line]) -> Iterator[Page]:
    """The lines on as few slides as hold them, in letters as large as these allow.

    A single heading joins the title of its slide.
    """
    if not lines:
        return
    scales = ((scale, _filled(lines, scale)) for scale in _SCALES)
    scale, held = min(scales, key=lambda tried: len(tried[1]))
    for some in held:
        title, shown = page.title, some
        if some[0].kind == "heading" and sum(line.kind == "heading" for line in some) == 1:
            title, shown = f"{page.title}: {some[0].text}", some[1:]
        yield replace(page, title=title, lines=tuple(shown), scale=scale)


def _filled(lines: list[Line], scale: float) -> list[list[Line]]:
    """Lines of each slide; a heading stays with what it heads, small print with its fact."""
    held: list[list[Line]] = [[]]
    used = 0.0
    for line, after in zip_longest(lines, lines[1:]):
        high = needed = slide_room.line_height(line, scale)
        if after and (line.kind == "heading" or (line.kind, after.kind) == ("fact", "small")):
            needed += slide_room.line_height(after, scale)
        if held[-1] and used + needed > slide_room.BOTTOM - slide_room.TOP:
            held.append([])
            used = 0.0
        held[-1].append(line)
        used += high
    return held


def table(page: Page, whole: Table) -> Iterator[Page]:
    """Rows spread evenly over as few slides as hold them; each repeats the head.

    Narrow tables stand on a slide in two halves, where that saves one or lets letters be larger.
    """
    sizes = [size for size in _TABLE_SIZES if size >= _DENSE]
    grids = [(1, _grid(whole, size, 1)) for size in sizes]
    grids += [(2, grid) for size in sizes if (grid := _grid(whole, size, 2)).size >= _DENSE]
    tried = [(grid, list(_cut(page, whole, grid, halves))) for halves, grid in dict.fromkeys(grids)]
    yield from min(tried, key=lambda one: (len(one[1]), *_effort(whole, one[0])))[1]


def _effort(whole: Table, grid: Grid) -> tuple[float, int, float]:
    """How hard a table is to read: small letters first, then rows of several lines."""
    flat = slide_room.ROW_GAP + grid.size * measuring.LEADING + 0.1
    places = range(len(whole.rows))
    broken = sum(slide_room.row_height(whole, place, grid) > flat for place in places)
    return -min(grid.size, _EASY), broken, -grid.size


def _cut(page: Page, whole: Table, grid: Grid, halves: int) -> Iterator[Page]:
    """The slides of a table in this grid, each with so many halves beside each other."""
    rest = list(range(len(whole.rows)))
    most = _beside(replace(page, sentences=()), whole, grid, rest, halves)
    even = _evenly(len(rest), sum(map(len, most)))
    while True:
        shown = _beside(page, whole, grid, rest[:even], halves)
        yield replace(page, tables=tuple(_rows(whole, rows) for rows in shown), grid=grid)
        rest = rest[sum(map(len, shown)) :]
        if not rest:
            return
        page = replace(page, sentences=())


def _beside(page: Page, whole: Table, grid: Grid, rows: list[int], halves: int) -> list[list[int]]:
    """The rows of each half, as far as they stand on the slide; at least one half."""
    caption = slide_room.CAPTION * measuring.LEADING + slide_room.GAP if whole.caption else 0
    room = slide_room.space(page)[1] - caption
    share = -(-len(rows) // halves)
    made = [rows[: _fitting(whole, grid, rows[:share], room)]]
    while len(made) < halves and (rest := rows[sum(map(len, made)) :][:share]):
        made.append(rest[: _fitting(whole, grid, rest, room)])
    return made


def _rows(whole: Table, rows: list[int]) -> Table:
    return replace(
        whole,
        rows=tuple(whole.rows[row] for row in rows),
        strong=frozenset(place for place, row in enumerate(rows) if row in whole.strong),
    )


def _fitting(whole: Table, grid: Grid, rows: list[int], room: float) -> int:
    """How many of the rows stand below the head; at least one."""
    used = slide_room.row_height(whole, None, grid)
    for taken, row in enumerate(rows):
        used += slide_room.row_height(whole, row, grid)
        if used > room:
            return max(1, taken)
    return len(rows)


def _grid(whole: Table, largest: float, halves: int) -> Grid:
    sizes = tuple(size for size in _TABLE_SIZES if size <= largest)
    room = (slide_room.ROOM - (halves - 1) * slide_room.HALVES_GAP) / halves
    size, widths = measuring.columns(whole, room, sizes, slide_room.CELL_GAP)
    return Grid(size, tuple(widths))


def _evenly(rows: int, most: int) -> int:
    """Rows a slide, so that the last one is not nearly empty."""
    return -(-rows // max(1, -(-rows // most))) if rows else 1
