"""German numbers and table signs: one function, many cases."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

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


def told(text: str | None, **notation: Any) -> tuple[float | None, str | None]:
    """Value and status of one cell."""
    cells = pl.DataFrame({"text": [text]}, schema={"text": pl.String})
    found = values.with_values(cells, values.Notation(**notation))
    assert found.columns == ["text", "value", "status"]
    value, status = found.select("value", "status").row(0)
    return value, status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("123 r", (123, "revised")),
        ("123r", (123, "revised")),
        ("1.234,5p", (1234.5, "preliminary")),
        ("- r", (0, "revised")),
        (". p", (None, "suppressed")),
        ("(12)", (None, "unreliable")),
        ("( 1.234 )", (None, "unreliable")),
        ("(12) p", (None, "unreliable")),
        ("(-)", (None, "unreliable")),
        ("(x)", (None, "unreliable")),
        ("(*)", (None, "suppressed")),
        ("r", (None, None)),
        ("123 rr", (None, None)),
        ("123 s", (None, None)),
        ("r 123", (None, None)),
        ("(12", (None, None)),
        ("12)", (None, None)),
        ("((12))", (None, None)),
        ("()", (None, None)),
        ("Bar", (None, None)),
        ("45 %", (None, None)),
    ],
)
def test_marks_and_brackets(text: str, expected: tuple[float | None, str | None]) -> None:
    assert told(text) == expected


def test_the_worse_of_mark_and_plain_status_counts() -> None:
    assert told("5 r", plain="modelled") == (5, "modelled")
    assert told("5 p", plain="revised") == (5, "preliminary")
    assert told("5 u", marks={"u": "unreliable"}) == (None, "unreliable")
    assert told("(5)", brackets="ok", plain="modelled") == (5, "modelled")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("k", (0, "ok")),
        ("0", (0, "ok")),
        ("–", (0, "ok")),
        ("t", (None, "not_collected")),
        ("x", (None, "not_collected")),
        ("u", (None, "unreliable")),
        ("g", (None, "suppressed")),
        ("G", (None, None)),
        ("*", (None, None)),
        (".", (None, None)),
        ("1 p", (1, "preliminary")),
    ],
)
def test_letter_set(text: str, expected: tuple[float | None, str | None]) -> None:
    assert told(text, signs=values.SIGN_SETS["letters"]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("53,40%", 53.4), ("45 %", 45), ("45", 45), ("45 % r", 45), ("(%)", None), ("%", None)],
)
def test_suffix(text: str, expected: float | None) -> None:
    assert told(text, suffix="%")[0] == expected


@pytest.mark.parametrize(
    ("text", "factor", "expected"),
    [("0,534", 100, 53.4), ("12,3", 1000, 12300), ("0", 1000, 0), ("-", 1000, 0), ("x", 10, None)],
)
def test_factor(text: str, factor: float, expected: float | None) -> None:
    assert told(text, factor=factor)[0] == expected


NUMBERS = st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
SIGNS = sorted({*values.SIGN_SETS["classic"], *values.SIGN_SETS["letters"]})


def german(number: Decimal, grouping: str) -> str:
    """A number as an office writes it."""
    whole, _, rest = f"{abs(number):,.3f}".partition(".")
    return ("-" if number < 0 else "") + whole.replace(",", grouping) + "," + rest


@given(NUMBERS, st.sampled_from(["", ".", " ", "\u00a0", "\u2009", "\u202f"]))
def test_a_written_number_comes_back(number: Decimal, grouping: str) -> None:
    assert told(german(number, grouping)) == (float(number), "ok")


@given(NUMBERS, st.sampled_from(sorted(values.MARKS)), st.sampled_from(["", " "]), st.booleans())
def test_a_mark_changes_the_status_and_not_the_number(
    number: Decimal, mark: str, space: str, bracketed: bool
) -> None:
    written = german(number, ".")
    text = f"({written}){space}{mark}" if bracketed else f"{written}{space}{mark}"
    expected = (None, "unreliable") if bracketed else (float(number), values.MARKS[mark])
    assert told(text) == expected


@given(
    st.sampled_from(SIGNS), st.sampled_from(sorted(values.SIGN_SETS)), st.text(" \t", max_size=2)
)
def test_a_sign_means_the_same_with_blanks_around(sign: str, name: str, blanks: str) -> None:
    signs = values.SIGN_SETS[name]
    meaning = signs.get(sign)
    expected = {None: (None, None), values.ZERO: (0, "ok")}.get(meaning, (None, meaning))
    assert told(f"{blanks}{sign}{blanks}", signs=signs) == expected


@given(st.text("0123456789.,- ()%rpxku/*…", max_size=10))
def test_what_is_read_as_a_number_was_written_as_one(text: str) -> None:
    """Whatever comes out as a number says so itself: its digits, and nothing but one number."""
    value, status = told(text)
    assert status is not None or value is None
    if value is not None and any(character.isdigit() for character in text):
        bare = text.strip().rstrip("rp").strip()
        plain = re.sub(r"[. ]", "", bare).replace(",", ".").lstrip("-")
        assert float(plain) == abs(value)


@given(st.text(max_size=8).filter(lambda text: not any(c in "0123456789" for c in text)))
def test_without_a_digit_there_is_no_number_but_zero(text: str) -> None:
    value, status = told(text)
    assert value is None or (value == 0 and text.strip()[0] in "-–")
    assert status in (None, *values.MARK_STATUSES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12", "2024-12-31"),
        ("202402", "2024-02-29"),
        ("Dez 2024", "2024-12-31"),
        ("Mrz. 2023", "2023-03-31"),
        ("1. Quartal 2024", "2024-03-31"),
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
    "text",
    [
        "",
        "24",
        "202413",
        "5. Quartal 2024",
        "2024-00",
        "31.02.2024",
        "2024-13-01",
        "2024/26",
        "Smarch 2024",
        "3024",
        "12/2024",
    ],
)
def test_no_period(text: str) -> None:
    with pytest.raises(periods.UnknownPeriod):
        periods.iso(text)
