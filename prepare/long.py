"""Long tables: one value column, and rows whose texts say what they count."""

from __future__ import annotations

import polars as pl

from prepare.reading import Reading
from prepare.recipes import Column
from prepare.wide import DIMENSIONS


def rows(reading: Reading, body: pl.DataFrame, value: Column) -> pl.DataFrame:
    """The rows some rule explains, with dimensions, `text`, `row`, `column`."""
    column = reading.column(value)
    explained = body.with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in DIMENSIONS), known=pl.lit(False)
    )
    for keys in dict.fromkeys(tuple(sorted(rule.where)) for rule in reading.table.rows):
        explained = _explained(reading, explained, keys)
    _note_unexplained(reading, explained)
    return explained.filter(pl.col("measure").is_not_null()).with_columns(
        text=pl.col(str(column)), column=pl.lit(column, pl.Int64)
    )


def _name(reading: Reading, key: str) -> str:
    """Name of the body's column that a key of `where` means: a head text or a number."""
    return str(reading.column(int(key) if key.isdigit() else key))


def _explained(reading: Reading, body: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """Apply all rules over the same columns at once, by a join; earlier rules win."""
    columns = {key: _name(reading, key) for key in keys}
    told = [f"{name}_told" for name in DIMENSIONS]
    rules = pl.DataFrame(
        [
            (*(rule.where[key] for key in keys), *(getattr(rule, name) for name in DIMENSIONS))
            for rule in reading.table.rows
            if tuple(sorted(rule.where)) == keys
        ],
        schema=dict.fromkeys([*columns.values(), *told], pl.String),
        orient="row",
    ).with_columns(known_told=pl.lit(True))
    joined = body.join(rules, on=list(columns.values()), how="left", maintain_order="left")
    new = ~pl.col("known") & pl.col("known_told").fill_null(False)
    return joined.with_columns(
        *(pl.when(new).then(f"{n}_told").otherwise(n).alias(n) for n in DIMENSIONS),
        known=pl.col("known") | new,
    ).drop(*told, "known_told")


def _note_unexplained(reading: Reading, body: pl.DataFrame) -> None:
    """One finding per distinct combination of texts that no rule explains, at its first row."""
    keys = sorted({key for rule in reading.table.rows for key in rule.where})
    texts = [pl.col(_name(reading, key)).fill_null("").alias(f"told_{key}") for key in keys]
    strange = (
        body.filter(~pl.col("known"))
        .group_by(texts)
        .agg(pl.col("row").min(), pl.len().alias("count"))
        .sort("row")
    )
    for *found, row, count in strange.iter_rows():
        told = ", ".join(f'{key} = "{text}"' for key, text in zip(keys, found, strict=True))
        reading.note(
            "row_unknown",
            f"Keine Regel erklärt die Zeile ({told}; {count} Zeilen so).",
            "[[tables.rows]] ergänzen oder dort ignore = true setzen.",
            row,
        )
