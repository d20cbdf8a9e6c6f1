"""A view as one picture: heading, drawings, what they say, where they come from, the link back."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

from components import channels, colours
from components.described import Described, Picture
from documents import drawings

_EDGE, _GAP = 24, 20
_WIDE = 860
"""Pixels of a line of text; a wider drawing makes longer ones."""
_SEVERAL = 0.75
"""The size of drawings of which there are several, two in a row."""
_NAMES = re.compile(r'(?<= id=")|(?<=url\(#)|(?<=href="#)')


@dataclass(frozen=True)
class _Type:
    """How a text is set: pixels, from line to line, letters in a line of `_WIDE`, weight."""

    size: int
    step: int
    letters: int
    weight: int = 400
    colour: str = colours.INK


_HEADING = _Type(22, 29, 70, 700)
_ABOUT = _Type(15, 21, 106, colour="#4a5861")
_SAID = _Type(14, 20, 116)
_CAPTION = _Type(14, 20, 80, 700)
_SMALL = _Type(12, 17, 130, colour="#4a5861")


@dataclass
class _Sheet:
    """What stands on the picture so far, and where it goes on."""

    wide: float
    y: float = _EDGE
    parts: list[str] = field(default_factory=list)

    def write(self, texts: Iterable[str], kind: _Type, x: float = _EDGE, wide: float = 0) -> None:
        letters = round(kind.letters * (wide or self.wide) / _WIDE)
        for line in (part for text in texts for part in textwrap.wrap(text, letters)):
            self.parts.append(
                f'<text x="{x:.0f}" y="{self.y + kind.size:.0f}" font-size="{kind.size}" '
                f'font-weight="{kind.weight}" fill="{kind.colour}">{escape(line)}</text>'
            )
            self.y += kind.step

    def skip(self, pixels: float) -> None:
        self.y += pixels


def drawn(told: Described) -> tuple[Picture, ...]:
    """The drawings a picture of the view is made of; none where it consists of words."""
    return told.pictures or told.drawn


def svg(told: Described, link: str = "") -> str:
    """The view as a picture that says everything itself; of several drawings two in a row."""
    own = drawn(told)
    columns, scale = (1, 1.0) if len(own) < 2 else (2, _SEVERAL)
    sizes = [tuple(scale * side for side in drawings.extent(one.svg)) for one in own]
    widest = max((wide for wide, _high in sizes), default=0)
    sheet = _Sheet(max(_WIDE, columns * widest + (columns - 1) * _GAP))
    sheet.write([told.title], _HEADING)
    sheet.write([told.about], _ABOUT)
    sheet.skip(_GAP)
    for first in range(0, len(own), columns):
        _row(sheet, first, own[first : first + columns], sizes[first : first + columns], widest)
    sheet.write(told.sentences, _SAID)
    sheet.skip(12)
    sheet.write((*told.signs, *told.origin, *([link] if link else [])), _SMALL)
    wide, high = sheet.wide + 2 * _EDGE, sheet.y + _EDGE
    words = " ".join(one.alternative for one in own)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'role="img" width="{wide:.0f}" height="{high:.0f}" viewBox="0 0 {wide:.0f} {high:.0f}">'
        f"<title>{escape(told.title)}</title><desc>{escape(words)}</desc>"
        f'<rect width="100%" height="100%" fill="white"/>'
        f'<g font-family="{escape(channels.FONT)}">{"".join(sheet.parts)}</g></svg>'
    )


def png(svg: str, scale: int = 1) -> bytes:
    """The same picture in pixels; a `scale` of 2 is twice as fine as the screen."""
    return drawings.png(drawings.lettered(svg), scale)


def _row(
    sheet: _Sheet,
    first: int,
    own: Sequence[Picture],
    sizes: Sequence[tuple[float, ...]],
    widest: float,
) -> None:
    """Drawings beside each other, each below its caption."""
    top, bottom = sheet.y, sheet.y
    for place, (picture, (wide, high)) in enumerate(zip(own, sizes, strict=True)):
        sheet.y, x = top, _EDGE + place * (widest + _GAP)
        if picture.caption:
            sheet.write([picture.caption], _CAPTION, x, widest)
            sheet.skip(4)
        sheet.parts.append(_placed(picture.svg, first + place, x, sheet.y, wide, high))
        bottom = max(bottom, sheet.y + high)
    sheet.y = bottom + _GAP


def _placed(svg: str, number: int, x: float, y: float, wide: float, high: float) -> str:
    """A drawing at its place; names within it are its own, also beside others."""
    shape = drawings.extent(svg)
    inside = _NAMES.sub(f"d{number}-", svg[svg.index(">") + 1 :])
    return (
        f'<svg x="{x:.0f}" y="{y:.0f}" width="{wide:.0f}" height="{high:.0f}" '
        f'viewBox="0 0 {shape[0]:g} {shape[1]:g}">{inside}'
    )
