"""Projects, facilities and events that an office lists beside an area's numbers."""

from __future__ import annotations

from dataclasses import dataclass

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
    def when(self) -> str:
        """When it was, in words: a day, from one day to another, or from a day on."""
        start, end = formats.day(self.start), formats.day(self.end)
        if self.end == self.start or (not self.end and self.kind == "ereignis"):
            return start
        if not self.end:
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
