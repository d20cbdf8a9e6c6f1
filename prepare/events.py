"""Projects, facilities and events that may matter for an area's numbers (events.csv)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import polars as pl

from prepare import csv_tables, periods
from prepare.findings import Finding, nearest, refuse

FILE = "events.csv"
_COLUMNS = ("areas", "from", "to", "title", "kind", "link")
SCHEMA = dict.fromkeys(("area", *_COLUMNS[1:]), pl.String)
"""A row an event and area: `area` is '' for the whole city, `to` and `link` may be ''."""
KINDS = ("projekt", "einrichtung", "ereignis")
_LINK = r"https://[^\s<>\"/?#]+([/?#][^\s<>\"]*)?"


def declared(path: Path, name: str, areas: Collection[str]) -> pl.DataFrame:
    """The events (SCHEMA), the latest first; none if there is no such file.

    `areas` are the ids of the city's default level. Raises PreparationError with all findings.
    """
    if not path.exists():
        return pl.DataFrame(schema=SCHEMA)
    rows = csv_tables.table(path, name, _COLUMNS)
    doubled = rows.filter(~pl.struct("areas", "from", "title").is_first_distinct())
    refuse(
        [
            Finding(rule, name, f"Zeile {row['row']}, Spalte {column}", message, remedy)
            for row in rows.to_dicts()
            for rule, column, message, remedy in _wrong(row, areas)
        ]
        + [
            Finding(
                "row_doubled",
                name,
                f"Zeile {row}",
                "Dasselbe Ereignis steht schon weiter oben.",
                "Eine der Zeilen löschen.",
            )
            for row in doubled["row"]
        ]
    )
    listed = pl.col("areas").str.split(" ").list.unique(maintain_order=True)
    return (
        rows.with_columns(area=listed)
        .explode("area")
        .filter((pl.col("area") != "") | (pl.col("areas") == ""))
        .select(SCHEMA.keys())
        .sort("from", "title", "area", descending=[True, False, False])
    )


def _wrong(row: Mapping[str, str], areas: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
    """Rule, column, message and remedy for everything wrong in one row."""
    for area in row["areas"].split():
        if area not in areas:
            message = f'"{area}" ist kein Gebiet der Ebene, die die Anwendung zuerst zeigt.'
            yield "area_unknown", "areas", message, nearest(area, areas)
    yield from _wrong_days(row["from"], row["to"])
    if not row["title"]:
        yield "value_empty", "title", "title ist leer.", "In wenigen Worten sagen, was es ist."
    if row["kind"] not in KINDS:
        message = f'kind = "{row["kind"]}" gibt es nicht.'
        yield "event_kind", "kind", message, f"Erlaubt: {', '.join(KINDS)}."
    if row["link"] and not re.fullmatch(_LINK, row["link"]):
        message = f'"{row["link"]}" ist keine Adresse mit https.'
        yield "event_link", "link", message, 'Als "https://..." schreiben oder leer lassen.'


def _wrong_days(start: str, end: str) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with the first and the last day; the last may be open."""
    for column, day in (("from", start), ("to", end)):
        if not periods.is_day(day) and (day or column == "from"):
            message = f'"{day}" ist kein Tag.'
            yield "event_date", column, message, 'Als "2024-08-31" schreiben.'
    if periods.is_day(start) and periods.is_day(end) and end < start:
        message = f"Das Ende {end} liegt vor dem Anfang {start}."
        yield "event_order", "to", message, "from und to prüfen, vielleicht sind sie vertauscht."
