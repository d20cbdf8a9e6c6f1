"""What stands on each slide: a document cut into slides that hold it without overflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from documents import measuring
from documents.document import (
    Beside,
    Block,
    Document,
    Exhibit,
    Facts,
    Figure,
    Heading,
    Items,
    Part,
    Table,
    Text,
)
from model.language import _

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 43.0
ROOM = WIDTH - 2 * MARGIN
TOP = 118.0
"""Where the content begins, below title and about line, in points."""
BOTTOM = 494.0
"""Where the content and its origin end, above the footer."""
ORIGIN = 10.0
"""Size of the letters of origin lines."""
ORIGIN_MOST = 118.0
GAP = 10.0

TABLE_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0)
DENSE = 11.0
"""Tables that go on to further slides have letters so large, where the columns let them."""
CELL_GAP = 10.0
ROW_GAP = 5.0
CAPTION = 12.0
SENTENCE = 18.0
SIZES = {"lead": 22.0, "body": 18.0, "note": 18.0, "small": 14.0, "item": 18.0, "fact": 16.0}
BETWEEN = 7.0


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
    """One slide; a table has its grid."""

    kind: Literal["cover", "section", "text", "view"]
    title: str
    about: str = ""
    lines: tuple[Line, ...] = ()
    sentences: tuple[str, ...] = ()
    figure: Figure | None = None
    table: Table | None = None
    grid: Grid | None = None
    origin: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def opening(document: Document) -> Iterator[Page]:
    """The cover and the contents, where the document has a cover."""
    if document.cover:
        about = " · ".join(word for word in (document.city, document.author) if word)
        yield Page(
            "cover",
            document.title,
            document.subtitle,
            figure=document.emblem,
            notes=(about, *document.notices),
        )
        chapters = [Line(part.title, "item") for part in document.parts if part.level == 1]
        yield from _texts(_("Inhalt"), chapters)


def closing(document: Document) -> Iterator[Page]:
    """The imprint."""
    facts = [Line(told, "fact", name) for name, told in document.imprint]
    yield from _texts(_("Impressum"), facts)


def of_part(part: Part, section: bool) -> Iterator[Page]:
    """The slides of a part; with a `section` the first one bears its title alone."""
    if section:
        yield Page("section", part.title, part.about)
    yield from _of_blocks(part.blocks, part.title)


def _of_blocks(blocks: tuple[Block, ...], title: str) -> Iterator[Page]:
    held: list[Line] = []
    for block in _flat(blocks):
        if isinstance(block, Text):
            held.append(Line(block.text, block.kind))
        elif isinstance(block, Items):
            held += [Line(line, "item") for line in block.lines]
        elif isinstance(block, Facts):
            held += [Line(told, "fact", name) for name, told in block.pairs]
        else:
            yield from _texts(title, held)
            held = []
            if isinstance(block, Heading):
                title = block.text
            else:
                yield from _view(block, title)
    yield from _texts(title, held)


def _flat(
    blocks: tuple[Block, ...],
) -> Iterator[Heading | Text | Items | Facts | Exhibit | Figure | Table]:
    for block in blocks:
        if isinstance(block, Beside):
            yield from _flat((*block.left, *block.right))
        else:
            yield block


def _view(block: Exhibit | Figure | Table, title: str) -> Iterator[Page]:
    if isinstance(block, Figure):
        yield Page("view", block.caption or title, figure=replace(block, caption=""))
    elif isinstance(block, Table):
        named = block.caption or title
        yield from _numbered(_of_table(Page("view", named), replace(block, caption="")))
    else:
        yield from _numbered(_exhibit(block))


def _exhibit(exhibit: Exhibit) -> Iterator[Page]:
    notes = (*exhibit.sentences, *exhibit.origin, *([exhibit.link] if exhibit.link else []))
    bare = Page("view", exhibit.title, exhibit.about, origin=exhibit.origin, notes=notes)
    said = replace(bare, sentences=exhibit.sentences)
    for figure in exhibit.figures:
        yield replace(said, figure=figure)
        said = bare
    for table in exhibit.tables:
        told = replace(table, caption="" if table.caption == exhibit.title else table.caption)
        yield from _of_table(said, told)
        said = bare
    if not exhibit.figures and not exhibit.tables:
        yield said


def _numbered(pages: Iterator[Page]) -> Iterator[Page]:
    """Slides of one title say which of how many they are."""
    made = list(pages)
    for place, page in enumerate(made, start=1):
        count = _("({place} von {count})").format(place=place, count=len(made))
        yield replace(page, title=f"{page.title} {count}") if len(made) > 1 else page


def _of_table(page: Page, table: Table) -> Iterator[Page]:
    """Rows spread evenly over as few slides as hold them; each repeats the head."""
    rest = list(range(len(table.rows)))
    room = _table_room(page, table)
    grids = [_grid(table, size) for size in TABLE_SIZES if size >= DENSE]
    fitting = (grid for grid in grids if _fitting(table, grid, rest, room) == len(rest))
    grid = next(fitting, grids[-1])
    even = _evenly(
        len(rest), _fitting(table, grid, rest, _table_room(replace(page, sentences=()), table))
    )
    while True:
        taken = min(even, _fitting(table, grid, rest, _table_room(page, table)))
        rows, rest = rest[:taken], rest[taken:]
        yield replace(page, table=_cut(table, rows), grid=grid)
        if not rest:
            return
        page = replace(page, sentences=())


def _cut(table: Table, rows: list[int]) -> Table:
    return replace(
        table,
        rows=tuple(table.rows[row] for row in rows),
        strong=frozenset(place for place, row in enumerate(rows) if row in table.strong),
    )


def _fitting(table: Table, grid: Grid, rows: list[int], room: float) -> int:
    """How many of the rows stand below the head; at least one."""
    used = row_height(table.columns, grid)
    for taken, row in enumerate(rows):
        used += row_height(table.rows[row], grid)
        if used > room:
            return max(1, taken)
    return len(rows)


def _grid(table: Table, largest: float) -> Grid:
    sizes = tuple(size for size in TABLE_SIZES if size <= largest)
    size, widths = measuring.columns(table, ROOM, sizes, CELL_GAP)
    return Grid(size, tuple(widths))


def _table_room(page: Page, table: Table) -> float:
    return space(page)[1] - (CAPTION * measuring.LEADING + GAP if table.caption else 0)


def _evenly(rows: int, most: int) -> int:
    """Rows a slide, so that the last one is not nearly empty."""
    return -(-rows // max(1, -(-rows // most))) if rows else 1


def row_height(cells: tuple[str, ...], grid: Grid) -> float:
    """In points, with what stands between rows; measured in bold letters."""
    return ROW_GAP + max(
        measuring.height(cell, grid.size, width - CELL_GAP + 0.5, bold=True)
        for cell, width in zip(cells, grid.widths, strict=True)
    )


def space(page: Page) -> tuple[float, float]:
    """Where the picture or the table begins and how high it may be, in points."""
    top = TOP
    if page.sentences and page.figure is None:
        top += GAP + sum(
            measuring.height(line, SENTENCE, ROOM) + BETWEEN for line in page.sentences
        )
    return top, BOTTOM - origin_height(page) - GAP - top


def origin_height(page: Page) -> float:
    """Of the origin lines at the foot, in points; at most ORIGIN_MOST."""
    return sum(measuring.height(line, ORIGIN, ROOM) for line in shown_origin(page))


def shown_origin(page: Page) -> list[str]:
    """The origin lines that have room; what has none stands in the notes, and it is said."""
    used = 0.0
    shown: list[str] = []
    for line in page.origin:
        used += measuring.height(line, ORIGIN, ROOM)
        if used > ORIGIN_MOST - ORIGIN * measuring.LEADING:
            return [*shown, _("Weitere Angaben stehen in den Notizen dieser Folie.")]
        shown.append(line)
    return shown


def _texts(title: str, lines: list[Line]) -> Iterator[Page]:
    """Text slides, each as full as it may be."""
    pages, used = [], 0.0
    held: list[Line] = []
    for line in lines:
        high = line_height(line)
        if held and used + high > BOTTOM - TOP:
            pages.append(Page("text", title, lines=tuple(held)))
            held, used = [], 0.0
        held.append(line)
        used += high
    if held:
        pages.append(Page("text", title, lines=tuple(held)))
    yield from _numbered(iter(pages))


def line_height(line: Line) -> float:
    """Of a paragraph on a text slide, in points."""
    text = f"{line.name}: {line.text}" if line.name else line.text
    bold = line.kind == "note"
    return measuring.height(text, SIZES[line.kind], ROOM - 24, bold) + BETWEEN
