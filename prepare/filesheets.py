"""The sheets of one delivered file as its recipe wants them, known faults corrected."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from pathlib import Path

from prepare import streaming, textfiles, workbooks
from prepare.findings import Finding, PreparationError
from prepare.recipes import Correction, Recipe, Table
from prepare.sheets import Sheet, position


def sheets(path: Path, name: str, recipe: Recipe) -> list[Sheet]:
    """All sheets some table of the recipe reads, each once. Raises PreparationError.

    Where the recipe looks for date or licence, all sheets: they may stand on one of their own.
    """
    suffix = path.suffix.lower()
    if suffix in workbooks.SUFFIXES:
        wanted = list(dict.fromkeys(table.sheet for table in recipe.tables))
        pattern = wanted[0] if len(wanted) == 1 else "|".join(f"(?:{each})" for each in wanted)
        pattern = ".*" if recipe.stand or recipe.licence else pattern
        return workbooks.sheets(path, name, pattern, recipe.decimal)
    if suffix in textfiles.SUFFIXES and recipe.streamed:
        return [streaming.head(path, name, recipe)]
    if suffix in textfiles.SUFFIXES:
        return [textfiles.sheet(path, name, recipe.delimiter, recipe.encoding, recipe.columns)]
    message = f'Dateien mit der Endung "{suffix}" werden nicht gelesen.'
    remedy = "Als .xlsx, .xls, .xlsb, .ods oder .csv liefern."
    raise PreparationError([Finding("format_unknown", name, "", message, remedy)])


def of_table(found: Sequence[Sheet], table: Table, findings: list[Finding]) -> list[Sheet]:
    """The sheets one table stands on; that there is none is appended to `findings`."""
    own = [sheet for sheet in found if _reads(table, sheet)]
    if not own:
        finding = workbooks.missing(found[0].file, table.sheet, [sheet.name for sheet in found])
        findings += [finding] if finding not in findings else []
    return own


def corrected(found: Sequence[Sheet], recipe: Recipe, findings: list[Finding]) -> list[Sheet]:
    """The sheets with the recipe's corrections; what was done, or no longer fits, is appended."""
    sheets = list(found)
    for correction in recipe.corrections:
        for index, sheet in enumerate(sheets):
            if _concerns(correction, sheet, recipe):
                sheets[index] = _corrected(sheet, correction, findings)
    return sheets


def unused(recipe: Recipe, found: Sequence[Sheet]) -> list[Finding]:
    """Corrections of a recipe that concern none of the sheets read."""
    return [
        Finding(
            "correction_stale",
            correction.file or recipe.files,
            f"Zelle {correction.cell}",
            "Die Berichtigung im Rezept betrifft kein gelesenes Blatt.",
            "file und sheet unter [[corrections]] prüfen oder die Berichtigung löschen.",
        )
        for correction in recipe.corrections
        if not any(_concerns(correction, sheet, recipe) for sheet in found)
    ]


def _reads(table: Table, sheet: Sheet) -> bool:
    """Whether a table stands on a sheet; text files are one sheet without a name."""
    return not sheet.name or re.fullmatch(table.sheet, sheet.name) is not None


def concerns(correction: Correction, file: str, sheet: str) -> bool:
    """Whether a correction is meant for a sheet of a file."""
    named = correction.file is None or fnmatch.fnmatchcase(file, correction.file)
    return named and correction.sheet in (None, sheet)


def _concerns(correction: Correction, sheet: Sheet, recipe: Recipe) -> bool:
    read = any(_reads(table, sheet) for table in recipe.tables)
    return read and concerns(correction, sheet.file, sheet.name)


def _corrected(sheet: Sheet, correction: Correction, findings: list[Finding]) -> Sheet:
    row, column = position(correction.cell)
    there = sheet.cell(correction.cell)
    known = column in sheet.columns and row in sheet.cells["row"]
    fits = known and there == correction.delivered
    findings.append(
        Finding(
            "corrected" if fits else "correction_stale",
            sheet.file,
            sheet.place(row, column),
            f'Statt "{there}" gilt "{correction.becomes}": {correction.reason}'
            if fits
            else f'Hier steht "{there}", nicht mehr "{correction.delivered}"; '
            "die Berichtigung wurde nicht angewandt.",
            "Die liefernde Stelle um eine berichtigte Datei bitten."
            if fits
            else "Die Berichtigung unter [[corrections]] prüfen und anpassen oder löschen.",
            sheet.name,
            row,
            column,
            there,
        )
    )
    return sheet.with_text(row, column, correction.becomes) if fits else sheet
