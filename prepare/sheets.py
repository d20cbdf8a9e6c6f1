"""A sheet of a workbook, or a whole text file: a grid of texts with the file's own numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Sheet:
    """Cells as texts. `cells` has `row` (1-based, as the file counts) and columns '1', '2', ...

    Line breaks and runs of spaces are one space, blanks are null. `name` is empty for text files.
    `raw` holds the texts with all their spaces.
    """

    file: str
    name: str
    cells: pl.DataFrame
    raw: pl.DataFrame

    @property
    def columns(self) -> list[int]:
        """Column numbers, as the file counts them from 1."""
        return [int(name) for name in self.cells.columns if name != "row"]

    def texts(self, row: int) -> dict[int, str]:
        """Texts of one row by column number; blank cells are ''."""
        found = self.cells.filter(pl.col("row") == row).drop("row").to_dicts()
        return {int(name): text or "" for name, text in found[0].items()} if found else {}

    def cell(self, name: str) -> str:
        """Text of one cell by its Excel name, for example 'A2'; '' if blank."""
        row, column = position(name)
        return self.texts(row).get(column, "")

    def line(self, pattern: str) -> str | None:
        """Group 1 (or all) of the first match in any cell, by row and column; None if none."""
        fits = pl.exclude("row").str.contains(pattern)
        for texts in self.cells.filter(pl.any_horizontal(fits)).head(1).drop("row").rows():
            for text in texts:
                if text is not None and (found := re.search(pattern, text)):
                    return str(found[1] if found.re.groups else found[0])
        return None

    def indented(self, column: int, spaces: int) -> pl.Series:
        """Numbers of the rows whose cell in a column starts with exactly so many spaces."""
        text = pl.col(str(column))
        blanks = text.str.len_chars() - text.str.strip_chars_start().str.len_chars()
        return self.raw.filter(blanks == spaces)["row"]

    def text(self, row: int | None, column: int | None) -> str | None:
        """Text at a place, as the file counts; None if it is blank or no one cell is meant."""
        if row is None or column is None or str(column) not in self.cells.columns:
            return None
        found = self.cells.filter(pl.col("row") == row)
        return str(found[0, str(column)]) if found.height and found[0, str(column)] else None

    def place(self, row: int | None = None, column: int | None = None) -> str:
        """German words for a place: 'Blatt "Bestand", Zeile 7, Spalte C'."""
        return place(self.name, row, column)

    def with_text(self, row: int, column: int, text: str) -> Sheet:
        """The sheet with another text in one of its cells."""
        here = pl.when(pl.col("row") == row).then(pl.lit(text or None, pl.String))
        cells = self.cells.with_columns(here.otherwise(str(column)).alias(str(column)))
        return Sheet(self.file, self.name, cells, self.raw)


def place(sheet: str | None, row: int | None = None, column: int | None = None) -> str:
    """German words for a place: 'Blatt "Bestand", Zeile 7, Spalte C'; text files have no sheet."""
    parts = [f'Blatt "{sheet}"'] if sheet else []
    parts += [f"Zeile {row}"] if row else []
    parts += [f"Spalte {letters(column)}"] if column else []
    return ", ".join(parts)


def letters(column: int) -> str:
    """Column number as in Excel: 1 is A, 27 is AA."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def grid(file: str, name: str, cells: pl.DataFrame) -> Sheet:
    """A Sheet from raw text cells: white space made single, blanks null, blank rows left out."""
    texts = pl.exclude("row")
    return Sheet(
        file,
        name,
        cells.with_columns(texts.str.replace_all(r"\s+", " ").str.strip_chars())
        .with_columns(pl.when(texts.str.len_chars() > 0).then(texts).name.keep())
        .filter(pl.any_horizontal(texts.is_not_null())),
        cells,
    )


def position(cell: str) -> tuple[int, int]:
    """Row and column of a cell by its Excel name: 'C7' is (7, 3)."""
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), number(cell.rstrip("0123456789"))


def number(column: str) -> int:
    """Column letters as in Excel to a number: A is 1, AA is 27."""
    total = 0
    for letter in column:
        total = total * 26 + ord(letter) - 64
    return total
