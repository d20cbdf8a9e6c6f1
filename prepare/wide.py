"""Wide tables: every value cell is a count; heads and label columns say of what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import polars as pl

from model.catalog import BREAKDOWNS
from prepare import headings, origins
from prepare.reading import Reading, Unreadable
from prepare.recipe_places import Cells, Labels, Origin

DIMENSIONS = ("measure", *BREAKDOWNS)


def rows(reading: Reading, body: pl.LazyFrame, cells: Cells) -> pl.DataFrame:
    """One row per value cell: area, period, dimensions, `text`, `row`, `column`.

    Raises Unreadable, with a finding noted, if no column holds values.
    """
    labels: dict[str, str | Labels] = {name: getattr(cells, name) for name in DIMENSIONS}
    for name, label in labels.items():
        if isinstance(label, str):
            body = body.with_columns(pl.lit(label).alias(name))
        elif label.column is not None:
            body = _with_label(reading, body, name, label)
        elif label.row:
            body = _with_row_label(reading, body, name, label)
    found = body.collect()
    heads = _told_by_heads(reading, _value_columns(reading, found, labels), labels)
    if heads.is_empty():
        reading.note(
            "table_empty",
            "Keine Spalte der Tabelle enthält Werte, die gelesen werden sollen.",
            "head_rows, ignore und die Spaltenköpfe im Rezept prüfen.",
        )
        raise Unreadable
    carried = [name for name in ("row", "area", "period", *DIMENSIONS) if name in found.columns]
    return (
        found.unpivot(
            [str(column) for column in heads["column"]],
            index=carried,
            variable_name="column",
            value_name="text",
        )
        .with_columns(pl.col("column").cast(pl.Int64))
        .join(heads, on="column", how="left", maintain_order="left")
    )


def _value_columns(
    reading: Reading, body: pl.DataFrame, labels: Mapping[str, str | Labels]
) -> list[int]:
    """All columns that have no other use, are not ignored, and have a head or a text."""
    table = reading.table
    used = {
        reading.column(place.column)
        for place in (table.area, table.period, *labels.values())
        if isinstance(place, Origin | Labels) and place.column is not None
    }
    ignored = {
        column for head in reading.heads for column, text in head.items() if text in table.ignore
    }
    for column in table.ignore:
        ignored |= {column} if isinstance(column, int) else set(reading.columns(column))
    last = reading.heads[-1] if reading.heads else {}
    return [
        column
        for column in reading.sheet.columns
        if column not in used | ignored
        and (last.get(column) or body[str(column)].is_not_null().any())
    ]


def _with_label(reading: Reading, body: pl.LazyFrame, name: str, label: Labels) -> pl.LazyFrame:
    """Add a dimension told by the texts of a column; rows with texts to ignore are left out."""
    told = headings.told(reading, name, label)
    column = reading.column(label.column or 0)
    text = pl.col(told).fill_null("")
    first = body.group_by(text.alias("text")).agg(pl.col("row").min()).sort("row").collect()
    ignored = []
    for found, row in first.iter_rows():
        if label.ignore is not None and re.search(label.ignore, found):
            ignored.append(found)
        elif found not in label.values:
            reading.note_label(name, found, label, row, column)
    return body.filter(~text.is_in(ignored)).with_columns(
        text.replace_strict(label.values, default=None, return_dtype=pl.String).alias(name)
    )


def _with_row_label(reading: Reading, body: pl.LazyFrame, name: str, label: Labels) -> pl.LazyFrame:
    """Add a dimension told by the rows' numbers; other rows are left out."""
    rows = {int(text): meaning for text, meaning in label.values.items()}
    there = set(body.select("row").collect()["row"])
    for row in sorted(rows.keys() - there):
        message = f"Die Zeile {row} ist leer oder fehlt; das Rezept liest dort {rows[row]}."
        remedy = "Aufbau der Datei mit dem Rezept vergleichen."
        reading.note("row_missing", message, remedy, row)
    meaning = pl.col("row").replace_strict(rows, default=None, return_dtype=pl.String)
    return body.with_columns(meaning.alias(name)).filter(pl.col(name).is_not_null())


def _told_by_heads(
    reading: Reading, columns: Sequence[int], labels: Mapping[str, str | Labels]
) -> pl.DataFrame:
    """Per value column that is wanted, all that heads say of it: dimensions, area, period."""
    told: list[dict[str, str | int | None]] = []
    for column in columns:
        entry: dict[str, str | None] = {}
        wanted = True
        for name, label in labels.items():
            if isinstance(label, Labels) and label.heads:
                text, row = reading.head(label.heads, column)
                wanted &= not (label.ignore is not None and re.search(label.ignore, text))
                entry[name] = label.values.get(text)
                if entry[name] is None and wanted:
                    reading.note_label(name, text, label, row, column)
        if wanted:
            entry |= origins.told_by_head(reading, column)
        if wanted and entry.get("area") != origins.OUTSIDE:
            told.append({"column": column, **entry})
    schema = {name: pl.Int64 if name == "column" else pl.String for name in told[0]} if told else {}
    return pl.DataFrame(told, schema=schema)
