"""Persons of the city who belong to none of its areas: delivered, left over, or not known."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import small_city
from model.catalog import Catalog
from prepare import aggregate, counts
from prepare import areas as area_tables
from prepare import catalog as catalogs
from prepare.areas import Areas
from prepare.findings import Finding, PreparationError

Row = tuple[str, str, str, float | None, str]
"""area, measure, age, value, status"""

REST = """
[[measures]]
id = "elsewhere"
title = "Einwohner ohne Viertel"
unit = "Personen"
breakdowns = ["age", "sex"]
"""
QUARTERS = ("001", "002", "003", "004")


def declared(folder: Path, rest: str = REST, name: str = "elsewhere") -> Path:
    """A small city whose residents may belong to no quarter."""
    city = small_city.write(folder)
    file = city / "measures.toml"
    first = 'breakdowns = ["age", "sex"]\n'
    text = file.read_text("utf-8").replace(first, f'{first}unallocated = "{name}"\n', 1)
    file.write_text(text + rest, encoding="utf-8")
    return city


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Areas, Catalog]:
    folder = declared(tmp_path_factory.mktemp("city"))
    catalog = catalogs.catalog(folder)
    return area_tables.areas(catalog.city, folder, folder / "deliveries", []), catalog


def aggregated(
    rows: list[Row], place: tuple[Areas, Catalog]
) -> tuple[dict[tuple[str, str, str], tuple[float | None, str]], list[Finding]]:
    areas, catalog = place
    schema = {"area": pl.String, "measure": pl.String, "age": pl.String}
    frame = (
        pl.DataFrame(rows, {**schema, "value": pl.Float64, "status": pl.String}, orient="row")
        .join(areas.table.select("area", "level"), on="area", how="left")
        .with_columns(
            *counts.nowhere(),
            period=pl.lit("2024"),
            sex=pl.lit("total"),
            nationality=pl.lit("total"),
            delivery=pl.lit("d"),
        )
        .select(counts.SCHEMA.keys())
    )
    sums = aggregate.Sums({"age": [], "sex": ["m", "w"], "nationality": []}, set())
    findings: list[Finding] = []
    found = aggregate.aggregated(frame, areas, catalog, sums, findings)
    assert found.select(counts.KEYS).is_unique().all()
    told = {
        (r["area"], r["measure"], r["age"]): (r["value"], r["status"]) for r in found.to_dicts()
    }
    return told, findings


def quarters(*values: float | None, status: str = "ok") -> list[Row]:
    return [
        (area, "residents", "total", value, "suppressed" if value is None else status)
        for area, value in zip(QUARTERS, values, strict=True)
    ]


def test_what_the_city_has_more_belongs_to_no_quarter(place: tuple[Areas, Catalog]) -> None:
    found, findings = aggregated(
        [*quarters(10, 20, 30, 40), ("000", "residents", "total", 107, "ok")], place
    )
    assert found["000", "residents", "total"] == (107.0, "ok")
    assert found["000", "elsewhere", "total"] == (7.0, "ok")
    assert found["10", "residents", "total"][0] == 30, "districts are the sum of their quarters"
    [finding] = findings
    assert (finding.rule, finding.grade) == ("unallocated", "hint")
    assert finding.place == '2024, Messgröße "residents"'
    assert "insgesamt: 7." in finding.message


def test_nothing_is_said_where_city_and_quarters_agree(place: tuple[Areas, Catalog]) -> None:
    found, findings = aggregated(
        [*quarters(10, 20, 30, 40), ("000", "residents", "total", 100, "ok")], place
    )
    assert found["000", "elsewhere", "total"] == (0.0, "ok")
    assert not findings


def test_a_city_smaller_than_its_quarters_is_an_error(place: tuple[Areas, Catalog]) -> None:
    found, findings = aggregated(
        [*quarters(10, 20, 30, 40), ("000", "residents", "total", 99, "ok")], place
    )
    assert [finding.rule for finding in findings] == ["total_disagrees"]
    assert ("000", "elsewhere", "total") not in found


def test_a_delivered_rest_is_added(place: tuple[Areas, Catalog]) -> None:
    rest: Row = ("000", "elsewhere", "total", 5, "preliminary")
    found, findings = aggregated([*quarters(10, 20, 30, 40), rest], place)
    assert found["000", "residents", "total"] == (105.0, "preliminary")
    assert not findings


def test_a_delivered_rest_must_fit_the_city(place: tuple[Areas, Catalog]) -> None:
    rest: Row = ("000", "elsewhere", "total", 5, "ok")
    city: Row = ("000", "residents", "total", 106, "ok")
    _, findings = aggregated([*quarters(10, 20, 30, 40), rest, city], place)
    [finding] = findings
    assert finding.rule == "total_disagrees"
    assert "Geliefert ist 106, die Teile ergeben 105." in finding.message


def test_a_rest_nobody_may_know_makes_no_sum(place: tuple[Areas, Catalog]) -> None:
    rest: Row = ("000", "elsewhere", "total", None, "suppressed")
    found, _ = aggregated([*quarters(10, 20, 30, 40), rest], place)
    assert ("000", "residents", "total") not in found


def test_without_any_word_the_city_is_estimated(place: tuple[Areas, Catalog]) -> None:
    found, findings = aggregated(quarters(10, 20, 30, 40), place)
    assert found["000", "residents", "total"] == (100.0, "estimated")
    assert ("000", "elsewhere", "total") not in found
    [finding] = findings
    assert (finding.rule, finding.grade) == ("unallocated_unknown", "hint")
    assert "insgesamt: 100" in finding.message


def test_the_difference_to_hidden_quarters_is_no_rest(place: tuple[Areas, Catalog]) -> None:
    found, findings = aggregated(
        [*quarters(10, 20, None, 40), ("000", "residents", "total", 107, "ok")], place
    )
    assert found["000", "residents", "total"] == (107.0, "ok")
    assert ("000", "elsewhere", "total") not in found
    assert not findings


def test_each_category_has_its_own_rest(place: tuple[Areas, Catalog]) -> None:
    ages = ("0-5", "6-17", "18-64", "65+")
    rows: list[Row] = [
        (area, "residents", age, 10.0 * number, "ok")
        for area in QUARTERS
        for number, age in enumerate(ages, start=1)
    ]
    city: list[Row] = [
        ("000", "residents", age, 40.0 * number + (age == "6-17") + 2 * (age == "65+"), "ok")
        for number, age in enumerate(ages, start=1)
    ]
    found, findings = aggregated(rows + city, place)
    assert found["000", "elsewhere", "6-17"] == (1.0, "ok")
    assert found["000", "elsewhere", "65+"] == (2.0, "ok")
    assert found["000", "elsewhere", "total"] == (3.0, "ok")
    assert found["000", "residents", "total"] == (403.0, "ok")
    [finding] = findings
    assert "6-17: 1, 65+: 2, insgesamt: 3." in finding.message


@pytest.mark.parametrize(
    ("rest", "name", "rule"),
    [
        (REST, "elswhere", "measure_unknown"),
        (REST.replace('"age", "sex"', '"age"'), "elsewhere", "breakdown_missing"),
    ],
)
def test_the_named_measure_must_fit(tmp_path: Path, rest: str, name: str, rule: str) -> None:
    with pytest.raises(PreparationError) as refused:
        catalogs.catalog(declared(tmp_path, rest, name))
    [finding] = refused.value.findings
    assert finding.rule == rule
    assert 'id = "residents", Schlüssel "unallocated"' in finding.place
