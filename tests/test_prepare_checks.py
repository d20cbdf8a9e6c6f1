"""Checks keep quiet where nothing is wrong, and say precisely what is."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl
import pytest
import xlwt

import planted_city
import small_city
from model.catalog import TOTAL, Catalog
from planted_city import QUARTERS, YEARS
from prepare import build as builds
from prepare import catalog as catalogs
from prepare import counts, rules
from prepare.checks import cells, files, order, repetition, series, usual
from prepare.findings import Finding

ROOT = Path(__file__).parents[1]
KOELN = ROOT.parent / "shared" / "data" / "koeln"


def examined(folder: Path, deliveries: Path) -> list[Finding]:
    found: list[Finding] = []
    builds.examined(folder, deliveries, found)
    return found


def test_the_small_city_is_clean(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    assert examined(folder, folder / "deliveries") == []


def test_minden_is_clean() -> None:
    """A full set of deliveries, 32,000 values, and not one false alarm."""
    city = ROOT / "data" / "minden"
    assert examined(city, city / "deliveries") == []


@pytest.mark.skipif(not KOELN.is_dir(), reason="../shared/data/koeln is not there")
def test_koeln_is_clean() -> None:
    """Real data of 86 quarters: nothing but what is really there may be found."""
    found = examined(ROOT / "data" / "koeln", KOELN)
    assert sorted(finding.rule for finding in found) == [
        "geometry_repaired", "geometry_slivers", "geometry_slivers",
    ]  # fmt: skip


def test_every_rule_is_explained_in_german() -> None:
    text = (ROOT / "docs" / "pruefungen.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \| (.+?) \|$", text, re.MULTILINE)
    assert [rule for rule, *_ in rows if [r for r, *_ in rows].count(rule) > 1] == []
    assert {rule: grade for rule, grade, *_ in rows} == {
        rule: rules.GRADES[told.grade] for rule, told in rules.RULES.items()
    }
    assert [
        rule for rule, _, meaning, remedy in rows if meaning[-1] != "." or remedy[-1] != "."
    ] == []


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return catalogs.catalog(planted_city.write(tmp_path_factory.mktemp("city")))


def births(values: dict[tuple[str, int], float]) -> pl.DataFrame:
    """Counts of births by quarter and year, a row per quarter and a column per year."""
    rows = [
        ("viertel", area, str(year), "births", TOTAL, TOTAL, TOTAL, value, "ok", "d", "f.xlsx", "S",
         QUARTERS.index(area) + 2, YEARS.index(year) + 2)
        for (area, year), value in values.items()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=counts.SCHEMA, orient="row")


def smooth() -> dict[tuple[str, int], float]:
    return {
        (area, year): round(100 * 1.3 ** ((5 * n) % 12) * (1 + 0.01 * (year - 2017)))
        for n, area in enumerate(QUARTERS)
        for year in YEARS
    }


def judged(values: dict[tuple[str, int], float], catalog: Catalog) -> list[tuple[str, int, int]]:
    """Rule, row and column of all findings on values against each other."""
    yardstick = usual.frame(births(values), catalog)
    moved, explained = order.findings(yardstick)
    rest = yardstick.join(explained, on=list(counts.PLACE), how="anti")
    found = moved + repetition.findings(yardstick) + series.findings(rest)
    return [(f.rule, f.row or 0, f.column or 0) for f in found]


def test_what_is_usual_is_the_median_of_the_four_nearest_periods(catalog: Catalog) -> None:
    values = {("001", year): 10.0 * (n + 1) for n, year in enumerate(YEARS)}
    told = usual.frame(births(values), catalog).sort("period")
    usually = [round(value, 6) for value in told["usual"].exp()]
    assert usually[3] == round((30 * 50) ** 0.5, 6), "of 20, 30, 50, 60 on a logarithmic scale"
    assert usually[0] == 30, "of 20, 30, 40"
    assert usually[7] == 60, "of 50, 60, 70"


def test_a_smooth_series_has_no_finding(catalog: Catalog) -> None:
    assert judged(smooth(), catalog) == []


def test_a_city_that_doubles_in_every_quarter_jumps_as_a_column_once(catalog: Catalog) -> None:
    values = smooth() | {(a, 2024): 3 * smooth()[a, 2024] for a in QUARTERS}
    assert judged(values, catalog) == [("column_jump", 2, 9)]


def test_small_counts_may_jump(catalog: Catalog) -> None:
    values = {key: float((hash_ * 7) % 5) for hash_, key in enumerate(smooth())}
    assert judged(values, catalog) == []


@pytest.mark.parametrize(
    ("factor", "rule"),
    [(1000, "unit_thousand"), (0.001, "unit_thousand"), (0.1, "number_truncated"),
     (0.01, "number_truncated"), (1.9, "value_jump"), (0.5, "value_jump"), (10, "value_jump")],
)  # fmt: skip
def test_one_value_off_by_a_factor(factor: float, rule: str, catalog: Catalog) -> None:
    key = (QUARTERS[7], 2020)
    values = smooth() | {key: smooth()[key] * factor}
    assert judged(values, catalog) == [(rule, 9, 5)]


@pytest.mark.parametrize("factor", [1000, 0.001])
def test_a_column_a_thousand_off(factor: float, catalog: Catalog) -> None:
    values = smooth() | {(a, 2019): smooth()[a, 2019] * factor for a in QUARTERS}
    assert judged(values, catalog) == [("unit_thousand", 2, 4)]


@pytest.mark.parametrize("by", [-3, -2, -1, 1, 2, 3])
def test_a_column_moved_by_some_rows(by: int, catalog: Catalog) -> None:
    moved = {(QUARTERS[(n + by) % 12], 2022): smooth()[a, 2022] for n, a in enumerate(QUARTERS)}
    assert judged(smooth() | moved, catalog) == [("rows_shifted", 2, 7)]


def test_the_last_year_is_the_one_before(catalog: Catalog) -> None:
    values = smooth() | {(a, 2024): smooth()[a, 2023] for a in QUARTERS}
    assert judged(values, catalog) == [("period_repeated", 2, 9)]


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("1.64", "cell_no_number", "Dreiergruppen"),
        ("1.2345", "cell_no_number", "Dreiergruppen"),
        ("857°", "cell_no_number", "Einheit"),
        ("12 %", "cell_no_number", "Einheit"),
        ("1O4", "cell_no_number", "O statt 0"),
        ("l2", "cell_no_number", "l oder I statt 1"),
        ("k.A.", "cell_no_number", "[signs]"),
        ("1.234¹", "cell_footnote", "Fußnote"),
        ("123 2)", "cell_footnote", "Fußnote"),
        ("17*", "cell_footnote", "Fußnote"),
        ("#BEZUG!", "cell_formula_error", "Formel"),
        ("#N/A", "cell_formula_error", "Formel"),
        ("2024-03-01", "cell_date", "3. Januar"),
        ("3. Jan", "cell_date", "3. Januar"),
        (None, "cell_blank", "leer"),
    ],
)
def test_what_stands_where_a_number_must_be(
    text: str | None, rule: str, words: str, catalog: Catalog
) -> None:
    row = births({("001", 2020): 1.0}).with_columns(
        text=pl.lit(text, pl.String), status=pl.lit(None, pl.String), table=pl.lit(0, pl.Int32)
    )
    [finding] = cells.findings(row, catalog)
    assert (finding.rule, finding.row, finding.column, finding.value) == (rule, 2, 5, text)
    assert finding.place == 'Blatt "S", Zeile 2, Spalte E'
    assert words in finding.message + finding.remedy


def test_an_old_excel_file_with_a_password(tmp_path: Path) -> None:
    """Excel writes FILEPASS right behind the first record; xlwt cannot, so it is patched in."""
    book = xlwt.Workbook()
    book.add_sheet("A").write(0, 0, 1)
    path = tmp_path / "alt.xls"
    book.save(str(path))
    assert files.unreadable(path, "alt.xls") == []
    data = path.read_bytes()
    at = data.index(b"\x09\x08\x10\x00\x00\x06") + 20
    path.write_bytes(data[:at] + b"\x2f\x00" + data[at + 2 :])
    [finding] = files.unreadable(path, "alt.xls")
    assert finding.rule == "file_encrypted"


@pytest.mark.parametrize(
    ("start", "words"),
    [(b"%PDF-1.7", "ein PDF"), (b"a;b\n1;2\n", "eine Textdatei"), (b"\n<!DOCTYPE html>", "HTML")],
)
def test_a_workbook_that_is_none(start: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(start)
    [finding] = files.unreadable(path, "a.xlsx")
    assert finding.rule == "file_no_workbook" and words in finding.message


def test_utf_16_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("a;b\n1;2\n".encode("utf-16"))
    assert files.unreadable(path, "a.csv") == []
