"""An area as the app needs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LONG = 13


@dataclass(frozen=True)
class Area:
    """One area. `locative` reads 'in der Innenstadt', `label` is what fits on the map.

    Areas put together have `parts`, the ids of areas of one level.
    """

    id: str
    level: str
    name: str
    label: str
    locative: str
    parent: str | None
    lon: float | None
    lat: float | None
    parts: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The label in lines that fit on a map."""
        return label_lines(self.label)


def area(row: Mapping[str, Any], parts: tuple[str, ...] = ()) -> Area:
    """The area in a row of a release's table of areas; `parts` if it is put together."""
    return Area(
        id=row["area"],
        level=row["level"],
        name=row["name"],
        label=row["short"] or row["name"],
        locative=row["locative"] or f"in {row['name']}",
        parent=row["parent"],
        lon=row["lon"],
        lat=row["lat"],
        parts=parts,
    )


def label_lines(label: str) -> list[str]:
    """A label in one line, or in two where it is long and may be broken."""
    breaks = [found.end() for found in re.finditer(r"[ /-]", label)]
    if len(label) <= _LONG or not breaks:
        return [label]
    middle = min(breaks, key=lambda place: abs(place - len(label) / 2))
    return [label[:middle].rstrip(), label[middle:]]
