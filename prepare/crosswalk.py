"""Areas that were merged, split or renamed: areas/crosswalk.csv, read and checked.

A row says that counts of area `from` before `since` are counts of area `to`, by `weight`.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from model.catalog import City
from prepare import crosswalk_checks, csv_tables, series_breaks
from prepare.findings import refuse

COLUMNS = ("from", "to", "weight", "since", "kind")
OPTIONAL = ("measure", "from_name", "note")
SCHEMA = {
    "row": pl.Int64,
    "measure": pl.String,
    "from": pl.String,
    "from_name": pl.String,
    "to": pl.String,
    "weight": pl.Float64,
    "since": pl.String,
    "kind": pl.String,
    "note": pl.String,
}


def changes(path: Path, name: str, table: pl.DataFrame, city: City) -> pl.DataFrame:
    """The rows of crosswalk.csv (SCHEMA), oldest change first; none if there is no such file.

    `table` lists today's areas (areas.SCHEMA). `measure` is '' for all, an empty weight is 1.
    Raises PreparationError with all findings.
    """
    if not path.exists():
        return pl.DataFrame(schema=SCHEMA)
    rows = csv_tables.table(path, name, COLUMNS, OPTIONAL).with_columns(
        pl.col("weight").replace("", "1")
    )
    refuse(crosswalk_checks.findings(rows, name, table, city))
    return rows.cast({"weight": pl.Float64}).select(SCHEMA.keys()).sort("since", "row")


def former(changes: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Areas that are no more: area, name ('' if nobody says) and the level they were on."""
    levels = dict(zip(table["area"], table["level"], strict=True))
    rows = changes.sort("since", "row", descending=True).select("from", "from_name", "to").rows()
    names: dict[str, str] = {}
    for area, name, to in rows:
        levels.setdefault(area, levels[to])
        names[area] = names.get(area) or name
    listed = set(table["area"])
    return pl.DataFrame(
        [(area, name, levels[area]) for area, name in names.items() if area not in listed],
        schema={"area": pl.String, "name": pl.String, "level": pl.String},
        orient="row",
    ).sort("area")


def successors(changes: pl.DataFrame, area: str, since: str) -> list[str]:
    """The areas of today in which `area` lies that came to be at `since`, by later changes."""
    later = changes.filter((pl.col("from") == area) & (pl.col("since") > since))
    if later.is_empty():
        return [area]
    first = later.filter(pl.col("since") == pl.col("since").min())
    found = [
        successor
        for to, when in first.select("to", "since").unique(maintain_order=True).iter_rows()
        for successor in successors(changes, to, when)
    ]
    return list(dict.fromkeys(found))


def breaks(changes: pl.DataFrame) -> pl.DataFrame:
    """Where series of today's areas break (series_breaks.SCHEMA); renaming is no break."""
    real = changes.filter(pl.col("kind") != "renamed")
    told = [
        (row["measure"], area, row["since"], row["from"], row["note"])
        for row in real.iter_rows(named=True)
        for area in successors(changes, row["to"], row["since"])
    ]
    schema = dict.fromkeys(("measure", "area", "period", "from", "note"), pl.String)
    made = pl.lit("Neuer Gebietszuschnitt, umgerechnet aus ") + pl.col("from").unique(
        maintain_order=True
    ).str.join(", ")
    notes = pl.col("note").filter(pl.col("note") != "").unique(maintain_order=True).str.join("; ")
    return (
        pl.DataFrame(told, schema=schema, orient="row")
        .group_by("measure", "area", "period", maintain_order=True)
        .agg(made.alias("made"), notes.alias("note"))
        .with_columns(
            kind=pl.lit("areas"),
            note=pl.when(pl.col("note") != "").then("note").otherwise(pl.col("made") + "."),
        )
        .select(series_breaks.SCHEMA.keys())
        .sort("measure", "area", "period")
    )
