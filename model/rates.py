"""From counts to values: sums of numerators over sums of denominators, never means of rates."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from model import status
from model.catalog import Indicator, Term

KEYS = ("level", "area", "period")
_YEAR = pl.col("period").str.slice(0, 4).alias("year")


def values(counts: pl.LazyFrame, indicator: Indicator, least: int = 0) -> pl.LazyFrame:
    """Values of one indicator for every area and period that has its numerator.

    `counts` holds measure, level, area, period, age, sex, nationality, value, status, delivery.
    The result holds level, area, period, numerator, denominator, value (null where missing),
    status, the statuses of numerator and denominator (null without one), and deliveries (list of
    ids). A sum that lacks one of its cells is missing, not smaller. A rate that refers to fewer
    than `least` is unreliable; its numerator and denominator stay.
    """
    numerator = _sum(counts, indicator.numerator).rename({"sum": "numerator"})
    if not indicator.denominator:
        return numerator.select(
            *KEYS,
            "numerator",
            pl.lit(None, dtype=pl.Float64).alias("denominator"),
            pl.col("numerator").alias("value"),
            status.named("severity").alias("status"),
            status.named("severity").alias("numerator_status"),
            pl.lit(None, dtype=pl.String).alias("denominator_status"),
            "deliveries",
        ).sort(KEYS)
    denominator = _sum(counts, indicator.denominator).rename({"sum": "denominator"})
    none = status.ORDER.index("not_collected")
    meaningless = status.ORDER.index("not_meaningful")
    unreliable = status.ORDER.index("unreliable")
    return (
        numerator.with_columns(_YEAR)
        .join(_newest(denominator), on=("level", "area", "year"), how="left", suffix="_below")
        .with_columns(pl.col("severity_below").fill_null(none), severity_above="severity")
        .with_columns(
            severity=pl.max_horizontal(
                "severity",
                "severity_below",
                pl.when(pl.col("denominator") == 0)
                .then(meaningless)
                .when(pl.col("denominator") < least)
                .then(unreliable),
            ),
        )
        .with_columns(
            value=pl.when(pl.col("severity") < meaningless).then(
                indicator.per * pl.col("numerator") / pl.col("denominator")
            )
        )
        .select(
            *KEYS,
            "numerator",
            "denominator",
            "value",
            status.named("severity").alias("status"),
            status.named("severity_above").alias("numerator_status"),
            status.named("severity_below").alias("denominator_status"),
            pl.concat_list("deliveries", pl.col("deliveries_below").fill_null([]))
            .list.unique()
            .list.sort()
            .alias("deliveries"),
        )
        .sort(KEYS)
    )


def _newest(denominator: pl.LazyFrame) -> pl.LazyFrame:
    """The denominator of each year: births of 2024 refer to the residents of 31.12.2024."""
    return (
        denominator.with_columns(_YEAR)
        .sort("period")
        .group_by("level", "area", "year")
        .last()
        .drop("period")
    )


def _sum(counts: pl.LazyFrame, terms: Sequence[Term]) -> pl.LazyFrame:
    """The signed sum of terms per area and period, with the decisive status of its cells."""
    parts = [
        counts.filter(
            pl.col("measure") == term.measure,
            pl.col("age").is_in(term.age),
            pl.col("sex").is_in(term.sex),
            pl.col("nationality").is_in(term.nationality),
        ).with_columns(pl.col("value") * term.factor)
        for term in terms
    ]
    complete = pl.len() == sum(term.cells for term in terms)
    none = status.ORDER.index("not_collected")
    return (
        pl.concat(parts)
        .group_by(KEYS)
        .agg(
            sum=pl.when(pl.col("value").null_count() == 0, complete).then(pl.col("value").sum()),
            severity=pl.max_horizontal(
                status.severity().max(), pl.when(complete).then(0).otherwise(none)
            ),
            deliveries=pl.col("delivery").unique().sort(),
        )
    )
