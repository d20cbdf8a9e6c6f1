"""Checks of delivered sums against their parts, and what sums give away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import polars as pl

from model.catalog import BREAKDOWNS
from prepare import counts
from prepare.findings import Finding

_EXACT = 1e-6
BY = "by"
"""Column of `parts`: the breakdown, or the level of the areas, that is summed over."""


def disagreements(found: pl.DataFrame, derived: pl.DataFrame, parts: pl.DataFrame) -> list[Finding]:
    """Delivered sums that differ from what their parts make, at the cell of the sum.

    `derived` holds the sums, `parts` a row per part under the keys of its sum.
    """
    apart = (
        found.join(derived, on=counts.KEYS, suffix="_sum")
        .filter((pl.col("value") - pl.col("value_sum")).abs() > _EXACT)
        .sort(counts.KEYS)
    )
    return [
        counts.finding(
            "total_disagrees",
            row,
            f"Geliefert ist {counts.number(row['value'])}, die Teile ergeben "
            f"{counts.number(row['value_sum'])}.",
            "Lieferung prüfen; Summe und Teile müssen genau übereinstimmen.",
        )
        for row in apart.to_dicts()
    ] + _transposed(apart, parts)


def ambiguous(derived: pl.DataFrame) -> list[Finding]:
    """Sums that come out differently from the children on one level and on another."""
    apart = (
        derived.group_by(counts.KEYS)
        .agg(
            pl.col("value").min().alias("low"),
            pl.col("value").max().alias("high"),
            pl.col("delivery").unique().sort().str.join(", "),
        )
        .filter(pl.col("high") - pl.col("low") > _EXACT)
    )
    return [
        Finding(
            "total_disagrees",
            f"Lieferung {row['delivery']}",
            counts.place(row),
            f"Die Teile ergeben auf einer Raumebene {counts.number(row['low'])}, auf einer anderen "
            f"{counts.number(row['high'])}.",
            "Lieferungen beider Raumebenen und parent in areas.csv prüfen.",
        )
        for row in apart.sort(counts.KEYS).to_dicts()
    ]


def recoverable(found: pl.DataFrame, parts: pl.DataFrame) -> list[Finding]:
    """Suppressed cells that are the only unknown of a delivered sum; the first of each sheet."""
    if not (parts["status"] == "suppressed").any():
        return []
    group = [*counts.KEYS, BY]
    whole = found.filter(pl.col("value").is_not_null()).select(*counts.KEYS, whole="value")
    lone = (
        parts.filter(pl.col("status") == "suppressed")
        .join(
            parts.group_by(group)
            .agg(pl.col("value").null_count().alias("unknown"), pl.len().alias("there"))
            .filter(pl.col("unknown") == 1),
            on=group,
        )
        .filter(pl.col("there") == pl.col("expected"), pl.col("file").is_not_null())
        .join(whole, on=counts.KEYS)
    )
    cells = lone.sort("row", "column").unique(list(counts.PLACE), keep="first", maintain_order=True)
    first = cells.with_columns(count=pl.len().over("file", "sheet")).unique(
        ["file", "sheet"], keep="first", maintain_order=True
    )
    return [
        counts.finding(
            "suppression_recoverable",
            {**row, **_own_keys(row)},
            "Geheim gehalten, aber aus der Summe und den anderen Teilen errechenbar "
            f"({row['count']} solche Zellen auf diesem Blatt).",
            "Mit der liefernden Stelle klären; eine zweite Zelle muss mit gesperrt werden.",
        )
        for row in first.sort("file", "sheet").to_dicts()
    ]


def _own_keys(row: dict[str, Any]) -> dict[str, str]:
    """The keys of a part itself, which `parts` carries beside those of its sum."""
    return {key: row[f"part_{key}"] for key in ("area", *BREAKDOWNS)}


def _transposed(apart: pl.DataFrame, parts: pl.DataFrame) -> list[Finding]:
    """Parts whose two neighbouring digits, exchanged, would make the delivered sum right."""
    off = apart.with_columns(miss=pl.col("value") - pl.col("value_sum")).filter(
        (pl.col("miss") % 9).abs() < _EXACT
    )
    group = [*counts.KEYS, BY]
    near = parts.join(off.select(*group, "miss"), on=group).filter(pl.col("file").is_not_null())
    candidates = [
        (_place(row), right, row, tuple(row[key] for key in group))
        for row in near.to_dicts()
        if (right := _exchanged(row["value"], row["miss"])) is not None
    ]
    pointing = Counter(place for place, *_ in candidates)
    of_sum = Counter(sum_ for *_, sum_ in candidates)
    sure = {
        place: (row, right)
        for place, right, row, sum_ in candidates
        if pointing[place] > 1 or of_sum[sum_] == 1
    }
    return [
        counts.finding(
            "digits_transposed",
            {**row, **_own_keys(row)},
            f"Mit {counts.number(right)} statt {counts.number(row['value'])} ginge die Summe auf; "
            "vielleicht sind zwei Ziffern vertauscht.",
            "Zahl mit der liefernden Stelle abgleichen.",
        )
        for row, right in sure.values()
    ]


def _place(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in counts.PLACE)


def _exchanged(value: float | None, miss: float) -> float | None:
    """The value with two neighbouring digits exchanged, if that makes up for `miss`."""
    if value is None or value < 10 or value != round(value):
        return None
    return next((right for right in _exchanges(int(value)) if right - value == round(miss)), None)


def _exchanges(value: int) -> Iterator[int]:
    digits = str(value)
    for at in range(len(digits) - 1):
        yield int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
