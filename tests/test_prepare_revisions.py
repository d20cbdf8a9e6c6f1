"""Files that replace earlier ones, corrections of faults, and what files say of themselves."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import books
from originals import areas, delivered, value
from prepare import described

TABLE: dict[str, Any] = {
    "head_rows": [2],
    "end": "^Quelle",
    "period": {"head": 1},
    "area": {"column": 1},
    "cells": {"measure": "n"},
}
STAND = {"line": r"Stand: (\S+)"}


def file(folder: Path, name: str, stand: str, *rows: str) -> None:
    """A table of areas 1 and 2 over 2022 and 2023."""
    text = "\n".join([f"Tabelle, Stand: {stand}", "g;2022;2023", *rows, "Quelle: Amt"])
    (folder / name).write_text(text + "\n", encoding="utf-8")


def test_the_later_stand_wins_and_the_earlier_value_is_kept(tmp_path: Path) -> None:
    file(tmp_path, "b.csv", "01.03.2023", "1;5;-", "2;6;7")
    file(tmp_path, "c.csv", "01.03.2024", "1;5;8", "2;9 r;7")
    file(tmp_path, "a.csv", "01.03.2025", "1;4;8", "2;6;.")
    found, findings = delivered(
        tmp_path, "12", TABLE, files="*.csv", revisions=True, stand=STAND, licence="^Quelle: (.*)"
    )
    assert findings == []
    assert found.counts.select("area", "period", "value", "status", "file").rows() == [
        ("1", "2022", 4.0, "ok", "a.csv"),
        ("1", "2023", 8.0, "ok", "a.csv"),
        ("2", "2022", 6.0, "ok", "a.csv"),
        ("2", "2023", None, "suppressed", "a.csv"),
    ]
    assert found.earlier.select("area", "period", "value", "status", "file", "row").rows() == [
        ("1", "2022", 5.0, "ok", "b.csv", 3),
        ("1", "2023", 0.0, "ok", "b.csv", 3),
        ("2", "2022", 6.0, "ok", "b.csv", 4),
        ("2", "2022", 9.0, "revised", "c.csv", 4),
        ("2", "2023", 7.0, "ok", "b.csv", 4),
    ]
    assert found.earlier.schema == found.counts.schema
    assert [(f.name, f.stand, f.licence) for f in found.files] == [
        ("a.csv", "2025-03-01", "Amt"),
        ("b.csv", "2023-03-01", "Amt"),
        ("c.csv", "2024-03-01", "Amt"),
    ]


def test_without_a_stand_the_later_name_wins(tmp_path: Path) -> None:
    file(tmp_path, "2023.csv", "-", "1;5;6")
    file(tmp_path, "2024.csv", "-", "1;7;6")
    found, findings = delivered(tmp_path, "1", TABLE, files="*.csv", revisions=True)
    assert findings == []
    assert value(found, "1", period="2022") == 7
    assert found.earlier.select("value", "file").rows() == [(5.0, "2023.csv")]


def test_two_values_in_one_file_are_no_revision(tmp_path: Path) -> None:
    file(tmp_path, "a.csv", "01.03.2023", "1;5;6")
    again = TABLE | {"period": "2022", "ignore": ["2022"]}
    _, findings = delivered(
        tmp_path, "1", TABLE, files="*.csv", revisions=True, tables=[TABLE, again]
    )
    assert [finding.rule for finding in findings] == ["value_contradiction"]


def test_a_stand_that_is_not_there_is_doubtful(tmp_path: Path) -> None:
    file(tmp_path, "a.csv", "gestern", "1;5;6")
    (tmp_path / "b.csv").write_text("x\ng;2020;2021\n1;1;2\n")
    found, findings = delivered(tmp_path, "1", TABLE, files="*.csv", stand=STAND, licence="^©")
    assert [(f.rule, f.file, f.grade) for f in findings] == [
        ("stand_missing", "a.csv", "warning"),
        ("licence_missing", "a.csv", "warning"),
        ("stand_missing", "b.csv", "warning"),
        ("licence_missing", "b.csv", "warning"),
    ]
    assert '"gestern"' in findings[0].message
    assert [f.stand for f in found.files] == [None, None]


def test_the_manifest_names_stand_licence_and_next_delivery(tmp_path: Path) -> None:
    file(tmp_path, "a.csv", "01.03.2023", "1;5;6")
    found, _ = delivered(
        tmp_path, "1", TABLE, files="a.csv", stand=STAND, licence="^Quelle.*", next="2027-02"
    )
    told = described.deliveries([found], found.counts, areas("1"), None)["probe"]
    assert told["next"] == "2027-02"
    assert told["files"] == [
        {
            "name": "a.csv",
            "sha256": hashlib.sha256((tmp_path / "a.csv").read_bytes()).hexdigest(),
            "stand": "2023-03-01",
            "licence": "Quelle: Amt",
        }
    ]


CORRECTION = {"cell": "B3", "delivered": "857°", "becomes": "857", "reason": "Tippfehler"}


def test_a_known_fault_is_corrected_and_said(tmp_path: Path) -> None:
    file(tmp_path, "a.csv", "-", "1;857°;6")
    found, [hint] = delivered(tmp_path, "1", TABLE, files="a.csv", corrections=[CORRECTION])
    assert value(found, "1", period="2022") == 857
    assert (hint.rule, hint.grade, hint.row, hint.column) == ("corrected", "hint", 3, 2)
    assert 'Statt "857°" gilt "857": Tippfehler' in str(hint)


def test_a_blank_may_be_filled_and_a_number_blanked(tmp_path: Path) -> None:
    file(tmp_path, "a.csv", "-", "1;;6")
    fill = CORRECTION | {"delivered": "", "becomes": "5"}
    blank = CORRECTION | {"cell": "C3", "delivered": "6", "becomes": ""}
    found, findings = delivered(
        tmp_path, "1", TABLE, files="a.csv", corrections=[fill, blank], signs={"": "not_collected"}
    )
    assert [finding.rule for finding in findings] == ["corrected"] * 2
    assert found.counts["value"].to_list() == [5.0, None]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, 'Hier steht "858", nicht mehr "857°"'),
        ({"file": "b*.csv"}, "betrifft kein gelesenes Blatt"),
        ({"sheet": "Blatt"}, "betrifft kein gelesenes Blatt"),
        ({"cell": "Z99", "delivered": ""}, "nicht mehr"),
    ],
)
def test_a_correction_that_no_longer_fits(
    changed: dict[str, str], words: str, tmp_path: Path
) -> None:
    file(tmp_path, "a.csv", "-", "1;858;6")
    found, [finding] = delivered(
        tmp_path, "1", TABLE, files="a.csv", corrections=[CORRECTION | changed]
    )
    assert (finding.rule, finding.grade) == ("correction_stale", "warning")
    assert words in finding.message
    assert value(found, "1", period="2022") == 858


def test_corrections_of_one_sheet_leave_others_alone(tmp_path: Path) -> None:
    rows: list[list[books.Cell]] = [["Titel"], ["g", 2022], ["1", "857°"]]
    books.xlsx(tmp_path / "a.xlsx", {"A": rows, "B": rows})
    _, findings = delivered(
        tmp_path, "1", TABLE, files="a.xlsx", corrections=[CORRECTION | {"sheet": "B"}]
    )
    assert [(f.rule, f.sheet, f.row) for f in findings] == [
        ("corrected", "B", 3),
        ("cell_no_number", "A", 3),
    ]


def test_every_count_knows_its_cell(tmp_path: Path) -> None:
    file(tmp_path, "a.csv", "-", "1;5;6", "2;7;8")
    found, _ = delivered(tmp_path, "12", TABLE, files="a.csv")
    assert found.counts.filter(pl.col("value") == 8).select("file", "sheet", "row", "column").row(
        0
    ) == ("a.csv", "", 4, 3)


def test_a_row_that_is_absent_from_the_later_file_may_mean_zero(tmp_path: Path) -> None:
    """Area 2 had 7 cases in 2022, then none; 2021 is not the later file's business."""
    table = {
        "period": {"column": "j"},
        "area": {"column": "g"},
        "value": "n",
        "absent_is_zero": ["n"],
        "rows": [{"matches": {"g": "."}, "measure": "n"}],
    }
    (tmp_path / "a.csv").write_text("g;j;n\n1;2021;4\n2;2021;6\n1;2022;5\n2;2022;7\n", "utf-8")
    (tmp_path / "b.csv").write_text("g;j;n\n1;2022;5\n", "utf-8")
    found, findings = delivered(tmp_path, "123", table, files="*.csv", revisions=True)
    assert findings == []
    told = found.counts.sort("period", "area").select("area", "period", "value", "file")
    assert told.rows() == [
        ("1", "2021", 4.0, "a.csv"),
        ("2", "2021", 6.0, "a.csv"),
        ("3", "2021", 0.0, None),
        ("1", "2022", 5.0, "b.csv"),
        ("2", "2022", 0.0, None),
        ("3", "2022", 0.0, None),
    ]
    earlier = found.earlier.select("area", "period", "value", "file", "row").rows()
    assert earlier == [("2", "2022", 7.0, "a.csv", 5)]


def test_absent_rows_mean_zero_in_the_years_of_their_measure_only(tmp_path: Path) -> None:
    """A stock of a reference date beside it makes no zeros on that date, nor for the city."""
    (tmp_path / "a.csv").write_text(
        "g;j;art;n\n1;2021;fall;4\n2;2022;fall;5\n1;31.12.2021;bestand;9\nS;31.12.2021;bestand;9\n",
        "utf-8",
    )
    table = {
        "period": {"column": "j"},
        "area": {"column": "g"},
        "value": "n",
        "absent_is_zero": ["cases"],
        "rows": [
            {"where": {"art": "fall"}, "measure": "cases"},
            {"where": {"art": "bestand"}, "measure": "stock"},
        ],
    }
    found, _ = delivered(tmp_path, "12", table, files="a.csv")
    cases = found.counts.filter(pl.col("measure") == "cases").sort("period", "area")
    assert cases.select("area", "period", "value").rows() == [
        ("1", "2021", 4.0),
        ("2", "2021", 0.0),
        ("1", "2022", 0.0),
        ("2", "2022", 5.0),
    ]
