"""Cell text to numbers: the one place that knows how numbers and table signs are written."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from model import status

ZERO = "zero"
NUMBER_STATUSES = tuple(name for name in status.ORDER if name not in status.MISSING)
SIGN_STATUSES = tuple(
    # Whether a quotient is meaningful follows from its numbers; no office says so with a sign.
    name
    for name in status.ORDER
    if name in status.MISSING and name != "not_meaningful"
)
SIGNS = {
    "-": ZERO,
    "–": ZERO,
    "*": "suppressed",
    ".": "suppressed",
    "…": "not_collected",
    "...": "not_collected",
    "x": "not_collected",
    "X": "not_collected",
    "/": "unreliable",
}

_SPACES = "[ \u00a0\u2009\u202f]"
_WHOLE = rf"(?:[0-9]+|[0-9]{{1,3}}(?:\.[0-9]{{3}})+|[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+)"
_GERMAN = rf"^[+\-\u2212]?{_WHOLE}(?:,[0-9]+)?$"


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


def with_values(
    cells: pl.DataFrame, signs: Mapping[str, str], plain: str, decimal: str = ","
) -> pl.DataFrame:
    """Add `value` and `status` to cells with a `text` column.

    A number has the status `plain`, a sign that of `signs` (zero: value 0 and `plain`); a text
    that is neither has a null status, for the caller to report.
    """
    sign = (
        pl.col("text")
        .fill_null("")
        .str.strip_chars()
        .replace_strict(dict(signs), default=None, return_dtype=pl.String)
    )
    return (
        cells.with_columns(sign=sign, number=number(pl.col("text"), decimal))
        .with_columns(
            value=pl.when(pl.col("sign") == ZERO)
            .then(0.0)
            .when(pl.col("sign").is_null())
            .then(pl.col("number")),
            status=pl.when(pl.col("sign") == ZERO)
            .then(pl.lit(plain))
            .when(pl.col("sign").is_not_null())
            .then(pl.col("sign"))
            .when(pl.col("number").is_not_null())
            .then(pl.lit(plain)),
        )
        .drop("sign", "number")
    )
