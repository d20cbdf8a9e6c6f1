"""One table of a sheet into long rows: area, period, measure, age, sex, nationality, text."""

from __future__ import annotations

import polars as pl

from prepare import long, origins, wide
from prepare.areas import Areas
from prepare.findings import Finding
from prepare.reading import Reading, Unreadable, reading
from prepare.recipes import Table
from prepare.sheets import Sheet
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
        body = origins.with_origins(read, _body(read))
        if table.cells is not None:
            found = wide.rows(read, body, table.cells)
        else:
            assert table.value is not None, "the recipe model demands one of the two"
            found = long.rows(read, body, table.value)
    except Unreadable:
        found = pl.DataFrame(schema=SCHEMA)
    keys = ("area", "period", *DIMENSIONS)
    return found.select(SCHEMA.keys()).drop_nulls(keys), read.findings


def _body(read: Reading) -> pl.DataFrame:
    """Rows below the heads and above the end. Raises Unreadable if there is none."""
    cells = read.body()
    if cells.is_empty():
        read.note("table_empty", "Die Tabelle hat keine Zeilen.", "head_rows und end prüfen.")
        raise Unreadable
    return cells
