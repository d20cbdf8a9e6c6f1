"""What cells said before: the states a release was in, and which of their numbers may be told."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from model.catalog import PUBLISHED, Catalog
from prepare import counts
from prepare.disclosure import primary, tables

_NEAR = 1e-6
_PLACE = ["measure", "period"]
_VALUE = pl.col("value")


def ago(cells: pl.DataFrame, before: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The cells as they read one correction ago, two, and so on; what is hidden stays hidden.

    `before` has earlier numbers of cells (counts.KEYS, value), oldest first.
    """
    numbered = before.with_columns(ago=pl.int_range(pl.len()).reverse().over(counts.KEYS))
    steps = numbered["ago"].max() if numbered.height else None
    for step in range(int(steps) + 1 if isinstance(steps, int) else 0):
        old = numbered.filter(pl.col("ago") <= step).unique(counts.KEYS, keep="first")
        old = old.select(*counts.KEYS, old="value")
        then = cells.join(old, on=counts.KEYS, how="left", maintain_order="left")
        yield then.with_columns(
            value=pl.when(_VALUE.is_not_null()).then(pl.coalesce("old", "value"))
        ).drop("old")


def allowed(
    history: pl.DataFrame, found: pl.DataFrame, catalog: Catalog, areas: pl.DataFrame
) -> pl.DataFrame:
    """The history (vintages.SCHEMA) of published counts without what the rules would hide.

    Where one number may not be told, its whole measure and period lose theirs, for the old sums
    would tell it: numbers and rests too small by their old values, and exact ones where numbers
    are rounded.
    """
    unpublished = pl.col("release").is_null() & rounded(catalog)
    kept = _without(history, history.filter(unpublished | _exact(catalog)).select(_PLACE))
    while kept.height:
        small = _small(kept, found, catalog, areas)
        if not small.join(kept, on=_PLACE, how="semi").height:
            break
        kept = _without(kept, small)
    return kept


def exact(before: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """Earlier numbers on levels that are rounded which can be no rounded ones."""
    return before.filter(_exact(catalog))


def _exact(catalog: Catalog) -> pl.Expr:
    bases = {level: catalog.protection.base(level) for level in catalog.protection.methods}
    base = pl.col("level").replace_strict(bases, default=1, return_dtype=pl.Int64)
    apart = (_VALUE / base - (_VALUE / base).round()).abs()
    return rounded(catalog) & (apart > _NEAR)


def rounded(catalog: Catalog) -> pl.Expr:
    """Whether the rules round a number."""
    own = catalog.protection
    levels = [level for level in own.methods if own.base(level) > 1]
    protected = [
        measure.id
        for measure in catalog.city.measures
        if measure.additive and not own.rule(measure.id).open
    ]
    elsewhere = [
        (pl.col("measure") == one.measure) & pl.col("level").is_in(list(one.levels))
        for one in own.public
    ]
    return (
        pl.col("level").is_in(levels)
        & pl.col("measure").is_in(protected)
        & (pl.col("delivery") != PUBLISHED).fill_null(True)
        & ~pl.any_horizontal(pl.lit(False), *elsewhere)
    )


def _without(history: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    return history.join(gone.unique(), on=_PLACE, how="anti", maintain_order="left")


def _small(
    history: pl.DataFrame, found: pl.DataFrame, catalog: Catalog, areas: pl.DataFrame
) -> pl.DataFrame:
    """Measures and periods with a number that was too small, or that left too small a rest."""
    beside = pl.col("measure") == catalog.protection.residents
    cells = found.filter(pl.col("period").is_in(history["period"].unique().implode()) | beside)
    small: list[pl.DataFrame] = []
    for then in ago(cells.sort(counts.KEYS), history):
        facts = tables.facts(catalog, areas, then)
        flags = pl.Series(primary.primary(facts))
        hit = facts.cells.filter(flags & _VALUE.is_not_null())
        small += [hit.select(_PLACE), hit.select(measure="of", period="period").drop_nulls()]
    return pl.concat(small)
