"""Period texts of deliveries to the ISO strings of a release."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni", "juli"),
    *("august", "september", "oktober", "november", "dezember"),
)
_SHORT = ("jan", "feb", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez")


class UnknownPeriod(ValueError):
    """The text is no date, year, school year or month we know."""


def iso(text: str) -> str:
    """The period as ISO text: a reference date '2024-12-31', or a year '2024'.

    A school year '2024/25' is its first year; a month ('Dezember 2024', 'Dez. 2024', '2024-12',
    '202412') and a quarter ('4. Quartal 2024') are their last day. Raises UnknownPeriod.
    """
    text = text.strip()
    try:
        return _date(text) or _year(text)
    except ValueError as error:
        raise UnknownPeriod(text) from error


def is_iso(text: str) -> bool:
    """Whether a text is a period as a release writes it: '2024' or '2024-12-31'."""
    try:
        return iso(text) == text
    except UnknownPeriod:
        return False


def is_day(text: str) -> bool:
    """Whether a text is a day as '2024-12-31'."""
    return len(text) == len("2024-12-31") and is_iso(text)


def _date(text: str) -> str:
    """A date as ISO text; '' if the text does not look like one. ValueError if it cannot be."""
    if found := re.fullmatch(r"(?a)(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(?a)((?:19|20)\d\d)-?(\d\d)", text):
        year, month = map(int, found.groups())
        day = _last_day(year, month)
    elif found := re.fullmatch(r"(?a)([1-4])\. ?Quartal (\d{4})", text):
        year, month = int(found[2]), 3 * int(found[1])
        day = _last_day(year, month)
    elif found := re.fullmatch(r"(?a)(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = map(int, found.groups())
    elif found := re.fullmatch(r"(?a)(?:(\d{1,2})\. )?([A-Za-zäÄ]+)\.? (\d{4})", text):
        month, year = _month(found[2].lower()), int(found[3])
        day = int(found[1] or _last_day(year, month))
    else:
        return ""
    return date(year, month, day).isoformat()


def _month(name: str) -> int:
    """Number of a month by its name or first three letters. ValueError if there is none."""
    return (_MONTHS if name in _MONTHS else _SHORT).index(name) + 1


def _last_day(year: int, month: int) -> int:
    """ValueError if there is no such month."""
    if not 1 <= month <= 12:
        raise ValueError(month)
    return calendar.monthrange(year, month)[1]


def _year(text: str) -> str:
    """A calendar year, or the first year of a school year. ValueError if neither."""
    found = re.fullmatch(r"(?a)((?:19|20)\d\d)(?: ?/ ?(?:\d\d)?(\d\d))?", text)
    if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        raise ValueError(text)
    return found[1]
