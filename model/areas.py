"""An area as the app needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONG = 13


@dataclass(frozen=True)
class Area:
    """One area. `locative` reads 'in der Innenstadt', `label` is what fits on the map."""

    id: str
    level: str
    name: str
    label: str
    locative: str
    parent: str | None
    lon: float | None
    lat: float | None

    @property
    def lines(self) -> list[str]:
        """The label in one line, or in two where it is long and may be broken."""
        if len(self.label) <= _LONG:
            return [self.label]
        breaks = [found.end() for found in re.finditer(r"[ /-]", self.label)]
        if not breaks:
            return [self.label]
        middle = min(breaks, key=lambda place: abs(place - len(self.label) / 2))
        return [self.label[:middle].rstrip(), self.label[middle:]]
