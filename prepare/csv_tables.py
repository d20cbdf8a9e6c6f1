"""Comma-separated tables of a city folder (areas.csv, crosswalk.csv, breaks.csv) by their heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from prepare import textfiles
from prepare.findings import Finding, nearest, refuse


def table(
    path: Path, name: str, columns: Sequence[str], optional: Sequence[str] = ()
) -> pl.DataFrame:
    """Rows as texts (blanks ''), with `row` as an editor counts; optional columns may be absent.

    Raises PreparationError if a column is missing, unknown or there twice.
    """
    sheet = textfiles.sheet(path, name, delimiter=",")
    heads = {number: head for number, head in sheet.texts(1).items() if head}
    told = list(heads.values())
    known = (*columns, *optional)
    refuse([*_wrong(told, columns, known, name), *textfiles.repeated(told, name)])
    return (
        sheet.cells.filter(pl.col("row") > 1)
        .select("row", *(pl.col(str(number)).alias(head) for number, head in heads.items()))
        .with_columns(pl.lit("").alias(column) for column in optional if column not in told)
        .with_columns(pl.col(column).fill_null("").cast(pl.String) for column in known)
        .select("row", *known)
    )


def _wrong(
    told: Sequence[str], columns: Sequence[str], known: Sequence[str], name: str
) -> Iterator[Finding]:
    for column in columns:
        if column not in told:
            message = f'Die Spalte "{column}" fehlt.'
            yield Finding("column_missing", name, "Zeile 1", message, "Spalte ergänzen.")
    for head in told:
        if head not in known:
            message = f'Die Spalte "{head}" gibt es hier nicht.'
            yield Finding("column_unknown", name, "Zeile 1", message, nearest(head, known))
