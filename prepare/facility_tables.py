"""Rows of the offices' lists of facilities, with the place of each."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from prepare import textfiles, workbooks
from prepare.checks import files
from prepare.facility_recipes import FacilityRecipe
from prepare.findings import Finding, PreparationError, nearest
from prepare.sheets import Sheet


@dataclass(frozen=True)
class FacilityTable:
    """One sheet as a recipe reads it.

    `rows` has `row` and the file's columns '1', '2', ...; `heads` are column numbers by head.
    """

    recipe: FacilityRecipe
    sheet: Sheet
    heads: Mapping[str, int]
    rows: pl.DataFrame

    def texts(self, head: str | None) -> pl.Expr:
        """Texts of a column, '' where the cell is blank or there is no such column."""
        if head is None:
            return pl.lit("")
        return pl.col(str(self.heads[head])).fill_null("")

    def without(self, hidden: Collection[str]) -> FacilityTable:
        """The same table without the rows of some facilities, by id."""
        kept = ~self.texts(self.recipe.facility).is_in(list(hidden))
        return replace(self, rows=self.rows.filter(kept))

    def finding(
        self, rule: str, row: int, head: str | None, value: str | None, words: tuple[str, str]
    ) -> Finding:
        """A finding about a cell; `words` are message and remedy."""
        column = self.heads.get(head) if head is not None else None
        place = self.sheet.place(row, column)
        return Finding(rule, self.sheet.file, place, *words, self.sheet.name, row, column, value)


def tables(recipe: FacilityRecipe, folder: Path, findings: list[Finding]) -> list[FacilityTable]:
    """Every sheet of the recipe's files below `folder`; what cannot be read is noted."""
    paths = files.paths(folder, recipe.files)
    if not paths:
        message = "Keine Datei der Lieferung heißt so."
        remedy = "Datei ablegen oder files im Rezept anpassen."
        place = f'Rezept "{recipe.id}"'
        findings.append(Finding("file_missing", recipe.files, place, message, remedy))
    found = []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if closed := files.unreadable(path, name):
            findings += closed
            continue
        try:
            sheets = _sheets(path, name, recipe)
        except PreparationError as error:
            findings += error.findings
            continue
        for sheet in sheets:
            table = FacilityTable(recipe, sheet, _heads(sheet, recipe), _body(sheet, recipe))
            wrong = _missing_columns(table) + _repeated_columns(table)
            findings += wrong
            found += [] if wrong else [table]
    return found


def ids(table: FacilityTable) -> set[str]:
    """The ids of all facilities of a sheet."""
    return set(table.rows.select(table.texts(table.recipe.facility).alias("id"))["id"]) - {""}


def _sheets(path: Path, name: str, recipe: FacilityRecipe) -> list[Sheet]:
    suffix = path.suffix.lower()
    if suffix in workbooks.SUFFIXES:
        return workbooks.sheets(path, name, recipe.sheet, recipe.decimal)
    if suffix in textfiles.SUFFIXES:
        return [textfiles.sheet(path, name, recipe.delimiter, recipe.encoding)]
    message = f'Dateien mit der Endung "{suffix}" werden nicht gelesen.'
    remedy = "Als .xlsx oder .csv liefern."
    raise PreparationError([Finding("format_unknown", name, "", message, remedy)])


def _heads(sheet: Sheet, recipe: FacilityRecipe) -> dict[str, int]:
    """Column numbers by head; of equal heads the first (see `_repeated_columns`)."""
    texts = sheet.texts(recipe.head_row)
    return {text: number for number, text in sorted(texts.items(), reverse=True) if text}


def _body(sheet: Sheet, recipe: FacilityRecipe) -> pl.DataFrame:
    """The rows below the heads, up to the one whose first text matches `end`."""
    body = sheet.cells.filter(pl.col("row") > recipe.head_row)
    if recipe.end is None:
        return body
    first = body.select("row", pl.coalesce(pl.exclude("row")).fill_null("").alias("first"))
    ends = [row for row, text in first.iter_rows() if re.search(recipe.end, text)]
    return body.filter(pl.col("row") < ends[0]) if ends else body


def _named(recipe: FacilityRecipe) -> list[str]:
    """The heads a recipe names, each once."""
    points = recipe.points
    told = [recipe.facility, *(v.period_column for v in recipe.values)]
    if points is not None:
        kind = None if isinstance(points.type, str) else points.type.column
        told += [points.name, kind, points.address, points.area, *(points.coordinates or ())]
    return [head for head in dict.fromkeys(told) if head is not None]


def _missing_columns(table: FacilityTable) -> list[Finding]:
    """Columns the recipe names and the file lacks, and value columns no head fits."""
    recipe = table.recipe
    place = table.sheet.place(recipe.head_row)
    found = [
        Finding(
            "column_missing",
            table.sheet.file,
            place,
            f'Keine Spalte heißt "{head}".',
            f"head_row und Spaltenköpfe prüfen. {nearest(head, table.heads)}",
        )
        for head in _named(recipe)
        if head not in table.heads
    ]
    return found + [
        Finding(
            "column_missing",
            table.sheet.file,
            place,
            f'Kein Spaltenkopf passt auf heads = "{values.heads}".',
            f"heads im Rezept prüfen. {nearest(values.heads, table.heads)}",
        )
        for values in recipe.values
        if not any(re.fullmatch(values.heads, head) for head in table.heads)
    ]


def _repeated_columns(table: FacilityTable) -> list[Finding]:
    """Columns with the head of an earlier one that the recipe reads, which would be passed over."""
    recipe = table.recipe
    row = recipe.head_row
    return [
        Finding(
            "column_repeated",
            table.sheet.file,
            table.sheet.place(row, column),
            f'Die Spalte "{head}" steht schon weiter links.',
            "Eine behalten, die andere löschen oder umbenennen.",
            table.sheet.name,
            row,
            column,
            head,
        )
        for column, head in table.sheet.texts(row).items()
        if head
        and table.heads[head] != column
        and (head in _named(recipe) or any(re.fullmatch(v.heads, head) for v in recipe.values))
    ]
