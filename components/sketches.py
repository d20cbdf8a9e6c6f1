"""Small drawings of a profile as SVG: position among all, trend, age pyramid.

Each says in words what it shows; the numbers stand beside it.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from components import colours
from model import formats, status
from model.language import _
from model.profile import Line, Step
from model.pyramid import SEXES, Bar

_WIDE, _FLAT, _EDGE = 220, 26, 8
_HIGH = 54
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
    decimals = one.view.indicator.decimals
    told = "; ".join(f"{year}: {formats.number(value, decimals)}" for year, value in one.ends)
    said = _("Entwicklung: {values}").format(values=told)
    return sketch(_WIDE, _HIGH, said, drawn + ends)


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
) -> Sketch:
    """Where an area, or all parts of a zone, lie among the others, or a point (lon, lat) in it."""
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
    said = _("Lage von {name} in der Stadt").format(name=name)
    return sketch(round(wide), round(high), said, drawn)


def _outline(rings: Sequence[Ring], x: Scale, y: Scale) -> str:
    """Rings in whole pixels, each point once."""
    parts = []
    for ring in rings:
        points = dict.fromkeys(f"{x(lon):.0f} {y(lat):.0f}" for lon, lat in ring)
        parts.append(f"M{'L'.join(points)}Z")
    return "".join(parts)


def pyramid(name: str, city_name: str, own: Sequence[Bar], city: Sequence[Bar]) -> str:
    """The pyramid of an area as bars, the city's as an outline, and the same as a table."""
    note = pyramid_note(name, city_name, own)
    return (
        f'<figure class="qp-pyramid">{image(layered(name, city_name, own, city))}'
        f"<figcaption>{escape(note)}</figcaption>{_table(own, city, name, city_name)}</figure>"
    )


def pyramid_note(name: str, city_name: str, own: Sequence[Bar]) -> str:
    """What is said under a pyramid."""
    note = _("Flächen: {name}. Linie: {city}.").format(name=name, city=city_name)
    if any(bar.per_year is None for bar in own):
        note += " " + _("Grau mit gestricheltem Rand: keine Zahl; die Breite sagt nichts.")
    return note


def layered(name: str, city_name: str, own: Sequence[Bar], city: Sequence[Bar]) -> Sketch:
    """The pyramid of an area as bars, the city's as an outline."""
    most = max((bar.per_year or 0.0 for bar in (*own, *city)), default=0.0) or 1.0
    oldest = max(bar.end for bar in own)
    wide, high, gap = 460, 340, 52
    half = (wide - gap) / 2
    x = scale(0, most, 0, half - 4)
    y = scale(0, oldest, high - 18, 4)
    drawn = "".join(_bar(bar, x, y, half, gap, outline=False) for bar in own)
    drawn += "".join(_bar(bar, x, y, half, gap, outline=True) for bar in city)
    ages = "".join(
        f'<text x="{wide / 2}" y="{(y(bar.first) + y(bar.end)) / 2 + 4:.1f}" '
        f'text-anchor="middle">{escape(_age(bar))}</text>'
        for bar in own
        if bar.sex == SEXES[0] and bar.end - bar.first > 3
    )
    heads = (
        f'<text x="{half - 4}" y="{high - 3}" text-anchor="end">{escape(_("männlich"))}</text>'
        f'<text x="{half + gap + 4}" y="{high - 3}">{escape(_("weiblich"))}</text>'
    )
    said = _("Alterspyramide von {name}, verglichen mit {city}").format(name=name, city=city_name)
    return sketch(wide, high, said, drawn + ages + heads)


def _bar(bar: Bar, x: Scale, y: Scale, half: float, gap: float, outline: bool) -> str:
    top, bottom = y(bar.end), y(bar.first)
    left_side = bar.sex == SEXES[0]
    if bar.per_year is None:
        if outline:
            return ""
        start = half - 30 if left_side else half + gap
        return (
            f'<rect x="{start}" y="{top + 0.5:.1f}" width="30" height="{bottom - top - 1:.1f}" '
            f'fill="{colours.ABSENT["suppressed"]}" stroke="#7a868c" stroke-dasharray="3 2"/>'
        )
    length = x(bar.per_year)
    start = half - length if left_side else half + gap
    paint = (
        f'fill="none" stroke="{colours.INK}" stroke-width="1.4"'
        if outline
        else f'fill="{colours.CHOSEN[0]}" fill-opacity="0.55"'
    )
    return (
        f'<rect x="{start:.1f}" y="{top + 0.5:.1f}" width="{length:.1f}" '
        f'height="{bottom - top - 1:.1f}" {paint}/>'
    )


def _age(bar: Bar) -> str:
    return bar.age.replace("-", "–")


def _table(own: Sequence[Bar], city: Sequence[Bar], name: str, city_name: str) -> str:
    """The pyramid in numbers, folded."""
    there = {(bar.age, bar.sex): bar for bar in city}
    words = dict(zip(SEXES, (_("männlich"), _("weiblich")), strict=True))
    rows = "".join(
        f"<tr><th scope='row'>{escape(_age(bar))}, {escape(words[bar.sex])}</th>"
        f"<td>{escape(_share(bar))}</td>"
        f"<td>{escape(_share(there.get((bar.age, bar.sex))))}</td></tr>"
        for bar in own
    )
    head, who = escape(_("Als Tabelle")), escape(_("Alter und Geschlecht"))
    return (
        f"<details><summary>{head}</summary><table><thead><tr>"
        f"<th>{who}</th><th>{escape(name)}</th>"
        f"<th>{escape(city_name)}</th></tr></thead><tbody>{rows}</tbody></table></details>"
    )


def _share(bar: Bar | None) -> str:
    if bar is None:
        return status.words("not_collected")
    if bar.share is None:
        return status.words(bar.status)
    return f"{formats.number(100 * bar.share, 1)}{formats.NBSP}%"


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
        f'height="{height}" font-family="Arial, Liberation Sans, sans-serif" font-size="12" '
        f'fill="{colours.INK}">{inside}</svg>'
    )
    return Sketch(width, height, said, svg)


def image(one: Sketch) -> str:
    """A drawing as picture; as part of the page Streamlit would take it out."""
    packed = base64.b64encode(one.svg.encode()).decode()
    return (
        f'<img src="data:image/svg+xml;base64,{packed}" width="{one.width}" '
        f'height="{one.height}" alt="{escape(one.said)}">'
    )
