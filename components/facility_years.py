"""The yearly values of a facility as a small chart: lines from zero, told apart by their points."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

from components import colours, sketches
from components.described import Picture
from model import facility, formats
from model.facility import Series
from model.language import _

_WIDE, _HIGH, _LEFT, _RIGHT, _FOOT, _TOP = 460, 230, 46, 12, 26, 14
_KEY = 20
"""Pixels from one line of the key to the next."""
_STEPS = 5
"""At most so many steps from zero to the top."""
_PAINT = (colours.INK, colours.ACCENT, *colours.CHOSEN[2:])
"""Of one measure after the other; their points are filled and hollow in turn."""


def chart(name: str, found: Sequence[Series]) -> str:
    """The chart with its key, as HTML; nothing where fewer than two periods have a number."""
    drawn = _drawn(found)
    if not drawn:
        return ""
    key = "".join(
        f"<li>{sketches.drawing(34, 14, '', _sample(place))} {escape(s.measure.title)}</li>"
        for place, s in enumerate(found)
    )
    shown = sketches.drawing(_WIDE, _HIGH, _said(name, found), drawn)
    return f'<figure class="qp-years">{shown}<ul>{key}</ul></figure>'


def picture(name: str, found: Sequence[Series]) -> tuple[Picture, ...]:
    """The same as one drawing, for files that hold no HTML."""
    drawn = _drawn(found)
    if not drawn:
        return ()
    for place, series in enumerate(found):
        text = f'<text x="40" y="11">{escape(series.measure.title)}</text>'
        at = f"translate({_LEFT},{_HIGH + 8 + _KEY * place})"
        drawn += f'<g transform="{at}">{_sample(place)}{text}</g>'
    own = sketches.sketch(_WIDE, _HIGH + 8 + _KEY * len(found), _said(name, found), drawn)
    return (Picture(own.svg, own.said),)


def _said(name: str, found: Sequence[Series]) -> str:
    said = _("Entwicklung von {name}: {measures}, als Linien; die Zahlen stehen in der Tabelle")
    return said.format(name=name, measures=", ".join(s.measure.title for s in found))


def _drawn(found: Sequence[Series]) -> str:
    """What is inside the drawing; nothing where fewer than two periods have a number."""
    years = facility.periods(found)
    known = [v.value for series in found for v in series.values if v.value is not None]
    if len(years) < 2 or not known:
        return ""
    steps = guides(max(known))
    top = steps[-1]
    x = sketches.scale(0, len(years) - 1, _LEFT + 20, _WIDE - _RIGHT - 20)
    y = sketches.scale(0, top, _HIGH - _FOOT, _TOP)
    drawn = "".join(_guide(value, y) for value in steps)
    drawn += "".join(
        f'<text x="{x(i):.1f}" y="{_HIGH - 6}" text-anchor="middle">{year[:4]}</text>'
        for i, year in enumerate(years)
    )
    for place, series in enumerate(found):
        at = [(i, facility.value(series, year).value) for i, year in enumerate(years)]
        drawn += _line(at, x, y, place)
    return drawn


def guides(most: float) -> list[float]:
    """Round numbers from zero to the first one that is not below `most`."""
    power = 10.0 ** floor(log10(most)) if most >= 1 else 1.0
    step = next(
        s * power for s in (0.2, 0.5, 1, 2) if s * power * _STEPS >= most and s * power >= 1
    )
    return [step * i for i in range(ceil(most / step) + 1)] if most else [0.0, step]


def _guide(value: float, y: sketches.Scale) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{_WIDE - _RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}" '
        f'stroke="#d5dde1"/><text x="{_LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">'
        f"{escape(formats.plain(value))}</text>"
    )


def _line(
    points: Sequence[tuple[int, float | None]], x: sketches.Scale, y: sketches.Scale, place: int
) -> str:
    """A line that breaks where a number is missing, with a point at each number."""
    paint = _PAINT[place % len(_PAINT)]
    drawn, before = "", None
    for i, value in points:
        if value is None:
            before = None
            continue
        here = (x(i), y(value))
        if before:
            drawn += (
                f'<line x1="{before[0]:.1f}" y1="{before[1]:.1f}" x2="{here[0]:.1f}" '
                f'y2="{here[1]:.1f}" stroke="{paint}" stroke-width="2.4"/>'
            )
        before = here
    dots = (_dot(x(i), y(value), place) for i, value in points if value is not None)
    return drawn + "".join(dots)


def _dot(x: float, y: float, place: int) -> str:
    paint = _PAINT[place % len(_PAINT)]
    ground = paint if place % 2 == 0 else "#fff"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{ground}" stroke="{paint}" '
        'stroke-width="2"/>'
    )


def _sample(place: int) -> str:
    paint = _PAINT[place % len(_PAINT)]
    line = f'<line x1="2" x2="32" y1="7" y2="7" stroke="{paint}" stroke-width="2.4"/>'
    return line + _dot(17, 7, place)
