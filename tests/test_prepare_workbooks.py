"""Workbooks in all four formats: the same cells, then real layouts of offices."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

import books
from originals import delivered, value
from prepare import workbooks

SUFFIXES = tuple(books.WRITERS)
BESTAND: list[list[books.Cell]] = [
    [],
    [None, "Einwohner nach Gebiet"],
    [],
    [None, "Gebiet", datetime.date(2023, 12, 31), datetime.date(2024, 12, 31)],
    [None, "11 Aegidii", 1234, "1.234"],
    [None, " 12\nDom ", 0.5, books.Percent(0.534)],
    [None, "Stadt", books.Failed(), "*"],
]


@pytest.fixture(params=SUFFIXES)
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_every_format_gives_the_same_cells(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    books.WRITERS[suffix](path, {"Bestand": BESTAND, "2024": [["x"]]})
    [bestand, year] = workbooks.sheets(path, path.name, ".*")
    assert (bestand.name, year.name) == ("Bestand", "2024")
    assert bestand.cells.select("row", "2", "3", "4").rows() == [
        (2, "Einwohner nach Gebiet", None, None),
        (4, "Gebiet", "2023-12-31", "2024-12-31"),
        (5, "11 Aegidii", "1234", "1.234"),
        (6, "12 Dom", "0,5", "0,534"),  # a percentage is a fraction of 1
        (7, "Stadt", "#DIV/0!", "*"),
    ]


def test_a_failed_formula_is_named(suffix: str, tmp_path: Path) -> None:
    books.WRITERS[suffix](tmp_path / f"a{suffix}", {"Bestand": BESTAND})
    found, [finding] = delivered(
        tmp_path,
        ["11", "12", "00"],
        {
            "head_rows": [4],
            "period": {"head": 1},
            "area": {"column": "Gebiet", "pattern": r"^(\d\d) "},
            "totals": {"Stadt": "00"},
            "cells": {"measure": "residents"},
        },
        files=f"a{suffix}",
    )
    assert finding.rule == "cell_formula_error"
    assert (finding.sheet, finding.row, finding.column) == ("Bestand", 7, 3)
    assert finding.value == "#DIV/0!"
    assert 'Blatt "Bestand", Zeile 7, Spalte C' in str(finding)
    assert value(found, "11", period="2023-12-31") == 1234
    assert value(found, "11", period="2024-12-31") == 1234
    assert found.counts.height == 5


def test_formula_errors_of_a_text_file_are_named_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("g;n\n1;#NV\n2;#BEZUG!\n3;Err:502\n4;#12\n", "utf-8")
    _, findings = delivered(
        tmp_path,
        "1234",
        {"period": "2024", "area": {"column": 1}, "cells": {"measure": "n"}},
        files="a.csv",
    )
    assert [finding.rule for finding in findings] == ["cell_formula_error"] * 3 + ["cell_no_number"]


def test_years_on_sheets_of_their_own(suffix: str, tmp_path: Path) -> None:
    sheets: dict[str, list[list[books.Cell]]] = {
        "Hinweise": [["Quelle: Amt"]],
        "Jahr 2022": [["Gebiet", "Zahl"], ["1", 5]],
        "Jahr 2023": [["Gebiet", "Zahl"], ["1", 7]],
    }
    books.WRITERS[suffix](tmp_path / f"a{suffix}", sheets)
    found, findings = delivered(
        tmp_path,
        ["1"],
        {
            "sheet": r"Jahr \d{4}",
            "period": {"sheet": r"(\d{4})"},
            "area": {"column": 1},
            "cells": {"measure": "births"},
        },
        files=f"a{suffix}",
        licence="^Quelle: (.*)",
    )
    assert findings == []
    assert found.counts.select("period", "value", "sheet").rows() == [
        ("2022", 5.0, "Jahr 2022"),
        ("2023", 7.0, "Jahr 2023"),
    ]
    assert found.files[0].licence == "Amt"


# The following sheets are fixtures made from what public readers of such files expect; no
# workbook of the Bundesagentur für Arbeit was at hand.


def municipality() -> list[list[books.Cell]]:
    """A municipality's workbook: no head row, years in columns C to G, facts by row number."""
    rows: list[list[books.Cell]] = [[] for _ in range(46)]
    rows[0] = ["Arbeitsmarkt kommunal"]
    rows[4] = ["Merkmal", None, 2020, 2021, 2022, 2023, 2024]
    facts = {38: ("Arbeitslose insgesamt", 38), 39: ("Männer", 20), 40: ("Frauen", 18)}
    for row, (label, number) in facts.items():
        rows[row - 1] = [label, "Anzahl", *(number * 100 + year for year in range(5))]
    rows[17] = ["Land- und Forstwirtschaft", "Anzahl", "*", 1, 2, 3, "x"]
    return rows


