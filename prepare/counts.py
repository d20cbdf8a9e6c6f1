"""Counts as a release holds them: one row per area, period, measure and categories."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from model import status
from model.catalog import BREAKDOWNS, TOTAL
from prepare import sheets
from prepare.findings import Finding

KEYS = ("level", "area", "period", "measure", *BREAKDOWNS)
PLACE = {"file": pl.String, "sheet": pl.String, "row": pl.Int64, "column": pl.Int64}
"""Where a delivered count stands, as the file counts from 1; null for sums made of others."""
SCHEMA = {
    **dict.fromkeys(KEYS, pl.String),
    "value": pl.Float64,
    "status": pl.String,
    "delivery": pl.String,
    **PLACE,
}


def nowhere() -> list[pl.Expr]:
    """The columns of PLACE for counts that stand in no file."""
    return [pl.lit(None, dtype).alias(name) for name, dtype in PLACE.items()]


def place(row: Mapping[str, Any]) -> str:
    """German words for one cell: area, period, measure and categories."""
    parts = [f"Gebiet {row['area']}", row["period"], f'Messgröße "{row["measure"]}"']
    return ", ".join(parts + [row[b] for b in BREAKDOWNS if row[b] != TOTAL])


def cell(row: Mapping[str, Any]) -> str:
    """German words for where a count stands: file, sheet, row and column; '' if nowhere."""
    if row["file"] is None:
        return ""
    return f"{row['file']}, {sheets.place(row['sheet'], row['row'], row['column'])}"


def finding(rule: str, row: Mapping[str, Any], message: str, remedy: str) -> Finding:
    """A finding about one count (SCHEMA): at its cell, or by its keys if it stands nowhere."""
    if row["file"] is None:
        return Finding(rule, f"Lieferung {row['delivery']}", place(row), message, remedy)
    return Finding(
        rule,
        row["file"],
        sheets.place(row["sheet"], row["row"], row["column"]),
        f"{place(row)}: {message}",
        remedy,
        row["sheet"],
        row["row"],
        row["column"],
        number(row["value"]),
    )


def number(value: float | None) -> str:
    """A value as it is quoted in a finding: '1234,5', or 'kein Wert'."""
    return "kein Wert" if value is None else f"{value:.10g}".replace(".", ",")


def contradictions(counts: pl.DataFrame) -> list[Finding]:
    """Cells delivered more than once with different values; the place is that of the second."""
    # As a person writes it: 385, not 385.0.
    number = (
        pl.col("value").cast(pl.String).str.strip_suffix(".0").str.replace(".", ",", literal=True)
    )
    words = {name: status.words(name) for name in status.ORDER}
    told = number.fill_null(pl.col("status").replace_strict(words, default="ohne Wert"))
    apart = (
        counts.with_columns(told=told)
        .group_by(KEYS, maintain_order=True)
        .agg(
            pl.col("told").unique().sort().alias("tellings"),
            pl.col("delivery").unique().sort().str.join(", "),
            pl.col("value", *PLACE).filter(pl.col("told") != pl.col("told").first()).first(),
            *(pl.col(name).first().alias(f"first_{name}") for name in PLACE),
        )
        .filter(pl.col("tellings").list.len() > 1)
        .sort(KEYS)
    )
    return [
        finding(
            "value_contradiction",
            row,
            f"Dieselbe Zahl wurde verschieden geliefert: {' und '.join(row['tellings'])}"
            + (f" (auch in {other})." if (other := cell(_first(row))) else "."),
            "Mit den liefernden Stellen klären, welche gilt.",
        )
        for row in apart.to_dicts()
    ]


def _first(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[f"first_{name}"] for name in PLACE}


def mixed_periods(counts: pl.DataFrame) -> list[Finding]:
    """Measures with more than one period in a year: a date beside a year, or two dates.

    The place is the first cell of the rarer period.
    """
    twice = (
        counts.with_columns(
            year=pl.col("period").str.head(4), often=pl.len().over("measure", "period")
        )
        .with_columns(count=pl.col("period").n_unique().over("measure", "year"))
        .filter(pl.col("count") > 1)
        .with_columns(
            periods=pl.col("period").unique().sort().str.join(", ").over("measure", "year")
        )
        .sort("measure", "year", "often", "period", "file", "sheet", "row", "column")
        .unique(["measure", "year"], keep="first", maintain_order=True)
    )
    return [
        finding(
            "period_mixed",
            row,
            f"Für {row['year']} gibt es mehrere Zeitpunkte: {row['periods']}.",
            "Je Jahr nur einen Stichtag oder Zeitraum liefern.",
        )
        for row in twice.to_dicts()
    ]
