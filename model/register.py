"""The trail of an intervention: what its criteria say of each area, and what came since.

Values are compared as they are printed: who reads 25,0 % and "mindestens 25 %" sees it met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from model import before_after, formats
from model.areas import Area
from model.before_after import BeforeAfter
from model.catalog import Indicator
from model.events import Event
from model.interventions import Criterion, Intervention
from model.view import Figure, View

Group = Literal[
    "chosen_met", "chosen_unmet", "chosen_unknown", "left_met", "left_unmet", "left_unknown"
]
GROUPS: tuple[Group, ...] = (
    *("chosen_met", "chosen_unmet", "chosen_unknown"),
    *("left_met", "left_unknown", "left_unmet"),
)
"""Chosen or not, and whether the criteria were met; unknown where a number is missing."""


@dataclass(frozen=True)
class Check:
    """One criterion in one area: `met` is None where there is no number to hold against it.

    `first` is the same by what was published first, where that says otherwise, else None.
    """

    view: View
    criterion: Criterion
    figure: Figure
    met: bool | None
    first: bool | None


@dataclass(frozen=True)
class Line:
    """What all criteria say of one area: met if all are, unknown if none is missed but one lacks.

    `met` is None for unknown, and `reason` what is said of the choice, maybe nothing.
    """

    area: Area
    chosen: bool
    met: bool | None
    checks: tuple[Check, ...]
    reason: str

    @property
    def group(self) -> Group:
        """Which of the GROUPS the area belongs to."""
        if self.chosen:
            words: tuple[Group, Group, Group] = ("chosen_met", "chosen_unmet", "chosen_unknown")
        else:
            words = ("left_met", "left_unmet", "left_unknown")
        return words[2] if self.met is None else words[0 if self.met else 1]


@dataclass(frozen=True)
class Trail:
    """An intervention with what its criteria say of the areas.

    `views` are those of the criteria, each at its period. `lines` are all areas of the level in
    their order, or the city alone where the intervention is for all of it; without criteria they
    are empty.
    """

    intervention: Intervention
    views: tuple[View, ...]
    lines: tuple[Line, ...]

    def of(self, group: Group) -> tuple[Line, ...]:
        """The areas of a group, in their order."""
        return tuple(line for line in self.lines if line.group == group)

    def line(self, area: str) -> Line | None:
        """What the criteria say of one area; None without criteria, or for another area."""
        return next((line for line in self.lines if line.area.id == area), None)

    def concerns(self, area: str) -> bool:
        """Whether it chose an area or is for the whole city, or the area met its criteria."""
        chosen, line = self.intervention.areas, self.line(area)
        return chosen is None or area in chosen or bool(line and line.met)

    @property
    def distinct(self) -> tuple[View, ...]:
        """One view of each indicator."""
        return tuple({view.indicator.id: view for view in self.views}.values())


def trail(intervention: Intervention, views: Sequence[View]) -> Trail:
    """The trail of an intervention; `views` are those of its criteria, each at its period."""
    found = tuple(zip(views, intervention.criteria, strict=True))
    lines = _lines(intervention, found) if found else ()
    return Trail(intervention, tuple(views), lines)


def since(found: Trail) -> tuple[BeforeAfter, ...]:
    """The indicators in the chosen areas, or in the city, before and after the beginning.

    All are judged together; where there is no period before or none after, there is nothing.
    """
    one = found.intervention
    return tuple(
        before_after.judged(
            (view, event(one, area))
            for view in found.distinct
            for area in _by_area(view, one)
            if one.areas is None or area in one.areas
        )
    )


def met(indicator: Indicator, criterion: Criterion, value: float | None) -> bool | None:
    """Whether a value, as it is printed, meets a criterion; None without one."""
    if value is None:
        return None
    printed = formats.exact(value, indicator.decimals)
    if criterion.at_least is not None:
        return printed >= Decimal(repr(criterion.at_least))
    return printed <= Decimal(repr(criterion.at_most))


def all_met(found: Iterable[bool | None]) -> bool | None:
    """Whether all criteria are met: no if one is not, unknown if one of the others is."""
    known = list(found)
    if False in known:
        return False
    return None if None in known else True


def money(found: Sequence[Intervention]) -> int | None:
    """The sum in euro; None where one of them does not tell its own, or there is none."""
    told = [each.money for each in found if each.money is not None]
    return sum(told) if told and len(told) == len(found) else None


def _lines(intervention: Intervention, found: Sequence[tuple[View, Criterion]]) -> tuple[Line, ...]:
    figures = [_by_area(view, intervention) for view, _criterion in found]
    areas = {area: figure.area for known in figures for area, figure in known.items()}
    lines = []
    for area, own in areas.items():
        absent = Figure(own, None, "not_collected", None, None)
        checks = tuple(
            _check(view, criterion, known.get(area, absent))
            for (view, criterion), known in zip(found, figures, strict=True)
        )
        lines.append(
            Line(
                area=own,
                chosen=intervention.areas is None or area in intervention.areas,
                met=all_met(check.met for check in checks),
                checks=checks,
                reason=intervention.reason(area),
            )
        )
    return tuple(lines)


def _by_area(view: View, intervention: Intervention) -> Mapping[str, Figure]:
    """The figures that are held against a criterion, by area: those of the level, or the city."""
    shown = view.in_front if intervention.areas is None else view.figures
    return {figure.area.id: figure for figure in shown}


def _check(view: View, criterion: Criterion, figure: Figure) -> Check:
    now = met(view.indicator, criterion, figure.value)
    then = met(view.indicator, criterion, figure.first)
    return Check(view, criterion, figure, now, None if then == now else then)


def event(intervention: Intervention, area: str) -> Event:
    """The intervention in one area, as what happened there; '' is the whole city."""
    return Event(
        area=area,
        start=intervention.start,
        end=intervention.end or "",
        title=intervention.title,
        kind="projekt",
        link=intervention.link or "",
    )
