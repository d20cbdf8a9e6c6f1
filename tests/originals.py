"""Recipes applied to original files of offices, with areas and measures made for the test."""

from __future__ import annotations

import csv
import io
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

import server
import small_city
from model.catalog import Catalog, City
from prepare import area_rows, deliveries
from prepare import areas as area_tables
from prepare.areas import Areas
from prepare.deliveries import Delivery
from prepare.findings import Finding
from prepare.recipes import Recipe

RAW = server.ROOT.parent / "shared" / "data" / "raw_formats"
ITNRW = {
    "period": {"column": 1},
    "area": {"column": 2, "outside": "ignore", "known": r"^\d{2,8}$"},
    "end": "^_{5,}",
}
"""What the tables of the Landesdatenbank have in common."""

STAND = {"line": r"^Stand: (\d\d\.\d\d\.\d{4})"}
LICENCE = "^©.*"


def delivered(
    folder: Path, ids: Iterable[str], table: dict[str, Any], /, **recipe: Any
) -> tuple[Delivery, list[Finding]]:
    """What one recipe brings of a folder, for a city made of these areas."""
    given = {
        "id": "probe",
        "title": "Probe",
        "office": "Amt",
        "source": "amt",
        "basis": "Wohnort",
        "each_row_is": "ein Gebiet",
        "tables": [table],
    }
    made = Recipe.model_validate(given | recipe)
    findings: list[Finding] = []
    [found] = deliveries.deliveries([made], folder, catalog(made), areas(ids), findings)
    return found, findings


def areas(ids: Iterable[str]) -> Areas:
    """A city, and beside it these areas, which need no shapes."""
    lines = [",".join(area_rows.COLUMNS), "stadt,S,Stadt,,,,,"]
    lines += [f"kreis,{area},{area},,,,," for area in sorted(set(ids))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "areas").mkdir()
        (folder / "areas" / "areas.csv").write_text("\n".join(lines), encoding="utf-8")
        return area_tables.areas(City.model_validate(_city()), folder, folder, [])


def _city() -> dict[str, Any]:
    """The small city without districts."""
    city = tomllib.loads(small_city.CITY)
    levels = [level for level in city["levels"] if level["id"] in ("kreis", "stadt")]
    return city | {"levels": levels, "default_level": "stadt"}


def catalog(recipe: Recipe) -> Catalog:
    """A catalog with all measures a recipe reads, by all breakdowns."""
    ids: set[str] = set()
    for table in recipe.tables:
        ids |= {rule.measure for rule in table.rows if rule.measure}
        if table.cells is not None:
            told = table.cells.measure
            ids |= {told} if isinstance(told, str) else set(told.values.values())
    measures = [
        {"id": i, "title": i, "unit": "Jahre", "breakdowns": ("age", "sex", "nationality")}
        for i in sorted(ids)
    ]
    city = _city() | {"measures": measures}
    return Catalog.model_validate(
        {
            "city": city,
            "themes": [tomllib.loads(small_city.THEME)],
            "protection": tomllib.loads(small_city.PROTECTION)["public"],
        }
    )


def value(found: Delivery, area: str, **keys: str) -> float | None:
    """The value of the one count of an area with these keys."""
    rows = found.counts.filter(pl.col("area") == area, *(pl.col(k) == v for k, v in keys.items()))
    assert rows.height == 1, rows
    told: float | None = rows["value"].item()
    return told


def lines(path: Path) -> list[list[str]]:
    """The file a second way: Python's csv module, cp1252."""
    text = path.read_bytes().decode("cp1252")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
