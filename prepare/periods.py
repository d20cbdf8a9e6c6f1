"""Period texts of deliveries to the ISO strings of a release."""

from __future__ import annotations

import calendar
import re
from datetime import date

_MONTHS = (
    *("januar", "februar", "märz", "april", "mai", "juni", "juli"),
    *("august", "september", "oktober", "november", "dezember"),
)


class UnknownPeriod(ValueError):
    """The text is no date, year, school year or month we know."""


def iso(text: str) -> str:
    """The period as ISO text: a reference date '2024-12-31', or a year '2024'.

    A school year '2024/25' is its first year, a month its last day. Raises UnknownPeriod.
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


def _date(text: str) -> str:
    """A date as ISO text; '' if the text does not look like one. ValueError if it cannot be."""
    if found := re.fullmatch(r"(?a)(\d{4})-(\d\d)-(\d\d)(?: 00:00:00)?", text):
        year, month, day = map(int, found.groups())
    elif found := re.fullmatch(r"(?a)(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
        day, month, year = map(int, found.groups())
    elif found := re.fullmatch(r"(?a)(?:(\d{1,2})\. )?([A-Za-zäÄ]+) (\d{4})", text):
        month, year = _MONTHS.index(found[2].lower()) + 1, int(found[3])
        day = int(found[1] or calendar.monthrange(year, month)[1])
    else:
        return ""
    return date(year, month, day).isoformat()


def _year(text: str) -> str:
    """A calendar year, or the first year of a school year. ValueError if neither."""
    found = re.fullmatch(r"(?a)((?:19|20)\d\d)(?: ?/ ?(?:\d\d)?(\d\d))?", text)
    if found is None or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        raise ValueError(text)
    return found[1]
