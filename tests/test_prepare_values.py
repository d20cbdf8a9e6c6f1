"""German numbers and table signs: one function, many cases."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepare import periods, values


def number(text: str, decimal: str = ",") -> float | None:
    frame = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    found: float | None = frame.select(values.number(pl.col("text"), decimal)).item()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("7", 7),
        ("1.234", 1234),
        ("1.234,5", 1234.5),
        ("12.345.678", 12345678),
        ("1234,5", 1234.5),
        ("0,3", 0.3),
        ("-5", -5),
        ("\u22125", -5),
        ("+12", 12),
        ("1 234", 1234),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234\u202f567", 1234567),
        (" 42 ", 42),
        ("007", 7),
        ("1023101", 1023101),
    ],
)
def test_german_number(text: str, expected: float) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "1.23",
        "1.2345",
        "12.34.567",
        "1,234,567",
        "1.234 567",
        "1023101.0",
        "1,",
        ",5",
        "1e5",
        "12 %",
        "zwölf",
        "1-2",
        "NaN",
        "inf",
        "- 5",
        "*",
    ],
)
def test_no_german_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1023101.0", 1023101), ("1,234.5", 1234.5), ("1.234", 1.234), ("1,234", 1234)],
)
def test_number_with_decimal_point(text: str, expected: float) -> None:
    assert number(text, ".") == expected


@given(st.integers(-(10**12), 10**12), st.integers(0, 999))
def test_every_german_number_comes_back(whole: int, thousandths: int) -> None:
    sign = "-" if whole < 0 else ""
    grouped = f"{abs(whole):,}".replace(",", ".")
    expected = float(f"{sign}{abs(whole)}.{thousandths:03}")
    assert number(f"{sign}{grouped},{thousandths:03}") == expected
    assert number(f"{sign}{abs(whole)},{thousandths:03}") == expected


@given(st.text(max_size=12))
def test_any_text_gives_a_number_or_nothing(text: str) -> None:
    found = number(text)
    assert found is None or any(character.isdigit() for character in text)


@pytest.mark.parametrize(
    ("text", "value", "status"),
    [
        ("12", 12.0, "modelled"),
        ("0", 0.0, "modelled"),
        ("-", 0.0, "modelled"),
        ("–", 0.0, "modelled"),
        ("*", None, "suppressed"),
        (".", None, "suppressed"),
        ("…", None, "not_collected"),
        ("...", None, "not_collected"),
        ("x", None, "not_collected"),
        ("X", None, "not_collected"),
        ("/", None, "unreliable"),
        (" * ", None, "suppressed"),
        (None, None, None),
        ("k. A.", None, None),
    ],
)
def test_sign_becomes_status(text: str | None, value: float | None, status: str | None) -> None:
    cells = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    found = values.with_values(cells, values.Notation(plain="modelled"))
    assert found.select("value", "status").row(0) == (value, status)


def test_a_recipe_may_explain_blanks_and_its_own_signs() -> None:
    cells = pl.DataFrame({"text": [None, "k. A.", "-"]})
    signs = {**values.SIGNS, "": "not_collected", "k. A.": "unreliable", "-": "suppressed"}
    found = values.with_values(cells, values.Notation(signs=signs))
    assert found["value"].to_list() == [None, None, None]
    assert found["status"].to_list() == ["not_collected", "unreliable", "suppressed"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-31", "2024-12-31"),
        ("2024-12-31 00:00:00", "2024-12-31"),
        ("31.12.2024", "2024-12-31"),
        ("1.7.2023", "2023-07-01"),
        ("2024", "2024"),
        ("2024/25", "2024"),
        ("2024/2025", "2024"),
        ("1999/00", "1999"),
        ("Dezember 2024", "2024-12-31"),
        ("Februar 2024", "2024-02-29"),
        ("15. März 2023", "2023-03-15"),
        (" 2024 ", "2024"),
    ],
)
def test_period(text: str, expected: str) -> None:
    assert periods.iso(text) == expected


@pytest.mark.parametrize(
    "text", ["", "24", "31.02.2024", "2024-13-01", "2024/26", "Smarch 2024", "3024", "12/2024"]
)
def test_no_period(text: str) -> None:
    with pytest.raises(periods.UnknownPeriod):
        periods.iso(text)
