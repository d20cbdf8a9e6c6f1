"""Tables of Word files: a head that repeats on every page, rows that stay whole."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

from documents import measuring
from documents.document import Table
from documents.word_styles import TABLE, WIDTH

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)


def element(table: Table) -> Any:
    """The table as Word's XML, as wide as the text.

    Letters shrink until the columns fit beside each other.
    """
    room = WIDTH.pt
    size, widths = measuring.columns(table, room, _SIZES, gap=6.5)
    twips = [round(width * 20) for width in widths]
    rows = [_row(table, table.columns, twips, size, head=True)]
    rows += [
        _row(table, row, twips, size, strong=place in table.strong)
        for place, row in enumerate(table.rows)
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    return parse_xml(
        f'<w:tbl {_W}><w:tblPr><w:tblStyle w:val="{TABLE}"/>'
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(
    table: Table,
    cells: tuple[str, ...],
    widths: list[int],
    size: float,
    head: bool = False,
    strong: bool = False,
) -> str:
    if len(cells) != len(table.columns):
        raise ValueError(f"{table.caption}: {len(cells)} of {len(table.columns)}")
    look = "<w:b/>" if head or strong else ""
    look += f'<w:sz w:val="{round(size * 2)}"/>'
    made = []
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        right = '<w:jc w:val="right"/>' if place in table.numbers else ""
        keep = "<w:keepNext/>" if head else ""
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
            f'<w:vAlign w:val="{"bottom" if head else "top"}"/></w:tcPr>'
            f"<w:p><w:pPr>{keep}"
            f'<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>{right}'
            f'</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(cell)}</w:t>'
            "</w:r></w:p></w:tc>"
        )
    first = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{first}</w:trPr>{''.join(made)}</w:tr>"
