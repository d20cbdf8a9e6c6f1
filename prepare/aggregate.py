"""Sums that follow from what was delivered, and the check that both agree exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import polars as pl

from model import status
from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import age_spans, counts, unallocated
from prepare.areas import Areas
from prepare.findings import Finding

_EXACT = 1e-6


@dataclass(frozen=True)
class Sums:
    """How categories add up: all of `categories` by breakdown make the total.

    `complete` names (measure, breakdown) pairs whose delivered categories are everything.
    """

    categories: Mapping[str, Sequence[str]]
    complete: Set[tuple[str, str]]

    def pairs(
        self, measure: str, breakdown: str, told: Sequence[str], wanted: Sequence[str]
    ) -> list[tuple[str, str]]:
        """(whole, part) pairs among the categories told of one area and period.

        `wanted` are the categories told of any: where their parts are told, they are wholes too.
        """
        complete = (measure, breakdown) in self.complete
        if breakdown == "age":
            return age_spans.sums(told, complete, wanted)
        everything = complete or set(self.categories[breakdown]) <= set(told)
        return [(TOTAL, part) for part in told] if everything else []


def aggregated(
    found: pl.DataFrame, areas: Areas, catalog: Catalog, sums: Sums, findings: list[Finding]
) -> pl.DataFrame:
    """Delivered counts plus totals over breakdowns and plus coarser levels (counts.SCHEMA).

    A missing sum is added where every part has a value; where the sum was delivered too, both
    must agree: every disagreement is appended to `findings`. Measures that do not add up, like a
    mean or a rate, stay as they were delivered.
    """
    additive = [measure.id for measure in catalog.city.measures if measure.additive]
    summed = found.filter(pl.col("measure").is_in(additive))
    apart = found.filter(~pl.col("measure").is_in(additive))
    for breakdown in reversed(BREAKDOWNS):
        summed = _merged(summed, _over_categories(summed, breakdown, sums), findings)
    for level in reversed(catalog.city.levels):
        if not level.comparison:
            over = _over_children(summed, areas, level.id)
            if level.id == catalog.city.city_level:
                over, left_over = unallocated.settled(over, summed, catalog, findings)
                summed = pl.concat([summed, left_over])
            summed = _merged(summed, over, findings)
    return pl.concat([summed, apart]).sort(counts.KEYS)


def _over_categories(found: pl.DataFrame, breakdown: str, sums: Sums) -> pl.DataFrame:
    """Sums over the categories of one breakdown, others held."""
    keys = [key for key in counts.KEYS if key != breakdown]
    parts = found.filter(pl.col(breakdown) != TOTAL)
    told = parts.group_by(keys).agg(pl.col(breakdown).unique().sort().str.join("|").alias("told"))
    wanted = dict(parts.group_by("measure").agg(pl.col(breakdown).unique().sort()).iter_rows())
    pairs = pl.DataFrame(
        [
            (measure, joined, whole, part)
            for measure, joined in told.select("measure", "told").unique().iter_rows()
            for whole, part in sums.pairs(measure, breakdown, joined.split("|"), wanted[measure])
        ],
        schema=dict.fromkeys(("measure", "told", "whole", breakdown), pl.String),
        orient="row",
    ).with_columns(expected=pl.len().over("measure", "told", "whole"))
    matched = parts.join(told, on=keys).join(pairs, on=["measure", "told", breakdown])
    return (
        _summed(matched, [*keys, "whole"]).rename({"whole": breakdown}).select(counts.SCHEMA.keys())
    )


def _over_children(found: pl.DataFrame, areas: Areas, level: str) -> pl.DataFrame:
    """Sums over the children of each area of a level; apart, where children lie on two levels."""
    above = areas.table.filter(pl.col("level") == level).select(parent="area")
    children = areas.table.join(above, on="parent").select(
        "area", "parent", expected=pl.len().over("parent", "level")
    )
    keys = [key for key in counts.KEYS if key != "area"]
    return (
        _summed(found.join(children, on="area"), ["parent", *keys])
        .with_columns(level=pl.lit(level))
        .rename({"parent": "area"})
        .select(counts.SCHEMA.keys())
    )


def _summed(parts: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """Sums by keys where all `expected` parts have a value; as doubtful as the worst part."""
    return (
        parts.group_by(keys)
        .agg(
            pl.col("value").sum(),
            status.severity().max().alias("severity"),
            pl.col("delivery").min(),
            pl.col("value").is_not_null().sum().alias("there"),
            pl.col("expected").first(),
        )
        .filter(pl.col("there") == pl.col("expected"))
        .with_columns(*counts.nowhere(), status=status.named("severity"))
    )


def _merged(found: pl.DataFrame, derived: pl.DataFrame, findings: list[Finding]) -> pl.DataFrame:
    """Counts plus those sums that are new; disagreements are noted."""
    apart = found.join(derived, on=counts.KEYS, suffix="_sum").filter(
        (pl.col("value") - pl.col("value_sum")).abs() > _EXACT
    )
    findings += [
        Finding(
            "total_disagrees",
            f"Lieferung {row['delivery']}",
            counts.place(row),
            f"Geliefert ist {row['value']:.10g}, die Teile ergeben {row['value_sum']:.10g}.",
            "Lieferung prüfen; Summe und Teile müssen genau übereinstimmen.",
        )
        for row in apart.sort(counts.KEYS).to_dicts()
    ]
    findings += _ambiguous(derived)
    best_first = (
        derived.join(found, on=counts.KEYS, how="anti")
        .sort(status.severity(), "delivery")
        .unique(counts.KEYS, keep="first", maintain_order=True)
    )
    return pl.concat([found, best_first])


def _ambiguous(derived: pl.DataFrame) -> list[Finding]:
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
            f"Die Teile ergeben auf einer Raumebene {row['low']:.10g}, auf einer anderen "
            f"{row['high']:.10g}.",
            "Lieferungen beider Raumebenen und parent in areas.csv prüfen.",
        )
        for row in apart.sort(counts.KEYS).to_dicts()
    ]
