"""The whole way in a small city: from a workbook to the Parquet files of a release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

import small_city
from model.catalog import Catalog
from prepare import build as builds
from prepare import release
from prepare.findings import Finding, PreparationError
from small_city import RESIDENTS, change

COUNTS = [
    *("level", "area", "period", "age", "sex", "nationality", "value", "status", "delivery"),
    *("file", "sheet", "row", "column"),
]
PUBLISHED = "area,period,measure,age,sex,nationality,indicator,value,unit,title,basis,source\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def build(folder: Path) -> release.Content:
    return builds.build(folder, folder / "deliveries", "public", [])


def findings(folder: Path) -> tuple[Finding, ...]:
    with pytest.raises(PreparationError) as error:
        build(folder)
    return error.value.findings


def built(folder: Path, measure: str) -> pl.DataFrame:
    return build(folder).frames[f"counts/{measure}.parquet"]


def value(frame: pl.DataFrame, area: str, age: str = "total", sex: str = "total") -> Any:
    found = frame.filter(pl.col("area") == area, pl.col("age") == age, pl.col("sex") == sex)
    return found.select("value", "status").row(0)


def test_every_cell_and_every_sum(folder: Path) -> None:
    frame = built(folder, "residents")
    assert frame.columns == COUNTS
    assert frame.sort(COUNTS[:6]).equals(frame)
    assert frame.height == 7 * 5 * 3, "7 areas, 4 ages and total, 2 sexes and total"
    for label, cells in RESIDENTS.items():
        assert value(frame, label[:3]) == (sum(cells), "ok")
        assert value(frame, label[:3], sex="w") == (sum(cells[1::2]), "ok")
        assert value(frame, label[:3], age="65+") == (sum(cells[6:]), "ok")
    north = [a + b for a, b in zip(RESIDENTS["001 Au"], RESIDENTS["002 Berg"], strict=True)]
    assert value(frame, "10", age="0-5", sex="m") == (north[0], "ok")
    assert value(frame, "000") == (sum(map(sum, RESIDENTS.values())), "ok")


def test_release_on_disk(folder: Path, tmp_path: Path) -> None:
    made = build(folder)
    written = release.write(made, tmp_path / "releases")
    manifest = json.loads((written.path / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["id"] == written.path.name
    assert manifest["id"] == f"klein-2025-01-{manifest['content_hash'][:8]}"
    assert manifest["format"] == 5
    assert (manifest["city"], manifest["audience"]) == ("klein", "public")
    assert manifest["periods"] == ["2024-12-31", "2024-12-31"]
    assert manifest["modelled"] is False
    on_disk = {p.relative_to(written.path).as_posix() for p in written.path.rglob("*.*")}
    assert on_disk == {*manifest["files"], "manifest.json", "manifest.sig"}
    assert {"areas.parquet", "published.parquet", "catalog.json"} < on_disk
    assert {"geometry/viertel.json", "geometry/bezirk.json", "geometry/stadt.json"} < on_disk
    delivery = manifest["deliveries"]["bestand"]
    assert delivery["basis"] == "Hauptwohnsitz"
    assert delivery["levels"] == ["stadt", "viertel"], "what was delivered, not what was derived"
    assert delivery["measures"] == ["residents"]
    [file] = delivery["files"]
    assert file["name"] == "bestand_2024.xlsx"
    assert len(file["sha256"]) == 64


def test_every_row_leads_to_a_source(folder: Path, tmp_path: Path) -> None:
    (folder / "published.csv").write_text(
        PUBLISHED + "900,2024-12-31,births,,,,,99,Geburten,Geburten,Standesamt,Kreisblatt\n",
        encoding="utf-8",
    )
    written = release.write(build(folder), tmp_path / "releases")
    manifest = json.loads((written.path / "manifest.json").read_text(encoding="utf-8"))
    catalog = Catalog.model_validate_json((written.path / "catalog.json").read_bytes())
    used = {
        delivery
        for path in (written.path / "counts").iterdir()
        for delivery in pl.read_parquet(path)["delivery"].unique()
    }
    assert used == {"bestand", "areas", "published"}
    assert {catalog.sources[manifest["deliveries"][d]["source"]].id for d in used} == {
        "amt", "areas", "published",
    }  # fmt: skip


def test_area_sizes_are_counts_too(folder: Path) -> None:
    frame = built(folder, "area_km2")
    assert frame.columns == COUNTS
    assert set(frame["delivery"]) == {"areas"}
    assert frame.height == 7, "no size for the Kreis"


def test_an_indicator_of_a_measure_nobody_delivered_is_refused(folder: Path) -> None:
    change(
        folder / "catalog/leben.toml", 'age = ["0-5"] }', 'age = ["0-5"] }, { measure = "births" }'
    )
    [finding] = findings(folder)
    assert (finding.rule, finding.file) == ("measure_empty", "klein/catalog/leben.toml")
    assert finding.place == '[[indicators]] id = "anteil_u6"'
    assert finding.message.startswith('Für die Messgröße "births" gibt es keine Werte;')
    assert finding.remedy == "Den Indikator entfernen oder die Messgröße liefern."


def test_an_indicator_of_parts_nobody_delivered_is_refused(folder: Path) -> None:
    change(
        folder / "catalog/leben.toml",
        'age = ["0-5"] }',
        'age = ["0-5"], nationality = ["german"] }',
    )
    change(folder / "measures.toml", '["age", "sex"]', '["age", "sex", "nationality"]')
    [finding] = findings(folder)
    assert (finding.rule, finding.place) == ("indicator_empty", '[[indicators]] id = "anteil_u6"')


def test_an_indicator_of_dates_on_counts_of_years(folder: Path) -> None:
    change(folder / "catalog/leben.toml", '{ measure = "residents" }', '{ measure = "births" }')
    [finding] = findings(with_births(folder, [["Viertel", 2024], ["001", 1]]))
    assert finding.rule == "reference_differs"
    assert finding.place == '[[indicators]] id = "einwohner", Schlüssel "reference"'
    assert finding.message == 'reference = "date", aber "births" zählt Jahre.'


DENOMINATOR = 'denominator = [{ measure = "residents" }]'


def test_births_of_a_year_per_residents_of_a_date(folder: Path) -> None:
    rows = [["Viertel", 2024], ["001", 1], ["002", 2], ["003", 3], ["004", 4]]
    theme = folder / "catalog/leben.toml"
    change(theme, '{ measure = "residents", age = ["0-5"] }', '{ measure = "births" }')
    change(theme, 'reference = "date"\ndefinition = "Kinder', 'reference = "year"\ndefinition = "K')
    assert "counts/births.parquet" in build(with_births(folder, rows)).frames


def test_a_denominator_of_dates_and_years_is_refused(folder: Path) -> None:
    change(
        folder / "catalog/leben.toml",
        DENOMINATOR,
        'denominator = [{ measure = "residents" }, { measure = "births" }]',
    )
    [finding] = findings(with_births(folder, [["Viertel", 2024], ["001", 1]]))
    assert finding.rule == "reference_mixed"
    assert finding.place == '[[indicators]] id = "anteil_u6", Schlüssel "denominator"'
    assert finding.message == (
        'Der Nenner mischt Stichtage und Jahre: Es zählt "births" Jahre, "residents" Stichtage.'
    )


def test_modelled_deliveries_are_marked(folder: Path) -> None:
    change(folder / "recipes/bestand.toml", "files =", 'status = "modelled"\nfiles =')
    made = build(folder)
    assert made.modelled
    assert set(made.frames["counts/residents.parquet"]["status"]) == {"modelled"}
    assert made.deliveries["bestand"]["modelled"] is True


def test_published_counts_stand_exactly(folder: Path) -> None:
    change(folder / "recipes/bestand.toml", "files =", 'status = "modelled"\nfiles =')
    total = sum(map(sum, RESIDENTS.values()))
    (folder / "published.csv").write_text(
        PUBLISHED
        + f"000,2024-12-31,residents,,,,,{total},Personen,Einwohner,Register,Zeitung\n"
        + "900,2024-12-31,residents,,,,,99999,Personen,Einwohner,Register,Zeitung\n"
        + "000,2023-12-31,,,,,anteil_u6,4.25,%,Kinder,Register,Zeitung\n"
        + "000,2022,,,,,,17,Vereine,Vereine,,Zeitung\n",
        encoding="utf-8",
    )
    made = build(folder)
    frame = made.frames["counts/residents.parquet"]
    assert value(frame, "000") == (total, "ok")
    assert value(frame, "900") == (99999, "ok")
    everyone = frame.filter(pl.col("age") == "total", pl.col("sex") == "total")
    assert dict(everyone.select("area", "delivery").iter_rows()) == {
        "900": "published", "000": "published",
        **dict.fromkeys(("10", "20", "001", "002", "003", "004"), "bestand"),
    }, "a confirmed figure cites its publication"  # fmt: skip
    assert value(frame, "000", sex="m")[1] == "modelled"
    figures = made.frames["published.parquet"]
    assert figures["value"].to_list() == [total, 99999, 4.25, 17]
    assert figures["indicator"].to_list() == ["", "", "anteil_u6", ""]
    assert figures.columns[:9] == [
        "area", "period", "indicator", "measure", "value", "unit", "title", "basis", "source",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "rule", "words"),
    [
        ("000,2024-12-31,residents,,,,,1,P,T,B,Q", "published_differs", "veröffentlicht 1."),
        ("001,2024-12-31,residents,,,,,1,P,T,B,Q", "published_differs", "Gebiet 001"),
        ("999,2024,,,,,,1,P,T,B,Q", "area_unknown", '"999"'),
        ("000,31.12.2024,,,,,,1,P,T,B,Q", "period_unknown", '"31.12.2024"'),
        ('000,2024,,,,,,"1,5",P,T,B,Q', "number_wrong", '"1,5"'),
        ("000,2024,resident,,,,,1,P,T,B,Q", "measure_unknown", 'Meinten Sie "residents"?'),
        ("000,2024,,,,,anteil_u7,1,P,T,B,Q", "indicator_unknown", 'Meinten Sie "anteil_u6"?'),
        ("000,2024,births,0-9,,,,1,P,T,B,Q", "category_unknown", "Spalte age"),
        ("000,2024,births,,,,,1,P,T,B,", "source_missing", "Die Quelle fehlt."),
        ("000,2024,births,,,,anteil_u6,1,P,T,B,Q", "published_both", "stehen beide da"),
        ("000,2024,births,,,,,1,P,T,B,Q\n000,2024,births,,,,,1,P,T,B,Q", "row_doubled", "Zeile 3"),
        ("000,2024,residents,,,,,1,P,T,B,Q", "period_mixed", "2024, 2024-12-31"),
    ],
)
def test_published_errors(row: str, rule: str, words: str, folder: Path) -> None:
    (folder / "published.csv").write_text(PUBLISHED + row + "\n", encoding="utf-8")
    found = findings(folder)
    assert [finding.rule for finding in found] == [rule]
    assert words in str(found[0])


def test_a_city_declares_the_source_of_published_figures_itself(folder: Path) -> None:
    source = '\n[[sources]]\nid = "published"\ntitle = "Presse"\nlicence = "Zitat"\n'
    with (folder / "city.toml").open("a", encoding="utf-8") as file:
        file.write(source)
    (folder / "published.csv").write_text(
        PUBLISHED + "000,2022,,,,,,17,Vereine,Vereine,,Zeitung\n", encoding="utf-8"
    )
    catalog = Catalog.model_validate_json(build(folder).texts["catalog.json"])
    assert [source.title for source in catalog.city.sources] == [
        "Stadt Klein, Bürgeramt", "Presse", "Flächenangaben der Gebiete",
    ]  # fmt: skip


@pytest.mark.parametrize("twice", ["title", "basis"])
def test_a_column_of_published_figures_twice(twice: str, folder: Path) -> None:
    head = PUBLISHED.replace("unit,", f"unit,{twice},")
    (folder / "published.csv").write_text(head, encoding="utf-8")
    [finding] = findings(folder)
    assert (finding.rule, finding.file) == ("column_repeated", "klein/published.csv")
    assert finding.message == f'Die Spalte "{twice}" gibt es 2-mal.'


def test_the_same_cell_from_two_recipes(folder: Path) -> None:
    """Equal values count once; different ones are refused."""
    recipe = (folder / "recipes/bestand.toml").read_text(encoding="utf-8")
    second = recipe.replace('id = "bestand"', 'id = "zweite"').replace("bestand_*", "zweite_*")
    (folder / "recipes/zweite.toml").write_text(second, encoding="utf-8")
    small_city.workbook(folder / "deliveries/zweite_2024.xlsx")
    assert built(folder, "residents").height == 7 * 5 * 3
    small_city.workbook(folder / "deliveries/zweite_2024.xlsx", wrong_by=1)
    [finding] = findings(folder)
    assert finding.rule == "value_contradiction"
    assert (finding.file, finding.row, finding.column) == ("zweite_2024.xlsx", 12, 10)
    assert "bestand_2024.xlsx" in finding.message


def sheet(path: Path, rows: list[list[Any]]) -> None:
    book = xlsxwriter.Workbook(str(path))
    made = book.add_worksheet("Geburten")
    for number, row in enumerate(rows):
        made.write_row(number, 0, row)
    book.close()


BIRTHS = """
id = "geburten"
title = "Geburten"
office = "Standesamt"
source = "amt"
basis = "Wohnort"
each_row_is = "ein Viertel in einem Jahr"
files = "geburten.xlsx"

