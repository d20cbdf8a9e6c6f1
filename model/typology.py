"""Where areas stand and where they are heading: four groups of level by three of direction.

The scheme of four times three, and its limits in standard deviations, are those of the social
monitoring of Hamburg and Berlin, here for one indicator. A group beside the middle takes more than
chance, and so does a direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from model import change_words, changes, formats, verdicts
from model.areas import Area
from model.changes import Comparison, Shift
from model.language import _
from model.view import Figure, View

LEVELS = ("very_high", "high", "middle", "low")
DIRECTIONS = ("fallen", "chance", "risen")
LOW, HIGH, VERY_HIGH = -1.0, 1.0, 1.5
"""Standard deviations beyond which a value is called low, high and very high."""

Group = tuple[str, str]
"""A level and a direction; for an area without both its state and ''."""


@dataclass(frozen=True)
class Standing:
    """An area's group; `score` is how many standard deviations lie between it and the city."""

    area: Area
    group: Group
    score: float | None


@dataclass(frozen=True)
class Typology:
    """All areas of a level in groups, what they are held against, and one standard deviation."""

    standings: tuple[Standing, ...]
    city: Figure
    deviation: float

    def of(self, area: str) -> Standing:
        """The standing of an area of the level."""
        return next(one for one in self.standings if one.area.id == area)

    @property
    def words(self) -> dict[str, str]:
        """Each area's group in words, by id."""
        return {one.area.id: words(one.group) for one in self.standings}

    def members(self, group: Group) -> tuple[str, ...]:
        """The names of the areas in a group, in order."""
        return tuple(sorted(one.area.name for one in self.standings if one.group == group))


def typology(view: View, comparison: Comparison) -> Typology | None:
    """The groups of a view's areas; None where chance or a yardstick is not known."""
    city = view.city_figure
    if city is None or city.value is None or not comparison.tested:
        return None
    spread = _deviation(view.figures, city.value)
    if not spread:
        return None
    signs = verdicts.signs(view.indicator, view.figures, city)
    return Typology(
        tuple(
            _standing(shift, (figure.value - city.value) / spread, sign)
            if figure.value is not None and shift.state in changes.TESTED
            else Standing(figure.area, (shift.state, ""), None)
            for figure, shift, sign in zip(view.figures, comparison.shifts, signs, strict=True)
        ),
        city,
        spread,
    )


def shown(view: View, comparison: Comparison) -> Typology | None:
    """The groups of a view's areas where the reader asks for them and there are any."""
    return typology(view, comparison) if view.selection.picture == "lage" else None


def level(score: float, sign: int) -> str:
    """The group of a level; the middle also where chance explains what lies between: sign 0."""
    if sign > 0 and score > HIGH:
        return "very_high" if score > VERY_HIGH else "high"
    return "low" if sign < 0 and score < LOW else "middle"


def words(group: Group) -> str:
    """A group as it is called: 'hoch, gestiegen'; or why an area is in none."""
    if group[1]:
        return f"{level_words(group[0])}, {change_words.state(group[1])}"
    return change_words.state(group[0])


def level_words(name: str) -> str:
    """A level as it is called."""
    return {
        "very_high": _("sehr hoch"),
        "high": _("hoch"),
        "middle": _("mittel"),
        "low": _("niedrig"),
    }[name]


def rule(view: View, found: Typology, comparison: Comparison) -> str:
    """How the groups are made, with the numbers of the moment."""
    indicator = view.indicator
    return _(
        "Lage: Wie weit liegt der Wert von dem der ganzen Stadt ({city}) entfernt? Gemessen wird "
        "in Standardabweichungen (hier je {deviation}); große Gebiete zählen mehr. "
        "Niedrig: mehr als 1 darunter; hoch: mehr als 1 darüber; sehr hoch: mehr als 1,5 darüber. "
        "Alles andere ist mittel, auch was der Zufall erklärt. Verlauf: seit {before} gesunken, im "
        "Rahmen des Zufalls oder gestiegen. Hoch heißt nicht schlecht, niedrig nicht gut."
    ).format(
        city=_amount(found.city.value or 0.0, view),
        deviation=f"{formats.number(found.deviation, max(1, indicator.decimals))}"
        f"{formats.NBSP}{change_words.unit(indicator)}",
        before=formats.period(comparison.before, indicator.reference),
    )


def named(found: Typology) -> list[str]:
    """Which areas are in which group, as far as there are any."""
    groups = [(one, direction) for one in LEVELS for direction in DIRECTIONS]
    others = dict.fromkeys(one.group for one in found.standings if not one.group[1])
    return [
        f"{words(group)}: {', '.join(names)}"
        for group in (*groups, *others)
        if (names := found.members(group))
    ]


def why_not(view: View, comparison: Comparison) -> str:
    """Why there are no groups; empty where there are."""
    if typology(view, comparison):
        return ""
    if not comparison.tested:
        return _(
            "Lage und Verlauf gibt es nur, wo der Zufall geprüft ist. Für diese Zahlen ist er das "
            "nicht; sehen Sie die Karte der Veränderung."
        )
    return _(
        "Lage und Verlauf gibt es nur, wo sich Gebiete an der ganzen Stadt messen lassen und "
        "voneinander unterscheiden; sehen Sie die Karte der Veränderung."
    )


def _standing(shift: Shift, score: float, sign: int) -> Standing:
    return Standing(shift.area, (level(score, sign), shift.state), score)


def _deviation(figures: Sequence[Figure], centre: float) -> float:
    """The standard deviation of areas around the city's value, weighted by what they count."""
    known = [(f.value, f.denominator) for f in figures if f.value is not None and f.denominator]
    weight = sum(base for _value, base in known)
    if not weight:
        return 0.0
    return sqrt(sum(base * (value - centre) ** 2 for value, base in known) / weight)


def _amount(value: float, view: View) -> str:
    digits = formats.number(value, view.indicator.decimals)
    return f"{digits}{formats.NBSP}{view.indicator.unit}"
