"""Checks of delivered shares whose categories together are everything: they make 100 per cent."""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import counts
from prepare.findings import Finding

_ROUNDED = 1.0
"""Rounded parts may miss 100 by this much; more is a finding."""


def findings(found: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """Areas whose shares do not add up to 100, where those of most areas do."""
    shares = [m.id for m in catalog.city.measures if not m.additive and m.unit == "%"]
    delivered = found.filter(pl.col("measure").is_in(shares), pl.col("file").is_not_null())
    wrong = []
    for breakdown in BREAKDOWNS if delivered.height else ():
        keys = [key for key in counts.KEYS if key != breakdown]
        sums = (
            delivered.filter(pl.col(breakdown) != TOTAL)
            .sort("file", "sheet", "row", "column")
            .with_columns(sum=pl.col("value").sum().over(keys), parts=pl.len().over(keys))
            .with_columns(
                usually=(pl.col("sum") - 100).abs().median().over("measure"),
                most=pl.col("parts").max().over("measure"),
                known=pl.col("value").is_not_null().all().over(keys),
            )
            .filter(
                pl.col("known"),
                pl.col("parts") == pl.col("most"),
                pl.col("usually") <= _ROUNDED,
                (pl.col("sum") - 100).abs() > _ROUNDED,
            )
        )
        wrong += sums.unique(keys, keep="first", maintain_order=True).to_dicts()
    return [
        counts.finding(
            "shares_off_hundred",
            row,
            f"Die {row['parts']} Anteile ergeben {counts.number(row['sum'])} statt 100.",
            "Anteile der Zeile prüfen; einer ist falsch oder verrutscht.",
        )
        for row in wrong
    ]
