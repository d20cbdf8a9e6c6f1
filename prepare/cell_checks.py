"""Checks on cells as read, while file, sheet, row and column are still known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare.findings import Finding
from prepare.sheets import letters
from prepare.wide import DIMENSIONS

_FORMULA_ERROR = (
    r"#(DIV/0!|NV|N/A|NAME\?|NULL!|ZAHL!|NUM!|BEZUG!|REF!|WERT!|VALUE!|ÜBERLAUF!|SPILL!|KALK!|CALC!"
    r"|DATEN|FEHLER)|Err:\d{3}"
)
"""What cells with failed formulas show in German and English Excel and in LibreOffice."""


def findings(cells: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """All findings on cells with file, sheet, table, row, column, text, status and keys."""
    return _no_value(cells) + _breakdowns(cells, catalog) + _doubled(cells)


def _finding(rule: str, message: str, remedy: str, row: Mapping[str, Any]) -> Finding:
    sheet = f'Blatt "{row["sheet"]}", ' if row["sheet"] else ""
    place = f"{sheet}Zeile {row['row']}, Spalte {letters(row['column'])}"
    return Finding(
        rule,
        row["file"],
        place,
        message,
        remedy,
        row["sheet"],
        row["row"],
        row["column"],
        row["text"],
    )


def _no_value(cells: pl.DataFrame) -> list[Finding]:
    """Cells that are neither a number nor a declared sign."""
    return [
        _finding(*_why(row["text"] or ""), row=row)
        for row in cells.filter(pl.col("status").is_null()).to_dicts()
    ]


def _why(text: str) -> tuple[str, str, str]:
    """Rule, message and remedy for a text that is no value."""
    if not text:
        return (
            "cell_blank",
            "Die Zelle ist leer.",
            'Wert oder Zeichen eintragen, oder im Rezept unter [signs] "" erklären.',
        )
    if re.fullmatch(_FORMULA_ERROR, text):
        return (
            "cell_formula_error",
            f'Statt einer Zahl steht hier der Formelfehler "{text}".',
            "Formel in der Datei berichtigen, oder das Zeichen eintragen, das gemeint ist.",
        )
    return (
        "cell_no_number",
        f'"{text}" ist weder eine Zahl noch ein vereinbartes Zeichen.',
        "Zelle berichtigen oder das Zeichen im Rezept unter [signs] erklären.",
    )


def mixed_suffix(cells: pl.DataFrame, suffix: str | None) -> list[Finding]:
    """The first number of a table without the suffix that others have: 0,53 beside 45 %."""
    if suffix is None:
        return []
    numbers = cells.filter(pl.col("value").is_not_null())
    having = pl.col("text").str.contains(suffix, literal=True)
    bare = numbers.filter(~having & (pl.col("value") != 0)).sort("row", "column")
    if bare.is_empty() or not numbers.filter(having).height:
        return []
    return [
        _finding(
            "suffix_mixed",
            f'"{row["text"]}" steht ohne "{suffix}", andere Zahlen der Tabelle mit '
            f"({bare.height} Zellen so).",
            "Prüfen, ob alle Zahlen dieselbe Einheit haben; Prozentformate liefern 0,53 statt 53.",
            row,
        )
        for row in bare.head(1).to_dicts()
    ]


def _breakdowns(cells: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """Categories for a measure that does not have that breakdown; the first cell of each file."""
    wrong = []
    for breakdown in BREAKDOWNS:
        having = [m.id for m in catalog.city.measures if breakdown in m.breakdowns]
        first = cells.filter(
            (pl.col(breakdown) != TOTAL) & ~pl.col("measure").is_in(having)
        ).unique(["file", "measure"], keep="first", maintain_order=True)
        wrong += [(breakdown, row) for row in first.to_dicts()]
    return [
        _finding(
            "breakdown_missing",
            f'Die Messgröße "{row["measure"]}" hat das Merkmal "{breakdown}" nicht.',
            "In measures.toml breakdowns ergänzen oder das Rezept berichtigen.",
            row,
        )
        for breakdown, row in wrong
    ]


def _doubled(cells: pl.DataFrame) -> list[Finding]:
    """The same count twice in one table: a doubled row or column."""
    keys = ["file", "sheet", "table", "area", "period", *DIMENSIONS]
    return [
        _finding(
            "cell_doubled",
            f"Gebiet {row['area']}, {row['period']}, {row['measure']} steht schon weiter oben.",
            "Doppelte Zeile oder Spalte löschen.",
            row,
        )
        for row in cells.filter(~pl.struct(keys).is_first_distinct()).to_dicts()
    ]
