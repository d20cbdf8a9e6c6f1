"""Facilities: read by declaration, placed in an area, with yearly values; faults are named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pyproj
import pytest
import shapely

import small_city
from model.catalog import Catalog
from prepare import areas as area_tables
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import facilities, facility_recipes, facility_values
from prepare.areas import Areas
from prepare.facilities import Facilities
from prepare.findings import Finding, PreparationError
from small_city import change

ROOT = Path(__file__).parents[1]
MINDEN = ROOT / "data" / "minden"
TOML = """
[[types]]
id = "kita"
title = "Kita"
plural = "Kitas"

[[types]]
id = "schule"
title = "Schule"
plural = "Schulen"

[[recipes]]
id = "liste"
title = "Einrichtungen"
office = "Jugendamt"
source = "amt"
basis = "Lage"
each_row_is = "eine Einrichtung"
files = "liste.csv"
end = "^Quelle"
facility = "Nr"

[recipes.points]
name = "Name"
address = "Anschrift"
area = "Viertel"
lon = "Länge"
lat = "Breite"
type = { column = "Art", values = { "Kita" = "kita", "Schule" = "schule" } }

[[recipes.values]]
heads = 'Plätze (\\d{4})'
format = "{}-12-31"
measure = "places"

[[recipes]]
id = "belegung"
title = "Belegung"
office = "Jugendamt"
source = "amt"
basis = "Lage"
each_row_is = "eine Einrichtung in einem Jahr"
files = "belegung.csv"
facility = "Nr"
signs = { "k.A." = "not_collected" }

[[recipes.values]]
heads = "Kinder"
period_column = "Jahr"
measure = "children"
"""
LIST = """Nr;Name;Art;Anschrift;Viertel;Länge;Breite;Plätze 2023;Plätze 2024
K1;Kita Eins;Kita;Weg 1;001 AU;9,008;52,005;40;45
K2;Kita Zwei;Kita;;Berg;9,017;52,001;;60
S1;Schule;Schule;Weg 3;Tal;;;200;-
Quelle: Amt
"""
VALUES = "Nr;Jahr;Kinder\nK1;2024;44\nK2;2024;k.A.\nS1;2023/24;199\n"
MEASURES = """
[[measures]]
id = "places"
title = "Plätze"
unit = "Plätze"

[[measures]]
id = "children"
title = "Kinder"
unit = "Personen"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = small_city.write(tmp_path)
    with (made / "measures.toml").open("a", encoding="utf-8") as file:
        file.write(MEASURES)
    (made / "facilities.toml").write_text(TOML, encoding="utf-8")
    (made / "deliveries/liste.csv").write_text(LIST, encoding="utf-8")
    (made / "deliveries/belegung.csv").write_text(VALUES, encoding="utf-8")
    return made


def place(folder: Path) -> tuple[Catalog, Areas]:
    catalog = catalogs.catalog(folder)
    return catalog, area_tables.areas(catalog.city, folder, folder / "deliveries", [])


def read(folder: Path) -> tuple[Facilities, list[Finding]]:
    findings: list[Finding] = []
    catalog, areas = place(folder)
    declared = facility_recipes.declared(folder, catalog)
    found = facilities.facilities(declared, folder / "deliveries", catalog, areas, findings)
    assert found is not None
    assert dict(found.table.schema) == facilities.SCHEMA
    assert dict(found.values.schema) == facility_values.SCHEMA
    return found, findings


def test_facilities_with_type_place_and_area(folder: Path) -> None:
    found, findings = read(folder)
    assert findings == []
    kept = found.table.drop("type_title", "delivery", "file", "sheet").rows()
    assert kept == [
        ("K1", "Kita Eins", "kita", "001", "Weg 1", 9.008, 52.005, 2),
        ("K2", "Kita Zwei", "kita", "002", "", 9.017, 52.001, 3),
        ("S1", "Schule", "schule", "003", "Weg 3", None, None, 4),
    ]
    assert found.table["type_title"].to_list() == ["Kita", "Kita", "Schule"]
    assert set(found.table["file"]) == {"liste.csv"}


