"""Counts within counts: what is left of a whole, and rates that an office delivers as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from model.catalog import Catalog, Term
from prepare.disclosure import terms
from prepare.disclosure.cells import KEYS, MISSING, ruled

ROWS = {
    "row": pl.String,
    "number": pl.UInt32,
    "factor": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
}
"""One entry per row and cell, by its number: `low` <= sum of factor times cell <= `high`."""


@dataclass(frozen=True, eq=False)
class Complements:
    """What counts leave of the wholes they are part of: new cells, and the rows that say so."""

    cells: pl.DataFrame
    rows: pl.DataFrame


def complements(cells: pl.DataFrame, catalog: Catalog) -> Complements:
    """A cell (kind complement) and the row count + complement = whole, for every `part_of`.

    A complement has the keys and the rule of its count, and is `open` where the rule wants no
    groups looked at, or the count is a zero that is shown. Its value is null unless count and
    whole are known.
    """
    wholes = {m.id: m.part_of for m in catalog.city.measures if m.part_of}
    pairs = terms.matched(cells, wholes)
    added = cells.select("number", "measure", "value", "whole", "status")
    summed = (
        pairs.join(added, on="number")
        .group_by("owner", "term")
        .agg(
            pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum()).alias("all"),
            pl.col("whole").all().alias("all_whole"),
            pl.col("status").filter(pl.col("status").is_in(MISSING)).first().alias("missing"),
            pl.col("measure").first().alias("from"),
        )
        .rename({"owner": "number"})
    )
    found = (
        cells.join(summed, on="number")
        .sort("number", "term")
        .with_columns(owner="number", number=cells.height + pl.int_range(pl.len(), dtype=pl.UInt32))
        .with_columns(*_complement())
    )
    row = pl.format("part_of|{}|{}", "owner", "term").alias("row")
    entries = [
        found.select(row, number="owner", factor=pl.lit(1.0)),
        found.select(row, number="number", factor=pl.lit(1.0)),
        pairs.select(row, "number", factor=pl.lit(-1.0)),
    ]
    rows = pl.concat(entries).with_columns(low=pl.lit(0.0), high=pl.lit(0.0))
    return Complements(found.select(cells.columns), rows.select(ROWS.keys()))


def _complement() -> list[pl.Expr]:
    """What makes a complement of a count that stands beside its whole (`all`)."""
    shown_zero = (pl.col("value") == 0) & (pl.col("zeros") == "shown")
    own_missing = pl.when(pl.col("status").is_in(MISSING)).then("status")
    return [
        pl.lit("complement").alias("kind"),
        pl.col("from").alias("of"),
        (pl.col("open") | ~pl.col("group") | shown_zero.fill_null(False)).alias("open"),
        (pl.col("all") - pl.col("value")).alias("value"),
        (pl.col("whole") & pl.col("all_whole")).alias("whole"),
        pl.coalesce(own_missing, "missing").alias("status"),
        pl.lit(None, pl.String).alias("delivery"),
        pl.lit(0.0).alias("floor"),
    ]


def holdings(cells: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The rows (ROWS) that say what a whole holds: its parts add up to it, or to no more.

    Where a part is not there, the others are no more than the whole.
    """
    told = {measure.id: measure for measure in catalog.city.measures if measure.holds}
    added = terms.matched(cells, {name: measure.holds for name, measure in told.items()})
    added = added.filter(pl.col("number") != pl.col("owner"))
    wholes = pl.DataFrame(
        [(name, one.holds_all, len(one.holds)) for name, one in told.items()],
        schema={"measure": pl.String, "all": pl.Boolean, "terms": pl.UInt32},
        orient="row",
    )
    there = added.group_by("owner").agg(there=pl.col("term").n_unique())
    own = cells.select("measure", owner="number").join(wholes, on="measure").join(there, on="owner")
    exact = pl.col("all") & (pl.col("there") == pl.col("terms"))
    bounds = {"low": pl.lit(0.0), "high": pl.when(exact).then(0.0).otherwise(float("inf"))}
    row = pl.format("holds|{}", "owner").alias("row")
    return pl.concat(
        [
            own.select(row, number="owner", factor=pl.lit(1.0), **bounds),
            added.join(own, on="owner").select(row, "number", factor=pl.lit(-1.0), **bounds),
        ]
    ).select(ROWS.keys())


