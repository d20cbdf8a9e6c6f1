"""Cell text to numbers: the one place that knows how numbers and table signs are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import polars as pl

from model import status

Cells = TypeVar("Cells", pl.DataFrame, pl.LazyFrame)

ZERO = "zero"
NUMBER_STATUSES = tuple(name for name in status.ORDER if name not in status.MISSING)
SIGN_STATUSES = tuple(
    # Whether a quotient is meaningful follows from its numbers; no office says so with a sign.
    name
    for name in status.ORDER
    if name in status.MISSING and name != "not_meaningful"
)
MARK_STATUSES = (*NUMBER_STATUSES, *SIGN_STATUSES)
SIGN_SETS: Mapping[str, Mapping[str, str]] = {
    "classic": {
        "-": ZERO,
        "–": ZERO,
        "*": "suppressed",
        ".": "suppressed",
        "…": "not_collected",
        "...": "not_collected",
        "x": "not_collected",
        "X": "not_collected",
        "/": "unreliable",
    },
    "letters": {
        "-": ZERO,
        "–": ZERO,
        "k": ZERO,  # more than nothing, but it rounds to zero
        "g": "suppressed",
        "t": "not_collected",
        "x": "not_collected",
        "u": "unreliable",
    },
}
"""The signs of official tables by set; 0 is a number in both."""

SIGNS = SIGN_SETS["classic"]
MARKS = {"p": "preliminary", "r": "revised"}
MARK = r"^[^\s0-9.,+\-\u2212()%]+$"
"""What a mark behind a number may look like."""

_SPACES = "[ \u00a0\u2009\u202f]"
_WHOLE = rf"(?:[0-9]+|[0-9]{{1,3}}(?:\.[0-9]{{3}})+|[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+)"
_GERMAN = rf"^[+\-\u2212]?{_WHOLE}(?:,[0-9]+)?$"
_EXACT_DIGITS = 12
"""Digits a product keeps, so that 0.534 times 100 is 53.4."""


@dataclass(frozen=True)
class Notation:
    """How the values of a table are written: signs, marks, suffix, factor, decimal sign.

    A plain number has the status `plain`; a mark or brackets give theirs, if it is worse.
    """

    signs: Mapping[str, str] = field(default_factory=lambda: dict(SIGNS))
    marks: Mapping[str, str] = field(default_factory=lambda: dict(MARKS))
    plain: str = "ok"
    decimal: str = ","
    brackets: str = "unreliable"
    suffix: str | None = None
    factor: float | None = None


def number(text: pl.Expr, decimal: str = ",") -> pl.Expr:
    """German number text ("1.234,5") as Float64; null where the text is no number.

    Thousands are grouped by three, with a dot or a (thin) space. With decimal="." dot and comma
    change places. "1.23" is no German number and gives null, never 123.
    """
    german = text.str.strip_chars()
    if decimal == ".":
        german = german.str.replace_many([".", ","], [",", "."])
    return (
        pl.when(german.str.contains(_GERMAN))
        .then(
            german.str.replace_all(rf"[.+]|{_SPACES}", "")
            .str.replace("\u2212", "-", literal=True)
            .str.replace(",", ".", literal=True)
        )
        .cast(pl.Float64)
    )


def with_values(cells: Cells, notation: Notation) -> Cells:
    """Add `value` and `status` to cells with a `text` column.

    A sign of the notation has its status (zero: value 0). A status that means a missing value
    leaves no value. A text that is neither number nor sign has a null status, for the caller to
    report.
    """
    signs, rank = dict(notation.signs), {name: i for i, name in enumerate(status.ORDER)}
    whole = pl.col("text").fill_null("").str.strip_chars()
    bare = pl.col("bare")
    sign = pl.coalesce(_told(whole, signs), _told(pl.when(bare != "").then(bare), signs))
    severity = pl.max_horizontal(
        _told(pl.col("mark"), notation.marks).replace_strict(rank, default=None),
        pl.when("bracketed").then(rank[notation.brackets]),
        pl.when(sign == ZERO)
        .then(rank[notation.plain])
        .when(sign.is_not_null())
        .then(sign.replace_strict(rank, default=None))
        .when(number(bare, notation.decimal).is_not_null())
        .then(rank[notation.plain]),
    )
    readable = sign.is_not_null() | number(bare, notation.decimal).is_not_null()
    missing = [rank[name] for name in status.MISSING]
    return (
        cells.with_columns(*_parts(whole, notation))
        .with_columns(severity=pl.when(readable).then(severity))
        .with_columns(
            value=pl.when(pl.col("severity").is_in(missing))
            .then(None)
            .when(sign == ZERO)
            .then(0.0)
            .when(sign.is_null())
            .then(multiplied(number(bare, notation.decimal), notation.factor)),
            status=pl.col("severity").replace_strict(
                dict(enumerate(status.ORDER)), default=None, return_dtype=pl.String
            ),
        )
        .drop("bare", "mark", "bracketed", "severity")
    )


def _parts(text: pl.Expr, notation: Notation) -> list[pl.Expr]:
    """The text without mark, suffix and brackets as `bare`, its `mark`, and `bracketed`."""
    mark = pl.lit(None, pl.String)
    bare = text
    if notation.marks:
        letters = "|".join(re.escape(m) for m in sorted(notation.marks, key=len, reverse=True))
        # A mark stands behind a number, a bracket or a suffix, or apart: "12r", "(12) p", "- r".
        marked = rf"^(.*(?:[0-9)%]|\s))({letters})$"
        mark = text.str.extract(marked, 2)
        bare = pl.coalesce(text.str.extract(marked, 1).str.strip_chars_end(), text)
    inner = bare.str.extract(r"^\(\s*([^()]*?)\s*\)$", 1)
    bare = pl.coalesce(inner, bare)
    if notation.suffix is not None:
        bare = bare.str.strip_suffix(notation.suffix).str.strip_chars_end()
    return [bare.alias("bare"), mark.alias("mark"), inner.is_not_null().alias("bracketed")]


def _told(text: pl.Expr, meanings: Mapping[str, str]) -> pl.Expr:
    return text.replace_strict(dict(meanings), default=None, return_dtype=pl.String)


def multiplied(value: pl.Expr, factor: float | None) -> pl.Expr:
    """The value times the factor, if there is one, without the dust of binary fractions."""
    return value if factor is None else (value * factor).round_sig_figs(_EXACT_DIGITS)
