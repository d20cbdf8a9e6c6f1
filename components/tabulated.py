"""The tables of any view for spreadsheets: what stands there as text becomes numbers again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

import polars as pl

from components.described import Described
from components.spreadsheets import Data, Sheet
from documents.document import Table
from model import signs, status, verdicts
from model.language import _

_NUMBER = r"(?P<minus>[+−-]?)(?P<whole>0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,(?P<part>\d+))?"
"""A number as the interface writes it.

A thousand has its dot: four digits without one are a year, a zero in front is part of a key.
"""
_UNITS = ("%", "€", _("Prozentpunkte"), _("Prozentpunkt"))
"""What numbers are told in besides the units of indicators."""
_MARKS = ("preliminary", "revised", "estimated", "modelled")
_NOTHING = (signs.ZERO, signs.NEAR_ZERO)
_WORDS = (
    *(verdicts.against(word) for word in get_args(verdicts.Against)),
    *(verdicts.move(word) for word in get_args(verdicts.Move)),
)


@dataclass(frozen=True)
class Cell:
    """A number with its decimals and unit, and the signs and words behind it or in its place."""

    number: float | None
    decimals: int | None
    unit: str
    said: str


def data(told: Described, units: frozenset[str]) -> Data:
    """A view's tables, and everything that is said of them; `units` are those of indicators."""
    single = len(told.tables) == 1
    names = [
        _("Werte") if single else _("Tabelle {place}").format(place=place)
        for place in range(1, len(told.tables) + 1)
    ]
    return Data(
        tuple(sheet(name, own, units) for name, own in zip(names, told.tables, strict=True)),
        (
            (_("Titel"), told.title),
            *([(_("Gezeigt"), told.about)] if told.about else []),
            *((name, own.caption) for name, own in zip(names, told.tables, strict=True)),
            *((_("Kurz gesagt"), text) for text in told.sentences),
            *((_("Herkunft"), line) for line in told.origin),
        ),
    )


def sheet(name: str, own: Table, units: frozenset[str]) -> Sheet:
    """A table whose numbers are numbers; units, signs and words have columns behind them."""
    columns: dict[str, pl.Series] = {}
    fixed: dict[str, Sequence[int | None]] = {}
    for place, title in enumerate(own.columns):
        texts = [row[place] for row in own.rows]
        told = _free(columns, title)
        found = [cell(text, units) for text in texts]
        if place == 0 or place in own.prose or all(one.number is None for one in found):
            columns[told] = pl.Series(texts, dtype=pl.String)
            continue
        columns[told] = pl.Series([one.number for one in found], dtype=pl.Float64)
        fixed[told] = [one.decimals for one in found]
        for head, more in (
            (_("{column}: Einheit"), [one.unit for one in found]),
            (_("{column}: Zeichen"), [one.said for one in found]),
        ):
            if any(more):
                columns[_free(columns, head.format(column=told))] = pl.Series(more)
    return Sheet(name, pl.DataFrame(columns), fixed)


def cell(text: str, units: frozenset[str] = frozenset()) -> Cell:
    """What a cell holds. A number has nothing behind it but a unit, signs, and the words for both.

    Everything else is prose and stays whole, also where it begins with a number ("12 neue
    Plätze"), and so do two numbers ("1 bis 5"), a year or a key.
    """
    found = _pattern(units).fullmatch(text)
    if found is None:
        return Cell(None, None, "", text)
    part = found["part"] or ""
    number = float(f"{found['whole'].replace('.', '')}.{part or 0}")
    signed = -number if found["minus"] in ("−", "-") else number
    return Cell(signed, len(part), found["unit"] or "", found["said"] or "")


@lru_cache
def _pattern(units: frozenset[str]) -> re.Pattern[str]:
    """A number and what may stand behind it: a unit, signs, a verdict, marks in brackets."""
    marks = [*map(status.words, _MARKS), *map(signs.words, _NOTHING), _("gerundet")]
    shapes = {shown[kind] for shown in signs.SETS.values() for kind in (*_NOTHING, *_MARKS)}
    unit, sign, word, mark = (
        "|".join(re.escape(one) for one in sorted(known, key=len, reverse=True))
        for known in ({*units, *_UNITS}, shapes, _WORDS, marks)
    )
    said = (
        rf"(?:{sign})(?:\s(?:{sign}))*(?:,\s(?:{word}))?|(?:{word})"
        rf"|\((?:{mark})(?:,\s(?:{mark}))*\)"
    )
    return re.compile(rf"{_NUMBER}(?:\s(?P<unit>{unit}))?(?:,?\s(?P<said>{said}))?")


def _free(taken: dict[str, pl.Series], title: str) -> str:
    """The title, or the title with a number where another column has it already."""
    told, place = title, 2
    while told in taken:
        told, place = f"{title} ({place})", place + 1
    return told
