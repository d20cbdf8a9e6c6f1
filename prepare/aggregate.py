"""Sums that follow from what was delivered, and the check that both agree exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import polars as pl

from model import status
from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import age_spans, counts, unallocated
from prepare.areas import Areas
from prepare.checks import sums as sum_checks
from prepare.findings import Finding


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
            parts = _over_children(summed, areas, level.id)
            if level.id == catalog.city.city_level:
                parts, left = unallocated.added(parts, _summed(parts), summed, catalog, findings)
                summed = pl.concat([summed, left])
            summed = _merged(summed, parts, findings)
    return pl.concat([summed, apart]).sort(counts.KEYS)


def _over_categories(found: pl.DataFrame, breakdown: str, sums: Sums) -> pl.DataFrame:
    """The categories of one breakdown, others held, under the keys of their sums."""
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
    return matched.with_columns(
        *_own_keys(),
        pl.col("whole").alias(breakdown),
        pl.lit(breakdown).alias(sum_checks.BY),
    )


def _over_children(found: pl.DataFrame, areas: Areas, level: str) -> pl.DataFrame:
    """The children of each area of a level, under its keys; apart, where they lie on two levels."""
    above = areas.table.filter(pl.col("level") == level).select(parent="area")
    children = areas.table.join(above, on="parent").select(
        "area", "parent", expected=pl.len().over("parent", "level")
    )
    return found.join(children, on="area").with_columns(
        *_own_keys(),
        pl.col("level").alias(sum_checks.BY),
        level=pl.lit(level),
        area=pl.col("parent"),
    )


def _own_keys() -> list[pl.Expr]:
    """Area and categories of a part, kept beside those of the sum it belongs to."""
    return [pl.col(key).alias(f"part_{key}") for key in ("area", *BREAKDOWNS)]


def _summed(parts: pl.DataFrame) -> pl.DataFrame:
    """Sums where all `expected` parts have a value; as doubtful as the worst part."""
    return (
        parts.group_by(*counts.KEYS, sum_checks.BY)
        .agg(
            pl.col("value").sum(),
            status.severity().max().alias("severity"),
            pl.col("delivery").min(),
            pl.col("value").is_not_null().sum().alias("there"),
            pl.col("expected").first(),
        )
        .filter(pl.col("there") == pl.col("expected"))
        .with_columns(*counts.nowhere(), status=status.named("severity"))
        .select(*counts.SCHEMA, sum_checks.BY)
    )


def _merged(found: pl.DataFrame, parts: pl.DataFrame, findings: list[Finding]) -> pl.DataFrame:
    """Counts plus those sums that are new; disagreements are noted."""
    derived = _summed(parts)
    findings += sum_checks.disagreements(found, derived, parts)
    findings += sum_checks.ambiguous(derived)
    findings += sum_checks.recoverable(found, parts)
    best_first = (
        derived.join(found, on=counts.KEYS, how="anti")
        .sort(status.severity(), "delivery")
        .unique(counts.KEYS, keep="first", maintain_order=True)
        .drop(sum_checks.BY)
    )
    return pl.concat([found, best_first])
