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
    """All sheets some table of the recipe reads, each once. Raises PreparationError."""
    suffix = path.suffix.lower()
    if suffix in workbooks.SUFFIXES:
        pattern = "|".join(dict.fromkeys(f"(?:{table.sheet})" for table in recipe.tables))
        return workbooks.sheets(path, name, pattern, recipe.decimal)
    if suffix in textfiles.SUFFIXES and recipe.streamed:
        return [streaming.head(path, name, recipe)]
    if suffix in textfiles.SUFFIXES:
        return [textfiles.sheet(path, name, recipe.delimiter, recipe.encoding)]
    message = f'Dateien mit der Endung "{suffix}" werden nicht gelesen.'
    remedy = "Als .xlsx, .xls, .xlsb, .ods oder .csv liefern."
    raise PreparationError([Finding("format_unknown", name, "", message, remedy)])


def of_table(found: Sequence[Sheet], table: Table, findings: list[Finding]) -> list[Sheet]:
    """The sheets one table stands on; that there is none is appended to `findings`."""
    own = [s for s in found if not s.name or re.fullmatch(table.sheet, s.name)]
    if not own:
        finding = workbooks.missing(found[0].file, table.sheet, [sheet.name for sheet in found])
        findings += [finding] if finding not in findings else []
    return own


def corrected(
    found: Sequence[Sheet], corrections: Sequence[Correction], findings: list[Finding]
) -> list[Sheet]:
    """The sheets with the recipe's corrections; what was done, or no longer fits, is appended."""
    sheets = list(found)
    for correction in corrections:
        for index, sheet in enumerate(sheets):
            if _concerns(correction, sheet):
                sheets[index] = _corrected(sheet, correction, findings)
    return sheets


def unused(corrections: Sequence[Correction], found: Sequence[Sheet], name: str) -> list[Finding]:
    """Corrections of a recipe (its files are called `name`) that concern no sheet read."""
    return [
        Finding(
            "correction_stale",
            correction.file or name,
            f"Zelle {correction.cell}",
            "Die Berichtigung im Rezept betrifft kein gelesenes Blatt.",
            "file und sheet unter [[corrections]] prüfen oder die Berichtigung löschen.",
        )
        for correction in corrections
        if not any(_concerns(correction, sheet) for sheet in found)
    ]


def _concerns(correction: Correction, sheet: Sheet) -> bool:
    return (
        correction.file is None or fnmatch.fnmatchcase(sheet.file, correction.file)
    ) and correction.sheet in (None, sheet.name)


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
