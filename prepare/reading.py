"""A table being read: its sheet, declaration and heads, and what was found wrong so far."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from prepare.areas import Areas
from prepare.findings import Finding, nearest
from prepare.recipes import Column, Labels, Table
from prepare.sheets import Sheet, letters


class Unreadable(Exception):
    """The table's columns are not as declared, so no row can be read; findings are noted."""


@dataclass(frozen=True)
class Reading:
    """One table of one sheet. `heads` holds per head row the texts by column number."""

    sheet: Sheet
    table: Table
    areas: Areas
    heads: tuple[Mapping[int, str], ...]
    findings: list[Finding] = field(default_factory=list)

    def note(
        self,
        rule: str,
        message: str,
        remedy: str,
        row: int | None = None,
        column: int | None = None,
    ) -> None:
        """Keep a finding at a place of the sheet."""
        place = self.sheet.place(row, column)
        name, value = self.sheet.name, self.sheet.text(row, column)
        self.findings.append(
            Finding(rule, self.sheet.file, place, message, remedy, name, row, column, value)
        )

    @property
    def last(self) -> Mapping[int, str]:
        """Texts of the last head row by column number; empty if the table has no head row."""
        return self.heads[-1] if self.heads else {}

    def body(self) -> pl.DataFrame:
        """Rows below the heads and above the end, in the order of the file."""
        table = self.table
        cells = self.sheet.cells.filter(pl.col("row") > max(table.head_rows, default=0)).sort("row")
        if table.end is None:
            return cells
        first = cells.select("row", pl.coalesce(pl.exclude("row")).alias("text"))
        ends = (row for row, text in first.iter_rows() if re.search(table.end, text))
        return cells.filter(pl.col("row") < next(ends, math.inf))

    def note_label(self, name: str, text: str, label: Labels, row: int, column: int) -> None:
        """Keep that a head or label is not among the values the recipe explains."""
        self.note(
            "head_unknown" if label.head is not None else "label_unknown",
            f'"{text}" ist im Rezept nicht erklärt ({name}).',
            f"In {name}.values ergänzen oder unter ignore oder skip nennen. "
            + nearest(text, (value for value in label.values if value)),
            row,
            column,
        )

    def column(self, column: Column) -> int:
        """Number of a column given by number or by head text (the last head row counts first).

        Raises Unreadable, with a finding noted, if there is no such column.
        """
        if isinstance(column, int):
            if column in self.sheet.columns:
                return column
            message = f"Die Spalte Nr. {column} ({letters(column)}) gibt es nicht."
        else:
            for head in reversed(self.heads):
                for number, text in head.items():
                    if text == column:
                        return number
            message = f'Keine Spalte heißt "{column}".'
        known = [text for text in (self.heads[-1].values() if self.heads else ()) if text]
        remedy = f"head_rows und Spaltenköpfe prüfen. {nearest(str(column), known)}"
        self.note("column_missing", message, remedy)
        raise Unreadable


def reading(sheet: Sheet, table: Table, areas: Areas) -> Reading:
    """The table with its heads; merged heads (blanks in all but the last row) carried right."""
    heads = [sheet.texts(row) for row in table.head_rows]
    return Reading(sheet, table, areas, (*map(_carried, heads[:-1]), *heads[-1:]))


def _carried(texts: Mapping[int, str]) -> dict[int, str]:
    carried, last = {}, ""
    for column, text in sorted(texts.items()):
        last = text or last
        carried[column] = last
    return carried
