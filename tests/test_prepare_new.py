"""A city starts from its borders: everything but the numbers, and nothing guessed in silence."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import polars as pl
import pytest

from model import rates
from prepare import build, geometry_columns, new_city
from prepare import catalog as catalogs
from prepare.city_files import Start
from prepare.findings import Finding, PreparationError
from prepare.release import Content

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
FLENSBURG = SHARED / "flensburg/geometry/flensburg_stadtteile.geojson"
KOELN = SHARED / "koeln/geometry/Stadtteil.shp"
TODAY = date(2026, 11, 25)
real = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")


def squares(count: int = 3, **columns: list[object]) -> gpd.GeoDataFrame:
    """Squares of 0.01 degrees in a row, with columns nr (10, 11, ...) and name unless given."""
    boxes = [
        {
            "type": "Polygon",
            "coordinates": [
                [
                    [9 + i / 100, 52],
                    [9.01 + i / 100, 52],
                    [9.01 + i / 100, 52.01],
                    [9 + i / 100, 52.01],
                    [9 + i / 100, 52],
                ]
            ],
        }
        for i in range(count)
    ]
    told = columns or {
        "nr": [10 + i for i in range(count)],
        "name": [f"Ort {chr(65 + i)}" for i in range(count)],
    }
    features = [
        {
            "type": "Feature",
            "properties": {key: values[i] for key, values in told.items()},
            "geometry": box,
        }
        for i, box in enumerate(boxes)
    ]
    return gpd.GeoDataFrame.from_features(features, crs="EPSG:4326")


def start(folder: Path, file: Path, **given: Any) -> Start:
    told: dict[str, Any] = {"name": "Probe", "level": "Stadtteil", "today": TODAY, **given}
    return Start(folder=folder, file=file, **told)


def drawn(folder: Path, frame: gpd.GeoDataFrame, name: str = "grenzen.geojson") -> Path:
    path = folder / name
    frame.to_file(path)
    return path


def refused(told: Start) -> list[Finding]:
    with pytest.raises(PreparationError) as caught:
        new_city.write(told, [])
    assert not told.folder.exists() or told.folder.name == "da"
    assert not list(told.folder.parent.glob(".new-*"))
    return list(caught.value.findings)


def filled(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Fill the template: the n-th area has 10 n, 1000 n and 100 n people of the three ages.

    These are enough for nothing to be a secret.
    """
    (path,) = folder.glob("deliveries/*.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Einwohner"]
    given = {}
    row = 6
    while sheet.cell(row, 2).value:
        n = row - 5
        given[sheet.cell(row, 1).value] = (10 * n, 1000 * n, 100 * n)
        for column, value in enumerate((10 * n, 1000 * n, 100 * n, 1110 * n), start=3):
            sheet.cell(row, column).value = value
        row += 1
    assert sheet.cell(row, 1).value.endswith(" insgesamt")
    sums = [sum(ages) for ages in zip(*given.values(), strict=True)]
    for column, value in enumerate((*sums, sum(sums)), start=3):
        sheet.cell(row, column).value = value
    book.save(path)
    return given


def built(folder: Path) -> Content:
    findings: list[Finding] = []
    content = build.build(folder, folder / "deliveries", "public", findings)
    assert [str(finding) for finding in findings if finding.grade != "hint"] == []
    return content


def residents(content: Content) -> dict[tuple[str, str], float]:
    """Numbers by area and age."""
    found = content.frames["counts/residents.parquet"]
    return {(row["area"], row["age"]): row["value"] for row in found.to_dicts()}


@real
def test_flensburg_starts_from_its_geojson(tmp_path: Path) -> None:
    folder = tmp_path / "flensburg"
    said = new_city.write(start(folder, FLENSBURG, name="Flensburg"), [])
    assert said[0].startswith('Schlüssel: Spalte "AREA_ID", die einzig mögliche')
    assert said[1].startswith('Namen: Spalte "AREA_NAME", die einzig mögliche')
    assert said[2].endswith('"Nordstadt" statt "03 Nordstadt"')
    with pytest.raises(PreparationError) as caught:
        build.build(folder, folder / "deliveries", "public", [])
    blank = [(f.rule, f.place) for f in caught.value.findings if f.grade == "error"]
    assert len(blank) == 56
    assert set(blank) == {
        ("cell_blank", f'Blatt "Einwohner", Zeile {row}, Spalte {column}')
        for column in "CDEF"
        for row in range(6, 20)
    }
    filled(folder)
    content = built(folder)
    listed = json.loads(FLENSBURG.read_text("utf-8"))["features"]
    names = {f["properties"]["AREA_ID"]: f["properties"]["AREA_NAME"][3:] for f in listed}
    areas = content.frames["areas.parquet"]
    own = areas.filter(pl.col("level") == "stadtteil")
    assert dict(own.select("area", "name").iter_rows()) == names
    assert own["area"].to_list() == [f"STGT{n:02}" for n in range(1, 14)]
    assert set(own["parent"]) == {"stadt"}
    numbers = residents(content)
    assert numbers["STGT13", "0-17"] == 130
    assert numbers["STGT02", "total"] == 2220
    assert numbers["stadt", "total"] == 1110 * (13 * 14 / 2)
    assert content.periods == ("2025-12-31", "2025-12-31")


