"""Köln by configuration alone: every number against the delivered file read a second way."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import shapely

from model.catalog import ZONE, Catalog
from prepare import areas as area_tables
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import counts as count_tables
from prepare import deliveries, recipe_checks, release, zones

ROOT = Path(__file__).parents[1]
CITY = ROOT / "data" / "koeln"
SHARED = ROOT.parent / "shared" / "data" / "koeln"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="../shared is not there")

AGES = dict(
    zip(
        (str(number) for number in range(10, 140, 10)),
        ("0-2", "3-5", "6-9", "10-14", "15-17", "18-24", "25-34", "35-44", "45-54", "55-59",
         "60-64", "65-74", "75+"),
        strict=True,
    )
)  # fmt: skip
ORIGINS = (
    "migration", "german_migration", "resettlers", "naturalised", "foreigners", "from_africa",
    "from_america", "from_asia", "from_eu", "from_turkey", "from_other_europe", "from_elsewhere",
)  # fmt: skip
MEANING = {
    ("005", "10"): ("residents", "total", "total"),
    ("010", "10"): ("residents", "total", "m"),
    ("010", "20"): ("residents", "total", "w"),
    **{("020", row): ("residents", age, "total") for row, age in AGES.items()},
    **{("030", str(10 * n)): (m, "total", "total") for n, m in enumerate(ORIGINS, start=1)},
    **{
        ("040", str(10 * n)): (m, "total", "total")
        for n, m in enumerate(("single", "married", "widowed", "divorced", "partnered"), start=1)
    },
    ("050", "10"): ("main_residence", "total", "total"),
    ("050", "20"): ("second_residence", "total", "total"),
    ("060", "10"): ("protestant", "total", "total"),
    ("060", "20"): ("catholic", "total", "total"),
    ("060", "30"): ("other_confession", "total", "total"),
}
"""tab_id and zei_id to measure, age, sex: written down a second time, from the file's own words."""

