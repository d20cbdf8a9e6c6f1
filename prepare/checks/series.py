"""Checks of single values and whole columns against the series they belong to."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from prepare import counts
from prepare.checks import usual
from prepare.findings import Finding

_THOUSAND, _TEN, _HUNDRED = math.log(1000), math.log(10), math.log(100)
_NEAR = 0.15
"""A factor is met within 15 per cent, or within the noise of the series if that is more."""
_SIGMAS = 7
_STEP = math.log(1.35)
_COLUMN_STEP = math.log(2)
_LARGE = 20
"""Below this, a count may jump."""
_REMEDY = "Mit der liefernden Stelle klären; ist der Wert richtig, ist nichts zu tun."


def findings(cells: pl.DataFrame) -> list[Finding]:
    """Findings on delivered values (usual.frame); what is explained already is left out."""
    compared = cells.filter(pl.col("off").is_not_null())
    strange = _strange_columns(compared)
    alone = compared.join(strange, on=usual.COLUMN, how="anti")
    judged = alone.with_columns(rule=_rule()).filter(pl.col("rule") != "")
    first = usual.first(compared).join(strange, on=usual.COLUMN)
    return [_column(row) for row in _in_order(first)] + [_cell(row) for row in _in_order(judged)]


def _in_order(cells: pl.DataFrame) -> Iterator[dict[str, Any]]:
    return cells.sort("file", "sheet", "row", "column").iter_rows(named=True)


def _is_factor(difference: pl.Expr, factor: float, noise: pl.Expr) -> pl.Expr:
    """Whether a difference of logarithms is this factor, up or down."""
    return (difference.abs() - factor).abs() < pl.max_horizontal(3 * noise, pl.lit(_NEAR))


def _rule() -> pl.Expr:
    """The rule a single value breaks against its series; '' if none."""
    off, noise = pl.col("off") - pl.col("common"), pl.col("noise")
    larger = pl.max_horizontal("log", "usual") >= math.log(_LARGE)
    cut = (off < 0) & (pl.col("usual") >= _HUNDRED) & (noise < 0.3)
    jump = (off.abs() > _SIGMAS * noise) & (off.abs() > _STEP) & larger
    return (
        pl.when(jump & _is_factor(off, _THOUSAND, noise) & (noise < 0.5))
        .then(pl.lit("unit_thousand"))
        .when(jump & cut & (_is_factor(off, _TEN, noise) | _is_factor(off, _HUNDRED, noise)))
        .then(pl.lit("number_truncated"))
        .when(jump)
        .then(pl.lit("value_jump"))
        .otherwise(pl.lit(""))
    )


def _cell(row: Mapping[str, Any]) -> Finding:
    value, usually = counts.number(row["value"]), _rounded(row["usual"])
    message, remedy = {
        "unit_thousand": (
            f"{value} ist rund das Tausendfache oder ein Tausendstel dessen, was die anderen "
            f"Zeitpunkte zeigen (etwa {usually}).",
            "Einheit und Tausenderpunkt prüfen.",
        ),
        "number_truncated": (
            f"Zu den anderen Zeitpunkten (etwa {usually}) passt {value} erst mit mehr Ziffern.",
            "Die vollständige Zahl nachfragen.",
        ),
        "value_jump": (
            f"{value} weicht stark von den anderen Zeitpunkten ab (etwa {usually}).",
            _REMEDY,
        ),
    }[row["rule"]]
    return counts.finding(row["rule"], row, message, remedy)


def _column(row: Mapping[str, Any]) -> Finding:
    factor = counts.number(float(f"{math.exp(row['shift']):.3g}"))
    message = f"Alle {row['areas']} Gebiete der Spalte liegen beim {factor}-Fachen des Üblichen."
    thousand = row["rule"] == "unit_thousand"
    remedy = "Einheit der Spalte prüfen." if thousand else _REMEDY
    return counts.finding(row["rule"], row, message, remedy)


def _rounded(log: float) -> str:
    return counts.number(float(f"{math.exp(log):.4g}"))


def _strange_columns(compared: pl.DataFrame) -> pl.DataFrame:
    """Columns of at least five areas that are a thousand or another large factor off as a whole.

    Gives usual.COLUMN, areas, shift and the `rule` they break.
    """
    kind = [key for key in usual.COLUMN if key != "period"]
    shift, spread = pl.col("shift"), pl.col("spread")
    return (
        compared.group_by(usual.COLUMN)
        .agg(
            pl.len().alias("areas"),
            pl.col("off").median().alias("shift"),
            pl.max_horizontal("log", "usual").median().alias("size"),
        )
        .filter(pl.col("areas") >= usual.MANY)
        .with_columns(spread=1.4826 * shift.abs().median().over(kind))
        .with_columns(
            rule=pl.when(_is_factor(shift, _THOUSAND, pl.lit(0.0)))
            .then(pl.lit("unit_thousand"))
            .when(
                (shift.abs() > _COLUMN_STEP)
                & (shift.abs() > _SIGMAS * spread)
                & (pl.col("size") >= math.log(_LARGE))
            )
            .then(pl.lit("column_jump"))
        )
        .filter(pl.col("rule").is_not_null())
        .select(*usual.COLUMN, "areas", "shift", "rule")
    )
