"""Totals over breakdowns and coarser levels: derived where complete, checked where delivered."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import small_city
from model.catalog import Catalog
from prepare import age_spans, aggregate, counts
from prepare import areas as area_tables
from prepare import catalog as catalogs
from prepare.areas import Areas
from prepare.findings import Finding, PreparationError, refuse

Row = tuple[str, str, str, str, float | None, str]
"""area, measure, age, sex, value, status"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Areas, Catalog]:
    folder = small_city.write(tmp_path_factory.mktemp("city"))
    catalog = catalogs.catalog(folder)
    return area_tables.areas(catalog.city, folder, folder / "deliveries", []), catalog


def frame(rows: list[Row], areas: Areas) -> pl.DataFrame:
    schema = {"area": pl.String, "measure": pl.String, "age": pl.String, "sex": pl.String}
    return (
        pl.DataFrame(rows, {**schema, "value": pl.Float64, "status": pl.String}, orient="row")
        .join(areas.table.select("area", "level"), on="area", how="left")
        .with_columns(
            *counts.nowhere(),
            period=pl.lit("2024-12-31"),
            nationality=pl.lit("total"),
            delivery=pl.lit("d"),
        )
        .select(counts.SCHEMA.keys())
    )


def aggregated(
    rows: list[Row], place: tuple[Areas, Catalog], complete: set[tuple[str, str]] | None = None
) -> dict[tuple[str, str, str, str], tuple[float | None, str]]:
    areas, catalog = place
    sums = aggregate.Sums(
        {"age": [], "sex": ["m", "w"], "nationality": ["german", "foreign"]}, complete or set()
    )
    findings: list[Finding] = []
    found = aggregate.aggregated(frame(rows, areas), areas, catalog, sums, findings)
    refuse(findings)
    assert found.select(counts.KEYS).is_unique().all()
    return {
        (r["area"], r["measure"], r["age"], r["sex"]): (r["value"], r["status"])
        for r in found.to_dicts()
    }


def test_sex_and_age_totals_from_cells(place: tuple[Areas, Catalog]) -> None:
    ages = ("0-5", "6-17", "18-64", "65+")
    rows: list[Row] = [
        ("001", "residents", age, sex, float(10 * number + (sex == "w")), "ok")
        for number, age in enumerate(ages, start=1)
        for sex in ("m", "w")
    ]
    found = aggregated(rows, place)
    sums = {key[2:]: value for key, (value, _) in found.items() if "total" in key}
    assert sums == {
        ("0-5", "total"): 21,
        ("6-17", "total"): 41,
        ("18-64", "total"): 61,
        ("65+", "total"): 81,
        ("total", "m"): 100,
        ("total", "w"): 104,
        ("total", "total"): 204,
    }
    assert not [key for key in found if key[0] != "001"], "no parent: three quarters are missing"


def test_ages_with_a_gap_give_no_total_unless_declared_complete(
    place: tuple[Areas, Catalog],
) -> None:
    rows: list[Row] = [
        ("001", "residents", "18-64", "total", 5.0, "ok"),
        ("001", "residents", "65+", "total", 7.0, "ok"),
    ]
    total = ("001", "residents", "total", "total")
    assert total not in aggregated(rows, place)
    assert aggregated(rows, place, {("residents", "age")})[total] == (12, "ok")


def test_coarser_levels_up_to_the_city_but_no_yardstick(place: tuple[Areas, Catalog]) -> None:
    rows: list[Row] = [
        (area, "births", "total", "total", value, "ok")
        for area, value in (("001", 1.0), ("002", 2.0), ("003", 4.0), ("004", 8.0))
    ]
    found = aggregated(rows, place)
    assert {key[0]: value for key, (value, _) in found.items()} == {
        "001": 1, "002": 2, "003": 4, "004": 8, "10": 3, "20": 12, "000": 15,
    }  # fmt: skip