def test_yearly_values_from_heads_and_from_a_long_file(folder: Path) -> None:
    found, _ = read(folder)
    assert found.values.drop("sheet").rows() == [
        ("K1", "2024", "children", 44, "ok", "belegung.csv", 2, 3),
        ("K1", "2023-12-31", "places", 40, "ok", "liste.csv", 2, 8),
        ("K1", "2024-12-31", "places", 45, "ok", "liste.csv", 2, 9),
        ("K2", "2024", "children", None, "not_collected", "belegung.csv", 3, 3),
        ("K2", "2024-12-31", "places", 60, "ok", "liste.csv", 3, 9),
        ("S1", "2023", "children", 199, "ok", "belegung.csv", 4, 3),
        ("S1", "2023-12-31", "places", 200, "ok", "liste.csv", 4, 8),
        ("S1", "2024-12-31", "places", 0, "ok", "liste.csv", 4, 9),
    ]
    assert found.told["liste"]["periods"] == ["2023-12-31", "2024-12-31"]
    assert found.told["belegung"]["measures"] == ["children"]


def test_coordinates_in_metres(folder: Path) -> None:
    east, north = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:25832", always_xy=True).transform(
        9.008, 52.005
    )
    change(folder / "facilities.toml", 'lon = "Länge"', 'easting = "Länge"\ncrs = "EPSG:25832"')
    change(folder / "facilities.toml", 'lat = "Breite"', 'northing = "Breite"')
    metres = f"{east:.2f};{north:.2f}".replace(".", ",")
    change(folder / "deliveries/liste.csv", "9,008;52,005", metres)
    change(folder / "deliveries/liste.csv", "9,017;52,001", ";")
    change(folder / "deliveries/liste.csv", "K2;Kita Zwei;Kita;;", "K2;Kita Zwei;Kita;Weg 2;")
    found, findings = read(folder)
    assert findings == []
    [first] = found.table.filter(pl.col("facility") == "K1").to_dicts()
    assert (first["lon"], first["lat"]) == pytest.approx((9.008, 52.005), abs=1e-6)
    assert first["area"] == "001"


