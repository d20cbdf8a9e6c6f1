"""What several chapters of the Sozialatlas need: the view of an indicator, sketches as figures."""

from __future__ import annotations

from collections.abc import Sequence

from components.sketches import Sketch
from documents.document import Chart, Figure, Series
from loaders import indicators, releases
from model import formats
from model.catalog import Indicator
from model.profile import Line, Step
from model.selection import Selection


def selection(
    release: releases.Release, indicator: Indicator, period: str, level: str = "", view: str = ""
) -> Selection:
    """An indicator at a level, by default the whole city's, as the catalog has it."""
    city = release.catalog.city
    return Selection(
        release.catalog.theme_of(indicator.id).id,
        indicator.id,
        level or city.city_level,
        period,
        view=view or "karte",
        signs=city.signs,
    )


def newest(release: releases.Release, indicator: Indicator, level: str) -> str:
    """The newest period an indicator has for a level; empty where it has none."""
    return next(reversed(indicators.periods(release, indicator, level)), "")


def figure(drawn: Sketch, caption: str = "", chart: Chart | None = None) -> Figure:
    """A sketch on paper."""
    return Figure(drawn.svg, drawn.said, caption, chart)


def lines(one: Line) -> Chart:
    """The figures of a small trend: the area and the city, year by year."""
    city = one.view.city_figure
    decimals = one.view.indicator.decimals
    years = sorted({year for year, _value in (*one.own, *one.city)})
    named = [(one.figure.area.name, one.own), *([(city.area.name, one.city)] if city else [])]
    return Chart(
        kind="lines",
        unit=one.view.indicator.unit,
        decimals=decimals,
        categories=tuple(map(str, years)),
        series=tuple(Series(name, _values(steps, years, decimals)) for name, steps in named),
    )


def _values(steps: Sequence[Step], years: Sequence[int], decimals: int) -> tuple[float | None, ...]:
    # Before a break a year has a second step without a number.
    known = {year: value for year, value in steps if value is not None}
    return tuple(
        formats.rounded(known[year], decimals) if year in known else None for year in years
    )
