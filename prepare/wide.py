"""Wide tables: every value cell is a count; heads and label columns say of what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from model.catalog import BREAKDOWNS
from prepare import origins
from prepare.reading import Reading
from prepare.recipes import Cells, Labels, Origin

DIMENSIONS = ("measure", *BREAKDOWNS)


def rows(reading: Reading, body: pl.DataFrame, cells: Cells) -> pl.DataFrame:
    """One row per value cell: area, period, dimensions, `text`, `row`, `column`."""
    labels: dict[str, str | Labels] = {name: getattr(cells, name) for name in DIMENSIONS}
    columns = _value_columns(reading, body, labels)
    for name, label in labels.items():
        if isinstance(label, str):
            body = body.with_columns(pl.lit(label).alias(name))
        elif label.column is not None:
            body = _with_label(reading, body, name, label, reading.column(label.column))
    carried = [name for name in ("row", "area", "period", *DIMENSIONS) if name in body.columns]
    return (
        body.unpivot(
            [str(c) for c in columns], index=carried, variable_name="column", value_name="text"
        )
        .with_columns(pl.col("column").cast(pl.Int64))
        .join(_told_by_heads(reading, columns, labels), on="column", how="left")
    )


def _value_columns(
    reading: Reading, body: pl.DataFrame, labels: Mapping[str, str | Labels]
) -> list[int]:
    """All columns that have no other use, are not ignored, and have a head or a text."""
    table = reading.table
    used = {
        reading.column(origin.column)
        for origin in (table.area, table.period, *labels.values())
        if isinstance(origin, Origin | Labels) and origin.column is not None
    }
    ignored = {
        column for head in reading.heads for column, text in head.items() if text in table.ignore
    }
    last = reading.heads[-1] if reading.heads else {}
    return [
        column
        for column in reading.sheet.columns
        if column not in used | ignored
        and (last.get(column) or body[str(column)].is_not_null().any())
    ]


def _with_label(
    reading: Reading, body: pl.DataFrame, name: str, label: Labels, column: int
) -> pl.DataFrame:
    """Add a dimension told by the texts of a column."""
    text = pl.col(str(column)).fill_null("")
    first = body.group_by(text.alias("text")).agg(pl.col("row").min()).sort("row")
    for found, row in first.iter_rows():
        if found not in label.values:
            reading.note_label(name, found, label, row, column)
    return body.with_columns(
        text.replace_strict(label.values, default=None, return_dtype=pl.String).alias(name)
    )


def _told_by_heads(
    reading: Reading, columns: Sequence[int], labels: Mapping[str, str | Labels]
) -> pl.DataFrame:
    """Per value column, all that heads say of it: dimensions, area, period."""
    told = []
    for column in columns:
        entry = origins.told_by_head(reading, column)
        for name, label in labels.items():
            if isinstance(label, Labels) and label.head is not None:
                text = reading.heads[label.head - 1].get(column, "")
                entry[name] = label.values.get(text)
                if entry[name] is None:
                    row = reading.table.head_rows[label.head - 1]
                    reading.note_label(name, text, label, row, column)
        told.append(entry)
    names = list(told[0]) if told else []
    frame = pl.DataFrame(told, schema=dict.fromkeys(names, pl.String))
    return frame.select(pl.Series("column", columns, dtype=pl.Int64), *names)
