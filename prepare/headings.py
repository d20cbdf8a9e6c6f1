"""Texts that stand once above several rows: merged downwards, or in heading rows of their own."""

from __future__ import annotations

import re
from collections.abc import Callable

import polars as pl

from prepare.reading import Reading
from prepare.recipe_places import Column, Labels, Origin


def carried_down(reading: Reading, body: pl.LazyFrame) -> pl.LazyFrame:
    """The body with the blanks of columns merged downwards filled from above."""
    columns = [str(reading.column(column)) for column in reading.table.carry_down]
    return body.with_columns(pl.col(columns).forward_fill()) if columns else body


def name(of: str) -> str:
    """Name of the column that carries the heading of 'area', 'period', 'age', ..."""
    return f"above_{of}"


def told(reading: Reading, of: str, place: Origin | Labels) -> str:
    """Name of the body's column in which an area, period or category stands."""
    if place.above:
        return name(of)
    column = place.column
    assert column is not None, "only places with a column are asked for"
    return str(reading.column(column))


def with_headings(reading: Reading, body: pl.LazyFrame) -> pl.LazyFrame:
    """The rows below headings, with the text of the heading above each; no heading rows."""
    places = {of: place for of, place in _places(reading).items() if place.above}
    if not places:
        return body
    marks = []
    for of, place in places.items():
        column = str(reading.column(_column(place)))
        fits = _fits(reading, of, place)
        texts = body.select(pl.col(column).unique()).collect()[column].drop_nulls()
        found = [text for text in texts if fits(text)]
        heading = pl.col(column).is_in(found).fill_null(False)
        marks.append(heading)
        body = body.with_columns(pl.when(heading).then(column).forward_fill().alias(name(of)))
    return body.filter(~pl.any_horizontal(marks))


def _places(reading: Reading) -> dict[str, Origin | Labels]:
    table = reading.table
    given = {"area": table.area, "period": table.period}
    if table.cells is not None:
        given |= {of: getattr(table.cells, of) for of in type(table.cells).model_fields}
    return {of: place for of, place in given.items() if isinstance(place, Origin | Labels)}


def _column(place: Origin | Labels) -> Column:
    assert place.column is not None, "the recipe model demands it with above"
    return place.column


def _fits(reading: Reading, of: str, place: Origin | Labels) -> Callable[[str], bool]:
    """Whether a text is a heading of that kind."""
    known = set(place.values) | (set(reading.table.totals) if of == "area" else set())
    pattern = place.pattern if isinstance(place, Origin) else place.ignore
    return lambda text: text in known or bool(pattern and re.search(pattern, text))
