"""Checks of a row's key against the name beside it: '05 Innenstadt' where 05 is another area."""

from __future__ import annotations

import polars as pl

from prepare.reading import Reading
from prepare.recipe_places import AreaOrigin


def differing(read: Reading, texts: pl.DataFrame, rows: pl.DataFrame) -> None:
    """Note rows that name another area of the same level than the one their key means.

    `texts` are all cells (row, column, text), `rows` what tables.rows made of them.
    """
    origin = read.table.area
    if not isinstance(origin, AreaOrigin) or origin.column is None or origin.names:
        return
    told = rows.select("row", "area").unique().join(read.areas.table, on="area")
    named = _named(read, texts).join(told.select("row", "area", "level"), on="row")
    own = named.filter(pl.col("area") == pl.col("named"))
    wrong = (
        named.join(read.areas.table.select(named="area", level="level"), on=["named", "level"])
        .join(own, on="row", how="anti")
        .sort("row", "column")
        .unique("row", keep="first", maintain_order=True)
    )
    names = dict(zip(read.areas.table["area"], read.areas.table["name"], strict=True))
    for row in wrong.to_dicts():
        read.note(
            "area_name_differs",
            f"Der Schlüssel meint {row['area']} ({names[row['area']]}), daneben steht "
            f'"{row["text"]}".',
            "Schlüssel und Namen der Zeile abgleichen; vielleicht ist eine Spalte verrutscht.",
            row["row"],
            row["column"],
        )


def _named(read: Reading, texts: pl.DataFrame) -> pl.DataFrame:
    """Cells that are an area's name: row, column, text, and the area `named`."""
    areas = read.areas.table.unpivot(["name", "short"], index="area", value_name="text")
    known = areas.select(folded=_folded(pl.col("text")), named="area").unique()
    keys = pl.col("text").is_in(list(read.areas.ids))
    words = texts.filter(pl.col("text").str.contains(r"\pL"), ~keys)
    return words.with_columns(folded=_folded(pl.col("text"))).join(known, on="folded")


def _folded(text: pl.Expr) -> pl.Expr:
    """A name without the number before it, hyphens and case."""
    return (
        text.str.to_lowercase()
        .str.replace(r"^[\d\W_]+", "")
        .str.replace_all(r"[\s_\-–/.]+", " ")
        .str.strip_chars()
    )
