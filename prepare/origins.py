"""Area and period of a table's rows, from wherever the recipe says they stand."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

import polars as pl

from prepare import headings, names, periods
from prepare.findings import nearest
from prepare.reading import Reading
from prepare.recipe_places import AreaOrigin, Origin, PeriodOrigin
from prepare.sheets import Sheet

Meaning = Callable[[Reading, str, int | None, int | None], str | None]
"""Turns a text at a row and column into an id, or notes a finding and gives None."""

OUTSIDE = ""
"""Instead of an area's id: it is none of the city's and may be left out."""


def with_origins(reading: Reading, body: pl.LazyFrame) -> pl.LazyFrame:
    """The rows with `area` and `period`, unless heads tell them (see `told_by_head`).

    Rows whose label matches `skip`, is indented otherwise, or lies outside are left out.
    """
    body = _with_origin(reading, _wanted(reading, body), reading.table.area, "area", area)
    if "area" in body.collect_schema():
        body = body.filter(pl.col("area").ne_missing(OUTSIDE))
    return _with_origin(reading, body, reading.table.period, "period", period)


def _wanted(reading: Reading, body: pl.LazyFrame) -> pl.LazyFrame:
    origin, table = reading.table.area, reading.table
    for key, pattern in table.only.items():
        column = str(reading.named(key))
        body = body.filter(_matching(body, column, pattern))
    if not isinstance(origin, AreaOrigin) or origin.column is None:
        return body
    if table.indent is not None:
        rows = reading.sheet.indented(reading.column(origin.column), table.indent)
        body = body.filter(pl.col("row").is_in(rows.implode()))
    if table.skip is not None:
        label = headings.told(reading, "area", origin)
        body = body.filter(~_matching(body, label, table.skip))
    return body


def _matching(body: pl.LazyFrame, column: str, pattern: str) -> pl.Expr:
    """Whether the text of a column matches; '' where it is blank."""
    label = pl.col(column).fill_null("")
    texts = body.select(label.unique().alias("text")).collect()["text"]
    return label.is_in([text for text in texts if re.search(pattern, text)])


def _with_origin(
    reading: Reading, body: pl.LazyFrame, origin: str | Origin, name: str, meaning: Meaning
) -> pl.LazyFrame:
    if isinstance(origin, str):
        return body.with_columns(_constant(meaning(reading, origin, None, None), name))
    if origin.head is not None:
        return body
    if origin.column is None:
        text = text_of(reading.sheet, origin)
        return body.with_columns(_constant(meaning(reading, text, None, None), name))
    column = reading.column(origin.column)
    told = pl.col(headings.told(reading, name, origin)).fill_null("")
    first = body.group_by(told.alias("text")).agg(pl.col("row").min()).sort("row").collect()
    known = {text: meaning(reading, text, row, column) for text, row in first.iter_rows()}
    return body.with_columns(
        told.replace_strict(known, default=None, return_dtype=pl.String).alias(name)
    )


def _constant(value: str | None, name: str) -> pl.Expr:
    return pl.lit(value, pl.String).alias(name)


def text_of(sheet: Sheet, origin: Origin) -> str:
    """The one text of a cell or line, or what the regex finds in the file's or sheet's name."""
    if origin.cell is not None:
        return sheet.cell(origin.cell)
    if origin.line is not None:
        return sheet.line(origin.line) or ""
    if origin.sheet is not None:
        found = re.search(origin.sheet, sheet.name)
    else:
        found = re.search(origin.file or "", sheet.file.split("/")[-1])
    return _group(found) if found else ""


def _group(found: re.Match[str]) -> str:
    """Group 1 of a match, or all of it if the pattern has no group."""
    return str(found[1] if found.re.groups else found[0])


def formed(text: str, origin: Origin) -> str | None:
    """The text after `values`, `pattern` and `format`; None if the pattern does not fit."""
    text = origin.values.get(text, text)
    if origin.pattern is not None:
        found = re.search(origin.pattern, text)
        if found is None:
            return None
        text = _group(found)
    return origin.format.format(text)


def area(reading: Reading, text: str, row: int | None, column: int | None) -> str | None:
    """The id of the area a text means, or OUTSIDE; None, with a finding noted, if none."""
    origin, table = reading.table.area, reading.table
    if text in table.totals:
        return table.totals[text]
    known = reading.known_areas
    told = text if isinstance(origin, str) else formed(text, origin)
    if told is not None and told in known:
        return known[told]
    if found := _by_normalised_name(reading, told, row, column):
        return found
    if isinstance(origin, AreaOrigin) and origin.known and told and re.search(origin.known, told):
        return OUTSIDE
    reading.note(
        "area_unknown",
        f'"{text}" ist kein bekanntes Gebiet.',
        f"area, totals oder skip im Rezept ergänzen. {nearest(told or text, known)}",
        row,
        column,
        text,
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
    told = text if isinstance(origin, str) else formed(text, origin)
    try:
        found = periods.iso(told or "")
    except periods.UnknownPeriod:
        reading.note(
            "period_unknown",
            f'"{text}" ist kein Zeitpunkt, wie ihn das Rezept verlangt.',
            "period im Rezept prüfen (Stelle, Suchmuster).",
            row,
            column,
            text,
        )
        return None
    if isinstance(origin, PeriodOrigin) and origin.month_end and len(found) > len("2024"):
        year, month = int(found[:4]), int(found[5:7])
        return f"{found[:7]}-{calendar.monthrange(year, month)[1]}"
    return found


def told_by_head(reading: Reading, column: int) -> dict[str, str | None]:
    """Area and period of a value column, where heads tell them."""
    told: dict[str, str | None] = {}
    meanings: tuple[tuple[str, str | Origin, Meaning], ...] = (
        ("area", reading.table.area, area),
        ("period", reading.table.period, period),
    )
    for name, origin, meaning in meanings:
        if isinstance(origin, Origin) and origin.head is not None:
            text, row = reading.head(origin.heads, column)
            told[name] = meaning(reading, text, row, column)
    return told
