"""Geometry files: every kind read alike, faults repaired where that is safe, the rest refused."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from model.catalog import Level
from prepare import coverage, geometry, geometry_files, geometry_keys, names
from prepare.findings import Finding, PreparationError
from prepare.shapes import Shapes

SHARED = Path(__file__).parents[2] / "shared" / "data"
WEST, SOUTH = 500_000, 5_790_000
"""A place in Lower Saxony, in metres of EPSG:25832."""


def field(column: float, row: float, width: float = 1, height: float = 1) -> shapely.Polygon:
    """A rectangle on a grid of kilometres."""
    x, y = WEST + 1000 * column, SOUTH + 1000 * row
    return shapely.box(x, y, x + 1000 * width, y + 1000 * height)


FIELDS = [field(0, 0), field(1, 0), field(0, 1), field(1, 1)]
KEYS = ["1", "2", "3", "4"]
LISTED = {"1": "Au", "2": "Berg", "3": "Tal", "4": "Wall"}


def level(file: str = "a.gpkg", **keys: Any) -> Level:
    return Level(id="viertel", title="V", plural="V", geometry=file, geometry_id="key", **keys)


def frame(polygons: Sequence[Any], keys: Sequence[Any] = KEYS, crs: str = "EPSG:25832") -> Any:
    return gpd.GeoDataFrame({"key": list(keys)}, geometry=list(polygons), crs=crs)


def read(
    folder: Path, data: Any, own: Level | None = None, **keys: Any
) -> tuple[Shapes, list[Finding]]:
    own = own or level()
    assert own.geometry is not None
    write(data, folder / own.geometry)
    notes: list[Finding] = []
    return geometry.shapes(own, folder / own.geometry, notes, **keys), notes


def write(data: Any, path: Path) -> None:
    if path.suffix == ".parquet":
        data.to_parquet(path)
    elif path.suffix == ".zip":
        inside = path.parent / "inside"
        inside.mkdir()
        data.to_file(inside / "a.shp")
        with zipfile.ZipFile(path, "w") as packed:
            for part in inside.iterdir():
                packed.write(part, part.name)
    else:
        data.to_file(path)


def refused(folder: Path, data: Any, own: Level | None = None, **keys: Any) -> Finding:
    with pytest.raises(PreparationError) as error:
        read(folder, data, own, **keys)
    [finding] = error.value.findings
    assert finding.place == 'Raumebene "viertel"'
    return finding


def rules(notes: Sequence[Finding]) -> list[str]:
    assert all(note.grade == "hint" for note in notes)
    return [note.rule for note in notes]


@pytest.mark.parametrize("file", ["a.geojson", "a.shp", "a.zip", "a.gpkg", "a.parquet"])
def test_every_kind_of_file_gives_the_same_shapes(file: str, tmp_path: Path) -> None:
    data = frame(FIELDS).to_crs("EPSG:4326") if file == "a.geojson" else frame(FIELDS)
    found, notes = read(tmp_path, data, level(file))
    assert found.ids == ("1", "2", "3", "4")
    assert shapely.area(found.polygons) == pytest.approx([1e6] * 4, rel=1e-5)
    assert shapely.coverage_is_valid(found.polygons)
    assert notes == []


def test_one_of_several_layers_is_declared(tmp_path: Path) -> None:
    frame(FIELDS).to_file(tmp_path / "a.gpkg", layer="viertel")
    frame(FIELDS[:2], KEYS[:2]).to_file(tmp_path / "a.gpkg", layer="bezirk")
    with pytest.raises(PreparationError, match="2 Ebenen mit Geometrie: bezirk, viertel"):
        geometry.shapes(level(), tmp_path / "a.gpkg", [])
    found = geometry.shapes(level(geometry_layer="bezirk"), tmp_path / "a.gpkg", [])
    assert found.ids == ("1", "2")
    with pytest.raises(PreparationError, match='Meinten Sie "bezirk"'):
        geometry.shapes(level(geometry_layer="Bezirke"), tmp_path / "a.gpkg", [])


@pytest.mark.filterwarnings("ignore:'crs' was not provided")
def test_a_missing_crs_is_declared(tmp_path: Path) -> None:
    data = frame(FIELDS).set_crs(None, allow_override=True)
    assert refused(tmp_path, data, level("a.shp")).rule == "crs_missing"
    found, notes = read(tmp_path, data, level("a.shp", geometry_crs="EPSG:25832"))
    assert (len(found.ids), notes) == (4, [])


def test_metres_in_a_file_that_can_only_say_degrees(tmp_path: Path) -> None:
    """GeoJSON without `crs` means degrees; written with metres, the declared CRS is right."""
    features = [
        {
            "type": "Feature",
            "properties": {"key": key},
            "geometry": shapely.geometry.mapping(polygon),
        }
        for key, polygon in zip(KEYS, FIELDS, strict=True)
    ]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(PreparationError, match="passen nicht zum Koordinatensystem"):
        geometry.shapes(level("a.geojson"), path, [])
    notes: list[Finding] = []
    found = geometry.shapes(level("a.geojson", geometry_crs="EPSG:25832"), path, notes)
    assert rules(notes) == ["crs_declared"]
    assert shapely.area(found.polygons) == pytest.approx([1e6] * 4, rel=1e-5)


def swapped(polygon: shapely.Polygon) -> shapely.Polygon:
    turned: shapely.Polygon = shapely.transform(polygon, lambda xy: xy[:, ::-1])
    return turned


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:25832"])
def test_swapped_axes_are_swapped_back(crs: str, tmp_path: Path) -> None:
    upright = frame(FIELDS).to_crs(crs)
    plain, _ = read(tmp_path, upright, level("plain.gpkg"))
    turned = frame([swapped(p) for p in upright.geometry], crs=crs)
    found, notes = read(tmp_path, turned)
    assert rules(notes) == ["geometry_axes"]
    assert shapely.equals_exact(found.polygons, plain.polygons, tolerance=0.01).all()


def test_axes_swapped_in_some_polygons_only_are_refused(tmp_path: Path) -> None:
    upright = list(frame(FIELDS).to_crs("EPSG:4326").geometry)
    mixed = frame([*upright[:3], swapped(upright[3])], crs="EPSG:4326")
    finding = refused(tmp_path, mixed)
    assert finding.rule == "geometry_axes_mixed"
    assert "abweichend 4." in finding.message


def test_degrees_and_metres_in_one_file_are_refused(tmp_path: Path) -> None:
    degrees = list(frame(FIELDS).to_crs("EPSG:4326").geometry)
    finding = refused(tmp_path, frame([*FIELDS[:2], degrees[2], FIELDS[3]]))
    assert finding.rule == "geometry_units_mixed"
    assert "Grad und Meter stehen in einer Datei: abweichend 3." in finding.message


def test_degrees_under_a_crs_in_metres_are_refused(tmp_path: Path) -> None:
    degrees = list(frame(FIELDS).to_crs("EPSG:4326").geometry)
    finding = refused(tmp_path, frame(degrees))
    assert finding.rule == "crs_wrong"
    assert "EPSG:4326" in finding.remedy


def test_a_city_elsewhere_is_left_where_it_is(tmp_path: Path) -> None:
    there = [shapely.box(x, -33.9, x + 0.01, -33.89) for x in (18.40, 18.41)]
    found, notes = read(tmp_path, frame(there, ["1", "2"], "EPSG:4326"))
    bounds = shapely.total_bounds(found.degrees(found.polygons))
    assert bounds == pytest.approx((18.40, -33.90, 18.42, -33.89), abs=1e-6)
    assert notes == []


def test_an_invalid_polygon_is_repaired_and_said(tmp_path: Path) -> None:
    """A ring that touches itself in one point: the hole it makes is kept."""
    x, y = WEST, SOUTH
    ring = [(x, y), (x + 1000, y), (x + 1000, y + 1000), (x + 500, y + 1000)]
    ring += [(x + 600, y + 500), (x + 400, y + 500), (x + 500, y + 1000), (x, y + 1000)]
    found, notes = read(tmp_path, frame([shapely.Polygon(ring), FIELDS[1]], ["1", "2"]))
    assert rules(notes) == ["geometry_repaired"]
    assert notes[0].message.startswith(
        "Fläche 1 (95 ha) war ungültig: ein Ring berührt sich selbst bei 500500 5791000."
    )
    assert found.polygons[0].area == pytest.approx(1e6 - 200 * 500 / 2, rel=1e-6)
    assert len(found.polygons[0].interiors) == 1


def test_a_polygon_of_unclear_area_is_refused(tmp_path: Path) -> None:
    """A figure of eight with halves of the same size has no area at all as drawn."""
    x, y = WEST, SOUTH
    eight = shapely.Polygon([(x, y), (x + 1000, y + 1000), (x + 1000, y), (x, y + 1000)])
    finding = refused(tmp_path, frame([eight, FIELDS[1]], ["1", "2"]))
    assert finding.rule == "geometry_invalid"
    assert "1 (ein Ring schneidet sich selbst bei 500500 5790500)" in finding.message


def test_a_coordinate_that_is_no_number_is_refused(tmp_path: Path) -> None:
    """Left out, it would make a triangle of half the size."""
    x, y = WEST, SOUTH
    ring = [(x, y), (float("nan"), y), (x + 1000, y + 1000), (x, y + 1000)]
    finding = refused(tmp_path, frame([shapely.Polygon(ring), FIELDS[1]], ["1", "2"]))
    assert finding.rule == "geometry_invalid"
    assert "1 (eine Koordinate ist keine Zahl)" in finding.message


def test_keys_there_twice_or_missing_are_refused(tmp_path: Path) -> None:
    twice = refused(tmp_path, frame(FIELDS, ["1", "2", "2", "4"]))
    assert twice.rule == "geometry_repeated"
    assert twice.message == "Mehrere Flächen haben denselben Schlüssel: 2."
    none = refused(tmp_path, frame(FIELDS, ["1", None, "3", ""]))
    assert none.rule == "geometry_key"
    assert "Flächen ohne Schlüssel: Nr. 2, 4." in none.message


def test_the_same_shape_under_two_keys_is_refused(tmp_path: Path) -> None:
    almost = shapely.affinity.translate(FIELDS[1], 0.4, -0.3)
    finding = refused(tmp_path, frame([*FIELDS, almost], [*KEYS, "5"]))
    assert finding.rule == "geometry_same_shape"
    assert "2 und 5" in finding.message


def test_slivers_are_closed_and_counted(tmp_path: Path) -> None:
    """Half a metre of overlap with field 1, a gap of 0.4 m beside field 4."""
    second = shapely.box(WEST + 999.5, SOUTH, WEST + 2000, SOUTH + 1000)
    fourth = shapely.box(WEST + 1000.4, SOUTH + 1000, WEST + 2000, SOUTH + 2000)
    found, notes = read(tmp_path, frame([FIELDS[0], second, FIELDS[2], fourth]))
    assert rules(notes) == ["geometry_slivers"]
    assert "2 Splitter" in notes[0].message
    assert "Überlappungen: 1 (500 m²), Lücken: 1 (400 m²)" in notes[0].message
    assert shapely.coverage_is_valid(found.polygons)
    assert shapely.coverage_union_all(found.polygons).area == pytest.approx(4e6, rel=1e-6)


def test_land_nobody_counts_stays_undrawn(tmp_path: Path) -> None:
    """Three metres of river, and a lake as a hole: no repair, for both may be meant."""
    lake = shapely.difference(FIELDS[0], field(0.4, 0.4, 0.2, 0.2))
    bank = shapely.box(WEST + 1003, SOUTH, WEST + 2000, SOUTH + 1000)
    found, notes = read(tmp_path, frame([lake, bank], ["1", "2"]))
    assert notes == []
    assert shapely.area(found.polygons) == pytest.approx([0.96e6, 0.997e6], rel=1e-6)
    assert len(found.polygons[0].interiors) == 1


def test_a_large_overlap_is_refused_with_both_keys(tmp_path: Path) -> None:
    finding = refused(tmp_path, frame([field(0, 0), field(0.8, 0)], ["1", "2"]))
    assert finding.rule == "geometry_overlap"
    assert "um mehr als 1 % ihrer Größe (200.000 m²)" in finding.message
    assert {"1", "2"} <= set(finding.message.split("um mehr")[0].split())


OUTLINE = field(0, 0, 2, 2)


def test_an_outline_among_the_areas(tmp_path: Path) -> None:
    data = frame([*FIELDS, OUTLINE], [*KEYS, "99"])
    assert refused(tmp_path, data).rule == "geometry_covers"
    as_area = refused(tmp_path, data, listed={**LISTED, "99": "Stadt"})
    assert "Die Fläche 99 überdeckt alle anderen" in as_area.message
    found, notes = read(tmp_path, data, listed=LISTED)
    assert (found.ids, rules(notes)) == (("1", "2", "3", "4"), ["geometry_outline"])
    assert shapely.area(found.polygons) == pytest.approx([1e6] * 4, rel=1e-5)
    found, notes = read(tmp_path, data, outlines=frozenset({"99"}))
    assert (found.ids, rules(notes)) == (("1", "2", "3", "4"), ["geometry_outline"])


def test_parts_and_holes_are_kept(tmp_path: Path) -> None:
    parts = shapely.MultiPolygon([field(0, 0), field(5, 0)])
    ring = shapely.difference(field(1, 0, 3, 3), field(2, 1))
    found, notes = read(tmp_path, frame([parts, ring, field(2, 1)], ["1", "2", "3"]))
    assert notes == []
    assert [shapely.get_num_geometries(p) for p in found.polygons] == [2, 1, 1]
    assert shapely.area(found.polygons) == pytest.approx([2e6, 8e6, 1e6], rel=1e-5)


@pytest.mark.parametrize("nothing", [None, shapely.Polygon(), shapely.Point(WEST, SOUTH)])
def test_entries_without_area_are_refused(nothing: object, tmp_path: Path) -> None:
    finding = refused(tmp_path, frame([*FIELDS[:3], nothing]), level("a.parquet"))
    assert finding.rule == "geometry_empty"
    assert "Einträge ohne Fläche: 4." in finding.message


def test_heights_are_left_out(tmp_path: Path) -> None:
    found, notes = read(tmp_path, frame([shapely.force_3d(p, 46.5) for p in FIELDS]))
    assert rules(notes) == ["geometry_height"]
    assert not shapely.has_z(found.polygons).any()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Westliche_Höhe", "westliche höhe"),
        ("04 Westliche Höhe", "westliche höhe"),
        ("WESTLICHE HÖHE ", "westliche höhe"),
        ("011 St. Nikolai", "st. nikolai"),
        ("Leteln - Aminghausen", "leteln aminghausen"),
        ("1.2 Nord/Süd", "nord süd"),
        ("H\u006f\u0308he", "höhe"),
        ("Hohe", "hohe"),
        ("04", "04"),
        ("4711", "4711"),
    ],
)
def test_names_normalised(text: str, same: str) -> None:
    assert names.normalised(text) == same


def test_names_that_two_areas_share_mean_none() -> None:
    pairs = [("Neustadt", "1"), ("02 NEUSTADT", "2"), ("Altstadt", "3"), ("altstadt", "3")]
    assert names.unique(pairs) == {"altstadt": "3"}


def test_keys_that_are_names_written_otherwise(tmp_path: Path) -> None:
    listed = {"01": "Au", "02": "Westliche Höhe", "03": "Tal", "04": "Wall"}
    data = frame(FIELDS, ["AU ", "04_Westliche_Höhe", "03", "Wall"])
    found, notes = read(tmp_path, data, listed=listed)
    assert found.ids == ("01", "02", "03", "04")
    assert rules(notes) == ["geometry_name_normalised"]
    told = '"AU" ist 01, "04_Westliche_Höhe" ist 02, "Wall" ist 04'
    assert notes[0].message == f"Am Namen erkannt: {told}."


def test_ambiguous_names_are_refused(tmp_path: Path) -> None:
    listed = {"01": "Neustadt", "02": "Neustadt", "03": "Tal", "04": "Wall"}
    shared = refused(tmp_path, frame(FIELDS, ["neustadt", "02x", "03", "04"]), listed=listed)
    assert shared.rule == "geometry_name_ambiguous"
    assert "mehrere Gebiete heißen so" in shared.message
    listed = {"01": "Au", "02": "Berg", "03": "Tal", "04": "Wall"}
    both = refused(tmp_path, frame(FIELDS, ["AU", "1 Au", "03", "04"]), listed=listed)
    assert 'Nicht eindeutig ist "AU" und "1 Au": beide heißen wie' in both.message


def test_no_key_at_all_matching_is_refused_with_both_kinds(tmp_path: Path) -> None:
    listed = {f"{number:03}": f"Stadtteil {number}" for number in range(542)}
    finding = refused(tmp_path, frame(FIELDS, ["DE1", "DE2", "DE3", "DE4"]), listed=listed)
    assert finding.rule == "geometry_unmatched"
    assert "Keiner der 4 Schlüssel der Datei gehört zu einem der 542 Gebiete" in finding.message
    assert "DE1, DE2, DE3, DE4; in areas.csv: 000, 001, 002" in finding.message
    zeros = refused(tmp_path, frame(FIELDS), listed=listed)
    assert zeros.remedy == 'In city.toml geometry_id_format = "{:0>3}" angeben.'


# --- real files ----------------------------------------------------------------------------------

real = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
FLENSBURG = [
    (f"flensburg/geometry/flensburg_{name}.{kind}", "AREA_ID", count, broken)
    for name, count, broken in (("stadtteile", 13, []), ("stadtbezirke", 41, ["073", "122"]))
    for kind in ("geojson", "zip")
]
REAL = [
    ("koeln/geometry/Stadtbezirk.shp", "STB_NR", 9, []),
    ("koeln/geometry/Stadtteil.shp", "STT_NR", 86, ["202"]),
    ("koeln/geometry/Stadtviertel.shp", "STV_NR", 371, ["20201", "20502"]),
    ("koeln/geometry_newer/Stadtteile.shp", "NUMMER", 86, ["202"]),
    *FLENSBURG,
    ("minden/kreis_minden_luebbecke_gemeinden_vg250.geojson", "AGS", 11, []),
    ("minden/minden_outline_vg250.geojson", "AGS", 1, []),
]


@real
@pytest.mark.parametrize(("file", "key", "count", "broken"), REAL, ids=[row[0] for row in REAL])
def test_real_files(file: str, key: str, count: int, broken: list[str]) -> None:
    own = Level(id="x", title="X", plural="X", geometry=file, geometry_id=key)
    notes: list[Finding] = []
    found = geometry.shapes(own, SHARED / file, notes)
    drawn = gpd.read_file(SHARED / file)
    assert found.ids == tuple(drawn[key])
    assert len(found.ids) == count
    repaired = [n.message.split()[1] for n in notes if n.rule == "geometry_repaired"]
    assert sorted(text.removeprefix("STBZ") for text in repaired) == broken
    assert shapely.coverage_is_valid(found.polygons)
    sizes = shapely.area(drawn.to_crs(found.crs).geometry.values)
    assert shapely.area(found.polygons) == pytest.approx(sizes, rel=1e-3)


@real
def test_both_levels_of_flensburg_cover_the_same_land() -> None:
    parts, wholes = (
        geometry.shapes(
            Level(id="x", title="X", plural="X", geometry=file, geometry_id="AREA_ID"),
            SHARED / file,
            [],
        )
        for file in (FLENSBURG[3][0], FLENSBURG[1][0])
    )
    parents = gpd.read_file(SHARED / FLENSBURG[3][0]).set_index("AREA_ID")["PARENT_ARE"]
    sums = {area: 0.0 for area in wholes.ids}
    for area, polygon in zip(parts.ids, parts.polygons, strict=True):
        sums[parents[area]] += polygon.area
    assert list(sums.values()) == pytest.approx(list(shapely.area(wholes.polygons)), rel=1e-3)


@real
def test_koeln_needs_its_leading_zeros() -> None:
    file = "koeln/geometry/Stadtbezirk.shp"
    own = Level(id="x", title="X", plural="X", geometry=file, geometry_id="STB_NR")
    listed = {f"00{number}": f"Bezirk {number}" for number in range(1, 10)}
    with pytest.raises(PreparationError) as error:
        geometry.shapes(own, SHARED / file, [], listed)
    [finding] = error.value.findings
    assert (finding.rule, '"{:0>3}"' in finding.remedy) == ("geometry_unmatched", True)


@real
def test_eleven_thousand_municipalities() -> None:
    """Eight are invalid as simplified; ids keep their leading zeros."""
    file = "germany_gemeinden/gemeinden_vg250_simplified20m.parquet"
    own = Level(id="x", title="X", plural="X", geometry=file, geometry_id="AGS")
    data = geometry_files.frame(own, SHARED / file)
    keys = geometry_keys.keys(own, data)
    assert (len(set(keys)), keys[0]) == (11_167, "01003000")
    notes: list[Finding] = []
    polygons = np.asarray(data.to_crs("EPSG:25832").geometry.values, dtype=object)
    found = coverage.valid(own, keys, polygons, notes)
    assert rules(notes) == ["geometry_repaired"] * 8
    assert shapely.is_valid(found).all()


# --- properties ----------------------------------------------------------------------------------


@st.composite
def shaken(draw: st.DrawFn) -> list[shapely.Polygon]:
    """A grid of fields, each drawn on its own: corners up to 0.35 m off, some borders denser."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    off = st.floats(-0.35, 0.35, allow_nan=False)
    found = []
    for row in range(rows):
        for column in range(columns):
            polygon = field(column, row)
            if draw(st.booleans()):
                polygon = shapely.segmentize(polygon, draw(st.sampled_from([250.0, 400.0])))
            corners = shapely.get_coordinates(polygon)[:-1]
            moved = [(x + draw(off), y + draw(off)) for x, y in corners]
            found.append(shapely.Polygon(moved))
    return found


