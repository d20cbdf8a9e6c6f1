"""What recipes can say of loose tables, and declarations that cannot be meant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

import server
from originals import delivered, value
from prepare import validation
from prepare.findings import Finding, PreparationError
from prepare.recipe_places import AreaOrigin, Cells, Labels, PeriodOrigin, Rows
from prepare.recipes import Correction, Recipe, Table

PLAIN: dict[str, Any] = {
    "period": "2024",
    "area": {"column": 1},
    "cells": {"measure": "n"},
}


def read(folder: Path, text: str, table: dict[str, Any], /, **recipe: Any) -> list[tuple[Any, ...]]:
    """Area, period, measure, sex, value, status of every count; no error or warning allowed."""
    found, findings = attempt(folder, text, table, **recipe)
    assert [finding for finding in findings if finding.grade != "hint"] == []
    return found


def attempt(
    folder: Path, text: str, table: dict[str, Any], /, **recipe: Any
) -> tuple[list[tuple[Any, ...]], list[Finding]]:
    (folder / "a.csv").write_text(text, encoding="utf-8")
    found, findings = delivered(
        folder, ["1", "2", "Au"], PLAIN | table, **({"files": "a.csv"} | recipe)
    )
    columns = ("area", "period", "measure", "sex", "value", "status")
    return found.counts.select(columns).rows(), findings


def test_a_file_without_head_row(tmp_path: Path) -> None:
    table = {
        "head_rows": [],
        "heads": ["Gebiet", "2011", "2021"],
        "period": {"head": 1},
        "area": {"column": "Gebiet"},
    }
    _, [hint] = attempt(tmp_path, "1;5;7\n2;6;8\n", table)
    assert (hint.rule, hint.grade) == ("heads_declared", "hint")
    assert read(tmp_path, "1;5;7\n2;6;8\n", table) == [
        ("1", "2011", "n", "total", 5.0, "ok"),
        ("2", "2011", "n", "total", 6.0, "ok"),
        ("1", "2021", "n", "total", 7.0, "ok"),
        ("2", "2021", "n", "total", 8.0, "ok"),
    ]


def test_heads_that_lie_are_replaced(tmp_path: Path) -> None:
    text = "Gebiet;2011;gesamt\n1;5;7\n"
    by_heads = {"head_rows": [1], "heads": ["g", "2011", "2021"], "period": {"head": 2}}
    by_values = {"period": {"head": 1, "values": {"gesamt": "2021"}}}
    for table in (by_heads, by_values):
        assert [row[1] for row in read(tmp_path, text, table)] == ["2011", "2021"]


def test_heads_for_another_number_of_columns(tmp_path: Path) -> None:
    table = {"head_rows": [], "heads": ["Gebiet", "2011"], "period": {"head": 1}}
    found, [finding] = attempt(tmp_path, "1;5;7\n", table)
    assert (found, finding.rule) == ([], "layout_changed")
    assert "2 Spalten, die Datei hat 3" in finding.message


def test_percentages_with_and_without_blank(tmp_path: Path) -> None:
    found = read(tmp_path, 'g;n\n1;"53,40%"\n2;45 %\n', {"suffix": "%"})
    assert [row[4] for row in found] == [53.4, 45.0]


def test_a_fraction_among_percentages_is_doubtful(tmp_path: Path) -> None:
    found, [finding] = attempt(tmp_path, "g;n\n1;53,4%\n2;0,45\n", {"suffix": "%"})
    assert [row[4] for row in found] == [53.4, 0.45]
    assert (finding.rule, finding.grade, finding.row) == ("suffix_mixed", "warning", 3)


def test_percentages_are_no_numbers_unless_declared(tmp_path: Path) -> None:
    _, [finding] = attempt(tmp_path, "g;n\n1;45%\n", {})
    assert finding.rule == "cell_no_number"


def test_numbers_in_thousands(tmp_path: Path) -> None:
    found = read(tmp_path, "g;n\n1;12,3\n2;-\n", {"factor": 1000})
    assert [row[4] for row in found] == [12300.0, 0.0]
    assert read(tmp_path, "g;n\n1;0,534\n", {"factor": 100})[0][4] == 53.4


def test_headings_above_their_rows(tmp_path: Path) -> None:
    """A date, then a sex, each in a row of its own; the rows below belong to both."""
    text = "Gebiet;Zahl\nStand 31.12.2023;\nMänner;\n1;5\n2;6\nFrauen;\n1;7\n"
    text += "Stand 31.12.2024;\nMänner;\n1;8\n"
    table = {
        "period": {"column": 1, "above": True, "pattern": r"^Stand (\S+)"},
        "cells": {
            "measure": "n",
            "sex": {"column": 1, "above": True, "values": {"Männer": "m", "Frauen": "w"}},
        },
    }
    assert read(tmp_path, text, table) == [
        ("1", "2023-12-31", "n", "m", 5.0, "ok"),
        ("2", "2023-12-31", "n", "m", 6.0, "ok"),
        ("1", "2023-12-31", "n", "w", 7.0, "ok"),
        ("1", "2024-12-31", "n", "m", 8.0, "ok"),
    ]


def test_areas_as_headings(tmp_path: Path) -> None:
    text = "x;Zahl\nGebiet 1;\nMänner;5\nFrauen;6\nGebiet 2;\nMänner;7\n"
    table = {
        "area": {"column": 1, "above": True, "pattern": r"^Gebiet (\d)$"},
        "cells": {"measure": "n", "sex": {"column": 1, "values": {"Männer": "m", "Frauen": "w"}}},
    }
    assert [(row[0], row[3], row[4]) for row in read(tmp_path, text, table)] == [
        ("1", "m", 5.0),
        ("1", "w", 6.0),
        ("2", "m", 7.0),
    ]


def test_rows_above_the_first_heading_belong_to_nothing(tmp_path: Path) -> None:
    table = {"period": {"column": 1, "above": True, "pattern": r"^Stand (\S+)"}}
    found, findings = attempt(tmp_path, "g;n\n1;4\nStand 2024;\n1;5\n", table)
    assert [row[4] for row in found] == [5.0]
    assert [finding.rule for finding in findings] == ["period_unknown"]


def test_indentation_as_level(tmp_path: Path) -> None:
    """'Au' is a district and, four spaces in, one of its municipalities."""
    text = "g;n\n  Au;12\n    Au;5\n    1;7\n"
    assert read(tmp_path, text, {"indent": 4}) == [
        ("Au", "2024", "n", "total", 5.0, "ok"),
        ("1", "2024", "n", "total", 7.0, "ok"),
    ]


def test_period_from_any_line(tmp_path: Path) -> None:
    text = 'Titel\n"Auswertung\nzum Stichtag 31.12.2024";x\ng;n\n1;5\n'
    table = {"head_rows": [4], "period": {"line": r"Stichtag (\d\d\.\d\d\.\d{4})"}}
    assert read(tmp_path, text, table)[0][1] == "2024-12-31"


def test_only_rows_and_unwanted_columns(tmp_path: Path) -> None:
    text = "g;art;n;n;m\n1;alle;5;6;7\n1;davon;1;2;3\n"
    table = {"only": {"art": "^alle$"}, "ignore": ["art", "n#2", 5]}
    assert read(tmp_path, text, table) == [("1", "2024", "n", "total", 5.0, "ok")]


def test_areas_outside_are_left_out_and_others_are_not(tmp_path: Path) -> None:
    area = {"column": 1, "outside": "ignore", "known": r"^\d$"}
    found, [finding] = attempt(tmp_path, "g;n\n1;5\n7;6\nNord;7\n", {"area": area})
    assert [row[0] for row in found] == ["1"]
    assert (finding.rule, finding.row, finding.value) == ("area_unknown", 4, "Nord")


def test_areas_outside_in_heads(tmp_path: Path) -> None:
    table = {
        "area": {"head": 1, "outside": "ignore", "known": r"^\d$"},
        "cells": {"measure": {"column": 1, "values": {"Geburten": "births"}}},
    }
    assert read(tmp_path, "x;1;9;2\nGeburten;5;6;7\n", table) == [
        ("1", "2024", "births", "total", 5.0, "ok"),
        ("2", "2024", "births", "total", 7.0, "ok"),
    ]


def test_a_merged_head_ends_where_the_one_above_ends(tmp_path: Path) -> None:
    text = ";Kinder;;Alte;\n;Summe;;;\ng;m;w;m;w\n1;1;2;3;4\n"
    heads = {f"{a} / {b}" if b else a: f"{a}{b}".lower() for a in ("Kinder", "Alte") for b in
             ("Summe", "")}  # fmt: skip
    table = {
        "head_rows": [1, 2, 3],
        "cells": {
            "measure": {"head": [1, 2], "values": heads},
            "sex": {"head": 3, "values": {"m": "m", "w": "w"}},
        },
    }
    assert [row[2] for row in read(tmp_path, text, table)] == [*["kindersumme"] * 2, *["alte"] * 2]


def test_long_rows_by_pattern_after_rows_by_text(tmp_path: Path) -> None:
    text = "g;art;n\n1;A1;5\n1;A2;6\n2;A1;7\n2;B1;8\n"
    table = {
        "cells": None,
        "value": "n",
        "rows": [
            {"matches": {"art": "^A"}, "measure": "other"},
            {"where": {"art": "A1"}, "measure": "first"},
            {"where": {"g": "2"}, "matches": {"art": "^B"}, "ignore": True},
        ],
    }
    assert [(row[2], row[4]) for row in read(tmp_path, text, table)] == [
        ("first", 5.0),
        ("other", 6.0),
        ("first", 7.0),
    ]


def test_marks_brackets_and_letters(tmp_path: Path) -> None:
    text = "g;2019;2020;2021;2022\n1;123 r;1.234p;(12);45\n2;k;u;g;0\n"
    table = {"period": {"head": 1}}
    found = read(tmp_path, text, table, sign_set="letters")
    assert [row[4:] for row in found] == [
        (123.0, "revised"),
        (0.0, "ok"),
        (1234.0, "preliminary"),
        (None, "unreliable"),
        (None, "unreliable"),
        (None, "suppressed"),
        (45.0, "ok"),
        (0.0, "ok"),
    ]


def test_letters_are_no_signs_of_the_classic_set(tmp_path: Path) -> None:
    _, findings = attempt(tmp_path, "g;n\n1;k\n2;g\n", {})
    assert [finding.rule for finding in findings] == ["cell_no_number"] * 2


def test_brackets_may_leave_a_number_standing(tmp_path: Path) -> None:
    found = read(tmp_path, "g;n\n1;(12)\n", {}, brackets="preliminary")
    assert found[0][4:] == (12.0, "preliminary")


def test_an_optional_file_may_be_missing(tmp_path: Path) -> None:
    found, findings = delivered(tmp_path, ["1"], PLAIN, files="b.csv", optional=True)
    assert (found.files, found.counts.height, findings) == ((), 0, [])
    _, [finding] = delivered(tmp_path, ["1"], PLAIN, files="b.csv")
    assert finding.rule == "file_missing"


def test_contradictions_within_one_delivery(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("g;n\n1;5\n2;6\n")
    (tmp_path / "b.csv").write_text("g;n\n1;7\n2;6\n")
    found, [finding] = delivered(tmp_path, ["1", "2"], PLAIN, files="?.csv")
    assert finding.rule == "value_contradiction"
    assert "5 und 7" in finding.message
    assert value(found, "2", measure="n") == 6


WRONG = [
    ({"tables": [PLAIN | {"heads": ["a"]}]}, "heads braucht head_rows"),
    ({"tables": [PLAIN | {"area": "1", "skip": "x"}]}, "skip braucht area = { column"),
    ({"tables": [PLAIN | {"area": "1", "indent": 2}]}, "indent braucht area"),
    ({"tables": [PLAIN | {"factor": 1}]}, "factor = 1 ändert nichts"),
    ({"tables": [PLAIN | {"factor": 0}]}, "greater than 0"),
    ({"tables": [PLAIN | {"suffix": "2%"}]}, "keine Ziffern"),
    ({"tables": [PLAIN | {"mark": "q"}]}, "mark gilt nur mit value"),
    ({"tables": [PLAIN | {"period": {"head": 2}}]}, "head = 2, aber head_rows hat 1 Zeilen"),
    ({"tables": [PLAIN | {"period": {"line": "(?=x)"}}]}, "ohne Vorausschau"),
    ({"tables": [PLAIN | {"period": {"cell": "A1", "above": True}}]}, "above = true braucht"),
    ({"tables": [PLAIN | {"period": {"column": 1, "above": True}}]}, "above = true braucht"),
    ({"tables": [PLAIN | {"area": {"column": 1, "known": "x"}}]}, "gehören zusammen"),
    ({"tables": [PLAIN | {"area": {"column": 1, "level": "x"}}]}, "gehören zusammen"),
    (
        {"tables": [PLAIN | {"cells": {"measure": {"row": True, "values": {"x": "n"}}}}]},
        "Zeilennummern",
    ),
    (
        {
            "tables": [
                PLAIN | {"cells": {"measure": {"head": 1, "values": {"x": "n"}, "ignore": "x"}}}
            ]
        },
        "passt zugleich auf ignore",
    ),
    (
        {"tables": [PLAIN | {"cells": None, "value": 1, "rows": [{"measure": "n"}]}]},
        "where oder matches",
    ),
    (
        {
            "tables": [
                PLAIN
                | {"cells": None, "value": 1, "rows": [{"where": {"a": "1"}, "measure": "n"}] * 2}
            ]
        },
        "dasselbe where",
    ),
    ({"revisions": True}, "revisions braucht"),
    ({"next": "2027"}, "pattern"),
    ({"sign_set": "other"}, "classic"),
    ({"marks": {"1": "revised"}}, "pattern"),
    ({"marks": {"r": "gut"}}, "revised"),
    ({"stand": {"column": 1}}, "stand steht an einer Stelle"),
    (
        {"corrections": [{"cell": "A1", "delivered": "1", "becomes": "1", "reason": "x"}]},
        "sind gleich",
    ),
    ({"corrections": [{"cell": "A1", "delivered": "1", "becomes": "2"}]}, "reason"),
]


@pytest.mark.parametrize(("keys", "words"), WRONG, ids=[case[1] for case in WRONG])
def test_declarations_that_cannot_be_meant(keys: dict[str, Any], words: str) -> None:
    recipe = {
        **{"id": "a", "title": "A", "office": "A", "source": "amt", "basis": "A"},
        **{"each_row_is": "A", "files": "a.csv", "tables": [PLAIN]},
    }
    Recipe.model_validate(recipe)
    with pytest.raises(ValidationError, match="(?s)" + words.replace("(", r"\(")):
        Recipe.model_validate(recipe | keys)


def test_every_key_of_a_recipe_is_documented() -> None:
    text = (server.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    models = (Recipe, Table, Correction, AreaOrigin, PeriodOrigin, Labels, Cells, Rows)
    keys = {key for model in models for key in model.model_fields}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", text)] == []


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"tables": [PLAIN | {"ignore": [0]}]}, '"ignore[1]": "0" ist zu klein'),
        ({"tables": [PLAIN | {"factor": 0}]}, "Größer als 0"),
        ({"tables": [PLAIN | {"area": {"colum": 1}}]}, 'Meinten Sie "column"?'),
        ({"next": "2027-13"}, 'ein Jahr mit Monat wie "2026-11"'),
        ({"sign_set": "alt"}, "Erlaubt: 'classic' oder 'letters'"),
        ({"corrections": [{"cell": "7C", "delivered": "", "becomes": "1", "reason": "x"}]},
         '[[corrections]] Nr. 1, Schlüssel "cell"'),
    ],
)  # fmt: skip
def test_a_wrong_key_is_told_once_and_in_german(keys: dict[str, Any], words: str) -> None:
    recipe = {
        **{"id": "a", "title": "A", "office": "A", "source": "amt", "basis": "A"},
        **{"each_row_is": "A", "files": "a.csv", "tables": [PLAIN]},
    }
    with pytest.raises(PreparationError) as error:
        validation.checked(Recipe, recipe | keys, "a.toml")
    assert [words in str(finding) for finding in error.value.findings].count(True) == 1
