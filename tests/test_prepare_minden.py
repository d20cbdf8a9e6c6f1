"""Minden, the embedded city: published figures stand exactly, sums agree, the rest is marked."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

ROOT = Path(__file__).parents[1]
CITY = ROOT / "data" / "minden"
FACTS = ROOT.parent / "shared" / "data" / "minden" / "facts.csv"
MINDEN = "05770024"
TOTAL = {"age": "total", "sex": "total", "nationality": "total"}


def of(counts: pl.DataFrame, **keys: str) -> list[dict[str, Any]]:
    told = {**TOTAL, **keys}
    return counts.filter(*(pl.col(key) == value for key, value in told.items())).to_dicts()


def test_nineteen_districts_in_the_published_order(minden: Path) -> None:
    areas = pl.read_parquet(minden / "areas.parquet").filter(pl.col("level") == "stadtbezirk")
    assert areas["area"].to_list() == [f"{number:02}" for number in range(1, 20)]
    assert areas["name"].to_list()[:3] == ["Bärenkämpen", "Bölhorst", "Dankersen"]
    assert set(areas["parent"]) == {MINDEN}


def published() -> list[dict[str, str]]:
    with (CITY / "published.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["measure"]]


def test_every_published_count_stands_exactly(counts: pl.DataFrame) -> None:
    rows = published()
    assert len(rows) > 100
    for row in rows:
        keys = {key: row[key] or "total" for key in TOTAL}
        [found] = of(counts, area=row["area"], period=row["period"], measure=row["measure"], **keys)
        assert (found["value"], found["status"]) == (float(row["value"]), "ok"), row


@pytest.mark.skipif(not FACTS.exists(), reason="../shared is not there")
@pytest.mark.parametrize(
    ("fact", "measure"),
    [("births", "births"), ("deaths", "deaths"), ("moves into the city", "moves_in"),
     ("moves out of the city", "moves_out")],
)  # fmt: skip
def test_the_citys_own_movements_as_published(
    fact: str, measure: str, counts: pl.DataFrame
) -> None:
    with FACTS.open(encoding="utf-8", newline="") as file:
        facts = [r for r in csv.DictReader(file) if (r["area"], r["measure"]) == ("Minden", fact)]
    published_values: dict[str, set[float]] = {}
    for row in facts:
        published_values.setdefault(row["date"][:4], set()).add(float(row["value"]))
    found = {r["period"][:4]: r for r in of(counts, area=MINDEN, measure=measure)}
    checked = [year for year in published_values if year in found]
    assert len(checked) >= 8
    for year in checked:
        assert found[year]["value"] in published_values[year], year


def test_city_totals_are_the_sums_of_the_districts(counts: pl.DataFrame) -> None:
    keys = ["measure", "period", "age", "sex", "nationality"]
    districts = (
        counts.filter(pl.col("level") == "stadtbezirk", pl.col("measure") != "area_km2")
        .group_by(keys)
        .agg(pl.col("value").sum().alias("sum"), pl.col("value").count().alias("there"))
        .filter(pl.col("there") == 19)
    )
    both = counts.filter(pl.col("area") == MINDEN).join(districts, on=keys)
    assert both.height > 1000
    assert both.filter((pl.col("value") - pl.col("sum")).abs() > 1e-6).height == 0
    missing = districts.join(counts.filter(pl.col("area") == MINDEN), on=keys, how="anti")
    assert missing.height == 0


def test_what_is_not_published_is_marked(minden: Path, counts: pl.DataFrame) -> None:
    official = pl.col("delivery").str.contains("^(itnrw|regionalstatistik)_")
    real = official | pl.col("delivery").is_in(["published", "areas"])
    given = {(r["area"], r["period"], r["measure"]) for r in published()}
    for row in counts.filter(~real).to_dicts():
        if row["status"] == "ok":
            assert (row["area"], row["period"], row["measure"]) in given, row
        else:
            assert row["status"] in {"modelled", "suppressed", "not_collected"}, row
    assert json.loads((minden / "manifest.json").read_text("utf-8"))["modelled"] is True


def test_null_if_and_only_if_there_is_a_reason(counts: pl.DataFrame) -> None:
    missing = pl.col("status").is_in(["suppressed", "not_collected", "unreliable"])
    assert counts.filter(pl.col("value").is_null() != missing).height == 0


def test_the_register_read_a_second_way(counts: pl.DataFrame) -> None:
    """Every district of every year: men, women, all, straight from the workbooks' cells."""
    paths = sorted((CITY / "deliveries" / "buergerbuero").glob("Einwohner_*.xlsx"))
    assert len(paths) == 15
    hidden: dict[str, set[tuple[str, str]]] = {}
    for path in paths:
        period = path.stem[-10:]
        sheet = openpyxl.load_workbook(path, read_only=True, data_only=True)["Bestand"]
        rows = [row[:4] for row in sheet.iter_rows(values_only=True)]
        told = {str(row[0])[:2]: row[1:] for row in rows if re.match(r"\d\d ", str(row[0]))}
        assert len(told) == 19
        for area, (men, women, everyone) in told.items():
            for sex, value in (("m", men), ("w", women), ("total", everyone)):
                [found] = of(counts, area=area, period=period, measure="residents", sex=sex)
                secret = found["status"] == "suppressed"
                assert found["value"] == (None if secret else value)
                if secret:
                    hidden.setdefault(sex, set()).add((area, period[:4]))
    # In these years Päpinghausen's head count was published: with it, the residents would tell how
    # many have only a second home there. One more district each goes with it, for the city's sum.
    years = {"2010", "2013", "2014"}
    assert hidden.keys() == {"m", "total"}
    for places in hidden.values():
        assert {("15", year) for year in years} < places
        assert sorted(year for _area, year in places) == sorted([*years, *years])


def test_suppressed_cells_of_the_employment_agency(counts: pl.DataFrame) -> None:
    """The stars of the workbook are secrets of the release, and so is what would tell them."""
    path = CITY / "deliveries" / "ba" / "SGBII_Stadtbezirke_05770024.xlsx"
    stars = sum(
        cell == "*"
        for sheet in openpyxl.load_workbook(path, read_only=True)
        for row in sheet.iter_rows(values_only=True)
        for cell in row
    )
    own = counts.filter(pl.col("delivery") == "ba_sgb2", pl.col("status") == "suppressed")
    assert own.height > stars > 100


def test_every_district_says_that_its_borders_are_schematic(minden: Path) -> None:
    assert '"map_note":"schematische Grenzen"' in (minden / "catalog.json").read_text("utf-8")
