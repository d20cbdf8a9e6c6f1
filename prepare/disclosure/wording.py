"""Cells and rows in German, as findings and reports name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model import formats
from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare.disclosure.ages import HELPER

_MOST = 8


def cell(catalog: Catalog, names: Mapping[str, str], row: Mapping[str, Any]) -> str:
    """A cell (a row of cells.cells): measure, area, period and categories."""
    measure = catalog.measures[row["measure"]].title
    told = [measure, names.get(row["area"], row["area"]), formats.period(row["period"], "date")]
    for breakdown in BREAKDOWNS:
        titles = {category.id: category.title for category in catalog.city.categories(breakdown)}
        if row[breakdown].startswith(HELPER):
            told.append("übrige")
        elif row[breakdown] != TOTAL:
            told.append(titles.get(row[breakdown], row[breakdown]))
    words = ", ".join(told)
    return f"{catalog.measures[row['of']].title} ohne {words}" if row["of"] else words


def row(terms: Sequence[tuple[float, str]], low: float, high: float) -> str:
    """A row, `low` <= sum of factor times words <= `high`: what is added, and what it makes."""
    made = [_term(factor, words) for factor, words in terms if factor > 0]
    added = [_term(-factor, words) for factor, words in terms if factor < 0]
    if len(made) > 1:
        made, added, low, high = added, made, -high, -low
    left, right = _sum(added) or "0", _sum(made) or "0"
    if low == high:
        return f"{left} = {right}" + (f" − {formats.plain(low)}" if low else "")
    if high == float("inf"):
        return f"{left} ≤ {right}"
    if low == -float("inf"):
        return f"{left} ≥ {right}"
    return f"{left} = {right} ± {formats.plain(high)}"


def _term(factor: float, words: str) -> str:
    return f"[{words}]" if factor == 1 else f"{formats.plain(factor)} × [{words}]"


def _sum(terms: Sequence[str]) -> str:
    """Terms with a plus between them; of many, only the first are written."""
    more = len(terms) - _MOST
    shown = list(terms[:_MOST]) + ([f"{more} weitere"] if more > 0 else [])
    return " + ".join(shown)
