"""Need and supply of all areas in one picture: right is more need, up is more supply."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import colours, sketches
from loaders.supply import Picture
from model import formats, supply
from model.language import _
from model.supply import Group, Row
from model.supply_links import Setting

_WIDE, _HIGH, _LEFT, _RIGHT, _FOOT, _TOP = 460, 330, 52, 24, 44, 34
_EDGE, _LETTER = 16, 7.0
"""Room around the points, and the width of a letter."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom of what stands in the drawing."""
_NAMED: tuple[Group, ...] = ("both", "need")
_SHAPES: dict[Group, tuple[str, str]] = {
    "both": ('<path d="M0,-8L8,0L0,8L-8,0Z"', colours.INK),
    "need": ('<circle r="6"', colours.INK),
    "supply": ('<path d="M0,-8L8,0L0,8L-8,0Z"', "#fff"),
    "neither": ('<circle r="6"', "#fff"),
}


def show(picture: Picture, chosen: Setting) -> None:
    """Show the picture, if there is one."""
    if drawn := chart(picture, chosen):
        st.html(drawn)


def chart(picture: Picture, chosen: Setting) -> str:
    """The picture with its key as HTML; '' where fewer than two areas have both numbers."""
    drawn = [(row, *at) for row in picture.rows if (at := _values(picture, row))]
    areas = [one for one in drawn if one[0].group != "unknown"]
    city = next((one for one in drawn if one[0].area.level != picture.need.level.id), None)
    if len(areas) < 2 or city is None:
        return ""
    needs, offers = [one[1] for one in drawn], [one[2] for one in drawn]
    x = sketches.scale(min(needs), max(needs), _LEFT + _EDGE, _WIDE - _RIGHT - _EDGE)
    y = sketches.scale(min(offers), max(offers), _HIGH - _FOOT - _EDGE, _TOP + _EDGE)
    inside = _frame(picture, needs, offers, city[1:], x, y)
    places = [(row, x(need), y(offered)) for row, need, offered in areas]
    inside += "".join(_sign(row.group, *at) for row, *at in places) + _names(places, chosen)
    names = [supply.name(group).lower() for group in _SHAPES]
    said = _("Bedarf und Angebot von {count} Gebieten als Punkte; Gruppen: {groups}").format(
        count=len(areas), groups="; ".join(names)
    )
    signs = {
        group: sketches.drawing(20, 20, _("Zeichen"), _sign(group, 10, 10)) for group in _SHAPES
    }
    key = "".join(f"<li>{sign} {escape(supply.name(group))}</li>" for group, sign in signs.items())
    return (
        f'<figure class="qp-years">{sketches.drawing(_WIDE, _HIGH, said, inside)}'
        f"<ul>{key}</ul></figure>"
    )


def _values(picture: Picture, row: Row) -> tuple[float, float] | None:
    """Need and supply of an area; None where one of both is missing."""
    own = row.supply.value if row.supply else None
    if picture.supply is None:
        own = None if row.share is None else 100 * row.share
    return None if own is None or row.need.value is None else (row.need.value, own)


def _frame(
    picture: Picture,
    needs: list[float],
    offers: list[float],
    city: tuple[float, float],
    x: sketches.Scale,
    y: sketches.Scale,
) -> str:
    """Axes with the lowest and highest values and their names; the city's values as dashes."""
    need, low, right = picture.need.indicator, _HIGH - _FOOT, _WIDE - _RIGHT
    up = picture.supply.indicator.base if picture.supply else _("Fläche in Reichweite, %")
    decimals = picture.supply.indicator.decimals if picture.supply else supply.SHARE_DECIMALS
    ends = "".join(
        f'<text x="{_LEFT - 6}" y="{y(v) + 4:.1f}" text-anchor="end">'
        f"{formats.number(v, decimals)}</text>"
        for v in (min(offers), max(offers))
    ) + "".join(
        f'<text x="{x(v):.1f}" y="{low + 16}" text-anchor="middle">'
        f"{formats.number(v, need.decimals)}</text>"
        for v in (min(needs), max(needs))
    )
    line = f'stroke="{colours.LINE}" stroke-width="1"'
    dashed = f'stroke="{colours.INK}" stroke-width="1.4" stroke-dasharray="5 4"'
    return (
        f'<path d="M{_LEFT},{_TOP}V{low}H{right}" fill="none" {line}/>'
        f'<path d="M{x(city[0]):.1f},{_TOP}V{low}M{_LEFT},{y(city[1]):.1f}H{right}" {dashed}/>'
        f'<text x="{x(city[0]):.1f}" y="{_TOP - 4}" text-anchor="middle">'
        f"{escape(picture.need.city.name)}</text>{ends}"
        f'<text x="{right}" y="{_HIGH - 8}" text-anchor="end">'
        f"{escape(f'{need.short}, {need.unit}')} →</text>"
        f'<text x="4" y="12">↑ {escape(up)}</text>'
    )


def _names(places: list[tuple[Row, float, float]], chosen: Setting) -> str:
    """Names of areas whose need is clearly higher, and of the chosen one, clear of each other."""
    taken = [(x - 8, y - 8, x + 8, y + 8) for _row, x, y in places]
    drawn = ""
    for row, x, y in places:
        if row.group not in _NAMED and row.area.id != chosen.area:
            continue
        half = _LETTER * len(row.area.name) / 2
        ways = ((12 + half, 4), (-12 - half, 4), (0, -12), (0, 20))
        for right, down in ways:
            box = (x + right - half, y + down - 11, x + right + half, y + down + 3)
            if box[0] > 0 and box[2] < _WIDE and not any(_touch(box, one) for one in taken):
                taken.append(box)
                drawn += (
                    f'<text x="{x + right:.1f}" y="{y + down:.1f}" text-anchor="middle" '
                    f'font-weight="700">{escape(row.area.name)}</text>'
                )
                break
    return drawn


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _sign(group: Group, x: float, y: float) -> str:
    form, ground = _SHAPES[group]
    return (
        f'<g transform="translate({x:.1f} {y:.1f})">{form} fill="{ground}" '
        f'stroke="{colours.INK}" stroke-width="1.6"/></g>'
    )
