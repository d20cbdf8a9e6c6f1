"""Facilities as links and signs, wherever they are listed."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlencode

from components import colours
from model.catalog import FacilityType
from model.facility import Facility
from model.language import _

PAGE = "einrichtung"
_FORMS = {
    "circle": '<circle r="9"/>',
    "square": '<path d="M-8,-8H8V8H-8Z"/>',
    "diamond": '<path d="M0,-11L11,0L0,11L-11,0Z"/>',
    "triangle": '<path d="M0,-11L11,8H-11Z"/>',
    "hexagon": '<path d="M-5.5,-9.5H5.5L11,0L5.5,9.5H-5.5L-11,0Z"/>',
}
"""As components/static/mappoints.js draws them."""


def address(facility: str) -> str:
    """The address of a facility's page, relative to any page."""
    return f"./{PAGE}?{urlencode({'id': facility})}"


def link(one: Facility) -> str:
    """A facility as a link to its page, as HTML."""
    return f'<a href="{escape(address(one.id))}" target="_self">{escape(one.name)}</a>'


def grid(found: Iterable[Facility], own: bool = True) -> str:
    """Facilities as a list of links with their signs (dark for `own`), as HTML."""
    items = "".join(f"<li>{sign(one.kind, own)} {link(one)}</li>" for one in found)
    return f'<ul class="qp-facilities">{items}</ul>'


def folded(kind: FacilityType, found: Sequence[Facility], own: bool, unfolded: bool) -> str:
    """Facilities of a type under its name and their number, as HTML."""
    none = escape(_("Hier liegt keine Einrichtung dieser Art."))
    inside = grid(found, own) if found else f"<p>{none}</p>"
    name = escape(f"{kind.plural} ({len(found)})")
    return (
        f'<details class="qp-others"{" open" if unfolded else ""}><summary>{name}</summary>'
        f"{inside}</details>"
    )


def sign(kind: FacilityType, own: bool) -> str:
    """The sign of a type on the map as a small picture, as HTML; those in question are dark."""
    ground, line, ink = ("#fff", colours.INK, colours.INK)
    if own:
        ground, line, ink = (colours.INK, "#fff", "#fff")
    down = 6 if kind.shape == "triangle" else 4
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 24 24" width="22" height="22" '
        'font-family="Arial, Liberation Sans, sans-serif" font-size="11" font-weight="700">'
        f'<g fill="{ground}" stroke="{line}" stroke-width="1.4">{_FORMS[kind.shape]}</g>'
        f'<text y="{down}" text-anchor="middle" fill="{ink}">{escape(kind.letters)}</text></svg>'
    )
    packed = base64.b64encode(svg.encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{packed}" width="22" height="22" '
        f'alt="{escape(kind.title)}">'
    )
