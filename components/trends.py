"""Charts over time: all areas as lines, the chosen ones in front, breaks and corrections marked."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from components import channels, colours, swings, trend_marks, trend_rows
from components.channels import Chart
from model.view import View

SYMBOLS = {"modelled": "◆", "estimated": "■", "preliminary": "▲", "revised": "○"}
"""The same shapes for a legend; corrected values are hollow."""
_NAME: dict[str, Any] = {"align": "right", "dx": -4, "dy": -14, "fontSize": 13, "fontWeight": 600}


def trend(view: View) -> Chart:
    """All areas in grey, the chosen ones and the city in front; gaps and breaks stay open.

    Breaks and the beginnings of events are marked above the plot, corrected values in front are
    hollow points. Where asked for, bands tell how far chance alone moves what is in front.
    """
    frame = trend_rows.rows(view)
    front = frame.filter(pl.col("front"))
    marks = trend_rows.breaks(view, frame)
    begun = trend_rows.begun(view, frame, marks.height)
    hollow = front.filter(pl.col("again"))
    absent = trend_rows.absent(view, front)
    others = frame.filter(~pl.col("front"))
    lone = others.filter(trend_rows.alone("value", "area"))
    shape = [not drawn.is_empty() for drawn in (front, marks, hollow, lone)]
    signed = absent["name"].n_unique()
    bands = swings.bands(view, front)
    spec = _trend(
        *(view.indicator.unit, view.indicator.decimals, *shape),
        signed=signed,
        bands=tuple(bands),
        eventful=not begun.is_empty(),
    )
    unused = ["front", "again", "status", *([] if _parted(frame) else ["part"])]
    data = {"others": others.drop(*unused, "colour", "dash", "shape"), **bands}
    if not lone.is_empty():
        data["lone"] = lone.select("year", "value")
    if not front.is_empty():
        data |= {"front": front.drop(unused), "names": trend_rows.names(view, frame)}
    if not hollow.is_empty():
        data["hollow"] = hollow.select("name", "year", "value", "told", "colour", "shape")
    if not absent.is_empty():
        data["absent"] = absent
    if not marks.is_empty():
        data["breaks"] = marks
    if not begun.is_empty():
        data["events"] = begun
    return Chart({**spec, "height": 380}, data)


def small_trend(view: View) -> Chart:
    """The trend beside a map: chosen areas and the city over the span of all areas."""
    frame = trend_rows.rows(view)
    front = frame.filter(pl.col("front"))
    marks = trend_rows.breaks(view, frame)
    joined = [figure.area.id for figure in view.zones]
    span = (
        frame.filter(pl.col("dash") == 0, ~pl.col("area").is_in(joined))
        .group_by("year")
        .agg(low=pl.col("value").min(), high=pl.col("value").max(), part=pl.col("part").min())
        .sort("year")
    )
    lone = span.filter(trend_rows.alone("low"))
    shape = [not drawn.is_empty() for drawn in (front, marks, lone)]
    spec = _small_trend(view.indicator.unit, view.indicator.decimals, *shape)
    part = ["part"] if _parted(frame) else []
    data = {"span": span.select("year", "low", "high", *part)}
    if not lone.is_empty():
        data["lone"] = lone.select("year", "low", "high")
    if not front.is_empty():
        data["front"] = front.select("year", "value", "colour", "dash", "shape", *part)
    if not marks.is_empty():
        data["breaks"] = marks.select("year", "colour")
    return Chart({**spec, "height": 130}, data)


@lru_cache
def _trend(
    unit: str,
    decimals: int,
    front: bool,
    broken: bool,
    hollow: bool,
    lone: bool,
    *,
    signed: int,
    bands: tuple[str, ...],
    eventful: bool,
) -> dict[str, Any]:
    """`signed` areas miss values: each has a row for its signs between the plot and the years.

    `bands` are data sets of intervals.
    """
    x = channels.year_x(below=trend_rows.SIGN_ROW * signed)
    y = channels.value_y(unit, decimals)
    others = channels.named("others").encode(x=x, y=y, detail=_detail("area"))
    # Names stand above the ends of their lines, with a halo: on a phone there is no room beside.
    named = channels.named("names").encode(x=x, y=y, text=channels.text("name"))
    points = channels.named("hollow").mark_point(
        filled=False, fill="white", size=52, strokeWidth=2, opacity=1
    )
    dots = channels.named("lone").mark_circle(size=16, color=colours.QUIET, opacity=0.75)
    return channels.template(
        [
            *(trend_marks.rules("breaks", labels=True) if broken else []),
            *(trend_marks.rules("events", labels=True) if eventful else []),
            others.mark_line(strokeWidth=1.3, color=colours.QUIET, opacity=0.75),
            *([dots.encode(x=x, y=y)] if lone else []),
            *swings.band_marks(bands, x),
            *(_front_lines(x, y, channels.tooltips()) if front else []),
            *(
                [
                    points.encode(
                        x=x,
                        y=y,
                        color=channels.own_colour(),
                        shape=channels.own_shape(),
                        tooltip=channels.tooltips(),
                    )
                ]
                if hollow
                else []
            ),
            *(trend_marks.absent(x) if signed else []),
            *(
                [
                    named.mark_text(stroke="white", strokeWidth=4, **_NAME),
                    named.mark_text(**_NAME).encode(color=channels.own_colour()),
                ]
                if front
                else []
            ),
            others.mark_circle(size=50, opacity=0.01, cursor="pointer")
            .encode(tooltip=channels.tooltips())
            .add_params(channels.pick()),
        ]
    )


@lru_cache
def _small_trend(unit: str, decimals: int, front: bool, broken: bool, lone: bool) -> dict[str, Any]:
    x = channels.year_x(ticks=4)
    low = channels.value_y(unit, decimals, "low", 3)
    band = channels.named("span").mark_area(color=colours.QUIET, opacity=0.35)
    lines = _front_lines(x, channels.value_y(unit, decimals, ticks=3)) if front else []
    rules = trend_marks.rules("breaks", labels=False) if broken else []
    ends: dict[str, Any] = {"x": x, "y": low, "y2": alt.Y2(field="high")}
    bar = channels.named("lone").mark_rule(strokeWidth=3, color=colours.QUIET, opacity=0.35)
    bars = [bar.encode(**ends)] if lone else []
    return channels.template([band.encode(**ends, detail=_detail()), *bars, *rules, *lines])


def _front_lines(
    x: alt.X, y: alt.Y, tooltips: list[alt.Tooltip] | None = None
) -> list[alt.LayerChart]:
    """Lines of the city and of the chosen areas, with a dot for every value."""
    dash = alt.StrokeDash(
        field="dash",
        type="nominal",
        legend=None,
        scale=alt.Scale(domain=[0, 1], range=[[1, 0], [6, 4]]),
    )
    line = alt.Chart().mark_line(strokeWidth=2.6)
    dots = (
        alt.Chart().mark_point(filled=True, size=44, opacity=1).encode(shape=channels.own_shape())
    )
    both = alt.layer(
        line.encode(detail=_detail("colour"), strokeDash=dash),
        dots.encode(tooltip=tooltips) if tooltips else dots,
        data=alt.NamedData(name="front"),
    )
    return [both.encode(x=x, y=y, color=channels.own_colour())]


def _detail(*fields: str) -> list[alt.Detail]:
    """What a line is drawn for; never across a break or a gap: the data tell parts apart."""
    return [alt.Detail(field=field, type="nominal") for field in (*fields, "part")]


def _parted(frame: pl.DataFrame) -> bool:
    """Whether any line has more than one part."""
    return frame["part"].n_unique() > 1
