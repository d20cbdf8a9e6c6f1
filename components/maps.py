"""The district map in two renderings of the same picture.

`webgl` is a pydeck map for PCs with a graphics card. `svg` is a drawing that a keyboard and a
screen reader can walk, and that also serves PCs without one. Both get the geometry once by URL
and afterwards only class numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import canvas, colours, deckmap, painting, web
from loaders import areas, releases
from model.language import _
from model.view import View

_svg = st.components.v2.component(
    "quartierspuls_map",
    html='<div class="maps"></div>',
    css=web.stylesheet("svgmap.css"),
    js=web.loader("svgmap.js"),
)


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
        deckmap.show(view, release, on_choose)
    else:
        single("svgmap", svg_data(view, release), on_choose)


def svg_data(view: View, release: releases.Release) -> dict[str, Any]:
    """What the SVG rendering needs for one view; the geometry itself comes by URL."""
    painted = canvas.painted(view)
    drawn = [figure.area.id for figure in painting.drawn(view, release)]
    return {
        **ground(view, release, f"{painting.HEIGHT}px"),
        "alt": painted.alternative,
        "fills": list(painted.patterns),
        "dark": [colours.dark(colour) for colour in painted.fills],
        # In the order of the polygons, which bring names and labels along.
        "texts": [painted.told[area] for area in drawn],
        "tags": [painted.tags[area] for area in drawn],
        "signs": [painted.signs[area] for area in drawn],
        "codes": [painted.codes[area] for area in drawn],
    }


def ground(view: View, release: releases.Release, height: str) -> dict[str, Any]:
    """What all maps of a page have in common; `height` is the most a map may have, in CSS."""
    return {
        "geometry": web.geometry_url(release, view.level.id),
        "around": painting.around(release),
        "height": height,
        "chosen": {area: colours.CHOSEN[place] for area, place in view.outlined.items()},
    }


def single(key: str, data: dict[str, Any], on_choose: Callable[[str], None]) -> None:
    """Show one map drawn of `data` (see `svg_data`); `on_choose` gets an area that was clicked."""
    _svg(key=key, data=data, on_chosen_change=lambda: on_choose(str(st.session_state[key].chosen)))


def several(
    data: dict[str, Any], on_choose: Callable[[str], None], on_step: Callable[[int], None]
) -> None:
    """Show several maps in step; `on_step` gets the place of the step they stopped at."""

    def chosen() -> None:
        on_choose(str(st.session_state["svgmaps"].chosen))

    def stopped() -> None:
        on_step(int(st.session_state["svgmaps"].period))

    _svg(key="svgmaps", data=data, on_chosen_change=chosen, on_period_change=stopped)
