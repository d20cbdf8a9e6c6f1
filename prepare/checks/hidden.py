"""What a workbook hides from its reader: sheets, rows, columns; and sheets nobody reads."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import fastexcel

from prepare import sheets, workbooks
from prepare.checks import files
from prepare.findings import Finding
from prepare.recipes import Recipe

_UNZIPPED = frozenset({".xlsx", ".xlsm"})
_SHEET = re.compile(r"<(?:\w+:)?sheet ([^>]*)/?>")
_LINK = re.compile(r"<Relationship ([^>]*)/?>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col (?=[^>]*\bhidden="(?:1|true)")([^>]*)/?>')


def findings(folder: Path, recipes: Sequence[Recipe]) -> list[Finding]:
    """Findings on all workbooks below `folder` that some recipe claims and that can be read."""
    claims: dict[Path, list[Recipe]] = {}
    for recipe in recipes:
        for path in files.paths(folder, recipe.files):
            claims.setdefault(path, []).append(recipe)
    return [
        finding
        for path, own in sorted(claims.items())
        if path.suffix.lower() in workbooks.SUFFIXES and not files.unreadable(path, "")
        for finding in _workbook(path, path.relative_to(folder).as_posix(), own)
    ]


def _workbook(path: Path, name: str, recipes: Sequence[Recipe]) -> list[Finding]:
    patterns = [table.sheet for recipe in recipes for table in recipe.tables]
    try:
        visible, parts = _sheets(path)
    except (fastexcel.FastExcelError, zipfile.BadZipFile, KeyError, OSError):
        return []  # the reader says why the workbook cannot be read
    found = []
    for sheet, shown in visible.items():
        read = any(re.fullmatch(pattern, sheet) for pattern in patterns)
        found += list(_sheet(name, sheet, shown, read))
        if read and sheet in parts:
            found += list(_rows_and_columns(path, name, sheet, parts[sheet]))
    return found


def _sheet(name: str, sheet: str, shown: bool, read: bool) -> Iterator[Finding]:
    if read and not shown:
        yield Finding(
            "sheet_hidden",
            name,
            sheets.place(sheet),
            "Das Blatt ist ausgeblendet und wird trotzdem gelesen.",
            "Einblenden und prüfen, ob es zur Lieferung gehört; sonst löschen.",
            sheet,
        )
    elif not read:
        yield Finding(
            "sheet_unread",
            name,
            sheets.place(sheet),
            "Kein Rezept liest dieses Blatt."
            if shown
            else "Ausgeblendet, und kein Rezept liest es.",
            "Gehört es zur Lieferung, sheet im Rezept anpassen; sonst ist nichts zu tun.",
            sheet,
        )


def _sheets(path: Path) -> tuple[dict[str, bool], dict[str, str]]:
    """Whether each sheet is shown, and the part of the package that holds it (xlsx only)."""
    if path.suffix.lower() not in _UNZIPPED or not zipfile.is_zipfile(path):
        reader = fastexcel.read_excel(path)
        loaded = (reader.load_sheet(sheet, n_rows=1) for sheet in reader.sheet_names)
        return {sheet.name: sheet.visible == "visible" for sheet in loaded}, {}
    with zipfile.ZipFile(path) as package:
        book = package.read("xl/workbook.xml").decode("utf-8", "replace")
        links = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {}
    for found in _LINK.finditer(links):
        told = dict(_ATTRIBUTE.findall(found[1]))
        targets[told.get("Id", "")] = told.get("Target", "")
    shown, parts = {}, {}
    for found in _SHEET.finditer(book):
        told = {key: html.unescape(text) for key, text in _ATTRIBUTE.findall(found[1])}
        link = next((text for key, text in told.items() if key.endswith(":id")), "")
        target = targets.get(link, "")
        if "worksheets/" in target:
            shown[told["name"]] = told.get("state", "visible") == "visible"
            parts[told["name"]] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    return shown, parts


def _rows_and_columns(path: Path, name: str, sheet: str, part: str) -> Iterator[Finding]:
    """Hidden rows and columns; both are read like any other."""
    with zipfile.ZipFile(path) as package:
        data = package.read(part)
    remedy = "Einblenden und prüfen, ob sie zur Lieferung gehören; sonst löschen."
    if rows := [int(row) for row in _HIDDEN_ROW.findall(data)]:
        message = f"{len(rows)} Zeilen sind ausgeblendet (ab Zeile {rows[0]}), werden aber gelesen."
        place = sheets.place(sheet, rows[0])
        yield Finding("rows_hidden", name, place, message, remedy, sheet, rows[0])
    first = [
        int(dict(_ATTRIBUTE.findall(told.decode("ascii", "replace")))["min"])
        for told in _HIDDEN_COLUMNS.findall(data)
    ]
    if first:
        message = f"Ab Spalte {sheets.letters(min(first))} sind Spalten ausgeblendet."
        place = sheets.place(sheet, None, min(first))
        yield Finding("columns_hidden", name, place, message, remedy, sheet, None, min(first))
