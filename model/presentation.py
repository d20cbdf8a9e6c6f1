"""What a presentation shows: views as slides, which one stands there, and what was asked besides.

The address of `/praesentation`; docs/links.md lists the keys. `parse` makes query parameters a
presentation that is always valid, `query` writes it back.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from model import collection, links
from model.collection import Collection
from model.selection import SWITCH

_ID = re.compile(r"[\w~.-]{1,120}")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
MOST = 999
"""The last slide that an address can name."""


@dataclass(frozen=True)
class Presentation:
    """Views to present. `slide` counts from 1.

    `area` stands in the spotlight of every slide instead of what was prepared, `period` is another
    one than prepared for the slide that stands there, and `near` shows the map around the area.
    `rehearsal` shows notes, clock and the next slide.
    """

    shown: Collection = field(default_factory=Collection)
    slide: int = 1
    area: str = ""
    period: str = ""
    near: bool = False
    rehearsal: bool = False

    @property
    def asked(self) -> bool:
        """Whether something else is to be shown than was prepared."""
        return bool(self.area or self.period or self.near)

    def query(self) -> dict[str, str]:
        """The presentation as query parameters."""
        return {
            **self.shown.query(),
            "folie": str(self.slide),
            **({"gebiet": self.area} if self.area else {}),
            **({"zeit": self.period} if self.period else {}),
            **({"nah": "ja"} if self.near else {}),
            **({"probe": "ja"} if self.rehearsal else {}),
        }


def parse(query: Mapping[str, str], pages: Container[str]) -> tuple[Presentation, list[str]]:
    """The presentation a query means, with German notices for what had to give way.

    `pages` are the paths that have views.
    """
    shown, notices = collection.parse(query, pages)
    found = Presentation(
        shown,
        area=_id(query.get("gebiet")),
        period=_id(query.get("zeit")),
        near=SWITCH[links.one("nah", query, SWITCH, "nein", notices)],
        rehearsal=SWITCH[links.one("probe", query, SWITCH, "nein", notices)],
    )
    return replace(found, slide=_slide(query.get("folie"))), notices


def stepped(own: Presentation, wanted: Any) -> Presentation:
    """The presentation after a key was pressed: `wanted` comes from the browser and may be wrong.

    It names slide, area, period and near; what is none of them counts as not asked.
    """
    told = wanted if isinstance(wanted, dict) else {}
    return replace(
        own,
        slide=_slide(told.get("slide")),
        area=_id(told.get("area")),
        period=_id(told.get("period")),
        near=told.get("near") is True,
    )


def _slide(told: Any) -> int:
    if isinstance(told, int):
        return told if 1 <= told <= MOST else 1
    return int(told) if isinstance(told, str) and _NUMBER.fullmatch(told) else 1


def _id(told: Any) -> str:
    return told if isinstance(told, str) and _ID.fullmatch(told) else ""
