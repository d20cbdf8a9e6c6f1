"""Names on a map too small for all of them: those that fit, moved a little where that helps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from components.name_places import Box
from documents import measuring

SIZE = 12
"""Pixels of the letters of a name."""
_LINE = 13
_STEPS = (0, 9, -9)
"""Pixels a name may move up or down."""
_EDGE = 2


@dataclass(frozen=True)
class Name:
    """Lines of text with their middle at a place of the map.

    Those that are `first` are placed first, then those with a sign.

    `sign` is what is told where the lines do not fit; '' tells nothing then.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    sign: str = ""
    first: bool = False


@dataclass(frozen=True)
class Picture:
    """Where a map lies in a picture of so many pixels: its `scale`, left end and upper end."""

    width: float
    height: float
    scale: float
    left: float
    top: float


def picture(corners: Sequence[tuple[float, float]], width: float, height: float) -> Picture:
    """A map as large as fits, in the middle, with y upwards."""
    xs, ys = zip(*corners, strict=True)
    across, up = max(xs) - min(xs), max(ys) - min(ys)
    scale = min(width / across, height / up)
    left = min(xs) - (width / scale - across) / 2
    return Picture(width, height, scale, left, max(ys) + (height / scale - up) / 2)


def fitting(names: Sequence[Name], within: Picture) -> list[Name]:
    """What of the names can be told without touching another, in the order they were placed."""
    taken: list[Box] = []
    found = []
    for own in sorted(names, key=lambda name: (not name.first, not name.sign)):
        for name, box in _tries(own, within):
            if box.inside(within.width, within.height) and not any(map(box.touches, taken)):
                taken.append(box)
                found.append(name)
                break
    return found


def _tries(own: Name, within: Picture) -> Iterator[tuple[Name, Box]]:
    """The name at its place, then moved up and down; then the same with its sign alone."""
    x, y = (own.x - within.left) * within.scale, (within.top - own.y) * within.scale
    for lines in (own.lines, *([(own.sign,)] if own.sign else [])):
        wide = max(measuring.width(line, SIZE, bold=True) for line in lines) / 2
        high = _LINE * len(lines) / 2
        middle = min(max(x, wide + _EDGE), within.width - wide - _EDGE)
        for step in _STEPS:
            name = replace(
                own,
                lines=lines,
                x=within.left + middle / within.scale,
                y=own.y - step / within.scale,
            )
            moved = y + step
            yield name, Box(middle - wide, middle + wide, moved - high, moved + high)
