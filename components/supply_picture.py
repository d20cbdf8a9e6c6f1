"""The map of need and supply standing still: the need in colours, facilities as signs on it."""

from __future__ import annotations

from dataclasses import replace
from math import cos, pi, sin
from typing import Any

import altair as alt

from components import channels, colours, pictures, printed_map, supply_map
from components.channels import Chart
from loaders import areas, releases
from loaders.supply import Picture
from model import supply
from model.supply_links import Setting

_DEGREE = 111_320
"""Metres of a degree of latitude."""
_CORNERS = 48
_SIZE = {"circle": 300, "square": 260, "diamond": 340, "triangle": 320, "hexagon": 360}
_SMALL = 0.25
"""The part of their size that signs have on a slim map."""
_SHAPES = {
    "triangle": "triangle-up",
    "hexagon": "M-0.5,-0.87H0.5L1,0L0.5,0.87H-0.5L-1,0Z",
}
"""Shapes that Vega calls or draws otherwise than components/facility_lists.py."""


def still(
    picture: Picture,
    release: releases.Release,
    chosen: Setting,
    width: int = pictures.WIDTH,
) -> pictures.Still | None:
    """The map; None for a level without one. Marked areas have the thick line, else the chosen."""
    need = picture.need
    if areas.geometry_path(release, need.level.id) is None:
        return None
    if chosen.marked:
        both = supply.members(picture.rows, "both", need.level.id)
        marked = tuple(area.id for area in both)
        need = replace(need, selection=replace(need.selection, areas=marked))
    own = pictures.still(need, release, width)
    squeeze = areas.frame(release, need.level.id).squeeze
    slim = width < printed_map.SLIM
    signs = channels.template(_layers(picture, squeeze, chosen.metres, slim))["layer"]
    # Names with why a number is missing stay above the signs.
    *below, halos, names = own.chart.spec["layer"]
    spec = {**own.chart.spec, "layer": [*below, *signs, halos, names]}
    return replace(own, chart=Chart(spec, own.chart.data))


def _layers(picture: Picture, squeeze: float, metres: int, slim: bool) -> list[alt.Chart]:
    """Circles around the facilities of the type in question, then the signs of all.

    On a `slim` map signs are small and have no letters, which nobody could read.
    """
    points = supply_map.points(picture)
    signs = [
        {
            "x": point["at"][0] * squeeze,
            "y": point["at"][1],
            "letters": point["sign"],
            "shape": _SHAPES.get(point["shape"], point["shape"]),
            "size": _SIZE[point["shape"]] * (_SMALL if slim else 1),
            "ground": colours.INK if point["own"] else "white",
            "line": "white" if point["own"] else colours.INK,
        }
        for point in points
    ]
    rings = [
        _ring(sign["x"], sign["y"], metres / _DEGREE)
        for sign, point in zip(signs, points, strict=True)
        if point["own"] and metres
    ]
    placed = alt.Chart(alt.Data(values=signs)).encode(
        longitude=alt.Longitude(field="x", type="quantitative"),
        latitude=alt.Latitude(field="y", type="quantitative"),
    )
    plain: dict[str, Any] = {"type": "nominal", "scale": None, "legend": None}
    letters = placed.mark_text(fontSize=10, fontWeight=700, dy=1).encode(
        text=channels.text("letters"), color=alt.Color(field="line", **plain)
    )
    return [
        alt.Chart(alt.Data(values=rings)).mark_geoshape(
            filled=False, stroke=colours.INK, strokeWidth=1.2, strokeDash=[4, 3]
        ),
        placed.mark_point(strokeWidth=1.2, opacity=1).encode(
            shape=alt.Shape(field="shape", **plain),
            size=alt.Size(field="size", type="quantitative", scale=None, legend=None),
            fill=alt.Fill(field="ground", **plain),
            stroke=alt.Stroke(field="line", **plain),
        ),
        *([] if slim else [letters]),
    ]


def _ring(x: float, y: float, radius: float) -> dict[str, Any]:
    """A circle on the squeezed map, where a degree is as long in both directions."""
    turns = [2 * pi * corner / _CORNERS for corner in range(_CORNERS + 1)]
    line = [[x + radius * cos(turn), y + radius * sin(turn)] for turn in turns]
    return {"type": "Feature", "geometry": {"type": "LineString", "coordinates": line}}
