"""Small drawings of a profile as SVG: position among all, trend, place in the city.

Each says in words what it shows; the numbers stand beside it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from components import colours
from documents import drawings
from model import formats
from model.areas import Area
from model.language import _
from model.profile import Line, Step

_WIDE, _FLAT, _EDGE = 220, 26, 8
_HIGH = 54
_LETTERS = 6.5
"""Size of the names in a map, which is 300 pixels wide and stands large on paper."""
_AROUND = "#8fb8cb"
"""The area a point lies in."""

Scale = Callable[[float], float]
"""From a value to a place in the drawing."""
Ring = Sequence[Sequence[float]]
"""The corners of an outline, longitude and latitude."""


@dataclass(frozen=True)
class Sketch:
    """A small drawing: its SVG, how large it is in pixels, and what it shows in words."""

    width: float
    height: float
    said: str
    svg: str


def position(one: Line) -> str:
    """Where the figure lies among those of all areas, without a first and a last."""
    known = [f.value for f in one.view.figures if f.value is not None]
    if one.figure.value is None or len(known) < 2:
        return ""
    city = one.view.city_figure
    ends = [*known, *([city.value] if city and city.value is not None else [])]
    at = scale(min(ends), max(ends), _EDGE, _WIDE - _EDGE)
    middle = _FLAT / 2
    dots = "".join(f'<circle cx="{at(v):.1f}" cy="{middle}" r="3.2"/>' for v in known)
    mark = (
        f'<line x1="{at(city.value):.1f}" x2="{at(city.value):.1f}" y1="3" y2="{_FLAT - 3}" '
        f'stroke="{colours.INK}" stroke-width="2"/>'
        if city and city.value is not None
        else ""
    )
    own = (
        f'<circle cx="{at(one.figure.value):.1f}" cy="{middle}" r="6" fill="{colours.CHOSEN[0]}"/>'
    )
    said = _("Lage von {name} unter {count} Gebieten mit Zahl").format(
        name=one.figure.area.name, count=len(known)
    )
    return drawing(_WIDE, _FLAT, said, f'<g fill="#aab4ba">{dots}</g>{mark}{own}')


def trend(
    one: Line,
    span: tuple[int, int, float, float] | None = None,
    paint: str = colours.CHOSEN[0],
) -> str:
    """The drawing of `trending` as a picture; empty where there is none."""
    found = trending(one, span, paint)
    return image(found) if found else ""


def trending(
    one: Line,
    span: tuple[int, int, float, float] | None = None,
    paint: str = colours.CHOSEN[0],
) -> Sketch | None:
    """The numbers of all years, broken where one is missing; the city's dashed.

    `span` is a scale in common with other lines: first and last year, lowest and highest number.
    None where there are not two numbers.
    """
    own, city = one.own, one.city
    known = one.known
    if len(known) < 2:
        return None
    years = [year for year, _value in (*own, *city)]
    values = [value for _year, value in (*own, *city) if value is not None]
    start, end, low, high = span or (min(years), max(years), min(values), max(values))
    x = scale(start, end, _EDGE, _WIDE - _EDGE)
    y = scale(low, high, _HIGH - 16, 6)
    drawn = _path(city, x, y, f'stroke="{colours.INK}" stroke-dasharray="4 3" stroke-width="1.4"')
    drawn += _path(own, x, y, f'stroke="{paint}" stroke-width="2.4"')
    drawn += "".join(_begun(x(place)) for place in one.begun if start <= place <= end)
    ends = (
        f'<text x="{_EDGE}" y="{_HIGH - 2}">{start}</text>'
        f'<text x="{_WIDE - _EDGE}" y="{_HIGH - 2}" text-anchor="end">{end}</text>'
    )
    said = _("Entwicklung: {values}").format(values=told(one))
    return sketch(_WIDE, _HIGH, said, drawn + ends)


def told(one: Line) -> str:
    """The first and the last number of a trend, each behind its year."""
    decimals = one.view.indicator.decimals
    return "; ".join(f"{year}: {formats.number(value, decimals)}" for year, value in one.ends)


def _begun(x: float) -> str:
    """Where an event begins."""
    return (
        f'<path d="M{x:.1f},2V{_HIGH - 14}" stroke="{colours.INK}" stroke-width="1.2"/>'
        f'<path d="M{x - 3.5:.1f},0h7l-3.5,6z" fill="{colours.INK}"/>'
    )


def place(
    name: str,
    shapes: Mapping[str, Sequence[Ring]],
    own: Collection[str],
    squeeze: float,
    point: tuple[float, float] | None = None,
) -> str:
    """The drawing of `placed` as a picture."""
    return image(placed(name, shapes, own, squeeze, point))


def placed(
    name: str,
    shapes: Mapping[str, Sequence[Ring]],
    own: Collection[str],
    squeeze: float,
    point: tuple[float, float] | None = None,
    named: Collection[Area] = (),
) -> Sketch:
    """Where an area, or all parts of a zone, lie among the others, or a point (lon, lat) in it.

    The names of those `named` stand at their place.
    """
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    wide = 300.0
    high = wide * (north - south) / ((east - west) * squeeze)
    x, y = scale(west, east, 2, wide - 2), scale(south, north, high - 2, 2)
    drawn = "".join(
        f'<path d="{_outline(rings, x, y)}" stroke="#fff" stroke-width="1" '
        f'fill="{(_AROUND if point else colours.CHOSEN[0]) if area in own else "#c9d3d8"}"/>'
        for area, rings in shapes.items()
    )
    if point:
        drawn += (
            f'<circle cx="{x(point[0]):.1f}" cy="{y(point[1]):.1f}" r="6" fill="{colours.INK}" '
            'stroke="#fff" stroke-width="2"/>'
        )
    drawn += "".join(
        _name(one, x(one.lon), y(one.lat))
        for one in named
        if one.lon is not None and one.lat is not None
    )
    said = _("Lage von {name} in der Stadt").format(name=name)
    return sketch(round(wide), round(high), said, drawn)


def _name(area: Area, x: float, y: float) -> str:
    """The name of an area around a place of the drawing, in as many lines as it has."""
    first = y + 2 - _LETTERS * (len(area.lines) - 1) / 2
    return "".join(
        f'<text x="{x:.1f}" y="{first + _LETTERS * line:.1f}" font-size="{_LETTERS}" '
        f'text-anchor="middle">{escape(words)}</text>'
        for line, words in enumerate(area.lines)
    )


def _outline(rings: Sequence[Ring], x: Scale, y: Scale) -> str:
    """Rings in whole pixels, each point once."""
    parts = []
    for ring in rings:
        points = dict.fromkeys(f"{x(lon):.0f} {y(lat):.0f}" for lon, lat in ring)
        parts.append(f"M{'L'.join(points)}Z")
    return "".join(parts)


def _path(points: Sequence[Step], x: Scale, y: Scale, style: str) -> str:
    """A line through the periods, broken where one has no number."""
    pieces: list[list[str]] = [[]]
    for year, value in points:
        if value is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{x(year):.1f},{y(value):.1f}")
    return "".join(
        # Twice the same place draws a dot where a period stands alone.
        f'<polyline points="{" ".join(piece * 2 if len(piece) == 1 else piece)}" fill="none" '
        f'{style} stroke-linecap="round"/>'
        for piece in pieces
        if piece
    )


def scale(low: float, high: float, start: float, end: float) -> Scale:
    """A straight scale; where there is only one value, it lies in the middle."""
    width = high - low
    if not width:
        return lambda value: (start + end) / 2
    return lambda value: start + (value - low) / width * (end - start)


def drawing(width: float, height: float, said: str, inside: str) -> str:
    """A drawing as picture with its text."""
    return image(sketch(width, height, said, inside))


def sketch(width: float, height: float, said: str, inside: str) -> Sketch:
    """A drawing from what is inside it."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="\'{drawings.DRAWN}\', Arial, sans-serif" font-size="12" '
        f'fill="{colours.INK}">{inside}</svg>'
    )
    return Sketch(width, height, said, svg)


def image(one: Sketch) -> str:
    """A drawing as picture; as part of the page Streamlit would take it out."""
    packed = base64.b64encode(drawings.complete(one.svg).encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{packed}" width="{one.width}" '
        f'height="{one.height}" alt="{escape(one.said)}">'
    )