def test_a_suppressed_part_gives_no_sum(place: tuple[Areas, Catalog]) -> None:
    rows: list[Row] = [
        ("001", "births", "total", "total", None, "suppressed"),
        ("002", "births", "total", "total", 2.0, "ok"),
        ("003", "births", "total", "total", 4.0, "ok"),
        ("004", "births", "total", "total", 8.0, "ok"),
    ]
    found = aggregated(rows, place)
    assert ("20", "births", "total", "total") in found
    assert ("10", "births", "total", "total") not in found
    assert ("000", "births", "total", "total") not in found


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("ok", "ok"), "ok"),
        (("ok", "revised"), "revised"),
        (("preliminary", "revised"), "preliminary"),
        (("modelled", "preliminary"), "modelled"),
    ],
)
def test_a_sum_is_as_doubtful_as_its_parts(
    statuses: tuple[str, str], expected: str, place: tuple[Areas, Catalog]
) -> None:
    rows: list[Row] = [
        (area, "births", "total", "total", 1.0, status)
        for area, status in zip(("001", "002"), statuses, strict=True)
    ]
    assert aggregated(rows, place)["10", "births", "total", "total"] == (2, expected)


def test_a_delivered_total_stays_as_it_is(place: tuple[Areas, Catalog]) -> None:
    rows: list[Row] = [
        ("001", "births", "total", "total", 1.0, "modelled"),
        ("002", "births", "total", "total", 2.0, "modelled"),
        ("10", "births", "total", "total", 3.0, "ok"),
    ]
    assert aggregated(rows, place)["10", "births", "total", "total"] == (3, "ok")


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            [
                ("001", "births", "total", "total", 1.0, "ok"),
                ("002", "births", "total", "total", 2.0, "ok"),
                ("10", "births", "total", "total", 4.0, "ok"),
            ],
            'Gebiet 10, 2024-12-31, Messgröße "births": Geliefert ist 4, die Teile ergeben 3.',
        ),
        (
            [
                ("001", "residents", "total", "m", 1.0, "ok"),
                ("001", "residents", "total", "w", 2.0, "ok"),
                ("001", "residents", "total", "total", 30.0, "ok"),
            ],
            "Geliefert ist 30, die Teile ergeben 3.",
        ),
        (
            [
                ("001", "residents", "0-5", "total", 1.0, "ok"),
                ("001", "residents", "6-17", "total", 2.0, "ok"),
                ("001", "residents", "0-17", "total", 2.0, "ok"),
            ],
            "0-17: Geliefert ist 2, die Teile ergeben 3.",
        ),
    ],
    ids=["levels", "sexes", "age groups"],
)
def test_totals_that_do_not_add_up_are_refused(
    rows: list[Row], words: str, place: tuple[Areas, Catalog]
) -> None:
    with pytest.raises(PreparationError) as error:
        aggregated(rows, place)
    assert words in str(error.value)
    assert {finding.rule for finding in error.value.findings} == {"total_disagrees"}


@pytest.fixture(scope="module")
def parallel(tmp_path_factory: pytest.TempPathFactory) -> tuple[Areas, Catalog]:
    """A city cut into districts and, a second time, into police areas."""
    folder = small_city.write(tmp_path_factory.mktemp("parallel"))
    level = '[[levels]]\nid = "revier"\ntitle = "Revier"\nplural = "Reviere"\n\n[[sources]]'
    small_city.change(folder / "city.toml", "[[sources]]", level)
    for old in ("= { kreis", "= { kreis"):  # public, then internal
        small_city.change(folder / "protection.toml", old, '= { revier = "none", kreis')
    with (folder / "areas/areas.csv").open("a", encoding="utf-8") as file:
        file.write("revier,81,Ost,,,000,1,\nrevier,82,West,,,000,2,\n")
    catalog = catalogs.catalog(folder)
    return area_tables.areas(catalog.city, folder, folder / "deliveries", []), catalog


def two_ways(west: float, status: str) -> list[Row]:
    return [
        ("10", "births", "total", "total", 3.0, "ok"),
        ("20", "births", "total", "total", 4.0, "ok"),
        ("81", "births", "total", "total", 3.0, status),
        ("82", "births", "total", "total", west, status),
    ]


def test_children_on_two_levels_must_agree(parallel: tuple[Areas, Catalog]) -> None:
    with pytest.raises(PreparationError) as error:
        aggregated(two_ways(5.0, "ok"), parallel)
    [finding] = error.value.findings
    assert (finding.rule, finding.file) == ("total_disagrees", "Lieferung d")
    assert finding.place == 'Gebiet 000, 2024-12-31, Messgröße "births"'
    assert finding.message == "Die Teile ergeben auf einer Raumebene 7, auf einer anderen 8."


