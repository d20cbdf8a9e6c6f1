"""Several areas side by side: a row for each indicator, with the city and what else is a yardstick.

Positions are told in per cent of the city's value, the one scale all units share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from model import profile, status, trend
from model.chance import Interval
from model.language import _
from model.profile import Line
from model.trend import Direction
from model.view import Figure, View

FARTHEST = 400.0
"""Per cent of the city's value where a drawing ends; what lies beyond is put at the edge."""
_STEP, _LEAST = 50.0, 200.0


@dataclass(frozen=True)
class Row:
    """One indicator: the lines of the chosen areas in their order, and the yardsticks."""

    view: View
    lines: tuple[Line, ...]

    @property
    def beside(self) -> tuple[Figure, ...]:
        """City, Kreis and Land, as far as the release has them."""
        return self.view.beside

    @property
    def barred(self) -> tuple[Figure, ...]:
        """What has a bar. The head count of a city would leave none to its districts."""
        own = tuple(line.figure for line in self.lines)
        return (*own, *self.beside) if self.view.indicator.denominator else own

    def bar(self, figure: Figure) -> tuple[float, float] | None:
        """Start and length of a figure's bar, in per cent of the widest there could be."""
        values = [f.value for f in self.barred if f.value is not None]
        low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
        if figure.value is None or figure not in self.barred or low == high:
            return None
        unit = 100 / (high - low)
        return (min(0.0, figure.value) - low) * unit, abs(figure.value) * unit

    @property
    def span(self) -> tuple[int, int, float, float] | None:
        """First and last year, lowest and highest number of all series; None without any."""
        points = [p for line in self.lines for p in (*line.own, *line.city)]
        if not points:
            return None
        years = [year for year, _value in points]
        values = [value for _year, value in points if value is not None]
        return (min(years), max(years), min(values), max(values)) if values else None


@dataclass(frozen=True)
class Place:
    """A line of a row and where it lies, in per cent of the city's value."""

    line: Line
    at: float
    around: Interval | None


def row(view: View, areas: Sequence[str]) -> Row:
    """The row of a view for some areas of its level."""
    return Row(view, tuple(profile.line(view, area) for area in areas))


def places(one: Row) -> tuple[Place, ...]:
    """Where the areas of a row lie; none where `unplaced` says why."""
    city = one.view.city_figure
    if unplaced(one) or city is None or not city.value:
        return ()
    percent = 100 / city.value
    return tuple(
        Place(line, line.figure.value * percent, line.around and line.around.times(percent))
        for line in one.lines
        if line.figure.value is not None
    )


def unplaced(one: Row) -> str:
    """Why values cannot be told in per cent of the city's; empty where they can."""
    view, city = one.view, one.view.city_figure
    if not view.indicator.denominator:
        return _("Eine Anzahl hat keine Lage zur Stadt: Größere Gebiete haben einfach mehr.")
    if city is None or city.value is None:
        return _("Ohne Wert der ganzen Stadt gibt es keine Lage zur Stadt.")
    balance = any(term.factor < 0 for term in view.indicator.terms)
    signed = [line.figure.value for line in one.lines if line.figure.value is not None]
    if balance or city.value <= 0 or min(signed, default=0.0) < 0:
        return _("Werte um null lassen sich nicht in Prozent des Stadtwerts sagen.")
    return ""


def absence(line: Line) -> str:
    """Why a line has no place, in words."""
    return status.words(line.figure.status)


def end(found: Sequence[Place], intervals: bool) -> float:
    """Where the scale of a drawing ends, in per cent of the city's value."""
    far = [p.around.high if intervals and p.around else p.at for p in found]
    most = max(far, default=_LEAST)
    return min(FARTHEST, max(_LEAST, _STEP * -(-most // _STEP)))


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """For each extent the first lane in which it touches no earlier one."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for low, high in extents:
        lane = next(
            (i for i, there in enumerate(taken) if all(high < a or b < low for a, b in there)),
            len(taken),
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append((low, high))
        found.append(lane)
    return found


def direction(line: Line) -> Direction:
    """Where the series of a line goes; untested where its counts are no shares or rates."""
    series = line.view.series.filter(pl.col("area") == line.figure.area.id)
    try:
        return trend.direction(line.view.indicator, trend.points(series))
    except ValueError:
        return "untested"
