"""A district on one page: a telling figure of each theme, held against the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from model import events, fluctuation, formats, verdicts, wording
from model.areas import Area
from model.chance import Interval
from model.events import Event
from model.facility import Facility
from model.language import _
from model.pyramid import Bar
from model.verdicts import Against
from model.view import Figure, View

MOST = 12
"""More lines than these nobody reads on two sheets of paper."""
_NAMED = 3

Step = tuple[int, float | None]
"""A year of a series with its number; None where there is none, and before a break."""


@dataclass(frozen=True)
class Line:
    """One indicator of a profile: the view it comes from, the area's figure, and how it stands."""

    view: View
    figure: Figure
    word: Against

    @property
    def around(self) -> Interval | None:
        """Between which values chance moves the figure."""
        return fluctuation.interval(self.view.indicator, self.figure)

    @property
    def own(self) -> list[Step]:
        """The area's numbers, in the order of the periods."""
        return _steps(self.view.series, self.figure.area.id)

    @property
    def known(self) -> list[tuple[int, float]]:
        """The area's numbers without the periods that have none."""
        return [(year, value) for year, value in self.own if value is not None]

    @property
    def ends(self) -> list[tuple[str, float]]:
        """The first and the last number since the last break, each with its year in words."""
        rows = self.view.series.filter(pl.col("area") == self.figure.area.id).sort("period")
        rows = rows.filter(pl.col("part") == pl.col("part").last(), pl.col("value").is_not_null())
        found = rows.select("period", "value").rows()
        school = self.view.indicator.reference == "school_year"
        return [
            (formats.period(period[:4], "school_year") if school else period[:4], value)
            for period, value in (found if len(found) < 2 else (found[0], found[-1]))
        ]

    @property
    def begun(self) -> list[float]:
        """Where among the years the area's own events begin."""
        known, reference = set(self.view.series["period"]), self.view.indicator.reference
        here = self.figure.area.parts or (self.figure.area.id,)
        own = [one for one in self.view.events if one.area in here]
        return [events.at(one.start, known, reference) for one in own]

    @property
    def city(self) -> list[Step]:
        """The city's numbers by year; none where the city is no yardstick."""
        found = self.view.city_figure
        return _steps(self.view.series, found.area.id) if found else []


@dataclass(frozen=True)
class Profile:
    """What the page of an area shows. `people` is the view of the residents, chosen the area."""

    area: Area
    people: Line | None
    lines: tuple[Line, ...]
    pyramid: tuple[Bar, ...]
    city_pyramid: tuple[Bar, ...]
    facilities: tuple[Facility, ...]
    events: tuple[Event, ...]
    children: tuple[Area, ...]
    neighbours: tuple[Area, ...]
    others: tuple[Area, ...]

    @property
    def city(self) -> str:
        """The name of the city."""
        views = [line.view for line in (*self.lines, *([self.people] if self.people else []))]
        return views[0].city.name if views else ""


def line(view: View, area: str) -> Line:
    """The line of an area in a view of its level, or of a zone in one it is chosen in."""
    [figure] = [figure for figure in view.own if figure.area.id == area]
    return Line(view, figure, verdicts.verdict(view.indicator, figure, view.city_figure))


def lead(profile: Profile) -> list[str]:
    """Two or three sentences about a district, which name what differs and judge nothing."""
    said = []
    if profile.people:
        one = profile.people
        period = one.view.selection.period
        said.append(wording.sentence(one.view.indicator, one.figure, period, _rounded(one)))
    return [*said, *differences(profile.lines, profile.area.name)]


def differences(lines: Sequence[Line], name: str) -> list[str]:
    """In what an area is clearly different from the city, or that it is in nothing."""
    said = []
    for word, text in (
        ("higher", _("Deutlich höher als in der ganzen Stadt sind hier: {titles}.")),
        ("lower", _("Deutlich niedriger als in der ganzen Stadt sind hier: {titles}.")),
    ):
        titles = [one.view.indicator.short for one in lines if one.word == word]
        if titles:
            said.append(text.format(titles=_listed(titles)))
    if lines and not said:
        said.append(_rest(lines, name))
    return said


def _rest(lines: Sequence[Line], name: str) -> str:
    """What is said where nothing differs, or nothing can be held against the city."""
    known = [one for one in lines if one.word in ("similar", "chance")]
    if not known:
        return _("Für einen Vergleich mit der Stadt gibt es hier keine ausreichenden Zahlen.")
    return _(
        "Bei den Themen, die sich vergleichen lassen, zeigt sich {name} nicht deutlich anders als "
        "die ganze Stadt."
    ).format(name=name)


def _listed(titles: Sequence[str]) -> str:
    """Some titles in a row, and how many there are besides."""
    more = len(titles) - _NAMED
    if more <= 1:  # one more is named rather than counted
        return "; ".join(titles)
    return _("{titles} und {more} weitere").format(titles="; ".join(titles[:_NAMED]), more=more)


def _rounded(one: Line) -> bool:
    return one.view.safeguard.rounds(one.figure.area.level)


def _steps(series: pl.DataFrame, area: str) -> list[Step]:
    rows = series.filter(pl.col("area") == area).sort("period").select("period", "value", "part")
    steps: list[Step] = []
    last = None
    for period, value, part in rows.iter_rows():
        # Across a break nothing is drawn, as where a number is missing.
        steps += [(int(period[:4]), None)] if last not in (None, part) else []
        steps.append((int(period[:4]), value))
        last = part
    return steps


def value(one: Line, figure: Figure) -> str:
    """A figure with its unit, or the word for why there is none."""
    return wording.value(one.view.indicator, figure)


def stand(one: Line) -> str:
    """The reference of a line: 'Stand: 31.12.2024'."""
    return formats.stand(one.view.selection.period, one.view.indicator.reference)