@settings(max_examples=40)
@given(shaken())
def test_repair_keeps_areas_shares_borders_and_ends(polygons: list[shapely.Polygon]) -> None:
    keys = [str(number) for number in range(len(polygons))]
    before = np.array(polygons, dtype=object)
    found = coverage.clean(level(), keys, before, [])
    assert shapely.area(found) == pytest.approx(shapely.area(before), rel=0.01)
    assert shapely.is_valid(found).all()
    assert shapely.coverage_is_valid(found, gap_width=1.0)
    assert shapely.union_all(found).area == pytest.approx(shapely.area(found).sum(), rel=1e-9)
    notes: list[Finding] = []
    again = coverage.clean(level(), keys, found, notes)
    assert (again is found, notes) == (True, [])


@settings(max_examples=40)
@given(st.integers(3, 24), st.floats(0, 2), st.floats(0.2, 0.9))
def test_spikes_and_touching_rings_are_repaired_once(
    corners: int, turn: float, depth: float
) -> None:
    """A regular polygon with a spike of no width: valid afterwards, of the same size."""
    angles = turn + np.linspace(0, 2 * np.pi, corners, endpoint=False)
    ring = [(WEST + 900 * np.cos(a), SOUTH + 900 * np.sin(a)) for a in angles]
    tip = (WEST + 900 * (1 + depth) * np.cos(turn), SOUTH + 900 * (1 + depth) * np.sin(turn))
    spiked = shapely.Polygon([ring[0], tip, *ring])
    notes: list[Finding] = []
    found = coverage.valid(level(), ["1"], np.array([spiked], dtype=object), notes)
    size = corners / 2 * 900**2 * np.sin(2 * np.pi / corners)
    assert found[0].area == pytest.approx(size, rel=1e-9)
    again_notes: list[Finding] = []
    again = coverage.valid(level(), ["1"], found, again_notes)
    assert again[0].equals(found[0])
    assert (rules(notes), again_notes) == (["geometry_repaired"], [])
