"""Counts as a release holds them: one row per area, period, measure and categories."""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL
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


def place(row: dict[str, str]) -> str:
    """German words for one cell: area, period, measure and categories."""
    parts = [f"Gebiet {row['area']}", row["period"], f'Messgröße "{row["measure"]}"']
    return ", ".join(parts + [row[b] for b in BREAKDOWNS if row[b] != TOTAL])


def contradictions(counts: pl.DataFrame) -> list[Finding]:
    """Cells delivered more than once with different values."""
    told = pl.col("value").cast(pl.String).fill_null(pl.col("status"))
    apart = (
        counts.with_columns(told=told)
        .group_by(KEYS)
        .agg(
            pl.col("told").unique().sort(),
            pl.col("delivery").unique().sort().str.join(", "),
        )
        .filter(pl.col("told").list.len() > 1)
        .sort(KEYS)
    )
    return [
        Finding(
            "value_contradiction",
            f"Lieferung {row['delivery']}",
            place(row),
            f"Dieselbe Zahl wurde verschieden geliefert: {' und '.join(row['told'])}.",
            "Mit den liefernden Stellen klären, welche gilt.",
        )
        for row in apart.to_dicts()
    ]


def mixed_periods(counts: pl.DataFrame) -> list[Finding]:
    """Measures with more than one period in a year: a date beside a year, or two dates."""
    twice = (
        counts.group_by("measure", pl.col("period").str.head(4).alias("year"))
        .agg(
            pl.col("period").unique().sort().str.join(", "),
            pl.col("delivery").unique().sort().str.join(", "),
            pl.col("period").n_unique().alias("count"),
        )
        .filter(pl.col("count") > 1)
        .sort("measure", "year")
    )
    return [
        Finding(
            "period_mixed",
            f"Lieferung {row['delivery']}",
            f'Messgröße "{row["measure"]}"',
            f"Für {row['year']} gibt es mehrere Zeitpunkte: {row['period']}.",
            "Je Jahr nur einen Stichtag oder Zeitraum liefern.",
        )
        for row in twice.to_dicts()
    ]
