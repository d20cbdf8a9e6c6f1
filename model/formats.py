"""German numbers, dates and periods: the only place where a figure becomes text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from model.catalog import Indicator
from model.language import LANGUAGE, _

LOCALE = "de_DE" if LANGUAGE == "de" else LANGUAGE
NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
_YEAR = len("2024")
"""What is left of a date where an indicator has none in that year."""


def exact(value: float, decimals: int) -> Decimal:
    """The value at fixed decimals, rounded half up, without a negative zero."""
    step = Decimal(1).scaleb(-decimals)
    return Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP) + 0


def rounded(value: float, decimals: int) -> float:
    """The value as shown, rounded half up: 0.25 at one decimal is 0.3, not 0.2."""
    return float(exact(value, decimals))


def number(value: float, decimals: int = 0) -> str:
    """A German number with fixed decimals: 1234.5 is '1.234,5'."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(exact(value, decimals), format=pattern, locale=LOCALE)
    return text.replace("-", MINUS)


def plain(value: float) -> str:
    """A German number with just the decimals it has: 23.5 is '23,5', 84013.0 is '84.013'."""
    shown = exact(value, 3).normalize()
    return number(value, max(0, -int(shown.as_tuple().exponent)))


def quantity(value: float, indicator: Indicator) -> str:
    """The indicator's value with its unit: '27,4 %', '8,2 je 1.000 Einwohner'."""
    return f"{number(value, indicator.decimals)}{NBSP}{indicator.unit}"


def base(indicator: Indicator) -> str:
    """What the value refers to, with its unit unless the words already say it."""
    said = indicator.unit.startswith("je ") or indicator.unit in indicator.base
    return indicator.base if said else f"{indicator.base}, {indicator.unit}"


def period(value: str, reference: str) -> str:
    """A period for axes and lists: '31.12.2024', '2024' or '2024/25'."""
    if len(value) == len("2024-12-31"):
        return format_date(date.fromisoformat(value), "dd.MM.yyyy", locale=LOCALE)
    if reference == "school_year":
        return f"{value}/{(int(value) + 1) % 100:02d}"
    return value


def years(values: Sequence[str]) -> str:
    """Years in their order, three and more in a row as a span: '2010, 2013–2015'."""
    runs: list[list[int]] = []
    for year in sorted({int(value) for value in values}):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def at_period(value: str, reference: str) -> str:
    """A period inside a sentence: 'am 31.12.2024', 'im Jahr 2024', 'im Schuljahr 2024/25'."""
    label = period(value, reference)
    if reference == "school_year":
        return _("im Schuljahr {label}").format(label=label)
    if reference == "year" or len(value) == _YEAR:
        return _("im Jahr {label}").format(label=label)
    return _("am {label}").format(label=label)


def stand(value: str, reference: str) -> str:
    """The reference line under every chart: 'Stand: 31.12.2024', 'Schuljahr 2024/25'."""
    label = period(value, reference)
    if reference == "school_year":
        return _("Schuljahr {label}").format(label=label)
    if reference == "year" or len(value) == _YEAR:
        return _("Jahr {label}").format(label=label)
    return _("Stand: {label}").format(label=label)


def month(value: str) -> str:
    """An edition such as '2026-11' as 'November 2026'."""
    year, number_of_month = (int(part) for part in value.split("-"))
    return format_date(date(year, number_of_month, 1), "MMMM yyyy", locale=LOCALE)


def day(value: str) -> str:
    """A Stand as a German date: '2025-03-05' is '05.03.2025'; other texts stay as they are."""
    try:
        return format_date(date.fromisoformat(value), "dd.MM.yyyy", locale=LOCALE)
    except ValueError:
        return value


def column(value: int) -> str:
    """A column counted from 1 in the letters of a spreadsheet: 1 is 'A', 28 is 'AB'."""
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
