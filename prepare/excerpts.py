"""The rows of a delivered file around a finding, as a person sees them in Excel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from prepare import sheets, textfiles, workbooks
from prepare.findings import Finding, PreparationError
from prepare.recipes import Recipe
from prepare.sheets import Sheet

_AROUND = 2
_WIDE = 12
_BESIDE = 4
_LONG = 60
_BIGGEST = 32 * 1024 * 1024


@dataclass(frozen=True)
class Cell:
    """Text of a cell (untrusted, at most 60 characters), and whether it is the one meant."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Line:
    """A row with its number in the file; one cell per column of the excerpt."""

    row: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Excerpt:
    """Some columns (their letters) of some rows. `heads` are rows from further up."""

    columns: tuple[str, ...]
    heads: tuple[Line, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Originals:
    """Delivered files below `folder`, each read once the way its recipe says."""

    folder: Path
    recipes: Sequence[Recipe] = ()
    _read: dict[tuple[str, str], Sheet | None] = field(default_factory=dict)

    def excerpt(self, finding: Finding) -> Excerpt | None:
        """The rows around the finding's place with its cell, or its row, marked.

        None where the finding names no row, or its file is none, unreadable or above 32 MB.
        """
        if finding.row is None:
            return None
        key = (finding.file, finding.sheet)
        if key not in self._read:
            self._read[key] = self._sheet(*key)
        sheet = self._read[key]
        if sheet is None or sheet.cells.is_empty():
            return None
        return _around(sheet, finding.row, finding.column, self._head_rows(finding))

    @cached_property
    def _recipes(self) -> Mapping[str, Recipe]:
        """The recipe of each file; the first that reads it."""
        return {
            path.relative_to(self.folder).as_posix(): recipe
            for recipe in reversed(self.recipes)
            for path in self.folder.glob(recipe.files)
        }

    def _head_rows(self, finding: Finding) -> list[int]:
        recipe = self._recipes.get(finding.file)
        rows = {row for table in recipe.tables for row in table.head_rows} if recipe else set()
        return sorted(rows)

    def _sheet(self, name: str, sheet: str) -> Sheet | None:
        path = (self.folder / name).resolve()
        inside = path.is_relative_to(self.folder.resolve()) and path.is_file()
        if not inside or path.stat().st_size > _BIGGEST:
            return None
        recipe, suffix = self._recipes.get(name), path.suffix.lower()
        try:
            if suffix in workbooks.SUFFIXES:
                decimal = recipe.decimal if recipe else ","
                return workbooks.sheets(path, name, re.escape(sheet), decimal)[0]
            if suffix in textfiles.SUFFIXES:
                delimiter = recipe.delimiter if recipe else ";"
                return textfiles.sheet(path, name, delimiter, recipe.encoding if recipe else None)
        except (PreparationError, OSError):
            return None
        return None


def printable(text: str) -> str:
    """Text from a file without control characters, which could steer a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def clean(text: str) -> str:
    """Text from a file, fit to be shown in a table: printable, at most 60 characters."""
    shown = printable(text)
    return shown if len(shown) <= _LONG else shown[: _LONG - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _around(sheet: Sheet, row: int, column: int | None, heads: Sequence[int]) -> Excerpt:
    last: int = sheet.cells["row"].to_list()[-1]
    rows = range(max(1, row - _AROUND), max(row, min(row + _AROUND, last)) + 1)
    columns = _columns(sheet, column)
    return Excerpt(
        tuple(map(sheets.letters, columns)),
        tuple(_line(sheet, head, columns, False, None) for head in heads if head < rows[0]),
        tuple(_line(sheet, number, columns, number == row, column) for number in rows),
    )


def _columns(sheet: Sheet, column: int | None) -> list[int]:
    """All columns of a narrow sheet; else the first, which names the row, and those beside."""
    every = sheet.columns
    if len(every) <= _WIDE:
        return every
    middle = column or every[0]
    return [c for c in every if c == every[0] or abs(c - middle) <= _BESIDE]


def _line(sheet: Sheet, row: int, columns: Sequence[int], meant: bool, column: int | None) -> Line:
    texts = sheet.texts(row)
    return Line(
        row,
        tuple(Cell(clean(texts.get(c, "")), meant and column in (None, c)) for c in columns),
    )
