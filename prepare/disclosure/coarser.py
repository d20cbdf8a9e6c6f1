"""Coarser tables of the same counts: fewer breakdowns, none crossed, wider age groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog, Category
from prepare import age_spans, counts

Table = Callable[[pl.DataFrame], pl.DataFrame]
DETAILS = {"age": "Alter", "sex": "Geschlecht", "nationality": "Staatsangehörigkeit"}
"""Breakdowns in German."""
_DEPTH = pl.sum_horizontal((pl.col(b) != TOTAL).cast(pl.Int64) for b in BREAKDOWNS)


def tables(cells: pl.DataFrame) -> Iterator[tuple[str, Table]]:
    """The coarser tables that make a difference to these cells, with German titles."""
    for breakdown in BREAKDOWNS:
        if (cells[breakdown] != TOTAL).any():
            yield f"ohne {DETAILS[breakdown]}", _without(breakdown)
    if (cells.select(_DEPTH).to_series() > 1).any():
        yield "Merkmale nicht gekreuzt", _uncrossed
    if len(wider(cells["age"].unique().sort().to_list())) > 1:
        yield "je zwei Altersgruppen zusammen", merged


def wider(ages: Sequence[str]) -> dict[str, str]:
    """The wider group that each of the finest age groups goes into: neighbours two by two.

    Of an odd number the last three go together. Empty if the ages leave gaps.
    """
    spans = {age: found for age in ages if (found := age_spans.span(age)) is not None}
    start = min((begin for begin, _ in spans.values()), default=0)
    end = max((stop for _, stop in spans.values()), default=0)
    finest = age_spans.tiling((start, end), spans)
    groups = [finest[at : at + 2] for at in range(0, len(finest), 2)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return {age: _named(spans[g[0]][0], spans[g[-1]][1]) for g in groups for age in g}


def merged(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with wider age groups: sums, hidden where one of their parts is.

    Each measure is taken by itself, for not all have the same groups. Groups that are sums of
    others are left out unless they still are.
    """
    found = [_merged(own) for own in cells.partition_by("measure", maintain_order=True)]
    return pl.concat([cells.clear(), *found])


def catalog_with(catalog: Catalog, cells: pl.DataFrame) -> Catalog:
    """The catalog with all age groups that the cells have."""
    known = {age.id for age in catalog.city.ages}
    new = [age for age in cells["age"].unique().sort() if age not in known and age != TOTAL]
    ages = (*catalog.city.ages, *(Category(id=age, title=age) for age in new))
    return catalog.model_copy(update={"city": catalog.city.model_copy(update={"ages": ages})})


def _without(breakdown: str) -> Table:
    return lambda cells: cells.filter(pl.col(breakdown) == TOTAL)


def _uncrossed(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.filter(_DEPTH <= 1)


def _merged(cells: pl.DataFrame) -> pl.DataFrame:
    groups = wider(cells["age"].unique().sort().to_list())
    if not groups:
        return cells
    sizes = {wide: list(groups.values()).count(wide) for wide in groups.values()}
    parts = cells.filter(pl.col("age").is_in(list(groups)))
    parts = parts.with_columns(pl.col("age").replace(groups))
    sums = (
        parts.with_columns(expected=pl.col("age").replace_strict(sizes, return_dtype=pl.Int64))
        .group_by(counts.KEYS, maintain_order=True)
        .agg(
            pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum()),
            status=pl.when((pl.col("status") == "suppressed").any())
            .then(pl.lit("suppressed"))
            .otherwise(pl.col("status").first()),
            delivery=pl.col("delivery").first(),
            there=pl.len(),
            expected=pl.col("expected").first(),
        )
        .filter(pl.col("there") == pl.col("expected"))
    )
    known = {wide: s for wide in sizes if (s := age_spans.span(wide)) is not None}
    still = [
        age
        for age in cells["age"].unique()
        if age not in groups and ((s := age_spans.span(age)) is None or age_spans.tiling(s, known))
    ]
    kept = cells.filter(pl.col("age").is_in(still))
    return pl.concat([kept, sums.select(kept.columns)])


def _named(start: int, stop: int) -> str:
    return f"{start}+" if stop == age_spans.OPEN else f"{start}-{stop - 1}"
