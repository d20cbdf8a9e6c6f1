"""Flat files: GENESIS in both layouts, INKAR as text and workbook (which must say the same)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from originals import RAW, delivered, lines, value

raw = pytest.mark.skipif(not RAW.is_dir(), reason="../shared/data/raw_formats is not there")

LAND, KREIS, MINDEN = "05", "05770", "05770024"
CODE = "_Auspraegung_Code"


@raw
def test_genesis_flat_file_with_blank_codes_as_totals() -> None:
    found, findings = delivered(
        RAW / "ffcsv",
        [LAND, KREIS, MINDEN],
        {
            "period": {"column": "Zeit"},
            "area": {"column": f"1{CODE}", "outside": "ignore", "known": r"^\d{2,8}$"},
            "value": "BEVSTD__Bevoelkerungsstand__Anzahl",
            "rows": [
                {"where": {f"2{CODE}": ""}, "measure": "residents"},
                {"where": {f"2{CODE}": "NATD"}, "measure": "residents", "nationality": "german"},
                {"where": {f"2{CODE}": "NATA"}, "measure": "residents", "nationality": "foreign"},
            ],
        },
        files="12411-03iz_flat.csv",
    )
    assert findings == []
    assert found.counts.height == 9
    assert value(found, LAND, nationality="total") == 17947221
    assert value(found, LAND, nationality="foreign") == 2444556
    every = {(row[7], row[11]): row[13] for row in lines(RAW / "ffcsv/12411-03iz_flat.csv")[1:]}
    for code, nationality in (("", "total"), ("NATD", "german"), ("NATA", "foreign")):
        for area in (KREIS, MINDEN):
            expected = int(every[area, code])
            assert value(found, area, nationality=nationality) == expected
    assert set(found.counts["period"]) == {"2019-12-31"}
    assert every[MINDEN, ""] == "81716"


@raw
def test_genesis_series_of_years() -> None:
    found, findings = delivered(
        RAW / "ffcsv",
        ["051"],
        {
            "period": {"column": "Zeit"},
            "area": {"column": f"1{CODE}"},
            "value": "BEV001A__Lebendgeborene__Anzahl",
            "rows": [
                {"where": {f"2{CODE}": ""}, "measure": "births"},
                {"where": {f"2{CODE}": "GESM"}, "measure": "births", "sex": "m"},
                {"where": {f"2{CODE}": "GESW"}, "measure": "births", "sex": "w"},
            ],
        },
        files="12612-02ir_flat.csv",
    )
    assert findings == []
    assert found.counts.height == 39
    assert value(found, "051", period="2019", sex="total") == 49281
    assert value(found, "051", period="2007", sex="w") == 20867


EARNINGS = {
    "period": {"column": "Zeit"},
    "area": {"column": f"1{CODE}"},
    "value": "VSTNW2__Durchschnittliche_Bruttomonatsverdienste__EUR#1",
    "rows": [
        {
            "where": {
                f"2{CODE}": "VOLLZTNW01",
                f"3{CODE}": "QUART4",
                f"4{CODE}": "WZ08-B-08",
                f"5{CODE}": code,
            },
            "measure": "earnings",
            "sex": sex,
        }
        for code, sex in (("", "total"), ("GESM", "m"), ("GESW", "w"))
    ]
    + [{"matches": {f"4{CODE}": "^WZ08"}, "ignore": True}],
}


@raw
def test_a_column_that_is_there_twice_is_named_by_its_number() -> None:
    found, findings = delivered(RAW / "ffcsv", [LAND], EARNINGS, files="62321-01i_flat.csv")
    assert findings == []
    rows = lines(RAW / "ffcsv/62321-01i_flat.csv")
    [expected] = [
        row[26]
        for row in rows
        if row[4] == "2019" and [row[i] for i in (11, 15, 19, 23)] == list(EARNINGS_2019)
    ]
    assert value(found, LAND, period="2019", sex="w") == float(expected)
    assert set(found.counts["column"]) == {27}


EARNINGS_2019 = ("VOLLZTNW01", "QUART4", "WZ08-B-08", "GESW")


@raw
def test_a_column_that_is_there_twice_must_not_be_guessed() -> None:
    name = "VSTNW2__Durchschnittliche_Bruttomonatsverdienste__EUR"
    _, [finding] = delivered(
        RAW / "ffcsv", [LAND], EARNINGS | {"value": name}, files="62321-01i_flat.csv"
    )
    assert finding.rule == "column_repeated"
    assert "AA, AC" in finding.message
    assert f"{name}#2" in finding.remedy


NEW_LAYOUT = """\
statistics_code;statistics_label;time_code;time_label;time;1_variable_code;1_variable_label;\
1_variable_attribute_code;1_variable_attribute_label;2_variable_code;2_variable_label;\
2_variable_attribute_code;2_variable_attribute_label;value;value_unit;value_variable_code;\
value_variable_label;value_q
9;Probe;STAG;Stichtag;2023-12-31;KREISE;Kreise;01;Au;GES;Geschlecht;;Insgesamt;1234;Anzahl;B1;Bevölkerung;e
9;Probe;STAG;Stichtag;2023-12-31;KREISE;Kreise;01;Au;GES;Geschlecht;GESM;männlich;600;Anzahl;B1;Bevölkerung;p
9;Probe;STAG;Stichtag;2023-12-31;KREISE;Kreise;01;Au;GES;Geschlecht;GESW;weiblich;.;Anzahl;B1;Bevölkerung;e
9;Probe;STAG;Stichtag;2023-12-31;KREISE;Kreise;01;Au;GES;Geschlecht;;Insgesamt;45,7;Jahre;B2;Durchschnittsalter;
"""
"""A made-up file in the layout GENESIS has written since 2023: UTF-8, one value a row."""


def test_new_layout_of_genesis_flat_files(tmp_path: Path) -> None:
    (tmp_path / "neu.csv").write_text(NEW_LAYOUT, encoding="utf-8")
    sex = "2_variable_attribute_code"
    found, findings = delivered(
        tmp_path,
        ["01"],
        {
            "period": {"column": "time"},
            "area": {"column": "1_variable_attribute_code"},
            "value": "value",
            "mark": "value_q",
            "rows": [
                {"where": {"value_variable_code": "B1", sex: ""}, "measure": "residents"},
                {"where": {"value_variable_code": "B1", sex: "GESM"},
                 "measure": "residents", "sex": "m"},
                {"where": {"value_variable_code": "B1", sex: "GESW"},
                 "measure": "residents", "sex": "w"},
                {"where": {"value_variable_code": "B2", sex: ""}, "measure": "mean_age"},
            ],
        },
        files="neu.csv",
        marks={"e": "ok", "p": "preliminary"},
    )  # fmt: skip
    assert findings == []
    assert found.counts.select("measure", "sex", "value", "status", "row").rows() == [
        ("residents", "total", 1234.0, "ok", 2),
        ("residents", "m", 600.0, "preliminary", 3),
        ("residents", "w", None, "suppressed", 4),
        ("mean_age", "total", 45.7, "ok", 5),
    ]


INKAR: dict[str, Any] = {
    "head_rows": [1, 2],
    "sheet": "Daten",
    "period": {"head": 2},
    "area": {"column": "Kennziffer"},
    "ignore": ["Raumeinheit", "Aggregat"],
    "cells": {
        "measure": {
            "head": 1,
            "values": {"Haushaltseinkommen": "income", "Arbeitsvolumen": "hours"},
            "ignore": "^(Brutto|Median)",
        }
    },
}


@raw
def test_inkar_as_text_and_as_workbook_are_equal() -> None:
    text = (RAW / "inkar/privateinkommen.csv").read_text("utf-8-sig")
    ids = [line.split(";")[0].strip('"') for line in text.splitlines()[2:]]
    assert len(ids) == 401
    read = []
    for file in ("privateinkommen.csv", "privateinkommen.xls"):
        found, findings = delivered(RAW / "inkar", ids, INKAR, files=file)
        assert findings == []
        assert found.counts.height == 401 * (18 + 18)
        assert value(found, KREIS, measure="income", period="2017") == 1954
        assert value(found, "01001", measure="income", period="2000") == 1198
        assert value(found, "01001", measure="hours", period="2000") == 1351.9
        read.append(found.counts.drop("file", "sheet"))
    by_text, by_book = read
    assert by_text.equals(by_book)
    assert by_text.filter(pl.col("value").is_null()).is_empty()


@raw
def test_inkar_names_its_source_on_a_sheet_of_its_own() -> None:
    table = {**INKAR, "area": INKAR["area"] | {"outside": "ignore", "known": r"^\d{5}$"}}
    found, findings = delivered(
        RAW / "inkar", [KREIS], table, files="privateinkommen.xls", licence="© 2020.*"
    )
    assert findings == []
    assert found.counts.height == 36
    assert found.files[0].licence == "© 2020 Bundesamt für Bauwesen und Raumordnung, Bonn"


def test_a_table_none_of_whose_columns_is_wanted_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("g;2022\n1;3\n", encoding="utf-8")
    table = {
        "period": {"head": 1},
        "area": {"column": 1},
        "ignore": ["2022"],
        "cells": {"measure": "n"},
    }
    found, findings = delivered(tmp_path, "1", table, files="a.csv")
    assert found.counts.is_empty()
    assert [f.rule for f in findings] == ["table_empty"]


def test_a_head_of_a_raised_digit_is_no_column_number(tmp_path: Path) -> None:
    """'²' counts as a digit for Python, but is no number."""
    (tmp_path / "a.csv").write_text("g;n;²\n1;3;x\n", encoding="utf-8")
    table = {
        "period": "2022",
        "area": {"column": 1},
        "value": "n",
        "rows": [{"where": {"²": "x"}, "measure": "n"}],
    }
    found, findings = delivered(tmp_path, "1", table, files="a.csv")
    assert (findings, value(found, "1")) == ([], 3.0)


def test_a_declared_encoding_does_not_make_the_byte_order_mark_a_letter(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbfg;2022\n1;3\n")
    table = {"period": {"head": 1}, "area": {"column": "g"}, "cells": {"measure": "n"}}
    found, findings = delivered(tmp_path, "1", table, files="a.csv", encoding="utf-8")
    assert (findings, value(found, "1")) == ([], 3.0)


def test_a_mark_may_stand_for_the_value(tmp_path: Path) -> None:
    """Where '' is a sign of its own, the mark still says more."""
    (tmp_path / "a.csv").write_text("g;v;m\n1;;.\n2;;\n3;4;p\n", encoding="utf-8")
    table = {
        "period": "2022",
        "area": {"column": 1},
        "value": "v",
        "mark": "m",
        "rows": [{"matches": {"g": "."}, "measure": "n"}],
    }
    signs = {"": "not_collected"}
    found, findings = delivered(tmp_path, "123", table, files="a.csv", signs=signs)
    assert findings == []
    assert found.counts.select("area", "value", "status").rows() == [
        ("1", None, "suppressed"),
        ("2", None, "not_collected"),
        ("3", 4.0, "preliminary"),
    ]


def test_parts_without_a_value_stand_twice_for_nobody(tmp_path: Path) -> None:
    """Of rows that are added up, only what is wrong with them is told."""
    (tmp_path / "a.csv").write_text("g;v\n1;3\n1;\n1;abc\n1;4\n", encoding="utf-8")
    table = {
        "period": "2022",
        "area": {"column": 1},
        "value": "v",
        "add_rows": True,
        "rows": [{"matches": {"g": "."}, "measure": "n"}],
    }
    found, findings = delivered(tmp_path, "1", table, files="a.csv")
    assert [(f.rule, f.row) for f in findings] == [("cell_blank", 3), ("cell_no_number", 4)]
    assert value(found, "1") == 7.0
