"""Excel workbooks as offices make them: title lines, merged heads, a total row, notes below.

The bytes depend on the content alone: creation date and author are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import numpy as np
import xlsxwriter
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from districts import DISTRICTS

MODELLED = "Modellwerte zur Vorführung, keine amtlichen Zahlen"
CITY_TOTAL = "Stadt Minden insgesamt"
CREATED = datetime(2025, 2, 14, 9, 0, 0)
Cell = int | float | str | date


@dataclass(frozen=True)
class Column:
    """One column: its heads from top to bottom, its cells, and how wide it is."""

    heads: tuple[str, ...]
    cells: Sequence[Cell]
    width: float = 13


@dataclass(frozen=True)
class Sheet:
    """One sheet: titles, a blank row, heads, rows, a blank row, notes."""

    name: str
    titles: tuple[str, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]


def labels(total: str = CITY_TOTAL) -> list[Cell]:
    """Row labels '01 Bärenkämpen' and the total."""
    return [*(f"{district.id} {district.name}" for district in DISTRICTS), total]


def names(total: str) -> list[Cell]:
    """Row labels without numbers."""
    return [*(district.name for district in DISTRICTS), total]


def with_total(values: NDArray) -> list[Cell]:
    """Counts of the districts and their sum."""
    return [*(int(value) for value in values), int(values.sum())]


def percent(part: NDArray, whole: NDArray) -> list[Cell]:
    """Shares in percent of the districts and the city; '-' where there is nobody."""
    parts, wholes = with_total(part), with_total(whole)
    return [
        round(100 * int(p) / int(w), 1) if w else "-" for p, w in zip(parts, wholes, strict=True)
    ]


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write the workbook."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(path)
    book.set_properties({"created": CREATED, "author": "Stadt Minden", "comments": MODELLED})
    formats = _Formats(book)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    book.close()


class _Formats:
    """The cell formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 12})
        self.plain = book.add_format({})
        self.head = book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.number = book.add_format({"num_format": "#,##0"})
        self.decimal = book.add_format({"num_format": "#,##0.0"})
        self.day = book.add_format({"num_format": "dd.mm.yyyy"})
        self.sign = book.add_format({"align": "right"})
        self.note = book.add_format({"italic": True, "font_size": 9})

    def of(self, cell: Cell, is_label: bool) -> Format:
        """The format a cell is shown with."""
        if isinstance(cell, date):
            return self.day
        if isinstance(cell, str):
            return self.plain if is_label else self.sign
        return self.decimal if isinstance(cell, float) else self.number


def _write_sheet(target: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for row, title in enumerate(sheet.titles):
        target.write_string(row, 0, title, formats.title if row < 2 else formats.plain)
    head = len(sheet.titles) + 1
    _write_heads(target, sheet.columns, head, formats)
    first = head + len(sheet.columns[0].heads)
    for position, column in enumerate(sheet.columns):
        target.set_column(position, position, column.width)
        is_label = isinstance(column.cells[0], str) and not _is_sign(str(column.cells[0]))
        for offset, cell in enumerate(column.cells):
            _write_cell(target, first + offset, position, cell, formats.of(cell, is_label))
    below = first + len(sheet.columns[0].cells) + 1
    for offset, note in enumerate(sheet.notes):
        target.write_string(below + offset, 0, note, formats.note)
    target.freeze_panes(first, 1)


def _is_sign(text: str) -> bool:
    return len(text) == 1 and not text.isalnum()


def _write_cell(target: Worksheet, row: int, column: int, cell: Cell, shown: Format) -> None:
    if isinstance(cell, str):
        target.write_string(row, column, cell, shown)
    elif isinstance(cell, date):
        target.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), shown)
    else:
        target.write_number(row, column, cell, shown)


def _write_heads(
    target: Worksheet, columns: Sequence[Column], head: int, formats: _Formats
) -> None:
    """Equal heads side by side become one merged cell, blank ones below belong to the one above."""
    depth = len(columns[0].heads)
    for level in range(depth):
        start = 0
        for end in range(1, len(columns) + 1):
            same = end < len(columns) and level < depth - 1 and _same(columns, start, end, level)
            if same:
                continue
            text = columns[start].heads[level]
            bottom = level
            while text and bottom + 1 < depth and not columns[start].heads[bottom + 1]:
                bottom += 1
            if text:
                _merge(target, (head + level, start, head + bottom, end - 1), text, formats.head)
            start = end


def _same(columns: Sequence[Column], start: int, end: int, level: int) -> bool:
    return (
        bool(columns[end].heads[level]) and columns[end].heads[level] == columns[start].heads[level]
    )


def _merge(target: Worksheet, place: tuple[int, int, int, int], text: str, shown: Format) -> None:
    if place[0] == place[2] and place[1] == place[3]:
        target.write_string(place[0], place[1], text, shown)
    else:
        target.merge_range(*place, text, shown)


def year_end(year: int) -> str:
    """The reference date as German text."""
    return f"31.12.{year}"


def zeros_as_dash(values: Sequence[Cell]) -> list[Cell]:
    """The table sign of official statistics for nothing."""
    return [
        "-" if isinstance(value, int | np.integer) and value == 0 else value for value in values
    ]
