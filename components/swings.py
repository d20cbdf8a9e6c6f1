"""Intervals of chance in charts: thin lines at the bars of a ranking, bands around trends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import altair as alt
import polars as pl

from components import channels, colours, trend_rows
from model import fluctuation, formats
from model.language import _, plural
from model.view import View

_OF_CHARTS = ("rangfolge", "entwicklung")
_LIMITS = {"low": pl.Float64, "high": pl.Float64}


def offered(view: View) -> bool:
    """Whether the view has a chart that can draw intervals of this indicator."""
    return view.selection.view in _OF_CHARTS and view.indicator.chance != "none"


def shown(view: View) -> bool:
    """Whether they are drawn."""
    return view.selection.intervals and offered(view)


def notes(view: View) -> list[str]:
    """What the lines or bands mean, if they are drawn; of a ranking what its order is worth."""
    if not shown(view):
        return []
    if view.selection.view == "entwicklung":
        return _of_bands(view)
    said = [
        _(
            "Die dünnen Linien zeigen, wie weit der Wert allein durch Zufall schwanken könnte "
            "(95 %). Wo sie sich weit überlappen, sagt die Reihenfolge wenig: Benachbarte Plätze "
            "sind oft Zufall."
        )
    ]
    known = [figure for figure in view.own if figure.value is not None]
    untold = sum(fluctuation.interval(view.indicator, figure) is None for figure in known)
    if untold:
        said.append(
            plural(
                "Bei {count} Gebiet mit Wert lässt sich die Zufallsschwankung nicht sagen.",
                "Bei {count} Gebieten mit Wert lässt sich die Zufallsschwankung nicht sagen.",
                untold,
            ).format(count=untold)
        )
    return said


def lines(view: View, bars: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The lines at the bars of a ranking as data set "swings", if there are any.

    `bars` brings order, area, name and told; low, high and the same in words come to it.
    """
    if not shown(view):
        return {}
    found = {figure.area.id: fluctuation.interval(view.indicator, figure) for figure in view.own}
    known = {area: around for area, around in found.items() if around}
    limits = pl.DataFrame(
        {
            "area": list(known),
            "low": [around.low for around in known.values()],
            "high": [around.high for around in known.values()],
            "swing": [_words(view, around.low, around.high) for around in known.values()],
        },
        schema={"area": pl.String, **_LIMITS, "swing": pl.String},
    )
    rows = bars.select("order", "area", "name", "told").join(
        limits, on="area", maintain_order="left"
    )
    return {} if rows.is_empty() else {"swings": rows}


def past(bars: pl.DataFrame, drawn: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The bars with their figures beyond the lines, so that none runs through a figure."""
    if not drawn:
        return bars
    ends = drawn["swings"].select("area", "high")
    beyond = bars.join(ends, on="area", how="left", maintain_order="left")
    return beyond.with_columns(end=pl.max_horizontal("end", "high")).drop("high")


def line_marks(y: alt.Y) -> list[alt.Chart]:
    """A thin line with ends; a halo below keeps it apart from a dark bar and from a pale one."""
    rows = channels.named("swings")
    low, high = (alt.X(field=field, type="quantitative") for field in _LIMITS)
    across = rows.encode(y=y, x=low, x2=alt.X2(field="high"))
    ends = [rows.encode(y=y, x=x) for x in (low, high)]
    stop: dict[str, Any] = {"orient": "vertical"}
    return [
        across.mark_rule(color="white", strokeWidth=4),
        *(end.mark_tick(color="white", thickness=4, size=12, **stop) for end in ends),
        across.mark_rule(color=colours.INK, strokeWidth=1.4).encode(
            tooltip=channels.tooltips("swing")
        ),
        *(end.mark_tick(color=colours.INK, thickness=1.4, size=9, **stop) for end in ends),
    ]


def bands(view: View, front: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """The bands around the lines in front as data sets.

    "bands" holds years that have another beside them, "bars" those that stand alone in their part.
    """
    if not shown(view):
        return {}
    year = pl.col("period").str.slice(0, 4).cast(pl.Int16).alias("year")
    counts = view.series.select("area", year, "numerator", "denominator")
    rows = front.join(counts, on=["area", "year"], how="left", maintain_order="left")
    cells = rows.select("value", "numerator", "denominator").iter_rows()
    found = [fluctuation.around(view.indicator, *cell) for cell in cells]
    limits = pl.DataFrame(
        {
            "low": [around.low if around else None for around in found],
            "high": [around.high if around else None for around in found],
        },
        schema=_LIMITS,
    )
    told = rows.select("area", "name", "year", "part", "colour").hstack(limits)
    split = told.with_columns(alone=trend_rows.alone("low", "area"))
    # A year without an interval stays in, for no band runs across it.
    parts = {"bands": ~pl.col("alone"), "bars": pl.col("alone")}
    sets = {name: split.filter(kept).drop("alone") for name, kept in parts.items()}
    return {name: rows for name, rows in sets.items() if rows["low"].count()}


def band_marks(drawn: Collection[str], x: alt.X) -> list[alt.Chart]:
    """Pale bands in the colours of their lines."""
    sides: dict[str, Any] = {
        "x": x,
        "y": alt.Y(field="low", type="quantitative"),
        "y2": alt.Y2(field="high"),
        "color": channels.own_colour(),
    }
    detail = [alt.Detail(field=field, type="nominal") for field in ("area", "part")]
    band = channels.named("bands").mark_area(opacity=0.2)
    bar = channels.named("bars").mark_rule(strokeWidth=8, opacity=0.2)
    return [
        *([band.encode(**sides, detail=detail)] if "bands" in drawn else []),
        *([bar.encode(**sides)] if "bars" in drawn else []),
    ]


def _of_bands(view: View) -> list[str]:
    said = _(
        "Die blassen Bänder zeigen, wie weit der Wert allein durch Zufall schwanken könnte (95 %). "
        "Bewegt sich eine Linie nur innerhalb ihres Bandes, ist das oft Zufall."
    )
    if view.chosen or len(view.figures) == 1:
        return [said]
    return [said, _("Ein Band haben hervorgehobene Gebiete und die Stadt.")]


def _words(view: View, low: float, high: float) -> str:
    """The limits, as a tooltip tells them."""
    digits = (formats.number(limit, view.indicator.decimals) for limit in (low, high))
    return _("{low} bis {high}").format(
        low=next(digits), high=f"{next(digits)}{formats.NBSP}{view.indicator.unit}"
    )
