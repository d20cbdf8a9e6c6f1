"""Facilities with place and yearly values, as facilities.toml declares and offices deliver them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from model.catalog import Catalog
from prepare import facility_places, facility_recipes, facility_tables, facility_values
from prepare.areas import Areas
from prepare.checks import files as file_checks
from prepare.facility_recipes import FacilityRecipe
from prepare.facility_tables import FacilityTable
from prepare.findings import Finding, nearest

SCHEMA = {
    "facility": pl.String,
    "name": pl.String,
    "type": pl.String,
    "type_title": pl.String,
    "area": pl.String,
    "address": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "delivery": pl.String,
    "file": pl.String,
    "sheet": pl.String,
    "row": pl.Int64,
}
"""One row per facility; `area` is one of the default level, '' outside the city."""


@dataclass(frozen=True)
class Facilities:
    """All facilities (SCHEMA), their values (facility_values.SCHEMA), and where they come from.

    `told` describes each delivery for the manifest.
    """

    table: pl.DataFrame
    values: pl.DataFrame
    told: Mapping[str, Mapping[str, Any]]


def delivered(declared: facility_recipes.Facilities | None, files: Path) -> list[Path]:
    """The delivered files that the declared facilities are read from."""
    recipes = declared.recipes if declared else ()
    return [path for recipe in recipes for path in file_checks.paths(files, recipe.files)]


def facilities(
    declared: facility_recipes.Facilities | None,
    files: Path,
    catalog: Catalog,
    areas: Areas,
    findings: list[Finding],
) -> Facilities | None:
    """The declared facilities of a city with its deliveries in `files`; None if there are none.

    What is wrong with the files is appended to `findings` and left out.
    """
    if declared is None:
        return None
    titles = {each.id: each.title for each in declared.types}
    read = {r.id: facility_tables.tables(r, files, findings) for r in declared.recipes}
    hidden = {each for found in read.values() for t in found for each in _hidden(t, titles)}
    read = {name: [table.without(hidden) for table in found] for name, found in read.items()}
    tables = [table for found in read.values() for table in found]
    points = [_points(t, titles, catalog, areas, findings) for t in tables]
    table = pl.concat([pl.DataFrame(schema=SCHEMA), *points])
    findings += _repeated(table)
    table = table.unique("facility", keep="first", maintain_order=True)
    listed = {each for t in tables if t.recipe.points for each in facility_tables.ids(t)}
    values = facility_values.values_of(tables, listed, findings)
    # Those with a wrong row have been reported; their values wait for the row to be right.
    values = values.join(table, on="facility", how="semi", maintain_order="left")
    told = {recipe.id: _told(recipe, read[recipe.id], values, files) for recipe in declared.recipes}
    return Facilities(table.sort("type", "facility"), values, told)


def _hidden(table: FacilityTable, titles: Mapping[str, str]) -> list[str]:
    """Ids of the listed facilities of types that the release's audience may not know."""
    kind = table.recipe.points.type if table.recipe.points else ""
    if isinstance(kind, str):
        return []
    others = [text for text, type_ in kind.values.items() if type_ not in titles]
    rows = table.rows.filter(table.texts(kind.column).is_in(others))
    return rows.select(table.texts(table.recipe.facility).alias("id"))["id"].to_list()


def _points(
    table: FacilityTable,
    titles: Mapping[str, str],
    catalog: Catalog,
    areas: Areas,
    findings: list[Finding],
) -> pl.DataFrame:
    """The facilities of one sheet (SCHEMA) that have an id, a name, a type and a place."""
    points = table.recipe.points
    if points is None:
        return pl.DataFrame(schema=SCHEMA)
    kind = points.type
    told = pl.lit(kind) if isinstance(kind, str) else table.texts(kind.column)
    known = {each: each for each in titles} if isinstance(kind, str) else kind.values
    rows = table.rows.select(
        "row",
        table.texts(table.recipe.facility).alias("facility"),
        table.texts(points.name).alias("name"),
        told.alias("kind"),
        told.replace_strict(known, default=None, return_dtype=pl.String).alias("type"),
        table.texts(points.address).alias("address"),
        *facility_places.texts(table),
    )
    findings += _incomplete(rows, table, known)
    sound = rows.filter(
        pl.col("type").is_not_null() & (pl.col("facility") != "") & (pl.col("name") != "")
    )
    return (
        facility_places.placed(sound, table, catalog, areas, findings)
        .with_columns(
            type_title=pl.col("type").replace_strict(dict(titles), return_dtype=pl.String),
            delivery=pl.lit(table.recipe.id),
            file=pl.lit(table.sheet.file),
            sheet=pl.lit(table.sheet.name),
        )
        .select(SCHEMA.keys())
    )


def _incomplete(
    rows: pl.DataFrame, table: FacilityTable, known: Mapping[str, str]
) -> list[Finding]:
    """Rows without id or name, and types nobody declared."""
    points = table.recipe.points
    kind = points.type if points else None
    head = None if kind is None or isinstance(kind, str) else kind.column
    found = []
    for row in rows.to_dicts():
        if not row["facility"] or not row["name"]:
            words = ("Kennung oder Name der Einrichtung fehlt.", "Ausfüllen oder Zeile löschen.")
            found.append(table.finding("facility_incomplete", row["row"], None, None, words))
        elif row["type"] is None:
            message = f'"{row["kind"]}" ist im Rezept nicht als Art einer Einrichtung erklärt.'
            words = (message, f"In type.values ergänzen. {nearest(row['kind'], known)}")
            rule = "facility_type_unknown"
            found.append(table.finding(rule, row["row"], head, row["kind"], words))
    return found


def _repeated(table: pl.DataFrame) -> list[Finding]:
    """Facilities whose id stands in more than one row."""
    twice = table.filter(~pl.struct("facility").is_first_distinct())
    return [
        Finding(
            "facility_repeated",
            row["file"],
            f"Zeile {row['row']}",
            f'Die Einrichtung "{row["facility"]}" steht schon weiter oben.',
            "Jeder Einrichtung eine eigene Kennung geben, jede nur einmal nennen.",
            row["sheet"],
            row["row"],
            value=row["facility"],
        )
        for row in twice.to_dicts()
    ]


def _told(
    recipe: FacilityRecipe, tables: list[FacilityTable], values: pl.DataFrame, folder: Path
) -> dict[str, Any]:
    """What the manifest says of one delivery."""
    names = sorted({table.sheet.file for table in tables})
    sheets = pl.DataFrame(
        [(table.sheet.file, table.sheet.name) for table in tables],
        schema={"file": pl.String, "sheet": pl.String},
        orient="row",
    )
    own = values.join(sheets, on=["file", "sheet"], how="semi")
    return {
        "title": recipe.title,
        "office": recipe.office,
        "source": recipe.source,
        "basis": recipe.basis,
        "each_row_is": recipe.each_row_is,
        "files": [
            {"name": name, "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest()}
            for name in names
        ],
        "periods": sorted(own["period"].unique()),
        "levels": [],
        "measures": sorted(own["measure"].unique()),
        "modelled": recipe.status == "modelled",
    }
