"""One table of a sheet into long rows: area, period, measure, age, sex, nationality, text."""

from __future__ import annotations

import re

import polars as pl

from prepare import headings, long, origins, wide
from prepare.areas import Areas
from prepare.findings import Finding
from prepare.reading import Reading, Unreadable, reading
from prepare.recipes import Table
from prepare.sheets import Sheet, position
from prepare.wide import DIMENSIONS

SCHEMA = {
    "area": pl.String,
    "period": pl.String,
    **dict.fromkeys(DIMENSIONS, pl.String),
    "text": pl.String,
    "row": pl.Int64,
    "column": pl.Int64,
}


def rows(sheet: Sheet, table: Table, areas: Areas) -> tuple[pl.DataFrame, list[Finding]]:
    """Long rows of the table (SCHEMA), and everything the recipe does not explain."""
    read = reading(sheet, table, areas)
    try:
        _check_layout(read)
        body = headings.carried_down(read, _body(read).lazy())
        body = origins.with_origins(read, headings.with_headings(read, body))
        if table.cells is not None:
            found = wide.rows(read, body, table.cells)
        else:
            assert table.value is not None, "the recipe model demands one of the two"
            found = long.rows(read, body, table.value).collect()
    except Unreadable:
        found = pl.DataFrame(schema=SCHEMA)
    keys = ("area", "period", *DIMENSIONS)
    return found.select(SCHEMA.keys()).drop_nulls(keys), read.findings


def _check_layout(read: Reading) -> None:
    """Raise Unreadable unless the sheet is built as the recipe expects."""
    for cell, pattern in read.table.expect.items():
        text = read.sheet.cell(cell)
        if not re.search(pattern, text):
            read.note(
                "layout_changed",
                f'In {cell} steht "{text}", erwartet ist "{pattern}".',
                "Aufbau der Datei mit dem Rezept vergleichen; Zeilen oder Spalten sind verrutscht.",
                *position(cell),
                text,
            )
    filled = [c for c in read.sheet.columns if read.sheet.cells[str(c)].is_not_null().any()]
    if read.table.heads and max(filled, default=0) != len(read.table.heads):
        read.note(
            "layout_changed",
            f"heads nennt {len(read.table.heads)} Spalten, die Datei hat {max(filled, default=0)}.",
            "heads im Rezept mit den Spalten der Datei vergleichen.",
        )
    if any(finding.rule == "layout_changed" for finding in read.findings):
        raise Unreadable


def _body(read: Reading) -> pl.DataFrame:
    """Rows below the heads and above the end. Raises Unreadable if there is none."""
    cells = read.body()
    if cells.is_empty():
        read.note("table_empty", "Die Tabelle hat keine Zeilen.", "head_rows und end prüfen.")
        raise Unreadable
    return cells
