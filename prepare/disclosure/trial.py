"""A dry run of protection: what would be hidden, and what simpler or coarser tables would hide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from model.catalog import Catalog
from prepare import counts, progress
from prepare.disclosure import alternatives, earlier, protecting, refusals, tables
from prepare.disclosure import coarser as tables_of
from prepare.disclosure.patterns import NONE_KNOWN, Patterns
from prepare.disclosure.protecting import Frozen
from prepare.disclosure.publications import NUMBERS, Published
from prepare.disclosure.refusals import REFUSED
from prepare.failures import ImpossibleError

_PLACE = ("theme", "level", "area", "year")
_NAMED = 3


@dataclass(frozen=True, eq=False)
class Trial:
    """What would be hidden under the rules of a catalog; `names` are those of the areas.

    `shares` are those of `alternatives.shares`, but `district` counts exactly: an area goes if one
    of its numbers is too small by itself. `coarser` has a row by theme and coarser table, with
    the values it would have, and those hidden after it is protected itself; a table that cannot be
    protected is left out.
    """

    catalog: Catalog
    names: Mapping[str, str]
    shares: pl.DataFrame
    coarser: pl.DataFrame


def trial(
    catalog: Catalog,
    areas: pl.DataFrame,
    found: pl.DataFrame,
    before: Sequence[Published],
    known: Patterns = NONE_KNOWN,
) -> Trial:
    """Protect true counts (counts.SCHEMA) by the rules of a catalog, and its coarser tables.

    Patterns `known` from before are not sought again, others are kept there. Raises
    ImpossibleError where the rules cannot be kept.
    """
    progress.tell("Muster suchen")
    cells = found.select(list(NUMBERS))
    hidden, small = _protected(catalog, areas, cells, before, known)
    shares = _by_area(alternatives.shares(hidden, catalog), small, catalog)
    themes = alternatives.totals(shares, "theme").filter(pl.col("hidden") > 0)["theme"]
    rows = [row for theme in themes for row in _coarser(catalog, areas, cells, theme, known)]
    schema = {"theme": pl.String, "alternative": pl.String, "values": pl.Int64}
    told = pl.DataFrame(rows, schema=schema | {"hidden": pl.Int64}, orient="row")
    share = (100 * pl.col("hidden") / pl.col("values")).round(1)
    names = dict(areas.select("area", "name").iter_rows())
    return Trial(catalog, names, shares, told.with_columns(share=share))


def _protected(
    catalog: Catalog,
    areas: pl.DataFrame,
    cells: pl.DataFrame,
    before: Sequence[Published],
    known: Patterns,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The cells as they would be published, and those that are too small by themselves."""
    facts = tables.facts(catalog, areas, cells)
    try:
        made = protecting.protected(facts, Frozen(*earlier.frozen(facts, before)), known)
    except REFUSED as error:
        why = refusals.refusal(error)
        unsafe = [tables.sentence(facts, int(cell)) for cell in error.cells[:_NAMED]]
        raise ImpossibleError(
            f"Nach diesen Regeln lässt sich nicht alles schützen: {'; '.join(unsafe)}. "
            f"{why.message} {why.remedy}"
        ) from error
    counted = pl.col("kind") == "count"
    gone = facts.cells.filter(pl.Series(made.hidden) & counted).select(counts.KEYS)
    small = facts.cells.filter(pl.Series(made.primary) & counted).select(counts.KEYS)
    secret = gone.with_columns(secret=pl.lit(True))
    told = cells.join(secret, on=counts.KEYS, how="left", maintain_order="left").with_columns(
        value=pl.when(pl.col("secret").is_null()).then("value"),
        status=pl.when("secret").then(pl.lit("suppressed")).otherwise("status"),
    )
    return told.select(list(NUMBERS)), small


def _by_area(shares: pl.DataFrame, small: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The shares with whole areas counted where a number is too small by itself."""
    themes = alternatives.themes(catalog)
    touched = small.select(
        "level",
        "area",
        theme=pl.col("measure").replace_strict(themes, return_dtype=pl.String),
        year=pl.col("period").str.head(4),
        small=pl.lit(True),
    ).unique()
    return (
        shares.join(touched, on=_PLACE, how="left", maintain_order="left")
        .with_columns(district=pl.when("small").then("values").otherwise(0))
        .drop("small")
    )


def _coarser(
    catalog: Catalog, areas: pl.DataFrame, cells: pl.DataFrame, theme: str, known: Patterns
) -> list[tuple[str, str, int, int]]:
    """Theme, title, values and hidden ones of each coarser table of a theme."""
    themes = alternatives.themes(catalog)
    own = [measure for measure, named in themes.items() if named == theme]
    wholes = {t.measure for m in own for t in catalog.measures[m].part_of} - set(own)
    beside = cells.filter(pl.col("measure").is_in(wholes | {catalog.protection.residents}))
    beside = beside.filter(~pl.col("measure").is_in(own))
    part = cells.filter(pl.col("measure").is_in(own))
    rows = []
    for title, table in tables_of.tables(part):
        progress.tell("Gröbere Gliederung", f"{theme}, {title}")
        coarse = pl.concat([table(part), beside])
        declared = tables_of.catalog_with(catalog, coarse)
        try:
            hidden, _ = _protected(declared, areas, coarse, (), known)
        except ImpossibleError:
            continue  # no table to recommend
        told = hidden.filter(pl.col("measure").is_in(own))
        [total] = alternatives.totals(alternatives.shares(told, declared), "theme").to_dicts()
        rows.append((theme, title, total["values"], total["hidden"]))
    return rows
