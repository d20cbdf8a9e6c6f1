"""The tables of any view for spreadsheets: what stands there as text becomes numbers again."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from components.described import Described
from components.spreadsheets import Data, Sheet
from documents.document import Table
from model.language import _

_NUMBER = re.compile(r"([+−-]?)(0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,(\d+))?(?:[\s,;]+(\D*))?")
"""A number as the interface writes it, and what is said behind it without further digits.

A thousand has its dot: four digits without one are a year, a zero in front is part of a key.
"""

Cell = tuple[float | None, int | None, str]
"""A number with its decimals, and the sign or word behind it or in its place."""


def data(told: Described) -> Data:
    """A view's tables, and everything that is said of them."""
    single = len(told.tables) == 1
    names = [
        _("Werte") if single else _("Tabelle {place}").format(place=place)
        for place in range(1, len(told.tables) + 1)
    ]
    return Data(
        tuple(map(sheet, names, told.tables)),
        (
            (_("Titel"), told.title),
            *([(_("Gezeigt"), told.about)] if told.about else []),
            *((name, own.caption) for name, own in zip(names, told.tables, strict=True)),
            *((_("Kurz gesagt"), text) for text in told.sentences),
            *((_("Herkunft"), line) for line in told.origin),
        ),
    )


def sheet(name: str, own: Table) -> Sheet:
    """A table whose numbers are numbers; signs and words have columns of their own behind them."""
    columns: dict[str, pl.Series] = {}
    fixed: dict[str, Sequence[int | None]] = {}
    for place, title in enumerate(own.columns):
        texts = [row[place] for row in own.rows]
        told = _free(columns, title)
        found = [cell(text) for text in texts]
        if place == 0 or all(number is None for number, _decimals, _sign in found):
            columns[told] = pl.Series(texts, dtype=pl.String)
            continue
        columns[told] = pl.Series([number for number, *_rest in found], dtype=pl.Float64)
        fixed[told] = [decimals for _number, decimals, _sign in found]
        if any(sign for *_rest, sign in found):
            signs = [sign for *_rest, sign in found]
            head = _free(columns, _("{column}: Zeichen").format(column=title))
            columns[head] = pl.Series(signs, dtype=pl.String)
    return Sheet(name, pl.DataFrame(columns), fixed)


def cell(text: str) -> Cell:
    """What a cell holds; a text of two numbers ("1 bis 5"), a year or a key is none."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None, None, text
    minus, digits, part, rest = found.groups()
    number = float(f"{digits.replace('.', '')}.{part or 0}")
    return -number if minus in ("−", "-") else number, len(part or ""), rest or ""


def _free(taken: dict[str, pl.Series], title: str) -> str:
    """The title, or the title with a number where another column has it already."""
    told, place = title, 2
    while told in taken:
        told, place = f"{title} ({place})", place + 1
    return told
