"""Checks of age groups: ages nobody has, groups that overlap, two open ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import polars as pl

from model.catalog import TOTAL
from prepare import age_spans, counts
from prepare.findings import Finding
from prepare.reading import Reading
from prepare.recipe_places import Labels, Rows

OLDEST = 120
"""No label of an age group names a higher age."""
_BETWEEN = r"(\d+)\.? ?(?:Jahre)? ?(?:bis|-|–) ?(unter )?(\d+)"


def impossible(read: Reading) -> None:
    """Age labels of heads and label columns whose ages are upside down or beyond a life."""
    for row, column, text in _labels(read):
        if found := re.search(_BETWEEN, text):
            low, high = int(found[1]), int(found[3])
            upside_down = low >= high if found[2] else low > high
        else:
            low = high = max(map(int, re.findall(r"\d+", text)), default=0)
            upside_down = False
        if upside_down or max(low, high) > OLDEST:
            read.note(
                "age_impossible",
                f'"{text}" ist keine mögliche Altersgruppe'
                + (" (untere Grenze über der oberen)." if upside_down else f" (über {OLDEST})."),
                "Beschriftung in der Datei berichtigen.",
                row,
                column,
            )


def _labels(read: Reading) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of everything that names an age group in this table."""
    table = read.table
    label = table.cells.age if table.cells is not None else None
    columns = _naming(table.rows)
    if isinstance(label, Labels) and label.head is not None:
        for column in read.sheet.columns:
            text, row = read.head(label.heads, column)
            yield row or 0, column, text
    elif isinstance(label, Labels) and isinstance(label.column, str):
        columns = {label.column}
    elif isinstance(label, Labels) and label.column is not None:
        columns = {str(label.column)}
    for name in sorted(columns):
        yield from _column(read, name)


def _naming(rules: Sequence[Rows]) -> set[str]:
    """Keys of long rules whose texts tell the age: no text stands for two ages, unlike a title."""
    ages: dict[str, dict[str, set[str]]] = {}
    for rule in rules:
        for key, text in rule.where.items():
            ages.setdefault(key, {}).setdefault(text, set()).add(rule.age)
    return {
        key
        for key, told in ages.items()
        if set().union(*told.values()) != {TOTAL} and all(len(own) == 1 for own in told.values())
    }


def _column(read: Reading, name: str) -> Iterator[tuple[int, int, str]]:
    """Each text of a column, given by head or number, at its first row; keys are left out."""
    named = (column for column, text in read.last.items() if text == name)
    column = next(named, int(name) if name.isdecimal() else 0)
    if str(column) in read.sheet.cells.columns:
        text = pl.col(str(column)).alias("text")
        words = read.body().filter(text.str.contains(r"\pL|–|\d-\d")).group_by(text)
        for found, row in words.agg(pl.col("row").min()).sort("row").iter_rows():
            yield row, column, found


def findings(found: pl.DataFrame) -> list[Finding]:
    """Delivered age groups of one sheet and measure that overlap, or are open twice."""
    keys = ["file", "sheet", "measure"]
    delivered = found.filter(pl.col("file").is_not_null(), pl.col("age") != TOTAL)
    first = delivered.sort("row", "column").unique(
        [*keys, "age"], keep="first", maintain_order=True
    )
    wrong = []
    for group in first.partition_by(keys, maintain_order=True):
        by_age = {row["age"]: row for row in group.to_dicts()}
        for rule, one, other in _clashes(list(by_age)):
            message = f"{_said(one)} und {_said(other)} stehen nebeneinander" + (
                "; was dazwischen liegt, fehlt."
                if rule == "ages_open_twice"
                else " und überschneiden sich."
            )
            remedy = "Altersgruppen lückenlos und ohne Überschneidung liefern."
            wrong.append(counts.finding(rule, by_age[other], message, remedy))
    return wrong


def _clashes(told: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Rule and two age groups that do not go together."""
    spans = {age: span for age in told if (span := age_spans.span(age)) is not None}
    ordered = sorted(spans, key=lambda age: (spans[age], age))
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            (low, high), (start, stop) = spans[one], spans[other]
            if low < start < high < stop:
                yield "ages_overlap", one, other
            parts = {age: span for age, span in spans.items() if age != one}
            if (
                low < start
                and high == stop == age_spans.OPEN
                and not age_spans.tiling((low, high), parts)
            ):
                yield "ages_open_twice", one, other


def _said(age: str) -> str:
    return f'"{age}"'
