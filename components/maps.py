"""The district map in two renderings of the same picture.

`webgl` is a pydeck map for PCs with a graphics card. `svg` is a drawing that a keyboard and a
screen reader can walk, and that also serves PCs without one. Both get the geometry once by URL
and afterwards only class numbers.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from typing import Any

import pydeck as pdk
import streamlit as st
from pydeck.bindings.json_tools import default_serialize

from components import colours, web
from loaders import areas, releases
from model import status, wording
from model.language import _
from model.view import Figure, View

HEIGHT = 450
_WORLD = 512  # pixels of the whole earth at zoom 0 in deck.gl's Web Mercator

_svg = st.components.v2.component(
    "quartierspuls_map",
    html='<div class="map"></div>',
    css=web.stylesheet("svgmap.css"),
    js=web.loader("svgmap.js"),
)


class Deck(pdk.Deck):
    """A deck whose JSON is not padded with blanks: a fifth of the bytes on the wire."""

    def to_json(self) -> str:
        """The deck as compact JSON."""
        return json.dumps(self, default=default_serialize, separators=(",", ":"))


def renderer(asked: str) -> str:
    """Which rendering to use; 'auto' follows what the page found out about this PC."""
    if asked != "auto":
        return asked
    return "webgl" if st.context.cookies.get("karte") == "webgl" else "svg"


def choropleth(view: View, release: releases.Release, on_choose: Callable[[str], None]) -> None:
    """Show the map of a view; `on_choose` gets the id of an area that was clicked."""
    if areas.geometry_path(release, view.level.id) is None:
        st.info(_("Für diese Raumebene gibt es keine Karte. Die Werte stehen in der Tabelle."))
        return
    if renderer(view.selection.renderer) == "webgl":
        _show_deck(view, release, on_choose)
    else:
        _show_svg(view, release, on_choose)


def fills(view: View) -> list[str]:
    """Colour of each class, then of suppressed and of absent figures."""
    return [*colours.scale(len(view.limits) + 1), colours.SUPPRESSED, colours.ABSENT]


def absent_labels() -> tuple[str, str]:
    """How the legend names suppressed and absent figures."""
    return _("geheim gehalten"), _("keine Angabe")


def alternative(view: View) -> str:
    """The map in words, made from its data."""
    return wording.alternative(_("Karte"), view)


def svg_data(view: View, release: releases.Release) -> dict[str, Any]:
    """What the SVG rendering needs for one view; the geometry itself comes by URL."""
    palette = fills(view)
    drawn = _drawn(view, release)
    patterns = {colours.SUPPRESSED: "url(#geheim)", colours.ABSENT: "url(#fehlt)"}
    return {
        "geometry": web.geometry_url(release, view.level.id),
        "around": _around(release),
        "height": HEIGHT,
        "alt": alternative(view),
        "fills": [patterns.get(colour, colour) for colour in palette],
        "dark": [colours.dark(colour) for colour in palette],
        "chosen": dict(zip(view.selection.areas, colours.CHOSEN, strict=False)),
        # In the order of the polygons, which bring names and labels along.
        "texts": [wording.value(view.indicator, figure) for figure in drawn],
        "codes": [view.code(figure) for figure in drawn],
    }


def deck(view: View, release: releases.Release, clicks: int = 0) -> Deck:
    """The pydeck rendering: fill by class number, borders, labels, outline of chosen areas.

    The built-in selection cannot be cleared by us; a new layer id after each click drops it.
    """
    palette = fills(view)
    features = areas.geometry(release, view.level.id)["features"]
    codes = "".join(str(view.code(figure)) for figure in _drawn(view, release))
    rgb = [_rgb(colour) for colour in palette]
    expression = f'@@=({json.dumps(rgb)})[("{codes}")[properties.i]]'
    url = web.geometry_url(release, view.level.id)
    # The colour goes in below Streamlit's own highlight, which would pale all other areas.
    fill = {
        "polygons-fill": {
            "getFillColor": expression,
            "updateTriggers": {"getFillColor": [hashlib.md5(expression.encode()).hexdigest()]},
        }
    }
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    chosen = [
        {**f, "properties": {"colour": _rgb(paint[f["properties"]["id"]])}}
        for f in features
        if f["properties"]["id"] in paint
    ]
    around = pdk.Layer(
        "GeoJsonLayer",
        id="around",
        data=_around(release),
        pickable=False,
        get_fill_color=[238, 241, 242],
        get_line_color=[255, 255, 255],
        line_width_min_pixels=1.5,
        get_line_width=0,
    )
    return Deck(
        map_provider=None,
        initial_view_state=_view_state(areas.frame(release, view.level.id)),
        layers=[
            *([around] if around.data else []),
            pdk.Layer(
                "GeoJsonLayer",
                id=f"fill{clicks}",
                data=url,
                pickable=True,
                stroked=False,
                _sub_layer_props=fill,
            ),
            pdk.Layer(
                "GeoJsonLayer",
                id="borders",
                data=url,
                pickable=False,
                filled=False,
                stroked=True,
                get_line_color=[95, 109, 118],
                line_width_min_pixels=0.8,
                get_line_width=0,
            ),
            pdk.Layer(
                "GeoJsonLayer",
                id="chosen",
                data={"type": "FeatureCollection", "features": chosen},
                pickable=False,
                filled=False,
                stroked=True,
                get_line_color="properties.colour",
                line_width_min_pixels=4,
                get_line_width=0,
            ),
            pdk.Layer(
                "TextLayer",
                id="labels",
                data=_labels(view, release),
                pickable=False,
                get_position="at",
                get_text="label",
                get_size=13,
                get_color=[27, 42, 51],
                font_family=pdk.types.String("Source Sans, sans-serif"),
                font_weight=600,
                character_set=pdk.types.String("auto"),
                background=True,
                get_background_color=[255, 255, 255, 200],
                background_padding=[3, 1],
            ),
        ],
        tooltip={"text": "{name}"},
    )


def _drawn(view: View, release: releases.Release) -> list[Figure]:
    """The figures in the order of the polygons."""
    by_id = {figure.area.id: figure for figure in view.figures}
    return [
        by_id[f["properties"]["id"]] for f in areas.geometry(release, view.level.id)["features"]
    ]


def _rgb(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _around(release: releases.Release) -> str | None:
    """Where the municipalities around the city are drawn from, if the release has them."""
    known = areas.geometry_path(release, areas.SURROUNDINGS)
    return web.geometry_url(release, areas.SURROUNDINGS) if known else None


def _show_svg(view: View, release: releases.Release, on_choose: Callable[[str], None]) -> None:
    def chosen() -> None:
        on_choose(str(st.session_state["svgmap"].chosen))

    _svg(key="svgmap", data=svg_data(view, release), on_chosen_change=chosen)


def _show_deck(view: View, release: releases.Release, on_choose: Callable[[str], None]) -> None:
    clicks = st.session_state.get("deck clicks", 0)

    def chosen() -> None:
        objects = st.session_state["deck"].selection.objects
        if found := objects.get(f"fill{clicks}"):
            st.session_state["deck clicks"] = clicks + 1
            on_choose(str(found[0]["properties"]["id"]))

    st.pydeck_chart(
        deck(view, release, clicks),
        height=HEIGHT,
        on_select=chosen,
        key="deck",
        alt=alternative(view),
    )


def _labels(view: View, release: releases.Release) -> list[dict[str, Any]]:
    """Labels that neither leave their area by much nor cover each other at the opening zoom.

    This rendering has no hatching, so areas without a figure say so in their label.
    """
    frame = areas.frame(release, view.level.id)
    per_degree = _WORLD * 2 ** _zoom(frame) / 360
    taken: list[tuple[float, float, float]] = []
    labels = []
    for figure in sorted(
        view.figures,
        key=lambda f: (f.area.id not in view.selection.areas, -frame.widths[f.area.id]),
    ):
        area = figure.area
        if area.lon is None or area.lat is None:
            continue
        width = 7.4 * max(map(len, area.lines))
        x, y = area.lon * per_degree, area.lat * per_degree * 1.6
        fits = width <= 1.5 * frame.widths[area.id] * per_degree
        if fits and all(abs(x - a) > (width + b) / 2 or abs(y - c) > 18 for a, b, c in taken):
            taken.append((x, width, y))
            absent = f"\n({status.label(figure.status)})" if figure.value is None else ""
            labels.append(
                {
                    "label": "\n".join(area.lines) + absent,
                    "at": [round(area.lon, 4), round(area.lat, 4)],
                }
            )
    return labels


def _zoom(frame: areas.Frame) -> float:
    """The zoom at which the whole city fits the map."""
    west, south, east, north = frame.bounds
    across, along = _WORLD * (east - west) / 360, _WORLD * (north - south) / 360 / frame.squeeze
    return round(math.log2(min(660 / across, (HEIGHT - 30) / along)), 2)


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
