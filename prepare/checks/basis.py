"""Checks of the basis of counts: residents by main residence are not all residents."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import permutations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import counts
from prepare.checks import usual
from prepare.deliveries import Delivery
from prepare.findings import Finding

_ALIKE = math.log(1.5)
"""Counts of the same people on another basis are of about the same size."""
_REMEDY = "Klären, was gezählt ist, und nur Zahlen einer Grundgesamtheit unter einem Namen führen."


def findings(
    read: Sequence[Delivery], cells: pl.DataFrame, catalog: Catalog, breaks: pl.DataFrame
) -> list[Finding]:
    """Measures delivered on two bases for one level, and columns that fit the other basis.

    `breaks` (series_breaks.SCHEMA) say where a series may go over to another basis.
    """
    basis = {delivery.recipe.id: delivery.recipe.basis for delivery in read}
    return _two(read, basis, breaks) + _other(cells, basis, catalog)


def _two(read: Sequence[Delivery], basis: Mapping[str, str], breaks: pl.DataFrame) -> list[Finding]:
    """The same measure and level on another basis than the first, at the first such cell.

    It is no mixture where both say the same of the same cell, or where a break is declared.
    """
    told = pl.concat([pl.DataFrame(schema=counts.SCHEMA), *(d.counts for d in read)]).with_columns(
        basis=pl.col("delivery").replace_strict(basis, default="")
    )
    kinds = ["measure", "level"]
    alike = (
        told.group_by(counts.KEYS)
        .agg(pl.col("basis").unique(), pl.col("value").n_unique().alias("values"))
        .filter(pl.col("basis").list.len() > 1, pl.col("values") == 1)
        .select(*kinds, "basis")
        .explode("basis")
        .unique()
    )
    broken = breaks.filter(pl.col("kind").is_in(["basis", "definition"]))["measure"].to_list()
    first = told.sort("delivery", "period", "file", "sheet", "row", "column").unique(
        [*kinds, "basis"], keep="first", maintain_order=True
    )
    mixed = (
        first.with_columns(other=pl.col("basis").first().over(kinds))
        .filter(pl.col("basis") != pl.col("other"), ~pl.col("measure").is_in(broken))
        .join(alike, on=[*kinds, "basis"], how="anti")
    )
    return [
        counts.finding(
            "basis_mixed",
            row,
            f'Hier gezählt: "{row["basis"]}"; eine andere Lieferung derselben Messgröße zählt '
            f'"{row["other"]}".',
            _REMEDY,
        )
        for row in mixed.to_dicts()
    ]


def _other(cells: pl.DataFrame, basis: Mapping[str, str], catalog: Catalog) -> list[Finding]:
    """Columns that fit the series of a measure of the same unit on another basis, not their own."""
    units = {measure.id: measure.unit for measure in catalog.city.measures}
    everyone = pl.all_horizontal(pl.col(b) == TOTAL for b in BREAKDOWNS)
    sizes = (
        cells.filter(everyone)
        .sort("delivery")
        .group_by("measure")
        .agg(pl.col("delivery").first(), pl.col("usual").median())
        .drop_nulls()
        .sort("measure")
    )
    bases = {measure: basis.get(delivery, "") for measure, delivery, _ in sizes.iter_rows()}
    size = dict(sizes.select("measure", "usual").iter_rows())
    pairs = [
        (one, other)
        for one, other in permutations(bases, 2)
        if bases[one] != bases[other]
        and units[one] == units[other]
        and abs(size[one] - size[other]) < _ALIKE
    ]
    schema = {"measure": pl.String, "other": pl.String}
    keys = ["level", "area", "period", *BREAKDOWNS]
    theirs = cells.filter(pl.col("usual").is_not_null()).select(
        *keys, other="measure", theirs="usual"
    )
    wrong = (
        cells.filter(pl.col("usual").is_not_null())
        .join(pl.DataFrame(pairs, schema=schema, orient="row"), on="measure")
        .join(theirs, on=[*keys, "other"])
        .group_by(*usual.COLUMN, "other")
        .agg(
            pl.len().alias("areas"),
            pl.col("off").median().alias("off"),
            (pl.col("log") - pl.col("theirs")).abs().median().alias("theirs"),
            (pl.col("theirs") - pl.col("usual")).median().alias("apart"),
        )
        .with_columns(drift=1.4826 * pl.col("off").abs().median().over(_kind()))
        .filter(
            pl.col("areas") >= usual.MANY,
            pl.col("off").abs() > 4 * pl.col("drift"),
            pl.col("off") * pl.col("apart") > 0,
            pl.col("theirs") < 0.35 * pl.col("off").abs(),
            pl.col("theirs") < 0.03,
        )
    )
    first = usual.first(cells).join(wrong, on=usual.COLUMN).sort("file", "sheet", "row", "column")
    return [
        counts.finding(
            "basis_mixed",
            row,
            f'Die Spalte passt nicht zu ihrer Reihe, aber zu "{row["other"]}" '
            f"({bases[row['other']]} statt {bases[row['measure']]}).",
            _REMEDY,
        )
        for row in first.to_dicts()
    ]


def _kind() -> list[str]:
    return [key for key in (*usual.COLUMN, "other") if key != "period"]
