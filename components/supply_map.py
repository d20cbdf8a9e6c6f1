"""The map of `/angebot`: the need in colours, facilities as signs, circles around them."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from components import canvas, colours, facility_lists, maps
from components.supplying import distance
from loaders import areas, releases
from loaders.supply import Picture
from model import status, supply, wording
from model.catalog import FacilityType
from model.language import _
from model.supply_links import Setting

_HEIGHT = "clamp(300px, calc(100vh - 400px), 640px)"

_SHAPES = {
    "circle": _("Kreis"),
    "square": _("Quadrat"),
    "diamond": _("Raute"),
    "triangle": _("Dreieck"),
    "hexagon": _("Sechseck"),
}
"""What the outlines of signs are called."""


def show(
    picture: Picture, release: releases.Release, chosen: Setting, on_choose: Callable[[str], None]
) -> None:
    """Show the map; `on_choose` gets the id of an area that was clicked."""
    if areas.geometry_path(release, picture.need.level.id) is None:
        st.info(_("Für diese Raumebene gibt es keine Karte. Die Werte stehen in der Tabelle."))
        return
    maps.single("angebot_karte", data(picture, release, chosen), on_choose)


def data(picture: Picture, release: releases.Release, chosen: Setting) -> dict[str, Any]:
    """What the browser needs to draw the map; the geometry itself comes by URL."""
    need = picture.need
    groups = {row.area.id: row.group for row in picture.rows}
    drawn = [f["properties"]["id"] for f in areas.geometry(release, need.level.id)["features"]]
    base = maps.svg_data(need, release)
    marked = [area for area in drawn if chosen.marked and groups[area] == "both"]
    said = supply.name("both")
    return {
        **base,
        "height": _HEIGHT,
        "texts": [
            f"{text}; {said}" if area in marked else text
            for area, text in zip(drawn, base["texts"], strict=True)
        ],
        "chosen": {
            **dict.fromkeys(marked, colours.INK),
            **({chosen.area: colours.CHOSEN[0]} if chosen.area else {}),
        },
        "points": points(picture),
        "metres": chosen.metres,
        "legend": _legend(picture),
    }


def points(picture: Picture) -> list[dict[str, Any]]:
    """Facilities with coordinates as signs, those of the type in question last and so on top."""
    own = picture.kind.id
    return [
        {
            "at": [one.lon, one.lat],
            "sign": one.kind.letters,
            "shape": one.kind.shape,
            "told": one.name,
            "to": facility_lists.address(one.id),
            "own": one.kind.id == own,
        }
        for one in sorted(picture.facilities, key=lambda one: one.kind.id == own)
        if one.lon is not None
    ]


def key(picture: Picture, chosen: Setting) -> None:
    """What signs, circles and thick lines on the map mean."""
    st.html(explained(picture, chosen))


def explained(picture: Picture, chosen: Setting) -> str:
    """The same as HTML."""
    items = [
        f"{facility_lists.sign(kind, kind.id == chosen.kind)} {escape(kind.plural)}: {count}"
        for kind, count in _counted(picture, chosen)
    ]
    items += map(escape, _lines(picture, chosen))
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f'<ul class="qp-signs-of-map">{listed}</ul>'


def signs(picture: Picture, chosen: Setting) -> tuple[str, ...]:
    """The same as lines of text, for places that hold no HTML."""
    text = _("{shape} mit {letters}: {plural} ({count})")
    told = (
        text.format(
            shape=_SHAPES[kind.shape], letters=kind.letters, plural=kind.plural, count=count
        )
        for kind, count in _counted(picture, chosen)
    )
    return (*told, *_lines(picture, chosen))


def _counted(picture: Picture, chosen: Setting) -> list[tuple[FacilityType, int]]:
    """The types on the map with their number of facilities, the one in question first."""
    kinds = {one.kind.id: one.kind for one in picture.facilities}
    return [
        (kind, sum(one.kind.id == kind.id for one in picture.facilities))
        for kind in sorted(kinds.values(), key=lambda kind: kind.id != chosen.kind)
    ]


def _lines(picture: Picture, chosen: Setting) -> list[str]:
    """What circles and thick lines mean, and how many facilities are not on the map."""
    told = []
    if chosen.metres:
        text = _("Gestrichelte Kreise: {distance} Luftlinie um jede Einrichtung")
        told.append(text.format(distance=distance(chosen.metres)))
    if chosen.marked:
        told.append(_("Dicker dunkler Rand: höherer Bedarf, weniger Angebot"))
    unplaced = sum(one.lon is None for one in picture.facilities)
    if unplaced:
        told.append(_("Ohne Lage, nur in der Liste: {count}").format(count=unplaced))
    return told


def words(picture: Picture) -> str:
    """The map in words."""
    text = _("{count} {plural} sind als Zeichen eingetragen.")
    own = sum(one.kind.id == picture.kind.id for one in picture.facilities)
    return " ".join(
        [
            wording.alternative(_("Karte"), picture.need),
            text.format(count=own, plural=picture.kind.plural),
        ]
    )


def _legend(picture: Picture) -> dict[str, Any]:
    """Classes of the need, and the reasons for no figure that occur."""
    painted = canvas.painted(picture.need)
    shown = [
        code for code in range(len(painted.names)) if code in painted.always or painted.count(code)
    ]
    classes = len(painted.names) - len(status.ABSENT)
    note = picture.need.level.map_note
    head = wording.title(picture.need)
    return {
        "head": f"{head} · {note}" if note else head,
        "items": [
            [
                painted.fills[code]
                if code < classes
                else colours.PATTERNS[status.ABSENT[code - classes]],
                painted.names[code],
            ]
            for code in shown
        ],
    }
