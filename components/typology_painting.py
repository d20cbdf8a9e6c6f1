"""How groups of level and direction look on a map: twelve colours, signs for the direction."""

from __future__ import annotations

from components import colours
from components.painting import Painted
from model import change_words, status, typology, wording
from model.changes import Comparison
from model.language import _
from model.typology import DIRECTIONS, LEVELS, Group, Typology
from model.view import View

KEYS: tuple[Group, ...] = (
    *((level, direction) for level in LEVELS for direction in DIRECTIONS),
    *((name, "") for name in ("untested", "broken", *status.ABSENT)),
)
"""Groups of areas: the place is the code."""
SIGNS = {"risen": "▲", "fallen": "▼"}
_PATTERNED = ("broken", *status.ABSENT)


def groups(view: View, comparison: Comparison, found: Typology) -> Painted:
    """The groups of a view's areas."""
    span = change_words.span(view, comparison)
    head = f"{_('Lage und Verlauf')}: {view.indicator.title}, {span}."
    return Painted(
        unit=_("Lage und Verlauf"),
        names=tuple(typology.words(key) for key in KEYS),
        fills=tuple(fill(key) for key in KEYS),
        patterns=tuple(f"url(#{key[0]})" if key[0] in _PATTERNED else fill(key) for key in KEYS),
        always=(),
        codes={one.area.id: KEYS.index(one.group) for one in found.standings},
        told={
            one.area.id: f"{typology.words(one.group)} ({change_words.told(view, shift)})"
            for one, shift in zip(found.standings, comparison.shifts, strict=True)
        },
        tags={one.area.id: _tag(one.group) for one in found.standings},
        signs={one.area.id: SIGNS.get(one.group[1], "") for one in found.standings},
        alternative=" ".join([head, *(f"{wording.initial(n)}." for n in typology.named(found))]),
    )


def fill(group: Group) -> str:
    """The colour of a group, or of why an area is in none."""
    if group[1]:
        return colours.GROUPS[group[1]][LEVELS.index(group[0])]
    others = {"untested": colours.CHANGES["untested", 0], "broken": colours.CHANGES["broken", 0]}
    return {**others, **colours.ABSENT}[group[0]]


def _tag(group: Group) -> str:
    if group[0] in status.ABSENT:
        return f"({status.label(group[0])})"
    return f"({_('Umbruch')})" if group[0] == "broken" else SIGNS.get(group[1], "")
