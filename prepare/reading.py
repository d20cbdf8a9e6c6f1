"""A table being read: its sheet, declaration and heads, and what was found wrong so far."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from prepare.areas import Areas
from prepare.findings import Finding, nearest
from prepare.recipe_places import AreaOrigin, Column, Labels
from prepare.recipes import Table
from prepare.sheets import Sheet, letters


class Unreadable(Exception):
    """The table's columns are not as declared, so no row can be read; findings are noted."""


@dataclass(frozen=True)
class Reading:
    """One table of one sheet. `heads` holds per head row the texts by column number.

    Declared heads come last; they stand in no row of the sheet.
    """

    sheet: Sheet
    table: Table
    areas: Areas
    heads: tuple[Mapping[int, str], ...]
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def known_areas(self) -> Mapping[str, str]:
        """Ids of the areas the table may name, by what it calls them: ids, or names of a level."""
        origin = self.table.area
        if isinstance(origin, AreaOrigin) and origin.names:
            return self.areas.names(origin.level or "")
        return {area: area for area in (*self.areas.ids, *self.areas.former)}

    def note(
        self,
        rule: str,
        message: str,
        remedy: str,
        row: int | None = None,
        column: int | None = None,
        value: str | None = None,
    ) -> None:
        """Keep a finding at a place of the sheet."""
        place = self.sheet.place(row, column)
        text = self.sheet.text(row, column) if value is None else value
        name = self.sheet.name
        self.findings.append(
            Finding(rule, self.sheet.file, place, message, remedy, name, row, column, text)
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

    def note_label(self, name: str, text: str, label: Labels, row: int | None, column: int) -> None:
        """Keep that a head or label is not among the values the recipe explains."""
        self.note(
            "head_unknown" if label.head is not None else "label_unknown",
            f'"{text}" ist im Rezept nicht erklärt ({name}).',
            f"In {name}.values ergänzen oder unter ignore oder skip nennen. "
            + nearest(text, (value for value in label.values if value)),
            row,
            column,
            text,
        )

    def head(self, entries: Sequence[int], column: int) -> tuple[str, int | None]:
        """Text of a column in head rows (counted from 1), and the last row the sheet has of them.

        Several texts are one: 'Kinder / männlich'.
        """
        texts = (self.heads[entry - 1].get(column, "") for entry in entries)
        rows = self.table.head_rows
        there = [rows[entry - 1] for entry in entries if entry <= len(rows)]
        return " / ".join(text for text in texts if text), max(there, default=None)

    def column(self, column: Column) -> int:
        """Number of a column given by number or by head text (the last head row counts first).

        Raises Unreadable, with a finding noted, if there is no such column, or several.
        """
        if isinstance(column, int):
            if column in self.sheet.columns:
                return column
            message = f"Die Spalte Nr. {column} ({letters(column)}) gibt es nicht."
        elif found := self.columns(column):
            if len(found) == 1:
                return found[0]
            listed = ", ".join(map(letters, found))
            self.note(
                "column_repeated",
                f'Die Spalte "{column}" gibt es {len(found)}-mal ({listed}).',
                f'Im Rezept "{column}#2" für die zweite schreiben, oder die Nummer der Spalte.',
                max(self.table.head_rows, default=None),
                found[1],
                column,
            )
            raise Unreadable
        else:
            message = f'Keine Spalte heißt "{column}".'
        known = [text for text in (self.heads[-1].values() if self.heads else ()) if text]
        remedy = f"head_rows und Spaltenköpfe prüfen. {nearest(str(column), known)}"
        self.note("column_missing", message, remedy)
        raise Unreadable

    def named(self, key: str) -> int:
        """Number of a column that a key of a table names: a number as text, or a head text."""
        return self.column(int(key) if key.isdecimal() else key)

    def columns(self, head: str) -> list[int]:
        """Numbers of all columns with a head text; of 'text#2' the second. The last row first.

        A merged head counts once, at its first column, unless it stands in the last row.
        """
        for heads in reversed(self.heads):
            found = [number for number, text in sorted(heads.items()) if text == head]
            if heads is not self.heads[-1]:
                found = [number for number in found if number - 1 not in found]
            if found:
                return found
        numbered = re.fullmatch(r"(.+)#([1-9]\d*)", head)
        if numbered is None:
            return []
        place = int(numbered[2])
        return self.columns(numbered[1])[place - 1 : place]


def reading(sheet: Sheet, table: Table, areas: Areas) -> Reading:
    """The table with its heads; merged heads (blanks in all but the last row) carried right."""
    rows = [sheet.texts(row) for row in table.head_rows]
    if table.heads:
        rows.append(dict(enumerate(table.heads, start=1)))
    heads: list[Mapping[int, str]] = []
    for texts in rows[:-1]:
        heads.append(_carried(texts, heads[-1] if heads else {}))
    return Reading(sheet, table, areas, (*heads, *rows[-1:]))


def _carried(texts: Mapping[int, str], above: Mapping[int, str]) -> dict[int, str]:
    """Heads repeated to the right until the next one, or the next head in the row above."""
    carried: dict[int, str] = {}
    last = ""
    for column, text in sorted(texts.items()):
        same = above.get(column) == above.get(column - 1)
        last = text or (last if same else "")
        carried[column] = last
    return carried
