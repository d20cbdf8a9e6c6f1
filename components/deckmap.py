"""The map for PCs with a graphics card: pydeck, with the geometry by URL."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.bindings.json_tools import default_serialize

from components import canvas, colours, painting, web
from components.painting import Painted
from loaders import areas, releases
from model.language import _
from model.view import Figure, View

_WORLD = 512  # pixels of the whole earth at zoom 0 in deck.gl's Web Mercator
_GROUND, _LINE = [238, 241, 242], [95, 109, 118]


class Deck(pdk.Deck):
    """A deck whose JSON is not padded with blanks: a fifth of the bytes on the wire."""

    def to_json(self) -> str:
        """The deck as compact JSON."""
        return json.dumps(self, default=default_serialize, separators=(",", ":"))


def show(view: View, release: releases.Release, on_choose: Callable[[str], None]) -> None:
    """Show the deck; `on_choose` gets the id of an area that was clicked."""
    clicks = st.session_state.get("deck clicks", 0)

    def chosen() -> None:
        objects = st.session_state["deck"].selection.objects
        if found := objects.get(f"fill{clicks}"):
            st.session_state["deck clicks"] = clicks + 1
            on_choose(str(found[0]["properties"]["id"]))

    st.pydeck_chart(
        deck(view, release, clicks),
        height=painting.HEIGHT,
        on_select=chosen,
        key="deck",
        alt=canvas.painted(view).alternative,
    )


def deck(view: View, release: releases.Release, clicks: int = 0) -> Deck:
    """Surroundings, fill by class number, borders, outline of chosen areas, labels.

    The built-in selection cannot be cleared by us; a new layer id after each click drops it.
    """
    url = web.geometry_url(release, view.level.id)
    around, painted = painting.around(release), canvas.painted(view)
    return Deck(
        map_provider=None,
        initial_view_state=_view_state(areas.frame(release, view.level.id)),
        layers=[
            *([_surroundings(around)] if around else []),
            _fill(painted, painting.drawn(view, release), url, clicks),
            _outline("borders", url, _LINE, 0.8),
            _outline("chosen", _chosen(view, release), "properties.colour", 4),
            _texts(view, release, painted),
        ],
        tooltip={"text": "{name}\n" + _("Ein Klick zeigt den Wert.")},
    )


def _surroundings(url: str) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        id="around",
        data=url,
        get_fill_color=_GROUND,
        get_line_color=[255, 255, 255],
        line_width_min_pixels=1.5,
        get_line_width=0,
    )


def _fill(painted: Painted, drawn: list[Figure], url: str, clicks: int) -> pdk.Layer:
    codes = json.dumps([painted.codes[figure.area.id] for figure in drawn], separators=(",", ":"))
    palette = [_rgb(colour) for colour in painted.fills]
    expression = f"@@=({json.dumps(palette, separators=(',', ':'))})[({codes})[properties.i]]"
    # The colour goes in below Streamlit's own highlight, which would pale all other areas.
    colour = {
        "getFillColor": expression,
        "updateTriggers": {"getFillColor": [hashlib.md5(expression.encode()).hexdigest()[:8]]},
    }
    # Without a stroke, picking stays fast enough for clicks on PCs that only pretend to have
    # a graphics card; the borders are a layer of their own.
    return pdk.Layer(
        "GeoJsonLayer",
        id=f"fill{clicks}",
        data=url,
        pickable=True,
        stroked=False,
        _sub_layer_props={"polygons-fill": colour},
    )


def _outline(name: str, data: Any, colour: Any, width: float) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        id=name,
        data=data,
        filled=False,
        stroked=True,
        get_line_color=colour,
        line_width_min_pixels=width,
        get_line_width=0,
    )


def _chosen(view: View, release: releases.Release) -> dict[str, Any]:
    """The polygons of the chosen areas, each with its colour."""
    paint = {area: colours.CHOSEN[place] for area, place in view.outlined.items()}
    features = [
        {**feature, "properties": {"colour": _rgb(paint[feature["properties"]["id"]])}}
        for feature in areas.geometry(release, view.level.id)["features"]
        if feature["properties"]["id"] in paint
    ]
    return {"type": "FeatureCollection", "features": features}


def _texts(view: View, release: releases.Release, painted: Painted) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        id="labels",
        data=_labels(view, release, painted),
        get_position="p",
        get_text="t",
        get_size=13,
        font_family=pdk.types.String("Source Sans, sans-serif"),
        character_set=pdk.types.String("auto"),
        background=True,
        get_background_color=[255, 255, 255, 200],
    )


def _labels(view: View, release: releases.Release, painted: Painted) -> list[dict[str, Any]]:
    """Labels that neither leave their area by much nor cover each other at the opening zoom.

    This rendering has no hatching, so areas without a figure say so in their label; where the
    name has no place, the sign may still have one.
    """
    frame = areas.frame(release, view.level.id)
    per_degree = _WORLD * 2 ** _zoom(frame) / 360
    taken: list[tuple[float, float, float]] = []
    labels = []
    for figure in sorted(
        view.figures,
        key=lambda f: (f.area.id not in view.outlined, -frame.widths[f.area.id]),
    ):
        area = figure.area
        if area.lon is None or area.lat is None:
            continue
        x, y = area.lon * per_degree, area.lat * per_degree * 1.6
        for lines in (painted.lines(figure), [painted.signs[area.id]]):
            width = 7.4 * max(map(len, lines), default=0)
            fits = 0 < width <= 1.5 * frame.widths[area.id] * per_degree
            if fits and all(abs(x - a) > (width + b) / 2 or abs(y - c) > 18 for a, b, c in taken):
                taken.append((x, width, y))
                place = [round(area.lon, 3), round(area.lat, 3)]
                labels.append({"t": "\n".join(lines), "p": place})
                break
    return labels


def _rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _zoom(frame: areas.Frame) -> float:
    """The zoom at which the whole city fits the map."""
    west, south, east, north = frame.bounds
    across, along = _WORLD * (east - west) / 360, _WORLD * (north - south) / 360 / frame.squeeze
    return round(math.log2(min(660 / across, (painting.HEIGHT - 30) / along)), 2)


def _view_state(frame: areas.Frame) -> pdk.ViewState:
    west, south, east, north = frame.bounds
    zoom = _zoom(frame)
    return pdk.ViewState(
        longitude=round((west + east) / 2, 4),
        latitude=round((south + north) / 2, 4),
        zoom=zoom,
        min_zoom=zoom - 1,
        max_zoom=zoom + 5,
    )
