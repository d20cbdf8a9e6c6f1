"""Which cells the terms of a measure are: of part_of, and of a rate delivered as such."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from model.catalog import TOTAL, Term
from prepare import age_spans, counts
from prepare.age_spans import Span

_PLACE = ("level", "area", "period")
_CATEGORIES = ("age", "sex", "nationality")


def matched(cells: pl.DataFrame, terms: Mapping[str, Sequence[Term]]) -> pl.DataFrame:
    """The cells (`number`) that the terms of each measure's counts are, one per row.

    `owner` is the number of the count, `term` the place of the term among those of its measure.
    A count of an age group belongs to the same ages of a term, which may be a sum of finer ones;
    of the total, to all that the term names. A term of which some cell is not there has no row.
    `cells` have the columns of cells.cells and `number`.
    """
    known = _known(cells)
    return (
        wanted(cells, terms)
        .join(known.select(*counts.KEYS, "number"), on=counts.KEYS)
        .filter(pl.len().over("owner", "term") == pl.col("expected"))
        .select("owner", "term", "number")
        .sort("owner", "term", "number")
    )


def wanted(cells: pl.DataFrame, terms: Mapping[str, Sequence[Term]]) -> pl.DataFrame:
    """The cells that `matched` looks for, by their keys, there or not.

    `owner` and `term` as there; `expected` is how many the term has.
    """
    counted = pl.col("kind").is_in(["count", "numerator"])
    owners = cells.filter(pl.col("measure").is_in(list(terms)), counted)
    known = _known(cells)
    ages = (
        known.filter(pl.col("age") != TOTAL)
        .group_by(*_PLACE, pl.col("measure").alias("whole"))
        .agg(pl.col("age").unique().sort().str.join("|").alias("told"))
    )
    found = [
        _of_term(owners.filter(pl.col("measure") == measure), number, term, ages)
        for measure, own in terms.items()
        for number, term in enumerate(own)
    ]
    schema = {"owner": pl.UInt32, "term": pl.Int32, "expected": pl.UInt32}
    nothing = pl.DataFrame(schema=schema | dict.fromkeys(counts.KEYS, pl.String))
    return pl.concat([nothing, *found])


def _known(cells: pl.DataFrame) -> pl.DataFrame:
    return cells.filter("additive", pl.col("kind").is_in(["count", "part", "numerator"]))


def _of_term(owners: pl.DataFrame, number: int, term: Term, ages: pl.DataFrame) -> pl.DataFrame:
    """The keys of all cells of one term, for each owner."""
    told = owners.select(pl.col("number").alias("owner"), *_PLACE, *_CATEGORIES).join(
        ages.filter(pl.col("whole") == term.measure).drop("whole"), on=_PLACE, how="left"
    )
    kinds = told.select(*_CATEGORIES, "told").unique().sort("*").rows()
    keys = {f"own_{name}": pl.String for name in _CATEGORIES}
    table = pl.DataFrame(
        [
            (*own, told_ages, age, sex, nationality)
            for *own, told_ages in kinds
            for age in _ages(own[0], term.age, (told_ages or "").split("|"))
            for sex in _same(own[1], term.sex)
            for nationality in _same(own[2], term.nationality)
        ],
        schema={**keys, "told": pl.String, **dict.fromkeys(_CATEGORIES, pl.String)},
        orient="row",
    )
    return (
        told.rename({name: f"own_{name}" for name in _CATEGORIES})
        .join(table, on=[*keys, "told"], nulls_equal=True)
        .select(
            "owner",
            term=pl.lit(number, pl.Int32),
            expected=pl.len().over("owner"),
            **{key: pl.col(key) for key in counts.KEYS if key != "measure"},
            measure=pl.lit(term.measure),
        )
        .select("owner", "term", "expected", *counts.KEYS)
    )


def _same(own: str, told: Sequence[str]) -> Sequence[str]:
    """The categories of a term that belong to a category of its owner."""
    if own == TOTAL:
        return told
    return (own,) if own in told or tuple(told) == (TOTAL,) else ()


def _ages(own: str, told: Sequence[str], known: Sequence[str]) -> Sequence[str]:
    """The ages of a term that belong to an age group of its owner, as far as they are `known`."""
    if own == TOTAL:
        wanted = told
    elif tuple(told) == (TOTAL,) or _inside(own, told):
        wanted = (own,)
    else:
        return ()
    spans = {age: found for age in known if (found := age_spans.span(age)) is not None}
    return [age for each in wanted for age in _tiled(each, spans)]


def _tiled(age: str, spans: Mapping[str, Span]) -> Iterator[str]:
    """The age group, or those that make it up; itself if none do."""
    span = age_spans.span(age)
    if age == TOTAL or age in spans or span is None:
        yield age
    else:
        yield from age_spans.tiling(span, spans) or [age]


def _inside(own: str, told: Sequence[str]) -> bool:
    """Whether the age groups together hold another one."""
    span = age_spans.span(own)
    spans = {age: found for age in told if (found := age_spans.span(age)) is not None}
    return own in told or (
        span is not None and any(_covers(span, s) for s in _merged(list(spans.values())))
    )


def _covers(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _merged(spans: list[Span]) -> list[Span]:
    """Spans that touch as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
