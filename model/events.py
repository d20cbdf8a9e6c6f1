"""Projects, facilities and events that an office lists beside an area's numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from model import formats
from model.language import _


@dataclass(frozen=True)
class Event:
    """Something in an area, or with '' in the whole city; `end` '' is open, `link` '' is none."""

    area: str
    start: str
    end: str
    title: str
    kind: str
    link: str

    @property
    def last(self) -> str:
        """The last day: an event without an end is over on its first; '' for what goes on."""
        return self.end or (self.start if self.kind == "ereignis" else "")

    @property
    def when(self) -> str:
        """When it was, in words: a day, from one day to another, or from a day on."""
        start, end = formats.day(self.start), formats.day(self.end)
        if self.last == self.start:
            return start
        if not self.last:
            return _("ab {start}").format(start=start)
        return _("{start} bis {end}").format(start=start, end=end)

    @property
    def word(self) -> str:
        """What it is, in a word."""
        words = {
            "projekt": _("Projekt"),
            "einrichtung": _("Einrichtung"),
            "ereignis": _("Ereignis"),
        }
        return words.get(self.kind, self.kind)


def days(period: str, reference: str) -> tuple[str, str]:
    """The first and the last day a period speaks of; of a reference date it is the same."""
    if len(period) > len("2024"):
        return period, period
    if reference == "school_year":
        return f"{period}-08-01", f"{int(period) + 1}-07-31"
    return f"{period}-01-01", f"{period}-12-31"


def at(day: str, periods: Collection[str], reference: str) -> float:
    """Where a day lies on an axis that shows each period at its year.

    A date stands for itself, a year for its middle, a school year for the end of January.
    """
    latest = max(periods)
    if len(latest) == len(day):
        return _years(day) - (_years(latest) - int(latest[:4]))
    return _years(day) - (13 / 12 if reference == "school_year" else 0.5)


def within(found: Iterable[Event], periods: Collection[str], reference: str) -> tuple[Event, ...]:
    """The events that begin between the first day of the periods and the last."""
    if not periods:
        return ()
    first, last = days(min(periods), reference)[0], days(max(periods), reference)[1]
    return tuple(event for event in found if first <= event.start <= last)


def _years(day: str) -> float:
    """The end of a day as a number of years: '2024-07-01' is 2024.5, '2024-12-31' is 2025."""
    known = date.fromisoformat(day)
    first, following = date(known.year, 1, 1), date(known.year + 1, 1, 1)
    return known.year + ((known - first).days + 1) / (following - first).days
