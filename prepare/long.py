"""Long tables: one value column, and rows whose texts say what they count."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from model import status
from prepare.reading import Reading
from prepare.recipe_places import Column, Rows
from prepare.wide import DIMENSIONS

CELL = ("area", "period", *DIMENSIONS)
"""What tells one count of a table from another."""


def rows(reading: Reading, body: pl.LazyFrame, value: Column) -> pl.LazyFrame:
    """The rows some rule explains, with dimensions, `text`, `row`, `column`.

    Only the texts no rule explains are collected here.
    """
    column = reading.column(value)
    explained = body.with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in DIMENSIONS), known=pl.lit(False)
    )
    plain = [rule for rule in reading.table.rows if not rule.matches]
    for keys in dict.fromkeys(tuple(sorted(rule.where)) for rule in plain):
        same = [rule for rule in plain if tuple(sorted(rule.where)) == keys]
        explained = _explained(reading, explained, keys, same)
    for rule in reading.table.rows:
        if rule.matches:
            explained = _matched(reading, explained, rule)
    _note_unexplained(reading, explained)
    return explained.filter(pl.col("measure").is_not_null()).with_columns(
        text=_marked(reading, column), column=pl.lit(column, pl.Int64)
    )


def added(cells: pl.LazyFrame, apart: Sequence[str] = ()) -> pl.LazyFrame:
    """Rows of the same count added up; as doubtful as the worst part, at the first row's place.

    Rows that differ in the columns `apart` are no parts of the same count.
    A part without a value leaves the sum without one. `parts`, the number of rows, adds up too.
    """
    return (
        cells.group_by(*apart, *CELL)
        .agg(
            pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum()),
            status.severity().max().alias("severity"),
            pl.col("row").min(),
            pl.col("column").min(),
            pl.col("parts").sum(),
        )
        .with_columns(status=status.named("severity"), text=pl.lit(None, pl.String))
        .drop("severity")
    )


def _marked(reading: Reading, column: int) -> pl.Expr:
    """The text of the value, followed by its mark where that stands in a column of its own."""
    if reading.table.mark is None:
        return pl.col(str(column))
    text = pl.col(str(column)).fill_null("")
    mark = pl.col(str(reading.column(reading.table.mark))).fill_null("")
    return pl.when(mark == "").then(str(column)).otherwise(pl.concat_str(text, mark, separator=" "))


def _text(reading: Reading, key: str) -> pl.Expr:
    """Text of the column that a key of `where` or `matches` names: a head text or a number."""
    return pl.col(str(reading.named(key))).fill_null("")


def _explained(
    reading: Reading, body: pl.LazyFrame, keys: tuple[str, ...], rules: list[Rows]
) -> pl.LazyFrame:
    """Apply all rules over the same columns at once, by a join; earlier rules win."""
    texts = [_text(reading, key).alias(f"key_{i}") for i, key in enumerate(keys)]
    names = [f"key_{i}" for i in range(len(keys))]
    told = [f"{name}_told" for name in DIMENSIONS]
    meanings = pl.LazyFrame(
        [
            (*(rule.where[key] for key in keys), *(getattr(rule, name) for name in DIMENSIONS))
            for rule in rules
        ],
        schema=dict.fromkeys([*names, *told], pl.String),
        orient="row",
    ).with_columns(known_told=pl.lit(True))
    joined = body.with_columns(texts).join(meanings, on=names, how="left", maintain_order="left")
    new = ~pl.col("known") & pl.col("known_told").fill_null(False)
    return joined.with_columns(
        *(pl.when(new).then(f"{n}_told").otherwise(n).alias(n) for n in DIMENSIONS),
        known=pl.col("known") | new,
    ).drop(*names, *told, "known_told")


def _matched(reading: Reading, body: pl.LazyFrame, rule: Rows) -> pl.LazyFrame:
    """Apply one rule with patterns to the rows no rule has explained yet."""
    new = pl.all_horizontal(
        ~pl.col("known"),
        *(_text(reading, key) == text for key, text in rule.where.items()),
        *(_text(reading, key).str.contains(pattern) for key, pattern in rule.matches.items()),
    )
    told = {name: pl.lit(getattr(rule, name), pl.String) for name in DIMENSIONS}
    return body.with_columns(
        *(pl.when(new).then(told[n]).otherwise(n).alias(n) for n in DIMENSIONS),
        known=pl.col("known") | new,
    )


def _note_unexplained(reading: Reading, body: pl.LazyFrame) -> None:
    """One finding per distinct combination of texts that no rule explains, at its first row."""
    keys = sorted({key for rule in reading.table.rows for key in (*rule.where, *rule.matches)})
    texts = [_text(reading, key).alias(f"told_{key}") for key in keys]
    strange = (
        body.filter(~pl.col("known"))
        .group_by(texts)
        .agg(pl.col("row").min(), pl.len().alias("count"))
        .sort("row")
        .collect()
    )
    for *found, row, count in strange.iter_rows():
        told = ", ".join(f'{key} = "{text}"' for key, text in zip(keys, found, strict=True))
        reading.note(
            "row_unknown",
            f"Keine Regel erklärt die Zeile ({told}; {count} Zeilen so).",
            "[[tables.rows]] ergänzen oder dort ignore = true setzen.",
            row,
        )
