"""Workbooks and text files as grids of texts, numbered as the file numbers them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter

from prepare import textfiles, workbooks
from prepare.findings import PreparationError
from prepare.sheets import Sheet, letters, number


def book(path: Path) -> Path:
    """A sheet whose first used cell is C5, with every kind of cell."""
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Daten")
    date = made.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_string("C5", " unter 3\nJahre ")
    sheet.write_number("D6", 1.234)
    sheet.write_string("E6", "1.234")
    sheet.write_number("F6", 3456789.5)
    sheet.write_number("D7", 12)
    sheet.write_string("E7", "012")
    sheet.write_datetime("F7", datetime.datetime(2024, 12, 31), date)
    sheet.write_number("D8", -0.5)
    sheet.write_string("E8", "*")
    sheet.write_string("F8", "  ")
    sheet.write_formula("D9", "=1/0", None, "#DIV/0!")
    sheet.write_string("E9", "da")
    made.add_worksheet("Leer")
    made.add_worksheet("Daten alt")
    made.close()
    return path


@pytest.fixture
def data(tmp_path: Path) -> Sheet:
    [sheet] = workbooks.sheets(book(tmp_path / "a.xlsx"), "a.xlsx", "Daten")
    return sheet


def test_rows_and_columns_keep_excels_numbers(data: Sheet) -> None:
    assert data.cell("C5") == "unter 3 Jahre"
    assert data.cells["row"].to_list() == [5, 6, 7, 8, 9]
    assert data.columns == [3, 4, 5, 6]


def test_native_numbers_stay_apart_from_texts_that_look_alike(data: Sheet) -> None:
    assert data.cell("D6") == "1,234"  # a number: one point two three four
    assert data.cell("E6") == "1.234"  # a text: one thousand two hundred thirty-four
    assert data.cell("F6") == "3456789,5"
    assert data.cell("D8") == "-0,5"


def test_whole_numbers_dates_and_texts(data: Sheet) -> None:
    assert data.cell("D7") == "12"
    assert data.cell("E7") == "012"
    assert data.cell("F7") == "2024-12-31"
    assert data.cell("E8") == "*"


def test_a_blank_is_no_text_and_a_formula_error_is_one(data: Sheet) -> None:
    assert data.cell("F8") == ""
    assert data.cell("D9") == "#DIV/0!"
    assert data.texts(99) == {}


def test_sheets_by_full_match(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx")
    assert [s.name for s in workbooks.sheets(path, "a", "Daten.*")] == ["Daten", "Daten alt"]
    assert [s.name for s in workbooks.sheets(path, "a", "Daten")] == ["Daten"]


def test_missing_sheet_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(PreparationError, match='"Daten", "Leer", "Daten alt"'):
        workbooks.sheets(book(tmp_path / "a.xlsx"), "a.xlsx", "Bestand")


def test_no_workbook_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("kein Excel")
    with pytest.raises(PreparationError) as error:
        workbooks.sheets(path, "a.xlsx", ".*")
    [finding] = error.value.findings
    assert (finding.rule, finding.file) == ("workbook_unreadable", "a.xlsx")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Bärenkämpen;Meißen".encode(), None),
        ("Bärenkämpen;Meißen".encode("utf-8-sig"), None),
        ("Bärenkämpen;Meißen".encode("cp1252"), None),
        ("Bärenkämpen;Meißen".encode("utf-16"), None),
        ("Bärenkämpen;Meißen".encode("cp437"), "cp437"),
    ],
)
def test_encoding_by_rule(data: bytes, encoding: str | None) -> None:
    assert textfiles.decoded(data, encoding) == "Bärenkämpen;Meißen"


def test_text_file_keeps_line_numbers_and_ragged_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('Titel\r\n\r\n;;"ab\r\nc"\r\n05;x;7\r\n'.encode("cp1252"))
    sheet = textfiles.sheet(path, "a.csv")
    assert sheet.cells.rows() == [
        (1, "Titel", None, None),
        (3, None, None, "ab c"),
        (5, "05", "x", "7"),
    ]


def test_wrong_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Meißen".encode("cp1252"))
    with pytest.raises(PreparationError, match="encoding_wrong"):
        textfiles.sheet(path, "a.csv", encoding="utf-8")


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_column_letters(column: int, name: str) -> None:
    assert letters(column) == name
    assert number(name) == column
