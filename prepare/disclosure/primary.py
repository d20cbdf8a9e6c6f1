"""What is too small to be told by itself, whatever stands beside it."""

from __future__ import annotations

from typing import Literal

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare.disclosure.cells import MISSING
from prepare.disclosure.system import Flags
from prepare.disclosure.tables import Facts

_YEAR = pl.col("period").str.head(4)


def primary(facts: Facts) -> Flags:
    """The cells that must be hidden, or, of complements and numerators, must not be worked out.

    Counts from 1 (from 0 where zeros are protected) to below the minimum of their rule, all
    counts of an area with too few residents, and what was delivered as suppressed; complements
    below the minimum, or of a delivered suppression; numerators that only a rate tells of, unless
    they are large. Counts that are rounded need not be hidden
    for being small.
    """
    value, kind = pl.col("value"), pl.col("kind")
    closed = ~pl.col("open") & ~pl.col("status").is_in(MISSING).fill_null(False)
    delivered = (kind == "count") & (pl.col("status") == "suppressed")
    zero = _shown_zero()
    small = (value < pl.col("k")) & ~zero
    hidden = (pl.col("method") == "suppress") & pl.col("additive")
    counted = hidden & (kind == "count") & small
    left = hidden & (kind == "complement") & ((value < pl.col("k")) | value.is_null())
    rated = hidden & (kind == "numerator")
    flags: Flags = facts.flags(closed & (counted | left | rated) | delivered)
    few = facts.flags(closed & (kind == "count") & ~zero & (pl.col("method") != "none"))
    return flags | (few & _in_small_areas(facts))


def fixed(facts: Facts) -> Flags:
    """The counts that are never hidden: those that are open, and zeros where these are shown."""
    zero = _shown_zero() & (pl.col("method") == "suppress")
    known = (pl.col("kind") == "count") & pl.col("value").is_not_null()
    return facts.flags(known & (pl.col("open") | zero))


def _shown_zero() -> pl.Expr:
    """Whether a cell counts nobody, and anybody may see that; a rate of 0.0 may be of a few."""
    return (pl.col("value") == 0) & (pl.col("zeros") == "shown") & pl.col("additive")


def absent(facts: Facts) -> Flags:
    """The cells that nobody publishes: sums not told, complements, and numbers nobody knows."""
    return facts.flags((pl.col("kind") != "count") | pl.col("status").is_in(MISSING))


def facilities_hidden(values: pl.DataFrame, catalog: Catalog) -> pl.Series:
    """Which values of facilities (facility_values.SCHEMA) are too small to be told.

    Only measures whose rule protects anything: places are no persons, and their rule says so.
    """
    rules = {name: catalog.protection.rule(name) for name in catalog.measures}
    least = {name: 0 if rule.zeros == "protected" else 1 for name, rule in rules.items()}
    minimum = {name: rule.minimum for name, rule in rules.items()}
    measure, value = pl.col("measure"), pl.col("value")
    small = (value >= measure.replace_strict(least, return_dtype=pl.Int64)) & (
        value < measure.replace_strict(minimum, return_dtype=pl.Int64)
    )
    return values.select(small.fill_null(False)).to_series()


def _in_small_areas(facts: Facts) -> Flags:
    """The cells of areas that had fewer residents in that year than the rules ask for.

    Of a year without a count of residents, the nearest earlier one decides, or else the nearest
    later one.
    """
    own = facts.catalog.protection
    if not own.minimum_area:
        return facts.flags(pl.lit(False))
    totals = [pl.col(breakdown) == TOTAL for breakdown in BREAKDOWNS]
    residents = (
        facts.cells.filter(pl.col("kind") == "count", pl.col("measure") == own.residents, *totals)
        .filter(pl.col("value").is_not_null())
        .select("level", "area", year=_YEAR.cast(pl.Int64), residents="value")
        .group_by("level", "area", "year")
        .agg(pl.col("residents").min())
        .sort("year")
    )
    cells = facts.cells.select("level", "area", year=_YEAR.cast(pl.Int64)).with_row_index("cell")
    joined = cells.sort("year")
    ways: tuple[tuple[str, Literal["backward", "forward"]], ...]
    ways = (("before", "backward"), ("after", "forward"))
    for name, strategy in ways:
        joined = joined.join_asof(
            residents.rename({"residents": name}),
            on="year",
            by=["level", "area"],
            strategy=strategy,
            check_sortedness=False,
        )
    few = pl.coalesce("before", "after") < own.minimum_area
    found: Flags = joined.sort("cell").select(few.fill_null(False)).to_series().to_numpy()
    return found
