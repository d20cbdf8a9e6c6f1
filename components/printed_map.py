"""The map of a view as a chart, for pictures made on the server."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt

from components import canvas, channels, colours, map_names
from components.channels import Chart
from components.map_names import Name
from components.painting import Painted
from loaders import areas, releases
from model.areas import Area
from model.language import _
from model.view import Figure, View

_MOST_LABELS = 40
_HIGH, _SLIM_HIGH = 0.72, 0.9
"""How high a map is for its width; a phone has more room below than beside."""
SLIM = 400
"""Below so many pixels not all names have room, and entries of the legend stand in one column."""
_LETTER = 7
"""How many pixels a letter of the legend's title takes at most."""
_ENTRY = 200
"""How many pixels an entry of the legend takes."""
_SHARE = 0.45
"""Which part of the picture an area takes that it shows from near."""


def choropleth(
    view: View, release: releases.Release, width: int, near: Area | None = None
) -> Chart:
    """The map as a chart: classes with counts in the legend, borders, labels, chosen areas.

    With `near` it shows that area and what lies around it.
    """
    geometry = areas.geometry(release, view.level.id)["features"]
    squeeze = areas.frame(release, view.level.id).squeeze
    painted = canvas.painted(view)
    names, colour_of = _legend(painted)
    features = [
        {
            "type": "Feature",
            "id": feature["properties"]["id"],
            "class": names[painted.codes[feature["properties"]["id"]]],
            "geometry": {
                "type": feature["geometry"]["type"],
                "coordinates": _flat(feature["geometry"]["coordinates"], squeeze),
            },
        }
        for feature in geometry
    ]
    slim = width < SLIM
    title = _("{unit} (Anzahl der {plural})").format(unit=painted.unit, plural=view.areas)
    fill = alt.Color(
        field="class",
        type="nominal",
        scale=alt.Scale(domain=list(colour_of), range=list(colour_of.values())),
        legend=alt.Legend(
            title=textwrap.wrap(title, width // _LETTER) if slim else title,
            orient="bottom",
            columns=max(1, width // _ENTRY),
            symbolType="square",
            symbolStrokeColor=colours.LINE,
            symbolStrokeWidth=0.8,
            symbolSize=200,
            labelLimit=300,
            titleLimit=width,
        ),
    )
    chosen = [feature for feature in features if feature["id"] in view.outlined]
    height = round(width * (_SLIM_HIGH if slim else _HIGH))
    place = _around(features, near, width, height) if near else {}
    told = _names(view, squeeze, painted)
    if slim and not place:
        corners = [one for own in features for one in _corners(own["geometry"]["coordinates"])]
        told = map_names.fitting(told, map_names.picture(corners, width, height))
    layers = [
        _data(features)
        .mark_geoshape(stroke=colours.LINE, strokeWidth=0.8, clip=bool(place))
        .encode(color=fill),
        _data(chosen).mark_geoshape(
            filled=False, stroke=colours.INK, strokeWidth=3, clip=bool(place)
        ),
        *_labels(told, clip=bool(place)),
    ]
    spec = channels.template(layers, type="identity", reflectY=True, **place)
    return Chart({**spec, "height": height}, {})


def _around(features: list[dict[str, Any]], near: Area, width: int, height: int) -> dict[str, Any]:
    """Scale and place of the projection for an area, or the parts of a zone, in the middle."""
    own = {near.id, *near.parts}
    corners = [
        corner
        for feature in features
        if feature["id"] in own
        for corner in _corners(feature["geometry"]["coordinates"])
    ]
    if not corners:
        return {}
    xs, ys = zip(*corners, strict=True)
    scale = _SHARE * min(width / (max(xs) - min(xs)), height / (max(ys) - min(ys)))
    middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return {
        "scale": scale,
        "translate": [width / 2 - scale * middle[0], height / 2 + scale * middle[1]],
    }


def _corners(coordinates: Any) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], int | float):
        return [(coordinates[0], coordinates[1])]
    return [corner for part in coordinates for corner in _corners(part)]


def _legend(painted: Painted) -> tuple[list[str], dict[str, str]]:
    """Legend entries of all codes with their counts, and the colours of those that are drawn."""
    counts = [painted.count(code) for code in range(len(painted.names))]
    names = [f"{label} ({count})" for label, count in zip(painted.names, counts, strict=True)]
    drawn = [
        (name, colour)
        for i, (name, colour) in enumerate(zip(names, painted.fills, strict=True))
        if counts[i] or i in painted.always
    ]
    return names, dict(drawn)


def _names(view: View, squeeze: float, painted: Painted) -> list[Name]:
    """Names with their signs, unless there are too many to read; signs in any case."""
    return [
        Name(
            tuple(_lines(view, figure, painted)),
            figure.area.lon * squeeze,
            figure.area.lat,
            painted.signs[figure.area.id],
            figure.area.id in view.outlined,
        )
        for figure in view.figures
        if figure.area.lon is not None and figure.area.lat is not None
    ]


def _labels(names: Sequence[Name], clip: bool) -> list[alt.Chart]:
    """Names with a halo."""
    labels = [{"x": name.x, "y": name.y, "label": "\n".join(name.lines)} for name in names]
    texts = _data(labels).encode(
        longitude=alt.Longitude(field="x", type="quantitative"),
        latitude=alt.Latitude(field="y", type="quantitative"),
        text=channels.text("label"),
    )
    style: dict[str, Any] = {
        "fontSize": map_names.SIZE,
        "fontWeight": 600,
        "lineBreak": "\n",
        "clip": clip,
    }
    return [
        texts.mark_text(stroke="white", strokeWidth=3, strokeJoin="round", **style),
        texts.mark_text(color=colours.INK, **style),
    ]


def _lines(view: View, figure: Figure, painted: Painted) -> list[str]:
    """Name and signs of an area; where there are too many areas to read, only the signs."""
    if len(view.figures) > _MOST_LABELS:
        return [painted.signs[figure.area.id]]
    return painted.lines(figure)


def _data(values: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=values))


def _flat(coordinates: Any, squeeze: float) -> Any:
    """Coordinates with longitudes squeezed, so that a flat drawing keeps its shape."""
    if isinstance(coordinates[0], int | float):
        return [coordinates[0] * squeeze, coordinates[1]]
    return [_flat(part, squeeze) for part in coordinates]
