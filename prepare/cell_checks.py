"""Checks on cells as read, while file, sheet, row and column are still known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare.findings import Finding
from prepare.sheets import letters
from prepare.wide import DIMENSIONS


def findings(cells: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """All findings on cells with file, sheet, table, row, column, text, status and keys."""
    return _no_value(cells) + _breakdowns(cells, catalog) + _doubled(cells)


def _finding(rule: str, row: Mapping[str, Any], message: str, remedy: str) -> Finding:
    sheet = f'Blatt "{row["sheet"]}", ' if row["sheet"] else ""
    place = f"{sheet}Zeile {row['row']}, Spalte {letters(row['column'])}"
    return Finding(rule, row["file"], place, message, remedy)


def _no_value(cells: pl.DataFrame) -> list[Finding]:
    """Cells that are neither a number nor a declared sign."""
    wrong = cells.filter(pl.col("status").is_null())
    return [
        _finding(
            "cell_blank",
            row,
            "Die Zelle ist leer.",
            'Wert oder Zeichen eintragen, oder im Rezept unter [signs] "" erklären.',
        )
        if row["text"] is None
        else _finding(
            "cell_no_number",
            row,
            f'"{row["text"]}" ist weder eine Zahl noch ein vereinbartes Zeichen.',
            "Zelle berichtigen oder das Zeichen im Rezept unter [signs] erklären.",
        )
        for row in wrong.to_dicts()
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
            row,
            f'Die Messgröße "{row["measure"]}" hat das Merkmal "{breakdown}" nicht.',
            "In measures.toml breakdowns ergänzen oder das Rezept berichtigen.",
        )
        for breakdown, row in wrong
    ]


def _doubled(cells: pl.DataFrame) -> list[Finding]:
    """The same count twice in one table: a doubled row or column."""
    keys = ["file", "sheet", "table", "area", "period", *DIMENSIONS]
    return [
        _finding(
            "cell_doubled",
            row,
            f"Gebiet {row['area']}, {row['period']}, {row['measure']} steht schon weiter oben.",
            "Doppelte Zeile oder Spalte löschen.",
        )
        for row in cells.filter(~pl.struct(keys).is_first_distinct()).to_dicts()
    ]
