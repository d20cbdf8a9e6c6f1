"""A sheet of a workbook, or a whole text file: a grid of texts with the file's own numbering."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Sheet:
    """Cells as texts. `cells` has `row` (1-based, as the file counts) and columns '1', '2', ...

    Line breaks and runs of spaces are one space, blanks are null. `name` is empty for text files.
    """

    file: str
    name: str
    cells: pl.DataFrame

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
        column, digits = name.rstrip("0123456789"), name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return self.texts(int(digits)).get(number(column), "")

    def text(self, row: int | None, column: int | None) -> str | None:
        """Text at a place, as the file counts; None if it is blank or no one cell is meant."""
        if row is None or column is None or str(column) not in self.cells.columns:
            return None
        found = self.cells.filter(pl.col("row") == row)
        return str(found[0, str(column)]) if found.height and found[0, str(column)] else None

    def place(self, row: int | None = None, column: int | None = None) -> str:
        """German words for a place: 'Blatt "Bestand", Zeile 7, Spalte C'."""
        return place(self.name, row, column)


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
    )


def number(column: str) -> int:
    """Column letters as in Excel to a number: A is 1, AA is 27."""
    total = 0
    for letter in column:
        total = total * 26 + ord(letter) - 64
    return total