[[tables]]
head_rows = [1]
area = { column = "Viertel" }
period = { head = 1 }
cells = { measure = "births" }
"""


def with_births(folder: Path, rows: list[list[Any]], recipe: str = BIRTHS) -> Path:
    (folder / "recipes/geburten.toml").write_text(recipe, encoding="utf-8")
    sheet(folder / "deliveries/geburten.xlsx", rows)
    return folder


def test_signs_of_a_delivery(folder: Path) -> None:
    rows = [["Viertel", 2023, 2024], ["001", "-", 3], ["002", "*", 4], ["003", "1.000", 5]]
    frame = built(with_births(folder, [*rows, ["004", "…", "/"]]), "births")
    found = frame.filter(pl.col("level") == "viertel").sort("period", "area")
    assert found.select("period", "area", "value", "status").rows() == [
        ("2023", "001", 0, "ok"),
        ("2023", "002", None, "suppressed"),
        ("2023", "003", 1000, "ok"),
        ("2023", "004", None, "not_collected"),
        ("2024", "001", 3, "ok"),
        ("2024", "002", 4, "ok"),
        ("2024", "003", 5, "ok"),
        ("2024", "004", None, "unreliable"),
    ]
    sums = frame.filter(pl.col("level") != "viertel")
    assert sums.select("area", "period", "value").rows() == [("10", "2024", 7)]


@pytest.mark.parametrize(
    ("decimal", "texts", "expected"),
    [(",", ["1.234", "1,5"], [1234, 1.5]), (".", ["1,234", "1.5"], [1234, 1.5])],
)
def test_native_numbers_of_a_workbook_are_what_they_are(
    decimal: str, texts: list[str], expected: list[float], folder: Path
) -> None:
    """Only texts are read by the recipe's decimal sign."""
    recipe = BIRTHS.replace("files =", f'decimal = "{decimal}"\nfiles =')
    change(folder / "measures.toml", 'unit = "Geburten"', 'unit = "Jahre"')
    rows: list[list[Any]] = [
        ["Viertel", 2024],
        ["001", 1.234],
        ["002", 1234],
        ["003", texts[0]],
        ["004", texts[1]],
    ]
    frame = built(with_births(folder, rows, recipe), "births")
    found = frame.filter(pl.col("level") == "viertel").sort("area")
    assert found["value"].to_list() == [1.234, 1234, *expected]