@real
def test_koeln_starts_from_its_shapefile(tmp_path: Path) -> None:
    folder = tmp_path / "koeln"
    new_city.write(start(folder, KOELN, name="Köln", key="05315000"), [])
    given = filled(folder)
    content = built(folder)
    areas = content.frames["areas.parquet"]
    shapes = gpd.read_file(KOELN).set_index("STT_NR")
    own = areas.filter(pl.col("level") == "stadtteil")
    assert dict(own.select("area", "name").iter_rows()) == dict(shapes["STT_NAME"])
    assert own.height == len(given) == 86
    catalog = catalogs.catalog(folder)
    counts = pl.concat(
        content.frames[f"counts/{name}.parquet"].with_columns(measure=pl.lit(name))
        for name in ("residents", "area_km2")
    )
    density = rates.values(counts.lazy(), catalog.indicators["einwohnerdichte"]).collect()
    for area in ("101", "909"):
        (value,) = density.filter(pl.col("area") == area)["value"]
        km2 = shapes.to_crs("EPSG:3035").area[area] / 1e6  # an equal-area projection
        assert value == pytest.approx(sum(given[area]) / km2, rel=1e-3)
    share = rates.values(counts.lazy(), catalog.indicators["anteil_u18"]).collect()
    assert share["value"].to_list() == pytest.approx([100 / 111] * 87)
    # The city is the area with the municipality key, which portals are told too.
    assert residents(content)["05315000", "65+"] == 100 * (86 * 87 / 2)
    assert catalog.city.municipality_key == "05315000"


@real
def test_a_zipped_shapefile_gives_the_same_areas(tmp_path: Path) -> None:
    zipped = FLENSBURG.with_suffix(".zip")
    said = new_city.write(start(tmp_path / "flensburg", zipped), [])
    assert (tmp_path / "flensburg/areas/stadtteil.zip").read_bytes() == zipped.read_bytes()
    assert said[-1].startswith("13 Gebiete")
    filled(tmp_path / "flensburg")
    assert residents(built(tmp_path / "flensburg"))["STGT01", "total"] == 1110


@pytest.mark.parametrize(
    "name", ["grenzen.geojson", "grenzen.gpkg", "GRENZEN.shp", "Grenzen [1].shp"]
)
def test_a_city_is_whole_whatever_the_file(tmp_path: Path, name: str) -> None:
    file = drawn(tmp_path, squares(), name)
    folder = tmp_path / "data" / "bad-probe"
    new_city.write(start(folder, file, name='Bad "Probe"', level="Statistischer Bezirk"), [])
    city = tomllib.loads((folder / "city.toml").read_text("utf-8"))
    assert (city["id"], city["name"], city["edition"]) == ("bad-probe", 'Bad "Probe"', "2026-11")
    level = city["levels"][1]
    assert (level["id"], level["title"], level["plural"]) == (
        "statistischer_bezirk",
        "Statistischer Bezirk",
        "Statistischer Bezirke",
    )
    assert (folder / level["geometry"]).is_file()
    with (folder / "areas/areas.csv").open(encoding="utf-8", newline="") as table:
        rows = [(row["area"], row["name"], row["parent"]) for row in csv.DictReader(table)]
    assert rows == [
        ("stadt", 'Bad "Probe"', ""),
        *((str(10 + i), f"Ort {'ABC'[i]}", "stadt") for i in range(3)),
    ]
    filled(folder)
    assert residents(built(folder))["12", "total"] == 3330


def test_geoparquet_is_looked_into_as_well(tmp_path: Path) -> None:
    squares().to_parquet(tmp_path / "grenzen.parquet")
    chosen = geometry_columns.columns(tmp_path / "grenzen.parquet", None, None)
    assert (chosen.id, chosen.title) == ("nr", "name")