def rates(cells: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The rows (ROWS) of rates delivered as such: within half a unit of what is printed.

    With the whole N known, |per n - N rate| is at most half of N, which says something of the
    rate as well; with N hidden or rounded but the rate told, per n lies between (rate - half) N and
    (rate + half) N. With neither, nothing follows. A rate with more decimals than its measure
    declares was printed with those.
    """
    told = {m.id: m.rate for m in catalog.city.measures if m.rate}
    above = _all(cells, {name: rate.numerator for name, rate in told.items()})
    below = _all(cells, {name: rate.denominator for name, rate in told.items()})
    inexact = (~pl.col("open") & (pl.col("base") > 1)) | (pl.col("multiple") > 1)
    exact = pl.when(~inexact.fill_null(False)).then("value")
    values = cells.select("number", value=exact)
    wholes = (
        below.join(values, on="number")
        .group_by("owner")
        .agg(
            pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum()).alias("all"),
            cells=pl.col("number"),
        )
    )
    printed = pl.DataFrame(
        [(name, rate.per, rate.decimals) for name, rate in told.items()],
        schema={"measure": pl.String, "per": pl.Float64, "declared": pl.Int64},
        orient="row",
    )
    shown = pl.col("value").map_elements(decimals, return_dtype=pl.Int64)
    half = 0.5 * pl.lit(10.0).pow(-pl.max_horizontal("declared", shown))
    own = (
        cells.select("measure", "value", owner="number")
        .join(printed, on="measure")
        .with_columns(half=half)
        .join(wholes, on="owner")
        .join(above.select("owner").unique(), on="owner", how="semi")
        .sort("owner")
    )
    known = own.filter(pl.col("all") > 0)
    hidden = own.filter(pl.col("all").is_null() & pl.col("value").is_not_null())
    return pl.concat([_of_known(known, above), *_of_hidden(hidden, above)])


def decimals(value: float) -> int:
    """The decimals of a number as printed, six at most."""
    return len(f"{value:.6f}".rstrip("0").partition(".")[2])


def numerators(cells: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Cells (kind numerator) of which only a delivered rate tells, for nobody delivers the count.

    They have the rule of their own measure, and are `open` where the rate is.
    """
    told = {m.id: m.rate for m in catalog.city.measures if m.rate}
    below = _all(cells, {name: rate.denominator for name, rate in told.items()})
    rated = cells.filter(~pl.col("status").is_in(MISSING).fill_null(False))
    rated = rated.join(below, left_on="number", right_on="owner", how="semi")
    above = terms.wanted(cells, {name: rate.numerator for name, rate in told.items()})
    whole = cells.group_by("measure", "period").agg(pl.col("whole").all())
    nobody = pl.lit(None, pl.String)
    added = (
        above.join(rated.select(owner="number", public="open"), on="owner")
        .group_by(KEYS)
        .agg(pl.col("public").any())
        .join(cells, on=KEYS, how="anti")
        .join(whole, on=["measure", "period"], how="left")
        .sort(KEYS)
        .with_columns(
            pl.col("whole").fill_null(True),
            value=pl.lit(None, pl.Float64),
            status=nobody,
            delivery=nobody,
            kind=pl.lit("numerator"),
            additive=pl.lit(True),
        )
    )
    public = pl.col("open") | pl.col("public")
    return ruled(added, catalog).with_columns(open=public).select(cells.drop("number").columns)


def _all(cells: pl.DataFrame, wanted: Mapping[str, Sequence[Term]]) -> pl.DataFrame:
    """The cells that all terms of a sum are; none of sums of which a term is not there."""
    lengths = pl.DataFrame(
        [(name, len(own)) for name, own in wanted.items()],
        schema={"measure": pl.String, "expected": pl.UInt32},
        orient="row",
    )
    owners = cells.select("measure", owner="number").join(lengths, on="measure")
    return (
        terms.matched(cells, wanted)
        .join(owners, on="owner")
        .filter(pl.col("term").n_unique().over("owner") == pl.col("expected"))
        .select("owner", "number")
    )


def _of_known(own: pl.DataFrame, above: pl.DataFrame) -> pl.DataFrame:
    """Per n - N rate lies between -half N and half N."""
    row = pl.format("rate|{}", "owner").alias("row")
    within = (-pl.col("half") * pl.col("all"), pl.col("half") * pl.col("all"))
    counted = own.join(above, on="owner").select(
        row, "number", factor="per", low=within[0], high=within[1]
    )
    rate = own.select(row, number="owner", factor=-pl.col("all"), low=within[0], high=within[1])
    return pl.concat([counted, rate]).select(ROWS.keys())


def _of_hidden(own: pl.DataFrame, above: pl.DataFrame) -> list[pl.DataFrame]:
    """Per n - (rate - half) N is not below zero, per n - (rate + half) N not above."""
    found = []
    nothing = pl.lit(0.0), pl.lit(float("inf"))
    for sign in (-1, 1):
        row = pl.format("rate|{}|{}", "owner", pl.lit(str(sign))).alias("row")
        low, high = nothing if sign < 0 else (-nothing[1], nothing[0])
        counted = own.join(above, on="owner").select(
            row, "number", factor="per", low=low, high=high
        )
        whole = own.explode("cells").select(
            row,
            number="cells",
            factor=-(pl.col("value") + sign * pl.col("half")),
            low=low,
            high=high,
        )
        found.append(pl.concat([counted, whole]).select(ROWS.keys()))
    return found