POSITIONS: dict[str, Any] = {
    "sheet": "Daten",
    "head_rows": [5],
    "expect": {"A38": "^Arbeitslose insgesamt", "A18": "^Land"},
    "period": {"head": 1, "format": "{}-12-31"},
    "area": "05770024",
    "ignore": [1, 2],
    "cells": {
        "measure": {"row": True, "values": {"18": "farming", "38": "unemployed",
                                            "39": "unemployed_men", "40": "unemployed_women"}},
    },
}  # fmt: skip


def test_facts_by_row_number(suffix: str, tmp_path: Path) -> None:
    books.WRITERS[suffix](tmp_path / f"a{suffix}", {"Daten": municipality()})
    found, findings = delivered(tmp_path, ["05770024"], POSITIONS, files=f"a{suffix}")
    assert findings == []
    assert found.counts.height == 4 * 5
    assert value(found, "05770024", measure="unemployed", period="2024-12-31") == 3804
    assert value(found, "05770024", measure="unemployed_women", period="2020-12-31") == 1800
    signs = found.counts.filter(measure="farming").sort("period")
    assert signs.select("value", "status").rows()[::4] == [
        (None, "suppressed"),
        (None, "not_collected"),
    ]


def test_a_shifted_sheet_is_not_read_by_row_number(tmp_path: Path) -> None:
    books.xlsx(tmp_path / "a.xlsx", {"Daten": [[], *municipality()]})
    found, findings = delivered(tmp_path, ["05770024"], POSITIONS, files="a.xlsx")
    assert {finding.rule for finding in findings} == {"layout_changed"}
    assert [finding.row for finding in findings] == [38, 18]
    assert found.counts.is_empty()


def test_a_row_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    rows = municipality()
    rows[38] = []
    books.xlsx(tmp_path / "a.xlsx", {"Daten": rows})
    _, [finding] = delivered(tmp_path, ["05770024"], POSITIONS, files="a.xlsx")
    assert (finding.rule, finding.row) == ("row_missing", 39)


def test_months_headed_by_dates_and_key_with_name(suffix: str, tmp_path: Path) -> None:
    rows: list[list[books.Cell]] = [
        ["Arbeitslose im Rechtskreis SGB III"],
        ["Region", datetime.date(2024, 11, 1), datetime.date(2024, 12, 1)],
        ["05770 Minden-Lübbecke", 3210, 3301],
        ["05774 Paderborn", "-", "."],
    ]
    books.WRITERS[suffix](tmp_path / f"202412_Heft{suffix}", {"Übersicht_Kreise": rows})
    found, findings = delivered(
        tmp_path,
        ["05770", "05774"],
        {
            "sheet": "Übersicht_Kreise",
            "head_rows": [2],
            "period": {"head": 1, "month_end": True},
            "area": {"column": 1, "pattern": r"^(\d{5}) "},
            "cells": {"measure": "unemployed"},
        },
        files=f"*_Heft{suffix}",
    )
    assert findings == []
    assert found.counts.sort("area", "period").select("period", "value", "status").rows() == [
        ("2024-11-30", 3210.0, "ok"),
        ("2024-12-31", 3301.0, "ok"),
        ("2024-11-30", 0.0, "ok"),
        ("2024-12-31", None, "suppressed"),
    ]


def test_columns_merged_downwards(suffix: str, tmp_path: Path) -> None:
    """Sozialdatenindex: the fourth sheet, its first two columns merged over several rows."""
    rows: list[list[books.Cell]] = [
        ["Kreis", "Gemeinde", "Alter", "Zahl"],
        ["05770", "024 Minden", "unter 15", 5],
        [None, None, "ab 15", 7],
        [None, "028 Petershagen", "unter 15", 1],
        [None, None, "ab 15", 2],
    ]
    sheets: dict[str, list[list[books.Cell]]] = {
        "A": [["x"]],
        "B": [["x"]],
        "C": [["x"]],
        "Tabelle 4": rows,
    }
    books.WRITERS[suffix](tmp_path / f"sdi{suffix}", sheets)
    found, findings = delivered(
        tmp_path,
        ["05770024", "05770028"],
        {
            "sheet": "Tabelle 4",
            "carry_down": ["Kreis", "Gemeinde"],
            "period": "2024",
            "area": {"column": "Gemeinde", "pattern": r"^(\d{3})", "format": "05770{}"},
            "ignore": ["Kreis"],
            "cells": {
                "measure": "persons",
                "age": {"column": "Alter", "values": {"unter 15": "0-14", "ab 15": "15+"}},
            },
        },
        files=f"sdi{suffix}",
    )
    assert findings == []
    assert found.counts.select("area", "age", "value", "row").rows() == [
        ("05770024", "0-14", 5.0, 2),
        ("05770024", "15+", 7.0, 3),
        ("05770028", "0-14", 1.0, 4),
        ("05770028", "15+", 2.0, 5),
    ]