def test_a_workbook_names_sheet_and_row(folder: Path) -> None:
    """The same list as a workbook with a title above the heads."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Liste"
    sheet.append(["Einrichtungen der Stadt"])
    for line in LIST.splitlines():
        cells = line.split(";")
        told: list[Any] = [*cells[:5]]
        told += [float(c.replace(",", ".")) if c[:1].isdigit() else c or None for c in cells[5:]]
        sheet.append(told)
    book.save(folder / "deliveries/liste.xlsx")
    change(folder / "facilities.toml", '"liste.csv"', '"liste.xlsx"\nhead_row = 2')
    found, findings = read(folder)
    assert findings == []
    assert found.table.select("facility", "area", "lon", "sheet", "row").rows() == [
        ("K1", "001", 9.008, "Liste", 3),
        ("K2", "002", 9.017, "Liste", 4),
        ("S1", "003", None, "Liste", 5),
    ]
    assert found.values.filter(pl.col("measure") == "places")["value"].to_list() == [
        40, 45, 60, 200, 0,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "rule", "grade", "where", "words"),
    [
        ("K2;Kita Zwei", "K1;Kita Zwei", "facility_repeated", "error", "Zeile 3", '"K1" steht'),
        ("K1;Kita Eins", ";Kita Eins", "facility_incomplete", "error", "Zeile 2", "Kennung oder"),
        ("Kita Eins;Kita", ";Kita", "facility_incomplete", "error", "Zeile 2", "Name"),
        ("Zwei;Kita", "Zwei;Hort", "facility_type_unknown", "error", "Zeile 3, Spalte C", '"Hort"'),
        ("9,017;52,001", ";", "facility_place_missing", "error", "Zeile 3", "weder Anschrift noch"),
        ("9,017;52,001", "52,001;9,017", "facility_coordinates", "error",
         "Zeile 3, Spalte F", "vertauscht"),
        ("9,017;52,001", "0;0", "facility_coordinates", "error", "Zeile 3, Spalte F", "0 und 0"),
        ("9,017;52,001", "9,017;", "facility_coordinates", "error", "Zeile 3, Spalte G", '""'),
        ("9,017;52,001", "Ost;52,001", "facility_coordinates", "error", "Spalte F", '"Ost"'),
        ("9,017;52,001", "9017;52001", "facility_coordinates", "error", "Spalte F", "gibt es in"),
        ("9,017;52,001", "9,5;52,5", "facility_outside", "warning", "Spalte F", "außerhalb aller"),
        ("9,017;52,001", "9,01;52,001", "facility_area_differs", "warning", "Spalte E",
         "liegt in Gebiet 001, angegeben ist 002"),
        ("Weg 3;Tal", "Weg 3;", "facility_area_missing", "warning", "Zeile 4", "hat kein Gebiet"),
        ("001 AU", "Aue", "area_unknown", "error", "Zeile 2, Spalte E", 'Meinten Sie "Au"?'),
        ("40;45", "-40;45", "facility_negative", "error", "Zeile 2, Spalte H", "-40 ist kleiner"),
        ("40;45", "viele;45", "cell_no_number", "error", "Zeile 2, Spalte H", '"viele"'),
        ("Anschrift;", "Adresse;", "column_missing", "error", "Zeile 1", '"Anschrift"'),
        ("Plätze 20", "Platz 20", "column_missing", "error", "Zeile 1", "passt auf heads"),
    ],
)  # fmt: skip
def test_faults_of_the_list(
    old: str, new: str, rule: str, grade: str, where: str, words: str, folder: Path
) -> None:
    text = (folder / "deliveries/liste.csv").read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, -1 if rule == "column_missing" else 1)
    (folder / "deliveries/liste.csv").write_text(text, encoding="utf-8")
    found = [finding for finding in read(folder)[1] if finding.rule == rule]
    assert found, read(folder)[1]
    assert (found[0].grade, found[0].file) == (grade, "liste.csv")
    assert where in found[0].place
    assert words in found[0].message + found[0].remedy


def test_the_same_value_in_two_columns(folder: Path) -> None:
    change(folder / "facilities.toml", r"'Plätze (\d{4})'", r"'(?:Soll )?Plätze (\d{4})'")
    change(folder / "deliveries/liste.csv", "Plätze 2024", "Soll Plätze 2023")
    found, findings = read(folder)
    assert [(f.rule, f.row, f.column) for f in findings] == [
        ("cell_doubled", 2, 9),
        ("cell_doubled", 4, 9),
    ]
    places = found.values.filter(pl.col("measure") == "places")
    assert places.select("facility", "value").rows() == [("K1", 40), ("K2", 60), ("S1", 200)]


def test_values_of_a_facility_nobody_lists(folder: Path) -> None:
    change(folder / "deliveries/belegung.csv", "K1;2024", "K9;2024")
    change(folder / "deliveries/belegung.csv", "2023/24", "bald")
    found, findings = read(folder)
    assert [(f.rule, f.row, f.value) for f in findings] == [
        ("facility_unknown", 2, "K9"),
        ("period_unknown", 4, "bald"),
    ]
    assert found.values.filter(pl.col("measure") == "children").height == 1


def test_a_wrong_row_is_reported_once(folder: Path) -> None:
    """Its values are left out without another finding."""
    change(folder / "deliveries/liste.csv", "9,008;52,005", "0;0")
    found, findings = read(folder)
    assert [finding.rule for finding in findings] == ["facility_coordinates"]
    assert set(found.values["facility"]) == {"K2", "S1"}


def test_an_outside_point_has_no_area(folder: Path) -> None:
    change(folder / "deliveries/liste.csv", "9,017;52,001", "9,5;52,5")
    found, _ = read(folder)
    assert found.table.filter(pl.col("facility") == "K2")["area"].to_list() == [""]


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ('source = "amt"', 'source = "land"', "source_unknown", '"land"'),
        ('measure = "places"', 'measure = "plaetze"', "measure_unknown", '"plaetze"'),
        ('"Schule" = "schule"', '"Schule" = "hort"', "facility_type_unknown", '"hort"'),
        ('id = "schule"', 'id = "kita"', "id_repeated", '"kita" steht mehrmals'),
        ('lat = "Breite"', "", "value_wrong", "entweder lon und lat"),
        ('lon = "Länge"\nlat = "Breite"', 'easting = "Länge"\nnorthing = "Breite"',
         "value_wrong", 'brauchen crs = "EPSG:25832"'),
        ('lat = "Breite"', 'lat = "Breite"\ncrs = "Gauß"', "value_wrong", "kein Koordinatensystem"),
        ('period_column = "Jahr"', "", "value_wrong", "genau eine Angabe des Zeitpunkts"),
        ('facility = "Nr"', 'facilty = "Nr"', "key_unknown", 'Meinten Sie "facility"?'),
    ],
)  # fmt: skip
def test_faults_of_the_declaration(old: str, new: str, rule: str, words: str, folder: Path) -> None:
    change(folder / "facilities.toml", old, new)
    with pytest.raises(PreparationError) as error:
        read(folder)
    found = [finding for finding in error.value.findings if finding.rule == rule]
    assert found, error.value.findings
    assert words in str(found[0])
    assert found[0].file == "klein/facilities.toml"


def test_missing_and_foreign_files(folder: Path) -> None:
    (folder / "deliveries/belegung.csv").unlink()
    assert [finding.rule for finding in read(folder)[1]] == ["file_missing"]
    (folder / "deliveries/belegung.pdf").write_bytes(b"%PDF")
    change(folder / "facilities.toml", "belegung.csv", "belegung.pdf")
    assert [finding.rule for finding in read(folder)[1]] == ["format_unknown"]


def test_a_release_carries_facilities_only_where_a_city_has_some(folder: Path) -> None:
    made = builds.build(folder, folder / "deliveries", "public", [])
    assert made.frames["facilities.parquet"].height == 3
    assert made.frames["facility_values.parquet"].height == 8
    assert made.deliveries["liste"]["files"][0]["name"] == "liste.csv"
    (folder / "facilities.toml").unlink()
    made = builds.build(folder, folder / "deliveries", "public", [])
    assert not [path for path in made.frames if "facilit" in path]


def test_mindens_modelled_facilities_lie_where_their_names_say() -> None:
    """Against the workbook read with openpyxl and the polygons as drawn."""
    catalog, areas = place(MINDEN)
    findings: list[Finding] = []
    declared = facility_recipes.declared(MINDEN, catalog)
    found = facilities.facilities(declared, MINDEN / "deliveries", catalog, areas, findings)
    assert found is not None
    assert findings == []
    assert found.table.group_by("type").len().sort("type").rows() == [
        ("beratungsstelle", 3), ("grundschule", 12), ("jugendtreff", 6), ("kita", 40),
        ("spielplatz", 39),
    ]  # fmt: skip
    path = MINDEN / "deliveries/jugendamt/Einrichtungen_Minden.xlsx"
    rows = openpyxl.load_workbook(path)["Einrichtungen"].iter_rows(min_row=6, values_only=True)
    listed = {row[0]: row for row in rows if row[1] is not None}
    names = dict(zip(areas.table["area"], areas.table["name"], strict=True))
    drawn = areas.exact["stadtbezirk"]
    polygons = dict(zip(drawn.ids, drawn.degrees(drawn.polygons), strict=True))
    assert found.table.height == len(listed)
    for row in found.table.to_dicts():
        assert "Modell" in row["name"], "no real institution"
        assert names[row["area"]] == listed[row["facility"]][4]
        assert polygons[row["area"]].contains(shapely.Point(row["lon"], row["lat"]))
    assert set(found.values["status"]) == {"modelled"}
    wide = found.values.pivot("measure", index=["facility", "period"], values="value")
    assert wide.height == (12 + 6 + 40) * 5, "nobody counts places of the others"
    assert wide.filter(pl.col("facility_users") > pl.col("facility_places")).is_empty()
    of_2024 = wide.filter(pl.col("period") == "2024-12-31")
    told = dict(of_2024.select("facility", "facility_places").iter_rows())
    assert told == {key: row[11] for key, row in listed.items() if row[11]}
    # Published for August 2024, without family day care: 3,073.
    assert sum(places for key, places in told.items() if key.startswith("K")) == 3_073


def test_a_value_without_a_facility_is_no_value(folder: Path) -> None:
    """A file of values only: nothing else would tell that the row is lost."""
    change(folder / "deliveries/belegung.csv", "K1;2024", ";2024")
    found, findings = read(folder)
    assert [(f.rule, f.row, f.column, f.value) for f in findings] == [
        ("facility_incomplete", 2, 3, "44")
    ]
    assert found.values.filter(pl.col("measure") == "children").height == 2


def test_a_column_that_is_read_must_be_there_once(folder: Path) -> None:
    change(folder / "deliveries/liste.csv", "Plätze 2024", "Plätze 2023")
    _, findings = read(folder)
    assert [(f.rule, f.row, f.column, f.value) for f in findings if f.file == "liste.csv"] == [
        ("column_repeated", 1, 9, "Plätze 2023")
    ]


def test_files_of_facilities_are_looked_at_before_they_are_read(folder: Path) -> None:
    (folder / "deliveries/belegung.csv").write_bytes(b" \n")
    assert [finding.rule for finding in read(folder)[1]] == ["file_empty"]
