"""Offices' tables read by declaration: merged heads, totals, footers, things unexplained."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import small_city
from prepare import areas as area_tables
from prepare import catalog as catalogs
from prepare import tables, workbooks
from prepare.areas import Areas
from prepare.recipes import Recipe, Table
from prepare.sheets import Sheet, grid

AU, BERG = "001", "002"
Grid = list[list[str | None]]


@pytest.fixture(scope="module")
def areas(tmp_path_factory: pytest.TempPathFactory) -> Areas:
    folder = small_city.write(tmp_path_factory.mktemp("city"))
    city = catalogs.catalog(folder).city
    return area_tables.areas(city, folder, folder / "deliveries", [])


def sheet(rows: Sequence[Sequence[str | None]], name: str = "Blatt1") -> Sheet:
    width = max(map(len, rows))
    padded = [[*row, *[None] * (width - len(row))] for row in rows]
    schema = {str(column): pl.String for column in range(1, width + 1)}
    cells = pl.DataFrame(padded, schema=schema, orient="row")
    numbers = pl.Series("row", range(1, len(rows) + 1), dtype=pl.Int64)
    return grid("amt/datei_2024.xlsx", name, cells.insert_column(0, numbers))


def read(
    rows: Sequence[Sequence[str | None]], areas: Areas, /, **table: Any
) -> list[tuple[Any, ...]]:
    """Area, period, measure, age, sex, text of every cell; no finding allowed."""
    found, findings = tables.rows(sheet(rows), Table.model_validate(table), areas)
    assert findings == []
    return found.select("area", "period", "measure", "age", "sex", "text").rows()


WIDE = {
    "head_rows": [1, 2],
    "period": "2024-12-31",
    "area": {"column": 1},
    "cells": {
        "measure": "residents",
        "age": {"head": 1, "values": {"unter 6": "0-5", "ab 65": "65+", "alle": "total"}},
        "sex": {"head": 2, "values": {"m": "m", "w": "w", "": "total"}},
    },
}


def test_merged_heads_are_carried_right(areas: Areas) -> None:
    rows: Grid = [
        [None, "unter 6", None, "ab 65", None, "alle"],
        ["Viertel", "m", "w", "m", "w", None],
        [AU, "1", "2", "3", "4", "10"],
    ]
    assert read(rows, areas, **WIDE) == [
        (AU, "2024-12-31", "residents", "0-5", "m", "1"),
        (AU, "2024-12-31", "residents", "0-5", "w", "2"),
        (AU, "2024-12-31", "residents", "65+", "m", "3"),
        (AU, "2024-12-31", "residents", "65+", "w", "4"),
        (AU, "2024-12-31", "residents", "total", "total", "10"),
    ]


def test_the_last_head_row_is_not_carried(areas: Areas) -> None:
    rows: Grid = [["x", "alle"], ["Viertel", "w"], [AU, "1"], [None, None]]
    rows[0] += [None]
    rows[1] += [None]
    rows[2] += ["9"]
    assert [row[-2:] for row in read(rows, areas, **WIDE)] == [("w", "1"), ("total", "9")]


def test_totals_skip_end_and_blank_rows(areas: Areas) -> None:
    table = {
        "head_rows": [1],
        "end": "^(Quelle|_{5,})",
        "period": "2024",
        "area": {"column": "Viertel", "pattern": r"^(\d{3}) "},
        "totals": {"Klein insgesamt": "000"},
        "skip": "^davon",
        "ignore": ["Anteil"],
        "cells": {"measure": {"head": 1, "values": {"Geburten": "births"}}},
    }
    rows = [
        ["Viertel", "Geburten", "Anteil"],
        ["001 Au", "5", "50,0"],
        [],
        ["davon Hof", "1", ""],
        ["Klein insgesamt", "10", "100"],
        ["__________", "", ""],
        ["nach dem Ende", "x", "x"],
    ]
    assert [(r[0], r[1], r[2], r[-1]) for r in read(rows, areas, **table)] == [
        ("001", "2024", "births", "5"),
        ("000", "2024", "births", "10"),
    ]


def test_dates_as_heads_and_areas_by_name(areas: Areas) -> None:
    table = {
        "head_rows": [1],
        "period": {"head": 1},
        "area": {"column": 1, "names": True, "level": "viertel"},
        "cells": {"measure": "residents"},
    }
    rows = [["", "2023-12-31", "31.12.2024"], ["Au", "1", "2"], ["Tal", "3", "4"]]
    assert [(r[0], r[1], r[-1]) for r in read(rows, areas, **table)] == [
        ("001", "2023-12-31", "1"),
        ("003", "2023-12-31", "3"),
        ("001", "2024-12-31", "2"),
        ("003", "2024-12-31", "4"),
    ]


def test_one_city_workbook_without_heads(areas: Areas) -> None:
    """Rows say the measure, columns nothing: area from a constant, period from the file name."""
    table = {
        "head_rows": [],
        "period": {"file": r"_(\d{4})\.", "format": "{}-12-31"},
        "area": "000",
        "ignore": [],
        "cells": {"measure": {"column": 1, "values": {"Geborene": "births", "Einw.": "residents"}}},
    }
    assert read([["Geborene", "7"], ["Einw.", "99"]], areas, **table) == [
        ("000", "2024-12-31", "births", "total", "total", "7"),
        ("000", "2024-12-31", "residents", "total", "total", "99"),
    ]


def test_period_and_area_from_sheet_name_and_cell(areas: Areas) -> None:
    table = {
        "head_rows": [2],
        "period": {"sheet": r"Stand (\d{4})"},
        "area": {"cell": "B1", "pattern": r"\((\d+)\)"},
        "cells": {"measure": {"head": 1, "values": {"Geburten": "births"}}},
    }
    rows = [["Gebiet:", "Viertel Berg (002)"], ["Geburten"], ["4"]]
    found, findings = tables.rows(sheet(rows, "Stand 2021"), Table.model_validate(table), areas)
    assert findings == []
    assert found.select("area", "period", "text").rows() == [("002", "2021", "4")]


LONG = {
    "head_rows": [1],
    "period": {"column": "jahr", "format": "{}-12-31"},
    "area": {"column": "gebiet"},
    "value": "zahl",
    "rows": [
        {"where": {"art": "E"}, "measure": "residents"},
        {"where": {"art": "A", "gruppe": "1"}, "measure": "residents", "age": "0-5"},
        {"where": {"art": "Z"}, "ignore": True},
    ],
}


def test_long_table(areas: Areas) -> None:
    rows = [
        ["jahr", "gebiet", "art", "gruppe", "zahl"],
        ["2012", AU, "E", "", "10"],
        ["2012", AU, "A", "1", "3"],
        ["2013", AU, "Z", "", "99"],
    ]
    assert read(rows, areas, **LONG) == [
        (AU, "2012-12-31", "residents", "total", "total", "10"),
        (AU, "2012-12-31", "residents", "0-5", "total", "3"),
    ]


UNEXPLAINED = [
    (
        "head",
        WIDE,
        [[None, "unter 7"], ["Viertel", "m"], [AU, "1"]],
        "head_unknown",
        "B",
        '"unter 7"',
    ),
    ("second head", WIDE, [[None, "alle"], ["", "d"], [AU, "1"]], "head_unknown", "Zeile 2", '"d"'),
    ("area", WIDE, [[None, "alle"], ["", "m"], ["099", "1"]], "area_unknown", "Zeile 3", '"099"'),
    ("blank area", WIDE, [[None, "alle"], ["", "m"], [None, "1"]], "area_unknown", "Zeile 3", '""'),
    ("no rows", WIDE, [[None, "alle"], ["", "m"]], "table_empty", "Blatt", "keine Zeilen"),
    (
        "column",
        {**WIDE, "area": {"column": "Bezirk"}},
        [[None, "alle"], ["Viertel", "m"], [AU, "1"]],
        "column_missing",
        "Blatt",
        '"Bezirk"',
    ),
    (
        "column number",
        {**WIDE, "area": {"column": 9}},
        [[None, "alle"], ["Viertel", "m"], [AU, "1"]],
        "column_missing",
        "Blatt",
        "Nr. 9 (I)",
    ),
    (
        "period",
        {**WIDE, "period": {"cell": "A1", "pattern": r"Stand (\S+)"}},
        [["Stand: heute", "alle"], ["", "m"], [AU, "1"]],
        "period_unknown",
        "Blatt",
        '"Stand: heute"',
    ),
    (
        "long row",
        LONG,
        [["jahr", "gebiet", "art", "gruppe", "zahl"], ["2012", AU, "Q", "", "1"]],
        "row_unknown",
        "Zeile 2",
        'art = "Q"',
    ),
    (
        "label column",
        {
            "head_rows": [1],
            "period": "2024",
            "area": "000",
            "cells": {"measure": {"column": 1, "values": {"Geburten": "births"}}},
        },
        [["", "Zahl"], ["Geburtn", "1"]],
        "label_unknown",
        "Zeile 2",
        'Meinten Sie "Geburten"?',
    ),
]


@pytest.mark.parametrize(
    ("table", "rows", "rule", "place", "words"),
    [case[1:] for case in UNEXPLAINED],
    ids=[case[0] for case in UNEXPLAINED],
)
def test_what_the_recipe_does_not_explain_is_named(
    table: dict[str, Any],
    rows: Grid,
    rule: str,
    place: str,
    words: str,
    areas: Areas,
) -> None:
    _, findings = tables.rows(sheet(rows), Table.model_validate(table), areas)
    [finding] = findings
    assert finding.rule == rule
    assert finding.file == "amt/datei_2024.xlsx"
    assert place in finding.place
    assert words in str(finding)
    assert finding.remedy


def test_one_finding_per_text_not_per_cell(areas: Areas) -> None:
    rows: Grid = [[None, "alle"], ["", "m"]]
    rows.extend([area, "1"] for area in ("099", "098") for _ in range(50))
    _, findings = tables.rows(sheet(rows), Table.model_validate(WIDE), areas)
    assert [finding.place for finding in findings] == [
        'Blatt "Blatt1", Zeile 3, Spalte A',
        'Blatt "Blatt1", Zeile 53, Spalte A',
    ]


def test_workbook_as_an_office_sends_it(tmp_path: Path, areas: Areas) -> None:
    """Title lines, merged heads, a remark column, a skipped and a total row, a footer."""
    path = tmp_path / "bestand_2024.xlsx"
    small_city.workbook(path)
    recipe = Recipe.model_validate(tomllib.loads(small_city.RECIPE))
    [found] = workbooks.sheets(path, path.name, "Bestand")
    rows, findings = tables.rows(found, recipe.tables[0], areas)
    assert findings == []
    assert rows.height == 5 * 9
    assert set(rows["period"]) == {"2024-12-31"}
    men_65 = rows.filter(pl.col("age") == "65+", pl.col("sex") == "m").sort("area")
    assert men_65.select("area", "text").rows() == [
        ("000", "99"),
        ("001", "50"),
        ("002", "7"),
        ("003", "9"),
        ("004", "33"),
    ]
    berg = rows.filter(pl.col("area") == BERG, pl.col("age") == "18-64").sort("sex")
    assert berg.select("text", "row", "column").rows() == [("1005", 7, 6), ("6", 7, 7)]
