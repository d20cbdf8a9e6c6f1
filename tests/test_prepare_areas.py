"""The area table and its polygons: nesting, names, shared borders, repairs and refusals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import shapely

import small_city
from prepare import areas as area_tables
from prepare import catalog as catalogs
from prepare import shapes
from prepare.areas import Areas
from prepare.findings import Finding, PreparationError
from small_city import change

GEO = "areas/viertel.geojson"
TABLE = "areas/areas.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_city.write(tmp_path)


def areas(folder: Path) -> Areas:
    return area_tables.areas(catalogs.catalog(folder).city, folder, folder / "deliveries", [])


def findings(folder: Path) -> tuple[Finding, ...]:
    with pytest.raises(PreparationError) as error:
        areas(folder)
    return error.value.findings


def features(found: Areas, level: str) -> list[dict[str, Any]]:
    own = found.shapes[level]
    return list(json.loads(shapes.geojson(own, {area: {} for area in own.ids}))["features"])


def test_table_in_order_with_defaults(folder: Path) -> None:
    table = areas(folder).table
    assert table["area"].to_list() == ["900", "000", "10", "20", "001", "002", "003", "004"]
    assert table["order"].to_list() == [1, 1, 1, 2, 1, 2, 3, 4]
    berg = table.row(5, named=True)
    assert (berg["short"], berg["locative"], berg["parent"]) == ("Berg", "in Berg", "10")


def test_sizes_from_polygons_only_where_nobody_gave_any(folder: Path) -> None:
    polygon = shapely.box(9.0, 52.0, 9.016, 52.01)
    exact = abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(polygon)[0]) / 1e6
    found = areas(folder).table
    assert found.row(4, named=True)["area_km2"] == pytest.approx(exact, abs=0.0006)
    assert found.row(1, named=True)["area_km2"] == pytest.approx(4 * exact, abs=0.003)
    assert found.row(0, named=True)["area_km2"] is None
    change(folder / TABLE, "002,Berg,,,10,2,", "002,Berg,,,10,2,1.25")
    assert areas(folder).table["area_km2"].to_list()[4:] == [None, 1.25, None, None]


def test_polygons_follow_the_table_and_unions_fill_coarser_levels(folder: Path) -> None:
    found = areas(folder)
    assert list(found.shapes) == ["stadt", "bezirk", "viertel"], "a yardstick is not drawn"
    told = [(f["properties"]["i"], f["properties"]["id"]) for f in features(found, "viertel")]
    assert told == [(0, "001"), (1, "002"), (2, "003"), (3, "004")]
    assert [f["properties"]["id"] for f in features(found, "bezirk")] == ["10", "20"]
    [city] = features(found, "stadt")
    bounds = shapely.geometry.shape(city["geometry"]).bounds
    assert bounds == pytest.approx((9.0, 52.0, 9.064, 52.01), abs=2e-6)


def test_label_points_lie_inside(folder: Path) -> None:
    found = areas(folder)
    for level in found.shapes:
        places = found.table.filter(found.table["level"] == level)
        for feature, lon, lat in zip(
            features(found, level), places["lon"], places["lat"], strict=True
        ):
            assert shapely.geometry.shape(feature["geometry"]).contains(shapely.Point(lon, lat))


def moved(folder: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    path = folder / GEO
    data = json.loads(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def ring(data: dict[str, Any], number: int) -> list[list[float]]:
    [feature] = [f for f in data["features"] if f["properties"]["nr"] == number]
    coordinates: list[list[float]] = feature["geometry"]["coordinates"][0]
    return coordinates


def test_slivers_between_neighbours_are_closed(folder: Path) -> None:
    """Half a metre of gap on one side and of overlap on the other become one border."""

    def edit(data: dict[str, Any]) -> None:
        for point in ring(data, 2):
            point[0] += 0.000007

    moved(folder, edit)
    polygons = shapely.from_geojson(
        [json.dumps(feature["geometry"]) for feature in features(areas(folder), "viertel")]
    )
    assert shapely.coverage_is_valid(polygons)
    assert shapely.union_all(polygons).geom_type == "Polygon"


def test_bow_ties_are_repaired(folder: Path) -> None:
    def edit(data: dict[str, Any]) -> None:
        corners = ring(data, 4)
        corners.insert(3, [9.0639, 52.0100001])

    moved(folder, edit)
    assert len(features(areas(folder), "viertel")) == 4


def overlap(data: dict[str, Any]) -> None:
    for point in ring(data, 2):
        point[0] += 0.004


def twice(data: dict[str, Any]) -> None:
    data["features"][0]["properties"]["nr"] = 1


def no_key(data: dict[str, Any]) -> None:
    data["features"][0]["properties"]["nr"] = None


def other_key(data: dict[str, Any]) -> None:
    data["features"][0]["properties"]["nr"] = 77


def metres(data: dict[str, Any]) -> None:
    for feature in data["features"]:
        for point in feature["geometry"]["coordinates"][0]:
            point[:] = [point[0] * 50000, point[1] * 100000]


def point(data: dict[str, Any]) -> None:
    data["features"][0]["geometry"] = {"type": "Point", "coordinates": [9.05, 52.005]}


def other_column(data: dict[str, Any]) -> None:
    for feature in data["features"]:
        feature["properties"]["NR"] = feature["properties"].pop("nr")


@pytest.mark.parametrize(
    ("edit", "rule", "words"),
    [
        (overlap, "geometry_overlap", "um mehr als 1 %"),
        (twice, "geometry_repeated", "denselben Schlüssel: 001"),
        (no_key, "geometry_key", "Flächen ohne Schlüssel: Nr. 1."),
        (other_key, "geometry_unmatched", "1 Gebiete ohne Fläche: 004"),
        (metres, "crs_wrong", "passen nicht zum Koordinatensystem"),
        (point, "geometry_empty", "Einträge ohne Fläche: 004."),
        (other_column, "geometry_column", 'Meinten Sie "NR"?'),
    ],
)
def test_what_cannot_be_repaired_is_refused(
    edit: Callable[[dict[str, Any]], None], rule: str, words: str, folder: Path
) -> None:
    moved(folder, edit)
    found = [finding for finding in findings(folder) if finding.rule == rule]
    assert found, findings(folder)
    assert found[0].file == GEO
    assert words in str(found[0])


def test_missing_and_unreadable_files(folder: Path) -> None:
    (folder / GEO).write_text("{", encoding="utf-8")
    assert findings(folder)[0].rule == "geometry_unreadable"
    (folder / GEO).unlink()
    assert findings(folder)[0].rule == "geometry_missing"


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ("viertel,001", "virtel,001", "level_unknown", 'Meinten Sie "viertel"?'),
        ("in der Au,10,", "in der Au,11,", "parent_unknown", '"11" fehlt'),
        ("in der Au,10,", "in der Au,002,", "parent_level", "gröberen Raumebene"),
        ("in der Au,10,", "in der Au,,", "parent_missing", "übergeordnete Gebiet fehlt"),
        ("bezirk,20", "bezirk,10", "id_repeated", "eindeutig"),
        ("001,Au,Au", "001,,Au", "area_incomplete", "Name fehlt"),
        ("im Tal,20,3,", 'im Tal,20,3,"4,36"', "number_wrong", '"4,36"'),
        ("order,area_km2", "order,km2", "column_missing", '"area_km2"'),
        ("bezirk,20", 'bezirk,"2,0"', "id_wrong", "Kommas trennen Gebiete in Links"),
        ("bezirk,20", "bezirk,2 0", "id_wrong", 'Gebiet "2 0"'),
        ("bezirk,10", "stadt,001x,Dorf,,,,,\nbezirk,10", "city_repeated", "2 Gebiete: 000, 001x."),
        ("bezirk,20", "bezirk,30,Ost,,,000,3,\nbezirk,20", "geometry_childless", ": 30 (Ost);"),
        ("name,short", "name,name,short", "column_repeated", '"name" gibt es 2-mal'),
        ("order,area_km2", "order,area_km2,farbe", "column_unknown", '"farbe"'),
        ("stadt,000,Klein,Klein,in Klein,900,1,\n", "", "level_empty", "hat kein Gebiet"),
    ],
)
def test_area_table_errors(old: str, new: str, rule: str, words: str, folder: Path) -> None:
    change(folder / TABLE, old, new)
    found = [finding for finding in findings(folder) if finding.rule == rule]
    assert found, findings(folder)
    assert found[0].file == f"klein/{TABLE}"
    assert words in str(found[0])


def test_every_level_with_polygons_has_one_per_area_in_order(folder: Path) -> None:
    found = areas(folder)
    for level, own in found.shapes.items():
        listed = found.table.filter(found.table["level"] == level)["area"].to_list()
        assert list(own.ids) == listed
        assert len(own.polygons) == len(listed)


def test_an_area_listed_twice_beside_named_polygons(folder: Path) -> None:
    change(folder / "city.toml", 'geometry_id = "nr"', 'geometry_id = "nr"\ngeometry_name = "nr"')
    change(folder / TABLE, "viertel,001", "viertel,001,Aue,,,10,1,\nviertel,001")
    [finding] = findings(folder)
    assert (finding.rule, finding.place) == ("id_repeated", 'Gebiet "001"')


def test_names_are_found_however_they_are_written(folder: Path) -> None:
    change(folder / TABLE, "002,Berg", "002,Westliche Höhe")
    change(folder / TABLE, "004,Wall", "004,Au")
    found = areas(folder)
    assert found.names("viertel") == {"Westliche Höhe": "002", "Tal": "003"}
    assert found.named("viertel") == {"westliche höhe": "002", "tal": "003"}


def test_former_areas_are_known_but_not_listed(folder: Path) -> None:
    (folder / "areas/crosswalk.csv").write_text(
        "from,from_name,to,weight,since,kind\nX,Alt Berg,002,1,2018,renamed\n"
        "Y,Tal,003,1,2018,renamed\nW,,X,1,2010,renamed\n",
        encoding="utf-8",
    )
    found = areas(folder)
    assert dict(found.former) == {"W": "", "X": "Alt Berg", "Y": "Tal"}
    assert found.named("viertel")["alt berg"] == "X"
    assert found.named("viertel")["tal"] == "003", "today's area goes first"
    assert dict(found.levels.tail(3).iter_rows()) == {
        "W": "viertel",
        "X": "viertel",
        "Y": "viertel",
    }
    assert not found.ids & {"W", "X", "Y"}


def test_polygons_by_name_and_an_outline_among_them(folder: Path) -> None:
    """Keys are names, and the whole city lies among the quarters under its own id."""
    outline = [[9.0, 52.0], [9.064, 52.0], [9.064, 52.01], [9.0, 52.01], [9.0, 52.0]]
    titles = {1: "001 AU", 2: "berg", 3: "Tal", 4: "Wall "}

    def edit(data: dict[str, Any]) -> None:
        for feature in data["features"]:
            feature["properties"]["nr"] = titles[feature["properties"]["nr"]]
        geometry = {"type": "Polygon", "coordinates": [outline]}
        properties = {"nr": "000"}
        data["features"].append({"type": "Feature", "properties": properties, "geometry": geometry})

    moved(folder, edit)
    notes: list[Finding] = []
    city = catalogs.catalog(folder).city
    found = area_tables.areas(city, folder, folder / "deliveries", notes)
    assert found.shapes["viertel"].ids == ("001", "002", "003", "004")
    assert [note.rule for note in notes] == ["geometry_outline", "geometry_name_normalised"]
    assert [note.grade for note in notes] == ["hint", "hint"]


def test_land_between_areas_may_stay_undrawn(folder: Path) -> None:
    """A quarter that is an island: the level has a gap, its union has two parts."""

    def edit(data: dict[str, Any]) -> None:
        for point in ring(data, 4):
            point[0] += 0.01

    moved(folder, edit)
    found = areas(folder)
    assert [shapely.get_num_geometries(p) for p in found.shapes["bezirk"].polygons] == [1, 2]
    assert found.table["area_km2"].null_count() == 1, "only the Kreis is not drawn"


def wavy(columns: int, rows: int) -> shapes.Shapes:
    """A grid of fields, 1 km each, whose borders wave with many vertices."""
    steps = np.linspace(0, 1, 101)

    def line(x0: float, y0: float, x1: float, y1: float) -> list[tuple[float, float]]:
        bend = np.r_[0, 0.03 * np.sin(steps[1:-1] * 14), 0]
        return [
            (
                1000 * (x0 + (x1 - x0) * s + b * (y1 - y0)),
                1000 * (y0 + (y1 - y0) * s + b * (x1 - x0)),
            )
            for s, b in zip(steps, bend, strict=True)
        ]

    polygons = [
        shapely.Polygon(
            line(x, y, x + 1, y)[:-1]
            + line(x + 1, y, x + 1, y + 1)[:-1]
            + line(x, y + 1, x + 1, y + 1)[:0:-1]
            + line(x, y, x, y + 1)[:0:-1]
        )
        for y in range(rows)
        for x in range(columns)
    ]
    crs = pyproj.CRS("EPSG:25832")
    moved = [shapely.affinity.translate(p, 500000, 5790000) for p in polygons]
    ids = tuple(str(number) for number in range(len(moved)))
    return shapes.Shapes(ids, ids, np.array(moved, dtype=object), crs)


def test_simplified_borders_stay_shared_also_after_rounding() -> None:
    exact = wavy(8, 6)
    simple = shapes.simplified(exact)
    assert shapely.coverage_is_valid(simple.polygons)
    vertices = shapely.get_num_coordinates(simple.polygons).sum()
    assert vertices < shapely.get_num_coordinates(exact.polygons).sum() / 2
    outline = shapely.union_all(exact.polygons)
    assert shapely.coverage_union_all(simple.polygons).area == pytest.approx(outline.area, rel=1e-3)
    drawn = json.loads(shapes.geojson(simple, {area: {} for area in simple.ids}))
    rounded = shapely.from_geojson([json.dumps(f["geometry"]) for f in drawn["features"]])
    assert shapely.coverage_is_valid(rounded)
    assert shapely.is_valid(rounded).all()


def test_geojson_is_compact_and_rounded() -> None:
    text = shapes.geojson(wavy(1, 1), {"0": {"name": "Feld", "label": ["Feld"]}})
    assert ": " not in text
    assert max(len(part.split(".")[-1]) for part in text.replace("]", ",").split(",")
               if part and part[-1].isdigit() and "." in part) <= 6  # fmt: skip
    assert '"properties":{"i":0,"id":"0","name":"Feld","label":["Feld"]}' in text
