"""Long files too large for memory: read in a stream, rows of a count added up, faults named."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

import small_city
from prepare import build as builds
from prepare.findings import Finding, PreparationError

RECIPE = """
id = "register"
title = "Registerauszug"
office = "Bürgeramt"
source = "amt"
basis = "Hauptwohnsitz"
each_row_is = "ein Baublock und Alter an einem Stichtag"
files = "register.csv"
streamed = true

[[tables]]
add_rows = true
period = { column = "jahr" }
area = { column = "viertel" }
value = "zahl"

[[tables.rows]]
where = { art = "lebend" }
measure = "births"
[[tables.rows]]
where = { art = "tot" }
ignore = true
"""
HEAD = "jahr;block;viertel;art;zahl\n"
QUARTERS = ("001", "002", "003", "004")
ROWS = [
    (year, f"{block:05}", QUARTERS[block % 4], "lebend" if block % 7 else "tot", block * year % 5)
    for year in (2021, 2022, 2023)
    for block in range(700)
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = small_city.write(tmp_path)
    (folder / "recipes/register.toml").write_text(RECIPE, encoding="utf-8")
    return folder


def deliver(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / "deliveries/register.csv").write_bytes(text.encode(encoding))


def lines(rows: Sequence[tuple[object, ...]]) -> str:
    return HEAD + "".join(";".join(map(str, row)) + "\n" for row in rows)


def births(folder: Path, findings: list[Finding]) -> dict[tuple[str, str], tuple[float, int]]:
    """Value and first line by area and year."""
    seen = builds.examined(folder, folder / "deliveries", findings)
    [delivery] = [d for d in seen.read if d.recipe.id == "register"]
    return {
        (row["area"], row["period"]): (row["value"], row["row"])
        for row in delivery.counts.iter_rows(named=True)
    }


def wrong(folder: Path) -> list[Finding]:
    with pytest.raises(PreparationError) as error:
        builds.build(folder, folder / "deliveries", "public", [])
    return [f for f in error.value.findings if f.file == "register.csv"]


def test_rows_of_a_count_are_added_up(folder: Path) -> None:
    """The sums are those of the csv module, at the line of the first row of each."""
    deliver(folder, lines(ROWS))
    sums: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], int] = {}
    with (folder / "deliveries/register.csv").open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file, delimiter=";"), start=2):
            if row["art"] == "lebend":
                sums[row["viertel"], row["jahr"]] += int(row["zahl"])
                first.setdefault((row["viertel"], row["jahr"]), line)
    found = births(folder, [])
    assert found == {key: (value, first[key]) for key, value in sums.items()}
    assert len(found) == 4 * 3


def test_streamed_or_not_the_counts_are_the_same(folder: Path) -> None:
    """Signs, marks, thousands and blanks around texts mean what they mean anywhere."""
    odd = [
        (2021, "1", " 001 ", "lebend", "1.234"),
        (2021, "2", "001", "lebend", "-"),
        (2021, "3", "002", "lebend", "7 r"),
        (2021, "4", "003", "lebend", "."),
        (2021, "5", "003", "lebend", "4"),
        (2021, "6", "004", "lebend", "12"),
    ]
    deliver(folder, lines(odd))
    streamed = builds.examined(folder, folder / "deliveries", []).found
    small_city.change(folder / "recipes/register.toml", "streamed = true\n", "")
    whole = builds.examined(folder, folder / "deliveries", []).found
    assert streamed.equals(whole)
    told = streamed.filter(pl.col("measure") == "births", pl.col("level") == "viertel")
    assert told.sort("area").select("area", "value", "status").rows() == [
        ("001", 1234.0, "ok"),
        ("002", 7.0, "revised"),
        ("003", None, "suppressed"),
        ("004", 12.0, "ok"),
    ]


@pytest.mark.parametrize(
    ("row", "rule", "line", "words"),
    [
        ((2021, "1", "999", "lebend", 1), "area_unknown", 2102, '"999"'),
        (("x", "1", "001", "lebend", 1), "period_unknown", 2102, '"x"'),
        ((2021, "1", "001", "unbekannt", 1), "row_unknown", 2102, 'art = "unbekannt"'),
        ((2021, "1", "001", "lebend", "1.64"), "cell_no_number", 2102, '"1.64"'),
        ((2021, "1", "001", "lebend", ""), "cell_blank", 2102, "leer"),
    ],
)
def test_faults_are_named_with_their_line(
    folder: Path, row: tuple[object, ...], rule: str, line: int, words: str
) -> None:
    deliver(folder, lines([*ROWS, row]))
    found = [f for f in wrong(folder) if f.rule == rule]
    assert [(f.row, f.grade) for f in found] == [(line, "error")]
    assert words in found[0].message and found[0].remedy


def test_rows_that_are_no_parts_stand_twice(folder: Path) -> None:
    small_city.change(folder / "recipes/register.toml", "add_rows = true\n", "")
    deliver(folder, lines([(2021, "1", q, "lebend", 5) for q in (*QUARTERS, "002", "002")]))
    [finding] = [f for f in wrong(folder) if f.rule == "cell_doubled"]
    assert finding.row == 3 and "steht 3-mal" in finding.message
    assert "add_rows = true" in finding.remedy


@pytest.mark.parametrize(
    ("text", "encoding", "rule"),
    [
        (HEAD + "2021;1;001;lebend;5\n", "utf-16", "encoding_wrong"),
        (HEAD.replace("block", "Blöcke") + "2021;1;001;lebend;5\n", "cp1252", "encoding_wrong"),
        (HEAD + "2021;Höhe;001;lebend;5\n", "cp1252", "encoding_wrong"),
        (HEAD + "2021;1;001;lebend;5;6;7\n", "utf-8", "text_unreadable"),
        (HEAD.replace("zahl", "wert") + "2021;1;001;lebend;5\n", "utf-8", "column_missing"),
        (HEAD, "utf-8", "table_empty"),
    ],
)
def test_files_that_cannot_be_read(folder: Path, text: str, encoding: str, rule: str) -> None:
    deliver(folder, text, encoding)
    assert rule in [f.rule for f in wrong(folder)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[tables]]\n", '[[tables]]\nend = "^Quelle"\n'),
        ("streamed = true\n", 'streamed = true\nencoding = "cp1252"\n'),
        ("add_rows = true\n", "add_rows = true\nhead_rows = []\n"),
    ],
)
def test_what_a_stream_cannot_do_is_refused(folder: Path, old: str, new: str) -> None:
    deliver(folder, lines(ROWS))
    small_city.change(folder / "recipes/register.toml", old, new)
    with pytest.raises(PreparationError, match="streamed") as error:
        builds.build(folder, folder / "deliveries", "public", [])
    assert {f.rule for f in error.value.findings} == {"value_wrong"}


def test_a_mark_in_a_column_of_its_own_is_the_status(folder: Path) -> None:
    """A number with a mark is not added up as a plain one; an unknown mark is a fault."""
    small_city.change(
        folder / "recipes/register.toml", 'value = "zahl"\n', 'value = "zahl"\nmark = "art2"\n'
    )
    deliver(
        folder,
        "jahr;viertel;art;zahl;art2\n2021;001;lebend;3;p\n2021;001;lebend;4; \n"
        "2021;002;lebend;5;r\n2021;003;lebend;6;\n2021;004;lebend;7;q\n2021;004;lebend;;.\n",
    )
    findings: list[Finding] = []
    found = builds.examined(folder, folder / "deliveries", findings).read[-1].counts
    assert found.sort("area").select("area", "value", "status").rows() == [
        ("001", 7.0, "preliminary"),
        ("002", 5.0, "revised"),
        ("003", 6.0, "ok"),
        ("004", None, "suppressed"),
    ]
    [unknown] = [f for f in findings if f.rule == "cell_no_number"]
    assert (unknown.row, unknown.value) == (6, "7 q")


def test_a_number_that_is_a_sign_is_never_added_up(folder: Path) -> None:
    small_city.change(
        folder / "recipes/register.toml",
        "streamed = true\n",
        'streamed = true\nsigns = { "9999" = "suppressed" }\n',
    )
    deliver(folder, lines([(2021, "1", "001", "lebend", 9999), (2021, "2", "001", "lebend", 4)]))
    found = builds.examined(folder, folder / "deliveries", []).read[-1].counts
    assert found.select("area", "value", "status").rows() == [("001", None, "suppressed")]


def test_rows_may_be_chosen_by_a_column_nothing_else_reads(folder: Path) -> None:
    small_city.change(
        folder / "recipes/register.toml",
        'value = "zahl"\n',
        'value = "zahl"\nonly = { block = "^1" }\nfactor = 0.1\n',
    )
    deliver(
        folder, lines([(2021, block, "001", "lebend", n) for block, n in ((1, 3), (2, 9), (10, 4))])
    )
    assert births(folder, []) == {("001", "2021"): (0.7, 2)}


def test_blank_lines_are_no_rows_and_longer_rows_a_fault(folder: Path) -> None:
    deliver(folder, HEAD + "2021;1;001;lebend;3\n\n;;;;\n2021;1;002;lebend;4\n\n")
    findings: list[Finding] = []
    assert births(folder, findings) == {("001", "2021"): (3.0, 2), ("002", "2021"): (4.0, 5)}
    assert [f.rule for f in findings if f.file == "register.csv" and f.grade == "error"] == []
    deliver(folder, HEAD + "2021;1;001;lebend;3\n2021;Hof; Tor;002;lebend;4\n")
    [ragged] = [f for f in wrong(folder) if f.rule == "row_ragged"]
    assert (ragged.row, ragged.column, ragged.grade) == (3, 6, "error")


def test_a_head_no_reader_can_take_apart_is_a_finding(folder: Path) -> None:
    deliver(folder, HEAD.replace("block", "x" * 140_000))
    assert [f.rule for f in wrong(folder)] == ["text_unreadable"]
