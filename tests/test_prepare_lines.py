"""Text whose lines a regex takes apart, and numbers with fewer decimal places than the others."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from prepare import textfiles
from prepare.checks import cells
from prepare.findings import PreparationError

COLUMNS = r"^(Kennzahl|.+(?=:)):?\s*(\S+)\s+(\S+)(?:\s+(\S+))?\s*$"
TEXT = """Kennzahl 2020 2021 2022
Anteil (am 30.6.) in %: 45,5, 12

Alter:7 8 
"""  # noqa: W291


def write(folder: Path, text: str) -> Path:
    path = folder / "seite.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_groups_are_cells_and_lines_keep_their_numbers(tmp_path: Path) -> None:
    sheet = textfiles.sheet(write(tmp_path, TEXT), "seite.txt", columns=COLUMNS)
    assert sheet.cells.rows() == [
        (1, "Kennzahl", "2020", "2021", "2022"),
        (2, "Anteil (am 30.6.) in %", "45,5,", "12", None),
        (4, "Alter", "7", "8", None),
    ]


def test_a_line_built_otherwise_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PreparationError) as refused:
        textfiles.sheet(write(tmp_path, TEXT + "Seite 54\n"), "seite.txt", columns=COLUMNS)
    [finding] = refused.value.findings
    assert (finding.rule, finding.row, finding.value) == ("line_unmatched", 5, "Seite 54")


def table(*texts: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "file": "a.csv",
            "sheet": "",
            "row": range(2, len(texts) + 2),
            "column": 3,
            "text": texts,
            "value": 1.0,
        }
    )


def test_the_one_number_without_places_is_told() -> None:
    usual = [f"{number},50%" for number in range(40, 60)]
    [finding] = cells.mixed_decimals(table(*usual, "45%"), ",")
    assert (finding.rule, finding.grade) == ("decimals_mixed", "hint")
    assert (finding.row, finding.column, finding.value) == (22, 3, "45%")


@pytest.mark.parametrize(
    "texts",
    [
        ("45%", "46%", "47%"),
        ("45,5%", "46%", "47,1%", "48%"),
        ("45,50%", "46,25%"),
        (*("45,50%",) * 20, "1.246,25%"),
        (*("45,50%",) * 20, "-0,25%"),
        (*("45,50%",) * 20, "-"),
    ],
)
def test_tables_without_a_rule_are_left_alone(texts: tuple[str, ...]) -> None:
    assert cells.mixed_decimals(table(*texts), ",") == []


def test_the_decimal_sign_of_the_recipe_counts() -> None:
    assert cells.mixed_decimals(table(*["45.50%"] * 20, "1,246.25%"), ".") == []
