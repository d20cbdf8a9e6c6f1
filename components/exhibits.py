"""A view told on paper or on a slide: words, picture, its figures to edit, table, origin."""

from __future__ import annotations

from components import described, pictures, view_described
from components.described import Described
from documents.document import Chart, Exhibit, Figure, Series
from loaders import releases
from model import formats
from model.view import View


def of(told: Described, link: str = "") -> Exhibit:
    """Any page's view as an exhibit; `link` is its whole address."""
    return Exhibit(
        title=told.title,
        about=told.about,
        sentences=told.sentences,
        figures=tuple(Figure(own.svg, own.alternative, own.caption) for own in told.pictures),
        tables=told.tables,
        origin=told.origin,
        link=link,
    )


def of_view(view: View, release: releases.Release, link: str = "") -> Exhibit:
    """The open view as an exhibit; `link` is its whole address."""
    own = pictures.still(view, release)
    about, when = own.head
    numbers = described.table(view_described.table(view))
    alone = view.selection.view == "tabelle"
    drawn = Figure(
        described.drawing(pictures.bare(own)), view_described.alternative(view), chart=chart(view)
    )
    return Exhibit(
        title=view.indicator.title,
        about=f"{about} · {view.city.name}, {view.areas} · {when}",
        sentences=view_described.sentences(view),
        figures=() if alone else (drawn,),
        tables=(numbers,),
        origin=own.lines,
        link=link,
    )


def chart(view: View) -> Chart | None:
    """The figures of a view's picture; None for maps and changes, which no plain chart tells."""
    if view.selection.view == "entwicklung":
        return _lines(view)
    return _bars(view) if view.selection.view in ("rangfolge", "tabelle") else None


def _bars(view: View) -> Chart:
    """All areas with a figure and the city, longest first."""
    city = [view.city_figure] if view.city_figure else []
    shown = [figure for figure in (*view.own, *city) if figure.value is not None]
    shown.sort(key=lambda figure: (-(figure.value or 0), figure.area.name))
    return Chart(
        kind="bars",
        unit=view.indicator.unit,
        decimals=view.indicator.decimals,
        categories=tuple(figure.area.name for figure in shown),
        series=(Series(view.indicator.short, tuple(_rounded(view, f.value) for f in shown)),),
    )


def _lines(view: View) -> Chart:
    """The areas in front through all periods."""
    periods = sorted(view.series["period"].unique().to_list())
    cells = {
        (row["area"], row["period"]): row["value"] for row in view.series.iter_rows(named=True)
    }
    shown = {figure.area.id: figure.area.name for figure in (*view.chosen, *view.in_front)}
    return Chart(
        kind="lines",
        unit=view.indicator.unit,
        decimals=view.indicator.decimals,
        categories=tuple(formats.period(period, view.indicator.reference) for period in periods),
        series=tuple(
            Series(name, tuple(_rounded(view, cells.get((area, period))) for period in periods))
            for area, name in shown.items()
        ),
    )


def _rounded(view: View, value: float | None) -> float | None:
    return None if value is None else formats.rounded(value, view.indicator.decimals)
