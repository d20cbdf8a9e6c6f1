"""The cells of a release: every count it holds, and the sums of them that nobody tells."""

from __future__ import annotations

import polars as pl

from model import status
from model.catalog import BREAKDOWNS, PUBLISHED, TOTAL, Catalog
from prepare import counts
from prepare.disclosure import cuts

KEYS = counts.KEYS
MISSING = [name for name in status.ORDER if name in status.MISSING and name != "suppressed"]
"""Statuses of numbers that nobody knows; nothing is hidden there."""

_KEPT = {name: counts.SCHEMA[name] for name in (*KEYS, "value", "status", "delivery")}


def cells(catalog: Catalog, cut: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """All cells: first the counts in the order of KEYS, then sums of them that are not told.

    `cut` says how areas are cut (cuts.cuts), `found` are counts (counts.SCHEMA, of which the place
    in a file is not needed), null where hidden. KEYS, value, status and delivery are kept. New are
    `kind` (count or part), `additive`, `whole` (of that measure and period all numbers are whole,
    and none is estimated), what the rule says (`rule`, `k`, `zeros`, `group`, `multiple`),
    `method`, `base` (of rounding; 1 if there is none), `open` (public, never hidden), `floor` (what
    anybody knows of the number if it is hidden), and `of` (the measure a complement is taken from).
    """
    told = found.select(pl.col(name) for name in found.columns if name in _KEPT).sort(KEYS)
    sums = _untold(told, catalog, cut)
    kept = pl.DataFrame(schema=_KEPT)
    additive = {measure.id: measure.additive for measure in catalog.city.measures}
    every = pl.concat(
        [kept, told.with_columns(kind=pl.lit("count")), sums], how="diagonal"
    ).with_columns(additive=pl.col("measure").replace_strict(additive, return_dtype=pl.Boolean))
    broken = (pl.col("value") % 1 != 0) | (pl.col("status") == "estimated")
    whole = ~broken.fill_null(False).any().over("measure", "period") & pl.col("additive")
    return ruled(every.with_columns(whole=whole), catalog)


def _untold(told: pl.DataFrame, catalog: Catalog, cut: pl.DataFrame) -> pl.DataFrame:
    """Sums over categories, then over areas, that hang together what is told but are not told."""
    additive = [measure.id for measure in catalog.city.measures if measure.additive]
    known = told.filter(pl.col("measure").is_in(additive)).select(KEYS)
    start = known.height
    for breakdown in BREAKDOWNS:
        total = known.filter(pl.col(breakdown) != TOTAL).with_columns(
            pl.lit(TOTAL).alias(breakdown)
        )
        known = _with(known, total)
    for level in reversed(catalog.city.levels):
        if not level.comparison:
            known = _with(known, cuts.parts(known, cut, level.id))
    return known[start:].with_columns(kind=pl.lit("part"))


def _with(known: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    new = more.select(KEYS).unique().join(known, on=KEYS, how="anti").sort(KEYS)
    return pl.concat([known, new])


def ruled(every: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Cells with the rule of their measure and the method of their level.

    Wanted are KEYS, value, status, delivery, kind, additive and whole.
    """
    own = catalog.protection
    rules = pl.DataFrame(
        [
            (name, rule.id, rule.minimum, rule.zeros, rule.group, rule.rounded)
            for name in catalog.measures
            for rule in [own.rule(name)]
        ],
        schema=dict.fromkeys(("measure", "rule"), pl.String)
        | {"k": pl.Int64, "zeros": pl.String, "group": pl.Boolean, "multiple": pl.Int64},
        orient="row",
    )
    levels = list(own.methods)
    methods = pl.DataFrame(
        {
            "level": levels,
            "method": [*own.methods.values()],
            "base": [own.base(level) for level in levels],
        },
        schema={"level": pl.String, "method": pl.String, "base": pl.Int64},
    )
    elsewhere = pl.DataFrame(
        [(each.measure, level, True) for each in own.public for level in each.levels],
        schema={"measure": pl.String, "level": pl.String, "elsewhere": pl.Boolean},
        orient="row",
    ).unique()
    return (
        every.join(rules, on="measure", how="left", maintain_order="left")
        .join(methods, on="level", how="left", maintain_order="left")
        .join(elsewhere, on=["measure", "level"], how="left", maintain_order="left")
        .with_columns(
            open=(pl.col("method") == "none")
            | (pl.col("k") == 0)
            | (pl.col("delivery") == PUBLISHED).fill_null(False)
            | pl.col("elsewhere").fill_null(False)
        )
        .with_columns(floor=_floor(catalog), of=pl.lit(None, pl.String))
        .drop("elsewhere")
    )


def _floor(catalog: Catalog) -> pl.Expr:
    """A hidden count is 1 or more where zeros are shown; a mean may be anything, a rate may not."""
    hidden = (
        (pl.col("kind") == "count")
        & ~pl.col("open")
        & pl.col("whole")
        & (pl.col("method") == "suppress")
        & (pl.col("zeros") == "shown")
        & ~pl.col("status").is_in(MISSING)
    )
    anything = [m.id for m in catalog.city.measures if not m.additive and m.rate is None]
    known = pl.when(pl.col("measure").is_in(anything)).then(-float("inf")).otherwise(0.0)
    return pl.when(hidden.fill_null(False)).then(1.0).otherwise(known)