Key = tuple[str, str, str, str, str]
"""area, period, measure, age, sex"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release.write(
        builds.build(CITY, SHARED, "public", []), tmp_path_factory.mktemp("releases")
    ).path


@pytest.fixture(scope="module")
def counts(folder: Path) -> pl.DataFrame:
    return pl.concat(
        pl.read_parquet(path).with_columns(measure=pl.lit(path.stem))
        for path in sorted((folder / "counts").iterdir())
    )


@pytest.fixture(scope="module")
def areas(folder: Path) -> pl.DataFrame:
    return pl.read_parquet(folder / "areas.parquet")


def lines() -> Iterator[dict[str, str]]:
    with (SHARED / "bevoelkerung.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def delivered() -> dict[Key, float]:
    """The file by the standard library alone."""
    found = {}
    for line in lines():
        measure, age, sex = MEANING[line["tab_id"], line["zei_id"]]
        key = (line["raum_id"], f"{line['jahr']}-12-31", measure, age, sex)
        assert key not in found
        found[key] = float(line["zahl"])
    return found


@pytest.fixture(scope="module")
def released(counts: pl.DataFrame) -> dict[Key, float]:
    rows = counts.filter(pl.col("measure") != "area_km2")
    return {
        (r["area"], r["period"], r["measure"], r["age"], r["sex"]): r["value"]
        for r in rows.to_dicts()
    }


def test_every_delivered_number_stands_in_the_release(
    delivered: dict[Key, float], released: dict[Key, float]
) -> None:
    assert len(delivered) == 29135
    assert {key: released.get(key) for key in delivered} == delivered


def test_only_absent_zeros_come_on_top(
    delivered: dict[Key, float], released: dict[Key, float]
) -> None:
    added = {key: value for key, value in released.items() if key not in delivered}
    assert len(added) == 768 - 719
    assert set(added.values()) == {0}
    assert {key[2] for key in added} == {"partnered"}
    assert len(released) == 96 * 8 * 38


def test_without_the_recipes_word_absent_rows_are_no_zeros() -> None:
    catalog = catalogs.catalog(CITY)
    areas = area_tables.areas(catalog.city, CITY, SHARED, [])
    [recipe] = recipe_checks.recipes(CITY, catalog, areas)
    [table] = recipe.tables
    silent = recipe.model_copy(
        update={"tables": (table.model_copy(update={"absent_is_zero": ()}),)}
    )
    [delivery] = deliveries.deliveries([silent], SHARED, catalog, areas, [])
    partnered = delivery.counts.filter(pl.col("measure") == "partnered")
    assert partnered.height == 719
    assert partnered.filter(pl.col("value") == 0).height == 0


def test_totals_of_all_three_levels_are_equal(counts: pl.DataFrame) -> None:
    sums = (
        counts.filter(pl.col("measure") != "area_km2")
        .group_by("level", "period", "measure", "age", "sex")
        .agg(pl.col("value").sum())
        .pivot(on="level", index=["period", "measure", "age", "sex"], values="value")
    )
    assert sums.height == 8 * 38
    assert sums.filter(pl.col("stadt") != pl.col("stadtbezirk")).height == 0
    assert sums.filter(pl.col("stadt") != pl.col("stadtteil")).height == 0


def test_totals_computed_by_hand(delivered: dict[Key, float]) -> None:
    """Sums over quarters from the file against the city's and districts' own lines."""
    sums: dict[Key, float] = defaultdict(float)
    for (area, period, measure, age, sex), value in delivered.items():
        if not area.startswith("00"):
            sums["000", period, measure, age, sex] += value
            sums["00" + area[0], period, measure, age, sex] += value
    assert len(sums) > 10 * 8 * 37
    assert all(delivered.get(key, 0) == value for key, value in sums.items())


def test_known_numbers(released: dict[Key, float]) -> None:
    assert released["000", "2012-12-31", "residents", "total", "total"] == 1044555
    assert released["101", "2005-12-31", "residents", "total", "total"] == 27732
    assert released["000", "2012-12-31", "residents", "75+", "total"] == 85982
    assert released["000", "2012-12-31", "foreigners", "total", "total"] == 180415


def test_areas_on_three_levels(areas: pl.DataFrame) -> None:
    assert Counter(areas["level"]) == {"stadt": 1, "stadtbezirk": 9, "stadtteil": 86}
    assert areas["area"].n_unique() == 96
    names = {line["raum_id"]: line["raum"] for line in lines()}
    told = dict(zip(areas["area"], areas["name"], strict=True))
    assert told.pop("000") == "Köln"
    assert told == {area: name for area, name in names.items() if area != "000"}


def test_eight_names_exist_twice(areas: pl.DataFrame) -> None:
    names = areas.filter(pl.col("level") != "stadt").group_by("name").agg("area", pl.len())
    twice = {row["name"]: sorted(row["area"]) for row in names.to_dicts() if row["len"] == 2}
    assert sorted(twice) == [
        "Chorweiler", "Ehrenfeld", "Kalk", "Lindenthal", "Mülheim", "Nippes", "Porz",
        "Rodenkirchen",
    ]  # fmt: skip
    assert twice["Kalk"] == ["008", "802"]


def test_parents_by_pattern(areas: pl.DataFrame) -> None:
    parents = dict(zip(areas["area"], areas["parent"], strict=True))
    assert parents["000"] == ""
    assert {parents[f"00{n}"] for n in range(1, 10)} == {"000"}
    assert all(parents[area] == f"00{area[0]}" for area in parents if not area.startswith("00"))


def test_sizes_from_the_polygons(areas: pl.DataFrame) -> None:
    """Köln has 405.01 km²; the geometry file carries its own areas in square metres."""
    sizes = dict(zip(areas["area"], areas["area_km2"], strict=True))
    assert sizes["000"] == pytest.approx(405.01, abs=0.1)
    assert sizes["001"] == pytest.approx(16.37, rel=0.002)
    assert sizes["909"] == pytest.approx(7.735915, rel=0.002)
    quarters = sum(size for area, size in sizes.items() if not area.startswith("00"))
    assert quarters == pytest.approx(sizes["000"], abs=0.05)


def polygons(folder: Path, level: str) -> tuple[list[dict[str, object]], list[shapely.Geometry]]:
    features = json.loads((folder / "geometry" / f"{level}.json").read_text("utf-8"))["features"]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return [feature["properties"] for feature in features], list(shapes)


@pytest.mark.parametrize(("level", "count"), [("stadt", 1), ("stadtbezirk", 9), ("stadtteil", 86)])
def test_geometry_shares_its_borders(
    level: str, count: int, folder: Path, areas: pl.DataFrame
) -> None:
    properties, shapes = polygons(folder, level)
    own = areas.filter(pl.col("level") == level).sort("order")
    assert [(p["i"], p["id"], p["name"]) for p in properties] == list(
        zip(range(count), own["area"], own["name"], strict=True)
    )
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    for shape, lon, lat in zip(shapes, own["lon"], own["lat"], strict=True):
        assert shape.contains(shapely.Point(lon, lat))
    assert own["lat"].is_between(50.83, 51.09).all()


def test_all_levels_cover_the_same_city(folder: Path) -> None:
    outlines = {
        level: shapely.union_all(polygons(folder, level)[1])
        for level in ("stadt", "stadtbezirk", "stadtteil")
    }
    quarters = outlines["stadtteil"]
    assert outlines["stadt"].symmetric_difference(quarters).area / quarters.area < 1e-6
    assert outlines["stadtbezirk"].area == pytest.approx(quarters.area, rel=1e-3)


def test_geometry_is_small(folder: Path) -> None:
    size = (folder / "geometry" / "stadtteil.json").stat().st_size
    assert size < 200_000, "the shapefile has 627 kB"


def test_the_catalog_is_complete(folder: Path) -> None:
    catalog = Catalog.model_validate_json((folder / "catalog.json").read_bytes())
    assert [theme.id for theme in catalog.themes] == [
        "bevoelkerung", "zuwanderung", "familienstand", "religion",
    ]  # fmt: skip
    assert len(catalog.indicators) == 25
    assert len(catalog.measures) == 24


def test_no_line_of_code_knows_koeln() -> None:
    for path in (ROOT / "prepare").glob("*.py"):
        text = path.read_text("utf-8").lower()
        assert not any(word in text for word in ("koeln", "köln", "raum_id", "stb_nr", "minden"))


def test_no_delivered_file_is_kept_here() -> None:
    ours = {path.name for path in CITY.rglob("*") if path.is_file()}
    assert not ours & {path.name for path in SHARED.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("whole", "part"), [("stadtbezirk", "stadtteil"), ("stadt", "stadtbezirk")]
)
def test_zones_of_all_parts_are_the_delivered_higher_level(
    whole: str, part: str, counts: pl.DataFrame, areas: pl.DataFrame, delivered: dict[Key, float]
) -> None:
    """The city counts every level itself: of all measures, ages, sexes and years."""
    parts = areas.filter(pl.col("level") == part).select(
        zone=pl.concat_str(pl.lit("zone-"), "parent"), part="area"
    )
    city = catalogs.catalog(CITY).city
    persons = counts.filter(pl.col("measure") != "area_km2").select(count_tables.SCHEMA.keys())
    made = zones.counted(persons.filter(pl.col("level") == part), parts, city)
    own = made.filter(pl.col("level") == ZONE).with_columns(pl.col("area").str.slice(5))
    keys = ("area", "period", "measure", "age", "sex")
    found = dict(zip(own.select(keys).rows(), own["value"], strict=True))
    higher = set(areas.filter(pl.col("level") == whole)["area"])
    expected = {key: value for key, value in delivered.items() if key[0] in higher}
    assert len(expected) > 38 * 8 * len(higher) * 0.9
    assert {key: found.get(key) for key in expected} == expected
    assert set(persons.filter(pl.col("level") == whole).select(keys).rows()) == set(found)
