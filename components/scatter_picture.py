"""A scatter standing still: circles with names, the city's lines, the ways of marked areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import altair as alt
import polars as pl

from components import channels, colours, name_places, pictures, scatter
from components.channels import Chart
from components.name_places import Circle
from loaders import relations
from loaders.relations import Pairing
from model import axis
from model.axis import Axis
from model.language import _
from model.relation import Relation

_AXIS = 60
"""Pixels of a picture that its axis takes from the plot."""
_HIGH = 560
_MOST = 40
"""Areas whose names a picture tells; of more only the marked ones are named."""
_LARGEST = 1500
"""Square pixels of the largest circle."""


def still(pair: Pairing, chosen: Relation, width: int = pictures.WIDTH) -> pictures.Still:
    """The scatter of a pairing standing still, `width` pixels wide with its axis."""
    wide = width - _AXIS
    return pictures.Still(chart(pair, chosen, wide), wide, (), head(pair))


def head(pair: Pairing) -> tuple[str, str]:
    """Where the areas are, and what the size of a circle means."""
    place = f"{pair.x.city.name}, {pair.x.level.plural}"
    sizes = _("Kreisfläche: Einwohner, {stand}").format(stand=scatter.counted(pair))
    return place, sizes


def chart(pair: Pairing, chosen: Relation, wide: int) -> Chart:
    """Circles with names, the city's lines, the ways of marked areas; the scales of the screen."""
    stops = _stops(pair, chosen)
    rows = _rows(pair, chosen)
    city = _city(pair)
    across, up = (
        _frame([*rows[name], *stops[name], *city[name].drop_nulls()]) for name in ("x", "y")
    )
    named = _named(rows, across, up, wide)
    spec = channels.template(
        _layers(pair, across, up, max(rows["residents"].to_list(), default=0.0) or 1.0, wide)
    )
    marked = rows.filter("first")
    data = {"areas": rows, "marked": marked, "names": named, "city": city, "ways": stops}
    return Chart({**spec, "height": _HIGH}, data)


@dataclass(frozen=True)
class _Frame:
    """A scale and how far it reaches beyond its ends, so that no circle is cut."""

    own: Axis
    low: float
    high: float

    def pixels(self, value: float, size: float) -> float:
        return (value - self.low) / (self.high - self.low) * size

    def value(self, pixels: float, size: float) -> float:
        return self.low + pixels / size * (self.high - self.low)


def _frame(values: Sequence[float]) -> _Frame:
    own = axis.axis(values)
    beyond = (own.high - own.low) / 25
    return _Frame(own, own.low - beyond, own.high + beyond)


def _rows(pair: Pairing, chosen: Relation) -> pl.DataFrame:
    marks = scatter.marks(chosen.areas)
    return pl.DataFrame(
        [
            (x.area.label, x.value, y.value, n or 0.0, marks.get(area, colours.LINE), area)
            for area, x, y, n in scatter.points(pair)
        ],
        schema={
            **{"name": pl.String, "x": pl.Float64, "y": pl.Float64, "residents": pl.Float64},
            **{"colour": pl.String, "area": pl.String},
        },
        orient="row",
    ).with_columns(first=pl.col("area").is_in(chosen.areas))


def _stops(pair: Pairing, chosen: Relation) -> pl.DataFrame:
    marks = scatter.marks(chosen.areas)
    ways = relations.ways(pair, chosen.areas) if chosen.trail else {}
    return pl.DataFrame(
        [
            (stop.x, stop.y, stop.step, f"{area} {place}", marks[area])
            for area, way in ways.items()
            for place, run in enumerate(way)
            for stop in run
        ],
        schema={
            **{"x": pl.Float64, "y": pl.Float64, "step": pl.String},
            **{"run": pl.String, "colour": pl.String},
        },
        orient="row",
    )


def _city(pair: Pairing) -> pl.DataFrame:
    """The city's values with their names, null where the city is no yardstick."""
    told: dict[str, list[Any]] = {}
    for name, view in zip(("x", "y"), pair.views, strict=True):
        city = view.city_figure
        told[name] = [city.value if city else None]
        told[f"{name}_told"] = [scatter.city_told(view)]
    return pl.DataFrame(told, schema_overrides={"x": pl.Float64, "y": pl.Float64})


def _named(rows: pl.DataFrame, across: _Frame, up: _Frame, wide: int) -> pl.DataFrame:
    """Names with the place of their left end, of those that fit."""
    most = max(rows["residents"].to_list(), default=0.0) or 1.0
    shown = rows if rows.height <= _MOST else rows.filter("first")
    circles = [
        Circle(
            row["name"],
            across.pixels(row["x"], wide),
            _HIGH - up.pixels(row["y"], _HIGH),
            sqrt(_LARGEST * row["residents"] / most / pi),
            row["first"],
        )
        for row in shown.iter_rows(named=True)
    ]
    found = name_places.places(circles, wide, _HIGH)
    return pl.DataFrame(
        [
            (across.value(left, wide), up.value(_HIGH - middle, _HIGH), circles[number].name)
            for number, (left, middle) in found.items()
        ],
        schema={"x": pl.Float64, "y": pl.Float64, "name": pl.String},
        orient="row",
    )


def _layers(pair: Pairing, across: _Frame, up: _Frame, most: float, wide: int) -> list[alt.Chart]:
    x = alt.X(field="x", title=scatter.titled(pair.x), **_scaled(across))
    y = alt.Y(field="y", title=scatter.titled(pair.y), **_scaled(up))
    size = alt.Size(
        field="residents",
        type="quantitative",
        legend=None,
        scale=alt.Scale(domain=[0, most], range=[0, _LARGEST]),
    )
    areas, marked, names, city, ways = (
        channels.named(name) for name in ("areas", "marked", "names", "city", "ways")
    )
    rule: dict[str, Any] = {"color": colours.INK, "strokeDash": [6, 4]}
    bold: dict[str, Any] = {"fontWeight": 600, "fontSize": 12, "color": colours.INK}
    colour = channels.own_colour()
    return [
        city.mark_rule(**rule).encode(x=x),
        city.mark_rule(**rule).encode(y=y),
        city.mark_text(align="left", dx=5, baseline="bottom", **bold).encode(
            x=x, y=alt.value(_HIGH - 4), text=channels.text("x_told")
        ),
        city.mark_text(align="right", dy=-5, baseline="bottom", **bold).encode(
            x=alt.value(wide - 4), y=y, text=channels.text("y_told")
        ),
        areas.mark_circle(opacity=0.35, stroke=colours.LINE).encode(
            x=x, y=y, size=size, color=colour
        ),
        ways.mark_line(strokeWidth=2, point=True).encode(
            x=x,
            y=y,
            color=colour,
            detail=alt.Detail(field="run", type="nominal"),
            order=alt.Order(field="step", type="ordinal"),
        ),
        marked.mark_circle(opacity=0.8, stroke="white").encode(x=x, y=y, size=size, color=colour),
        names.mark_text(align="left", baseline="middle", fontSize=12, color=colours.INK).encode(
            x=x, y=y, text=channels.text("name")
        ),
    ]


def _scaled(frame: _Frame) -> dict[str, Any]:
    return {
        "type": "quantitative",
        "scale": alt.Scale(domain=[frame.low, frame.high], nice=False, zero=False),
        "axis": alt.Axis(values=list(frame.own.ticks), format=f",.{frame.own.decimals}f"),
    }
