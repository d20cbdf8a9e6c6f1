"""Charts as functions from a view to a chart: ranking and position."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from components import channels, colours, swings
from components.channels import Chart
from model import remarks
from model.view import View

ROW = 24
_AREA = ("area", "name", "value", "text", "told", "place", "shape", "colour")
"""What is told of an area with a figure, and in which order."""
_HALO: dict[str, Any] = {"stroke": "white", "strokeWidth": 9, "strokeJoin": "round"}
"""Wide enough to close the room above a comma, so that no line shows between two digits."""


def ranking(view: View) -> Chart:
    """Bars of all areas with a figure, longest first, and the city as a line across.

    Areas without one stand below in the order of their names, with the reason in place of a bar.
    Where asked for, thin lines tell how far chance alone moves each value.
    """
    rows = pl.concat([_areas(view), _missing(view)], how="diagonal")
    # Two areas of one name are two bars.
    twice = pl.col("name").is_duplicated()
    own = pl.when(twice).then(pl.format("{} ({})", "name", "area")).otherwise("name")
    # Figures stand right of the bar, and right of zero where it points left.
    rows = rows.with_columns(name=own, end=pl.max_horizontal("value", 0.0)).sort(
        "value", "name", descending=[True, False], nulls_last=True
    )
    rows = rows.with_row_index("order")
    known = pl.col("value").is_not_null()
    lines = swings.lines(view, rows.filter(known))
    data = {"areas": swings.past(rows.filter(known), lines), **lines, **_city(view)}
    absent = rows.filter(~known).select("order", "area", "name", "text", "told")
    if not absent.is_empty():
        data["missing"] = absent
    layers = view.city_figure is not None, not absent.is_empty(), bool(lines)
    spec = _ranking(view.indicator.unit, view.indicator.decimals, *layers)
    return Chart({**spec, "height": max(60, ROW * rows.height)}, data)


def strip(view: View) -> Chart:
    """Every area as a dot on one line, the chosen ones and the city marked: position, no rank."""
    rows = _areas(view)
    chosen = rows.filter(pl.col("area").is_in(view.selection.areas))
    spec = _strip(view.indicator.decimals, view.city_figure is not None, not chosen.is_empty())
    data = {"areas": rows.select("name", "value", "told", "shape"), **_city(view)}
    return Chart({**spec, "height": 26}, data | ({} if chosen.is_empty() else {"chosen": chosen}))


@lru_cache
def _ranking(unit: str, decimals: int, city: bool, missing: bool, swing: bool) -> dict[str, Any]:
    bars = channels.named("areas")
    y = channels.area_y()
    x = channels.value_x(unit, decimals)
    end = alt.X(field="end", type="quantitative")
    texts = bars.encode(y=y, x=end, text=channels.text("text"))
    place: dict[str, Any] = {"align": "left", "dx": 5, "fontSize": 13}
    return channels.template(
        [
            bars.mark_bar(cursor="pointer", height={"band": 0.72})
            .encode(y=y, x=x, color=channels.own_colour(), tooltip=channels.tooltips("place"))
            .add_params(channels.pick()),
            *(_city_rule() if city else []),
            *(swings.line_marks(y) if swing else []),
            # A halo first, so that the city's line does not run through the figures.
            texts.mark_text(**_HALO, **place),
            texts.mark_text(color=colours.INK, **place),
            *(_reasons(y, place) if missing else []),
        ]
    )


def _reasons(y: alt.Y, place: dict[str, Any]) -> list[alt.Chart]:
    """Why there is no bar, in its place, with the same halo as the figures."""
    texts = channels.named("missing").encode(
        y=y, x=alt.value(0), text=channels.text("text"), tooltip=channels.tooltips()
    )
    style = {**place, "fontStyle": "italic"}
    return [texts.mark_text(**_HALO, **style), texts.mark_text(color=colours.SOFT, **style)]


@lru_cache
def _strip(decimals: int, city: bool, chosen: bool) -> dict[str, Any]:
    x = channels.value_x(None, decimals, ticks=5, zero=False)
    dots = channels.named("areas").mark_point(
        filled=True, size=100, color=colours.QUIET, opacity=0.8
    )
    marked = channels.named("chosen").mark_point(filled=True, size=180, opacity=1)
    shape, tooltip = channels.own_shape(), channels.tooltips()
    return channels.template(
        [
            dots.encode(x=x, shape=shape, tooltip=tooltip),
            *(_city_rule() if city else []),
            *(
                [marked.encode(x=x, shape=shape, color=channels.own_colour(), tooltip=tooltip)]
                if chosen
                else []
            ),
        ]
    )


def _city_rule() -> list[alt.Chart]:
    city = channels.named("city")
    x = alt.X(field="value", type="quantitative")
    name = city.mark_text(color=colours.INK, fontSize=13, fontWeight=600, dy=-8, baseline="bottom")
    return [
        city.mark_rule(color=colours.INK, strokeWidth=2, strokeDash=[6, 4]).encode(x=x),
        name.encode(x=x, y=alt.value(0), text=channels.text("text")),
    ]


def _city(view: View) -> dict[str, pl.DataFrame]:
    """The city's value and what its line says, where an area may be held against it."""
    city = view.city_figure
    if city is None:
        return {}
    text = f"{city.area.name} {remarks.signed(view, city, unit=True)}"
    return {"city": pl.DataFrame({"value": [city.value], "text": [text]})}


def _areas(view: View) -> pl.DataFrame:
    """Areas with a figure, as `_AREA` says; the text has the signs."""
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    known = [figure for figure in view.own if figure.value is not None]
    return pl.DataFrame(
        {
            "area": [figure.area.id for figure in known],
            "name": [figure.area.name for figure in known],
            "value": [figure.value for figure in known],
            "text": [remarks.signed(view, figure) for figure in known],
            "told": [remarks.told(view, figure) for figure in known],
            "place": [remarks.place(view, figure) for figure in known],
            "shape": [channels.SHAPES.get(figure.status, "circle") for figure in known],
            "colour": [paint.get(figure.area.id, colours.QUIET) for figure in known],
        },
        schema={**dict.fromkeys(_AREA, pl.String), "value": pl.Float64},
    )


def _missing(view: View) -> pl.DataFrame:
    """Areas without a figure: area, name, text with sign and word, told."""
    absent = [figure for figure in view.own if figure.value is None]
    return pl.DataFrame(
        {
            "area": [figure.area.id for figure in absent],
            "name": [figure.area.name for figure in absent],
            "text": [remarks.signed(view, figure) for figure in absent],
            "told": [remarks.told(view, figure) for figure in absent],
        },
        schema=dict.fromkeys(("area", "name", "text", "told"), pl.String),
    )
