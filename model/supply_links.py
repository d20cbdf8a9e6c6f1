"""Which facilities are held against which need: the address of `/angebot`.

As with model/selection.py the address is the state: `parse` makes query parameters a setting that
is valid for the release, with a notice for what had to give way; `query` writes it back.
docs/links.md lists the keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from model import links
from model.catalog import FacilityType
from model.language import _
from model.selection import SWITCH

WITHOUT = "ohne"
"""In place of a distance: no circles."""


@dataclass(frozen=True)
class Offer:
    """What a release has: types of facilities, indicators and areas of the level, by id."""

    types: Mapping[str, FacilityType]
    needs: Mapping[str, str]
    areas: Mapping[str, str]


@dataclass(frozen=True)
class Setting:
    """A type of facility, an indicator as the need, and how the map shows them.

    `others` are types whose points are shown as well. `metres` draws circles of that size, 0
    draws none. `marked` marks the areas of higher need and less supply. `area` is the chosen one.
    """

    kind: str
    need: str
    others: tuple[str, ...] = ()
    metres: int = 0
    marked: bool = False
    area: str = ""

    def query(self) -> dict[str, str]:
        """The complete setting as query parameters."""
        return {
            "art": self.kind,
            "bedarf": self.need,
            **({"auch": ",".join(self.others)} if self.others else {}),
            "umkreis": str(self.metres) if self.metres else WITHOUT,
            "hervorheben": "ja" if self.marked else "nein",
            **({"gebiet": self.area} if self.area else {}),
        }


def parse(offer: Offer, query: Mapping[str, str]) -> tuple[Setting, list[str]]:
    """The setting a query means, and a German notice for every value that had to give way.

    Unknown, empty or hostile values are never echoed back and never raise.
    """
    notices: list[str] = []
    kind = links.one("art", query, list(offer.types), next(iter(offer.types)), notices)
    own = offer.types[kind]
    first = own.need if own.need in offer.needs else next(iter(offer.needs))
    others = {name: each for name, each in offer.types.items() if name != kind}
    distances = [WITHOUT, *map(str, own.reach)]
    metres = links.one("umkreis", query, distances, WITHOUT, notices)
    switch = links.one("hervorheben", query, list(SWITCH), "nein", notices)
    unknown = _("Nicht jede Art von Einrichtung aus dem Link gibt es hier.")
    asked = [each for each in links.listed(query.get("auch", "")) if each != kind]
    area = query.get("gebiet", "")
    if area and area not in offer.areas:
        notices.append(_("Das Gebiet aus dem Link gibt es hier nicht."))
    return (
        Setting(
            kind=kind,
            need=links.one("bedarf", query, list(offer.needs), str(first), notices),
            others=links.known(asked, others, len(others), unknown, unknown, notices),
            metres=0 if metres == WITHOUT else int(metres),
            marked=SWITCH[switch],
            area=area if area in offer.areas else "",
        ),
        notices,
    )
