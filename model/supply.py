"""What facilities offer in an area for those they are for, held against how much need there is.

Places per 100 children are the places of the facilities that stand in an area, by the children
who live there: sums by sums, for districts and the city alike. Children may go to a facility
elsewhere, so it says what is near, not who is served. Nothing here speaks of causes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from model import formats, verdicts
from model.areas import Area
from model.catalog import FacilityType, Indicator, Term
from model.language import _
from model.verdicts import Against
from model.view import Figure, View

PER = 100
SHARE_DECIMALS = 0
Group = Literal["both", "need", "supply", "neither", "unknown"]
"""Need clearly higher and supply less, one of them, none, or not to be said."""
GROUPS: tuple[Group, ...] = ("both", "need", "supply", "neither", "unknown")


@dataclass(frozen=True)
class Row:
    """An area with its need and its supply.

    `word` is how its need stands to the city's. `count` are the facilities in it. `supply` holds
    places (numerator), children (denominator) and places per 100 children; None where nobody
    counts places. `share` is the part of its ground within reach, from 0 to 1, None if unknown.
    """

    need: Figure
    word: Against
    count: int
    supply: Figure | None
    share: float | None
    group: Group

    @property
    def area(self) -> Area:
        """The area itself."""
        return self.need.area


def indicator(kind: FacilityType, reference: Literal["date", "year"]) -> Indicator | None:
    """Places per 100 children as an indicator; None where a type does not declare both."""
    if kind.places is None or kind.serves is None:
        return None
    what, whom = kind.plural, kind.served
    return Indicator(
        id=f"plaetze_{kind.id}",
        title=_("{what}: Plätze je 100 {whom}").format(what=what, whom=whom),
        short=_("Plätze je 100"),
        unit=_("je 100 {whom}").format(whom=whom),
        base=_("Plätze je 100 {whom}").format(whom=whom),
        numerator=(Term(measure=kind.places),),
        denominator=(kind.serves,),
        per=PER,
        random="none",
        decimals=1,
        direction="less",
        reference=reference,
        definition=_(
            "Plätze aller Einrichtungen dieser Art, die in einem Gebiet liegen, geteilt durch die "
            "dort gemeldeten {whom}, mal 100."
        ).format(whom=whom),
        # Names may hold braces; a reading is formatted once more.
        reading=_("{Ort} kamen {zeit} {wert} Plätze auf 100 WHOM.").replace(
            "WHOM", whom.replace("{", "{{").replace("}", "}}")
        ),
        counted=_("Plätze nach der Lage der Einrichtung, Kinder nach dem Wohnort."),
        why=_("Zeigt, wie viel Angebot es in der Nähe gibt."),
        caution=elsewhere(),
    )


def elsewhere() -> str:
    """What has to be said beside every such number."""
    return _(
        "Gezählt sind Plätze dort, wo die Einrichtung liegt. Kinder können auch eine Einrichtung "
        "in einem anderen Gebiet besuchen."
    )


def rows(
    need: View,
    supply: View | None,
    facilities: Mapping[str, int],
    shares: Mapping[str, float | None],
) -> tuple[Row, ...]:
    """A row for each area of the level, then one for the city if it is among the yardsticks.

    `facilities` counts them by area, `shares` are those of the ground within reach by area.
    """
    there = {f.area.id: f for f in (*supply.figures, *supply.yardsticks)} if supply else {}
    city = next((f for f in need.yardsticks if f.area.level == need.city.city_level), None)
    words = verdicts.verdicts(need.indicator, need.figures, city)
    whole = there.get(city.area.id) if city else None
    part = shares.get(city.area.id) if city else None
    found = [
        Row(
            figure,
            word,
            facilities.get(figure.area.id, 0),
            there.get(figure.area.id),
            shares.get(figure.area.id),
            group(
                more(need.indicator, word),
                less(there.get(figure.area.id), whole, supply)
                if supply
                else less_ground(shares.get(figure.area.id), part),
            ),
        )
        for figure, word in zip(need.figures, words, strict=True)
    ]
    if city is not None:
        count = facilities.get(city.area.id, 0)
        found.append(Row(city, "incomparable", count, whole, part, "unknown"))
    return tuple(found)


def more(indicator: Indicator, word: Against) -> bool | None:
    """Whether an area's need is clearly higher than the city's; None where nobody can say.

    Where a low value of the indicator means more need, it is the low ones.
    """
    if word == "incomparable":
        return None
    return word == ("lower" if indicator.direction == "less" else "higher")


def less(own: Figure | None, city: Figure | None, view: View) -> bool | None:
    """Whether there are fewer places per 100 children than in the city, as shown; None if unknown.

    Places are planned, not drawn by chance: any difference that can be read counts.
    """
    if own is None or city is None or own.value is None or city.value is None:
        return None
    decimals = view.indicator.decimals
    return formats.exact(own.value, decimals) < formats.exact(city.value, decimals)


def less_ground(own: float | None, city: float | None) -> bool | None:
    """The same of the ground within reach, for types of which nobody counts places."""
    if own is None or city is None:
        return None
    return formats.exact(100 * own, SHARE_DECIMALS) < formats.exact(100 * city, SHARE_DECIMALS)


def group(need: bool | None, supply: bool | None) -> Group:
    """The group of an area: is its need clearly higher, is its supply less?"""
    if need is None or supply is None:
        return "unknown"
    return ("both" if supply else "need") if need else ("supply" if supply else "neither")


def name(found: Group) -> str:
    """A group in words that name no area good or bad."""
    return {
        "both": _("Höherer Bedarf, weniger Angebot"),
        "need": _("Höherer Bedarf"),
        "supply": _("Weniger Angebot"),
        "neither": _("Keines von beiden"),
        "unknown": _("Nicht zu sagen"),
    }[found]


def members(found: Sequence[Row], wanted: Group, level: str) -> tuple[Area, ...]:
    """The areas of a level that are in a group, in their order."""
    return tuple(row.area for row in found if row.group == wanted and row.area.level == level)