def test_of_two_equal_sums_the_less_doubtful_stands(parallel: tuple[Areas, Catalog]) -> None:
    found = aggregated(two_ways(4.0, "modelled"), parallel)
    assert found["000", "births", "total", "total"] == (7, "ok")


@pytest.mark.parametrize(
    ("ages", "complete", "expected"),
    [
        (["0-2", "3+"], False, {"total": ["0-2", "3+"]}),
        (["0-2", "3-5"], False, {}),
        (["3-5", "6+"], False, {}),
        (["3-5", "6+"], True, {"total": ["3-5", "6+"]}),
        (["0-2", "4+"], False, {}),
        (["0-2", "3-5", "0-5"], False, {"0-5": ["0-2", "3-5"]}),
        (["0-5", "6-14", "6-9", "10-14", "15+"], False,
         {"6-14": ["6-9", "10-14"], "total": ["0-5", "6-9", "10-14", "15+"]}),
        (["18-19", "20", "21-24", "18-24"], False, {"18-24": ["18-19", "20", "21-24"]}),
        (["0-17", "0-5", "6+"], False, {"total": ["0-5", "6+"]}),
        (["15-24", "55+", "unbekannt"], True, {"total": ["15-24", "55+", "unbekannt"]}),
    ],
)  # fmt: skip
def test_which_ages_add_up(ages: list[str], complete: bool, expected: dict[str, list[str]]) -> None:
    found: dict[str, list[str]] = {}
    for whole, part in age_spans.sums(ages, complete):
        found.setdefault(whole, []).append(part)
    assert {whole: sorted(parts) for whole, parts in found.items()} == {
        whole: sorted(parts) for whole, parts in expected.items()
    }


def test_single_years_make_the_age_groups_of_other_areas(place: tuple[Areas, Catalog]) -> None:
    rows: list[Row] = [
        ("001", "residents", "0-2", "total", 9.0, "ok"),
        ("001", "residents", "3+", "total", 90.0, "ok"),
        ("002", "residents", "0", "total", 1.0, "ok"),
        ("002", "residents", "1", "total", 2.0, "ok"),
        ("002", "residents", "2", "total", 4.0, "ok"),
        ("002", "residents", "3", "total", 8.0, "ok"),
        ("002", "residents", "4+", "total", 16.0, "ok"),
    ]
    found = aggregated(rows, place)
    ages = {key[2]: value for key, (value, _) in found.items() if key[0] == "002"}
    assert (ages["0-2"], ages["3+"], ages["total"]) == (7, 24, 31)
    # A group that is delivered beside its years must be their sum.
    with pytest.raises(PreparationError) as error:
        aggregated([*rows, ("002", "residents", "0-2", "total", 8.0, "ok")], place)
    assert [finding.rule for finding in error.value.findings] == ["total_disagrees"]


def test_contradicting_deliveries(place: tuple[Areas, Catalog]) -> None:
    areas, _ = place
    twice = frame(
        [
            ("001", "births", "total", "total", 1.0, "ok"),
            ("001", "births", "total", "total", 2.0, "ok"),
            ("002", "births", "total", "total", 5.0, "ok"),
            ("002", "births", "total", "total", 5.0, "ok"),
        ],
        areas,
    )
    [finding] = counts.contradictions(twice)
    assert (finding.rule, finding.place.split(",")[0]) == ("value_contradiction", "Gebiet 001")
    assert "1 und 2" in finding.message


def test_two_periods_in_one_year(place: tuple[Areas, Catalog], tmp_path: Path) -> None:
    areas, _ = place
    one = frame([("001", "births", "total", "total", 1.0, "ok")], areas)
    [finding] = counts.mixed_periods(pl.concat([one, one.with_columns(period=pl.lit("2024"))]))
    assert finding.rule == "period_mixed"
    assert "Für 2024 gibt es mehrere Zeitpunkte: 2024, 2024-12-31." in finding.message


def test_single_years_beside_groups_without_an_open_end_make_no_total() -> None:
    """There are more than 10^12 chains of them up to 99; none goes on to the end."""
    single = [str(age) for age in range(100)]
    groups = {f"{low}-{low + 4}": single[low : low + 5] for low in range(0, 100, 5)}
    assert age_spans.sums([*single, *groups], complete=False) == [
        (group, part) for group, parts in groups.items() for part in parts
    ]