@pytest.mark.parametrize(
    ("rows", "rule", "place", "words"),
    [
        ([["Viertel", 2024], ["001", ""], ["002", 1]], "cell_blank", "Zeile 2, Spalte B", "leer"),
        ([["Viertel", 2024], ["001", "k.A."]], "cell_no_number", "Zeile 2, Spalte B", '"k.A."'),
        ([["Viertel", 2024], ["001", "1.23"]], "cell_no_number", "Zeile 2", '"1.23"'),
        ([["Viertel", 2024], ["001", 1], ["001", 1]], "cell_doubled", "Zeile 3", "weiter oben"),
        ([["Viertel", 2024, 2024], ["001", 1, 1]], "cell_doubled", "Spalte C", "weiter oben"),
        ([["Viertel", "früher"], ["001", 1]], "period_unknown", "Zeile 1, Spalte B", '"früher"'),
    ],
)
def test_wrong_cells_are_named(
    rows: list[list[Any]], rule: str, place: str, words: str, folder: Path
) -> None:
    found = findings(with_births(folder, rows))
    assert [finding.rule for finding in found] == [rule]
    assert found[0].file == "geburten.xlsx"
    assert found[0].place.startswith('Blatt "Geburten"')
    assert place in found[0].place
    assert words in found[0].message


