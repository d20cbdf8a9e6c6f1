"""An empty workbook in the layout a starting city's recipe reads: all areas, no values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

SHEET = "Einwohner"
AGES = ("unter 18 Jahre", "18 bis unter 65 Jahre", "65 Jahre und älter", "Insgesamt")
_HEADS = 4
"""Row of the heads, from 0: the recipe's head_rows counts it from 1."""


def write(
    path: Path, city: str, head: str, areas: Sequence[tuple[str, str]], total: str, day: date
) -> None:
    """Write the workbook. Raises OSError.

    `areas` are keys and names under the heads 'Schlüssel' and `head`, `total` the label of the
    row with the city's sums, `day` the reference date in cell A2.
    """
    with xlsxwriter.Workbook(str(path)) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, 16)
        sheet.set_column(1, 1, 28)
        sheet.set_column(2, 1 + len(AGES), 22)
        sheet.write_string(0, 0, f"Einwohner mit Hauptwohnsitz nach Alter, {city}", bold)
        sheet.write_string(1, 0, f"Stichtag {day:%d.%m.%Y}")
        sheet.write_string(2, 0, "Alle leeren Zellen ausfüllen; was geheim bleiben muss, ist *.")
        for column, text in enumerate(("Schlüssel", head, *AGES)):
            sheet.write_string(_HEADS, column, text, bold)
        row = _HEADS
        for row, (key, name) in enumerate(areas, start=_HEADS + 1):
            sheet.write_string(row, 0, key)
            sheet.write_string(row, 1, name)
        sheet.write_string(row + 1, 0, total, bold)
        sheet.write_string(row + 2, 0, "Quelle: Melderegister")
        sheet.freeze_panes(_HEADS + 1, 2)
