"""Tables on slides: real ones, with a head that is marked as such."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from documents import look, measuring, slide_room, slide_shapes
from documents.document import Table
from documents.slide_room import Grid

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style without lines and grounds."""


def add(slide: Any, corner: tuple[float, float], table: Table, grid: Grid, words: str) -> None:
    """The table with its head, from its upper left corner on; `words` say what it shows."""
    places = (None, *range(len(table.rows)))
    heights = [slide_room.row_height(table, place, grid) for place in places]
    made = slide.shapes.add_table(
        1, 1, Pt(corner[0]), Pt(corner[1]), Pt(sum(grid.widths)), Pt(sum(heights))
    )
    slide_shapes.describe(made, words)
    held = made._element.find(f".//{qn('a:tbl')}")
    held.getparent().replace(held, parse_xml(_table(table, grid, heights)))


def _table(table: Table, grid: Grid, heights: list[float]) -> str:
    rows = [_row(table, table.columns, grid, heights[0], bold=True, head=True)]
    rows += [
        _row(table, row, grid, heights[place + 1], bold=place in table.strong)
        for place, row in enumerate(table.rows)
    ]
    columns = "".join(f'<a:gridCol w="{int(Pt(width))}"/>' for width in grid.widths)
    return (
        f'<a:tbl xmlns:a="{_A}"><a:tblPr firstRow="1"><a:tableStyleId>{_PLAIN}</a:tableStyleId>'
        f"</a:tblPr><a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl>"
    )


def _row(
    table: Table,
    cells: tuple[str, ...],
    grid: Grid,
    height: float,
    bold: bool = False,
    head: bool = False,
) -> str:
    line, colour = (12700, look.ACCENT) if head else (6350, look.HAIR)
    side = int(Pt(slide_room.CELL_GAP / 2))
    edge = int(Pt(slide_room.ROW_GAP / 2)) - 1
    letters = (
        f'<a:rPr lang="de-DE" sz="{round(grid.size * 100)}" b="{int(bold)}"><a:solidFill>'
        f'<a:srgbClr val="{look.SOFT if head else look.INK}"/></a:solidFill></a:rPr>'
    )
    made = []
    for place, cell in enumerate(cells):
        align = "r" if place in table.numbers else "l"
        lines = _head(cell, grid, place) if head else [cell]
        runs = f"<a:br>{letters}</a:br>".join(
            f"<a:r>{letters}<a:t>{escape(words)}</a:t></a:r>" for words in lines
        )
        made.append(
            f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{align}"/>{runs}</a:p>'
            f'</a:txBody><a:tcPr marL="{side}" marR="{side}" marT="{edge}" marB="{edge}" '
            f'anchor="{"b" if head else "t"}"><a:lnB w="{line}"><a:solidFill>'
            f'<a:srgbClr val="{colour}"/></a:solidFill></a:lnB></a:tcPr></a:tc>'
        )
    return f'<a:tr h="{int(Pt(height))}">{"".join(made)}</a:tr>'


def _head(cell: str, grid: Grid, place: int) -> list[str]:
    """A date that is wider than its column has its year on a line of its own."""
    room = grid.widths[place] - slide_room.CELL_GAP + 0.5
    if " " in cell or measuring.width(cell, grid.size, bold=True) <= room:
        return [cell]
    return measuring.pieces(cell)
