"""Breaks in series: from a period on, a number means something else (breaks.csv)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import polars as pl

from prepare import csv_tables, periods
from prepare.findings import Finding, nearest, refuse

SCHEMA = dict.fromkeys(("measure", "area", "period", "kind", "note"), pl.String)
"""`measure` and `area` are '' for all; `period` is the first of the new series."""
KINDS = ("areas", "definition", "basis", "revision")


def declared(
    path: Path, name: str, measures: Collection[str], areas: Collection[str]
) -> pl.DataFrame:
    """The rows of breaks.csv (SCHEMA); none if there is no such file.

    `measures` and `areas` are the known ids. Raises PreparationError with all findings.
    """
    if not path.exists():
        return pl.DataFrame(schema=SCHEMA)
    rows = csv_tables.table(path, name, tuple(SCHEMA))
    doubled = rows.filter(~pl.struct("measure", "area", "period", "kind").is_first_distinct())
    refuse(
        [
            Finding(rule, name, f"Zeile {row['row']}", message, remedy)
            for row in rows.to_dicts()
            for rule, message, remedy in _wrong(row, {"measure": measures, "area": areas})
        ]
        + [
            Finding(
                "row_doubled",
                name,
                f"Zeile {row}",
                "Derselbe Bruch steht schon weiter oben.",
                "Eine der Zeilen löschen.",
            )
            for row in doubled["row"]
        ]
    )
    return rows.select(SCHEMA.keys())


def _wrong(
    row: Mapping[str, str], known: Mapping[str, Collection[str]]
) -> Iterator[tuple[str, str, str]]:
    """Rule, message and remedy for everything wrong in one row."""
    for key, ids in known.items():
        if row[key] and row[key] not in ids:
            message = f'{key} = "{row[key]}" ist nicht vereinbart.'
            yield f"{key}_unknown", message, nearest(row[key], ids)
    if not periods.is_iso(row["period"]):
        message = f'"{row["period"]}" ist kein Zeitpunkt.'
        yield "period_unknown", message, 'Als "2018" oder "2018-12-31" schreiben.'
    if row["kind"] not in KINDS:
        message = f'kind = "{row["kind"]}" gibt es nicht.'
        yield "break_kind", message, f"Erlaubt: {', '.join(KINDS)}."
    if not row["note"]:
        yield "value_empty", "note ist leer.", "In einem Satz sagen, was sich geändert hat."