def test_absent_rows_are_zero_only_where_the_recipe_says_so(folder: Path) -> None:
    rows = [["Viertel", 2023, 2024], ["001", 1, 2], ["003", 3, 4]]
    assert built(with_births(folder, rows), "births").height == 4
    recipe = BIRTHS + 'absent_is_zero = ["births"]\n'
    frame = built(with_births(folder, rows, recipe), "births")
    assert frame.filter(pl.col("area").is_in(["002", "004"]))["value"].to_list() == [0, 0, 0, 0]
    assert frame.filter(pl.col("area") == "000")["value"].to_list() == [4, 6]


RECIPES = [
    ("measure", 'measure = "residents"', 'measure = "residnts"', "measure_unknown", '"residents"?'),
    ("category", '"unter 6" = "0-5"', '"unter 6" = "0-6"', "category_unknown", '"0-6"'),
    ("total", '= "000" }', '= "001x" }', "area_unknown", '[[tables]] Nr. 1, Schlüssel "totals"'),
    ("source", 'source = "amt"', 'source = "ampt"', "source_unknown", 'Meinten Sie "amt"?'),
    ("no file", 'bestand_*.xlsx', 'bestnd_*.xlsx', "file_missing", "heißt so"),
    ("outside", 'files = "bestand', 'files = "../bestand', "value_wrong", "unterhalb des Ordners"),
    ("absolute", 'files = "bestand', 'files = "/bestand', "value_wrong", "ohne / am Anfang"),
    ("backslash", 'files = "bestand', 'files = "amt\\\\bestand', "value_wrong", "mit / getrennt"),
    ("no sheet", 'sheet = "Bestand"', 'sheet = "Bestände"', "sheet_missing", '"Bestand"'),
    ("regex", "end = '^Quelle'", "end = '^(Quelle'", "value_wrong", "kein gültiges Suchmuster"),
    ("two origins", 'cell = "A2"', 'cell = "A2", column = 1', "value_wrong", "genau eine Angabe"),
    ("cell", 'cell = "A2"', 'cell = "2A"', "value_wrong", 'Schlüssel "period.cell"'),
    ("head", "head = 2", "head = 3", "value_wrong", "head = 3, aber head_rows hat 2 Zeilen"),
    ("key", "skip = ", "skipp = ", "key_unknown", 'Meinten Sie "skip"?'),
    ("key of a head", "head = 2, values", "kopf = 2, values", "key_unknown", '"cells.sex.kopf"'),
    ("head rows", "[4, 5]", "[5, 4]", "value_wrong", "head_rows"),
    ("neither wide nor long", '[tables.cells]\nmeasure', '[tables.zellen]\nmeasure',
     "key_unknown", '"zellen"'),
    ("sign", 'files = "bestand', 'signs = { "k" = "geheim" }\nfiles = "bestand',
     "value_wrong", "'suppressed'"),
    ("id", 'id = "bestand"', 'id = "Bestand"', "value_wrong", "aus kleinen Buchstaben"),
    ("breakdown", 'sex = { head', 'nationality = "german"\nsex = { head',
     "breakdown_missing", 'hat das Merkmal "nationality" nicht'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"), [c[1:] for c in RECIPES], ids=[c[0] for c in RECIPES]
)
def test_recipe_errors(old: str, new: str, rule: str, words: str, folder: Path) -> None:
    change(folder / "recipes/bestand.toml", old, new)
    found = [finding for finding in findings(folder) if finding.rule == rule]
    assert found, [str(finding) for finding in findings(folder)]
    assert words in str(found[0])
    assert found[0].remedy


def test_two_recipes_of_one_name_and_none(folder: Path) -> None:
    text = (folder / "recipes/bestand.toml").read_text(encoding="utf-8")
    (folder / "recipes/zweite.toml").write_text(text, encoding="utf-8")
    assert [finding.rule for finding in findings(folder)] == ["id_repeated"]
    (folder / "recipes/zweite.toml").unlink()
    (folder / "recipes/bestand.toml").unlink()
    assert [finding.rule for finding in findings(folder)] == ["recipe_missing"]


def test_a_total_that_does_not_add_up(folder: Path) -> None:
    small_city.workbook(folder / "deliveries/bestand_2024.xlsx", wrong_by=1)
    total = sum(map(sum, RESIDENTS.values()))
    [ages] = findings(folder)
    assert ages.rule == "total_disagrees"
    assert f"Geliefert ist {total + 1}, die Teile ergeben {total}." in ages.message
    assert ages.message.startswith("Gebiet 000, 2024-12-31")
    assert ages.file == "bestand_2024.xlsx"
    assert ages.place == 'Blatt "Bestand", Zeile 12, Spalte J'


def test_surroundings_are_taken_over_with_their_label_points(folder: Path) -> None:
    city = folder / "city.toml"
    change(city, 'id = "', 'surroundings = "areas/around.geojson"\nid = "')
    ring = [[8.9, 52.0], [9.0, 52.0], [9.0, 52.1], [8.9, 52.0]]
    features = [
        {
            "type": "Feature",
            "properties": {"name": "Dorf", "at": [8.95, 52.01]},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
    ]
    around = {"type": "FeatureCollection", "features": features}
    (folder / "areas" / "around.geojson").write_text(json.dumps(around), encoding="utf-8")
    [feature] = json.loads(build(folder).texts["geometry/surroundings.json"])["features"]
    assert feature["properties"] == {"name": "Dorf", "at": [8.95, 52.01]}
    assert sorted(map(tuple, feature["geometry"]["coordinates"][0][:-1])) == sorted(
        map(tuple, ring[:-1])
    )


def test_missing_surroundings_are_named(folder: Path) -> None:
    change(folder / "city.toml", 'id = "', 'surroundings = "areas/fehlt.geojson"\nid = "')
    [found] = findings(folder)
    assert found.rule == "surroundings_unreadable"
    assert found.file.endswith("city.toml") and "areas/fehlt.geojson" in found.place
