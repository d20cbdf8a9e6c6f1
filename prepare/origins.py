"""Area and period of a table's rows, from wherever the recipe says they stand."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from prepare import names, periods
from prepare.findings import nearest
from prepare.reading import Reading
from prepare.recipes import AreaOrigin, Origin

Meaning = Callable[[Reading, str, int | None, int | None], str | None]
"""Turns a text at a row and column into an id, or notes a finding and gives None."""


def with_origins(reading: Reading, body: pl.DataFrame) -> pl.DataFrame:
    """The rows with `area` and `period`, unless heads tell them (see `told_by_head`).

    Rows whose label matches `skip` are left out.
    """
    origin, skip = reading.table.area, reading.table.skip
    if isinstance(origin, AreaOrigin) and origin.column is not None and skip is not None:
        labels = body[str(reading.column(origin.column))].fill_null("")
        skipped = [label for label in labels.unique() if re.search(skip, label)]
        body = body.filter(~labels.is_in(skipped))
    body = _with_origin(reading, body, origin, "area", area)
    return _with_origin(reading, body, reading.table.period, "period", period)


def _with_origin(
    reading: Reading, body: pl.DataFrame, origin: str | Origin, name: str, meaning: Meaning
) -> pl.DataFrame:
    if isinstance(origin, str):
        return body.with_columns(_constant(meaning(reading, origin, None, None), name))
    if origin.head is not None:
        return body
    if origin.column is None:
        text = _text(reading, origin)
        return body.with_columns(_constant(meaning(reading, text, None, None), name))
    column = reading.column(origin.column)
    text_of = pl.col(str(column)).fill_null("")
    first = body.group_by(text_of.alias("text")).agg(pl.col("row").min()).sort("row")
    known = {text: meaning(reading, text, row, column) for text, row in first.iter_rows()}
    return body.with_columns(text_of.replace_strict(known, return_dtype=pl.String).alias(name))


def _constant(value: str | None, name: str) -> pl.Expr:
    return pl.lit(value, pl.String).alias(name)


def _text(reading: Reading, origin: Origin) -> str:
    """The one text of a cell, or what the regex finds in the file's or sheet's name."""
    if origin.cell is not None:
        return reading.sheet.cell(origin.cell)
    if origin.sheet is not None:
        found = re.search(origin.sheet, reading.sheet.name)
    else:
        found = re.search(origin.file or "", reading.sheet.file.split("/")[-1])
    return _group(found) if found else ""


def _group(found: re.Match[str]) -> str:
    """Group 1 of a match, or all of it if the pattern has no group."""
    return str(found[1] if found.re.groups else found[0])


def _formed(text: str, origin: Origin) -> str | None:
    """The text after `pattern` and `format`; None if the pattern does not fit."""
    if origin.pattern is not None:
        found = re.search(origin.pattern, text)
        if found is None:
            return None
        text = _group(found)
    return origin.format.format(text)


def area(reading: Reading, text: str, row: int | None, column: int | None) -> str | None:
    """The id of the area a text means; None, with a finding noted, if none."""
    origin, table = reading.table.area, reading.table
    if text in table.totals:
        return table.totals[text]
    known = {area: area for area in (*reading.areas.ids, *reading.areas.former)}
    formed = text if isinstance(origin, str) else _formed(text, origin)
    if isinstance(origin, AreaOrigin) and origin.names:
        known = reading.areas.names(origin.level or "")
    if formed in known:
        return known[formed]
    if found := _by_normalised_name(reading, formed, row, column):
        return found
    reading.note(
        "area_unknown",
        f'"{text}" ist kein bekanntes Gebiet.',
        f"area, totals oder skip im Rezept ergänzen. {nearest(formed or text, known)}",
        row,
        column,
    )
    return None


def _by_normalised_name(
    reading: Reading, text: str | None, row: int | None, column: int | None
) -> str | None:
    """The area whose name is the text but for case, leading number and separators; noted."""
    origin = reading.table.area
    if text is None or not isinstance(origin, AreaOrigin) or not origin.names:
        return None
    found = reading.areas.named(origin.level or "").get(names.normalised(text))
    if found is not None:
        message = f'"{text}" wurde als Gebiet {found} erkannt.'
        remedy = "Zuordnung prüfen; sicherer ist der Name wie in areas.csv."
        reading.note("area_name_normalised", message, remedy, row, column)
    return found


def period(reading: Reading, text: str, row: int | None, column: int | None) -> str | None:
    """The ISO period a text means; None, with a finding noted, if none."""
    origin = reading.table.period
    formed = text if isinstance(origin, str) else _formed(text, origin)
    try:
        return periods.iso(formed or "")
    except periods.UnknownPeriod:
        reading.note(
            "period_unknown",
            f'"{text}" ist kein Zeitpunkt, wie ihn das Rezept verlangt.',
            "period im Rezept prüfen (Stelle, Suchmuster).",
            row,
            column,
        )
        return None


def told_by_head(reading: Reading, column: int) -> dict[str, str | None]:
    """Area and period of a value column, where heads tell them."""
    told: dict[str, str | None] = {}
    meanings: tuple[tuple[str, str | Origin, Meaning], ...] = (
        ("area", reading.table.area, area),
        ("period", reading.table.period, period),
    )
    for name, origin, meaning in meanings:
        if isinstance(origin, Origin) and origin.head is not None:
            text = reading.heads[origin.head - 1].get(column, "")
            row = reading.table.head_rows[origin.head - 1]
            told[name] = meaning(reading, text, row, column)
    return told