def test_two_possible_keys_are_not_guessed(tmp_path: Path) -> None:
    frame = squares(3, nr=[1, 2, 3], amt=["A1", "A2", "A3"], name=["Au", "Berg", "Tal"])
    file = drawn(tmp_path, frame)
    (finding,) = refused(start(tmp_path / "neu", file))
    assert finding.rule == "column_unclear"
    assert "Möglich sind: nr, amt." in finding.message
    assert 'name ("Au", "Berg", "Tal")' in finding.message
    assert finding.remedy == "--id SPALTE angeben."
    # With the key given, the other one could still be a name.
    (finding,) = refused(start(tmp_path / "neu", file, id="nr"))
    assert "Möglich sind: amt, name." in finding.message
    assert new_city.write(start(tmp_path / "neu", file, id="nr", title="name"), []) == [
        '3 Gebiete; Mehrzahl der Raumebene: "Stadtteile" (in city.toml prüfen)'
    ]


def test_fractions_dates_and_blanks_are_no_keys(tmp_path: Path) -> None:
    frame = squares(
        3,
        flaeche=[1.5, 2.5, 3.0],
        leer=[1, None, 3],
        doppelt=["X1", "X1", "X2"],
        wort=["Ort 1", "Ort 2", "Ort 3"],
    )
    (finding,) = refused(start(tmp_path / "neu", drawn(tmp_path, frame)))
    assert "Keine Spalte passt." in finding.message
    assert "flaeche" not in finding.message


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"id": "nummer"}, "geometry_column"),
        ({"id": "name"}, "id_wrong"),
        ({"title": "leer"}, "area_incomplete"),
        ({"key": "5770024"}, "value_wrong"),
        ({"key": "00000010"}, "id_wrong"),
        ({"level": "Stadt"}, "value_wrong"),
        ({"level": "12"}, "value_wrong"),
        ({"name": " "}, "value_empty"),
        ({"crs": "UTM"}, "crs_wrong"),
        ({"folder": "Minden"}, "folder_name"),
        ({"folder": "a" * 81}, "folder_name"),
        ({"folder": "da"}, "folder_exists"),
        ({"file": "nirgends.shp"}, "file_missing"),
        ({"file": "text.geojson"}, "geometry_unreadable"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, given: dict[str, str], rule: str) -> None:
    frame = squares(
        3, nr=["00000010", "11", "12"], name=["Ort A", "Ort B", "Ort C"], leer=[None, "x", "y"]
    )
    told: dict[str, Any] = {"id": "nr", "title": "name", **given}
    folder = tmp_path / told.pop("folder", "neu")
    file = drawn(tmp_path, frame)
    (tmp_path / "da").mkdir()
    (tmp_path / "text.geojson").write_text("kein GeoJSON")
    file = tmp_path / told.pop("file") if "file" in told else file
    assert {finding.rule for finding in refused(start(folder, file, **told))} == {rule}


def test_a_file_without_crs_needs_one_named(tmp_path: Path) -> None:
    file = drawn(tmp_path, squares().to_crs("EPSG:25832"), "grenzen.shp")
    file.with_suffix(".prj").unlink()
    assert {f.rule for f in refused(start(tmp_path / "neu", file))} == {"crs_missing"}
    new_city.write(start(tmp_path / "neu", file, crs="EPSG:25832"), [])
    filled(tmp_path / "neu")
    areas = built(tmp_path / "neu").frames["areas.parquet"]
    assert areas["lat"].is_between(52, 52.01).all()
    assert areas["lon"].is_between(9, 9.03).all()


def test_borders_that_cannot_be_used_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    frame = squares(2)
    frame.loc[1, "geometry"] = frame.geometry[0]
    findings = refused(start(tmp_path / "neu", drawn(tmp_path, frame)))
    assert {finding.file for finding in findings} == {"grenzen.geojson"}


def test_the_command_says_what_comes_next(tmp_path: Path) -> None:
    file = drawn(tmp_path, squares())
    command = [sys.executable, "-m", "prepare", "new", str(tmp_path / "probe")]
    command += ["--name", "Probe", "--geometry", str(file), "--level", "quartier"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"Stadtordner {(tmp_path / 'probe').as_posix()} angelegt"
    assert '  3 Gebiete; Mehrzahl der Raumebene: "Quartiere" (in city.toml prüfen)' in lines
    assert lines[-2:] == [
        f"  3. python -m prepare build {(tmp_path / 'probe').as_posix()}",
        "  4. make run CITY=probe",
    ]
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert again.returncode == 1
    assert "[folder_exists]" in again.stderr


def test_beside_the_schemas_every_declaration_names_its_own(tmp_path: Path) -> None:
    """As in data/: editors then check while one types."""
    (tmp_path / "schema").symlink_to(ROOT / "data" / "schema")
    folder = tmp_path / "probe"
    new_city.write(start(folder, drawn(tmp_path, squares())), [])
    for path in folder.rglob("*.toml"):
        first = path.read_text("utf-8").partition("\n")[0]
        assert (path.parent / first.removeprefix("#:schema ")).is_file()
