"""Where names stand beside circles in a picture, as far as they fit without touching anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_LETTER, _HALF = 6.6, 8.0
"""Pixels a letter is wide at most on average, and half a line is high."""


@dataclass(frozen=True)
class Circle:
    """A circle with its name, in pixels from the upper left; `first` names are placed first."""

    name: str
    x: float
    y: float
    radius: float
    first: bool


@dataclass(frozen=True)
class Box:
    """The room a text takes, in pixels from the upper left."""

    left: float
    right: float
    top: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether they have a point in common."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom

    def inside(self, width: float, height: float) -> bool:
        """Whether it lies in a picture of that size."""
        return self.left >= 0 and self.right <= width and self.top >= 0 and self.bottom <= height


def places(
    circles: Sequence[Circle], width: float, height: float
) -> dict[int, tuple[float, float]]:
    """Left end and middle of the names that fit into the picture, by the place of their circle.

    To the right, to the left, above, below: the first that is free.
    """
    bodies = [_body(one) for one in circles]
    taken: list[Box] = []
    found = {}
    for number in sorted(range(len(circles)), key=lambda place: not circles[place].first):
        others = [*bodies[:number], *bodies[number + 1 :], *taken]
        for box in _around(circles[number]):
            if box.inside(width, height) and not any(map(box.touches, others)):
                taken.append(box)
                found[number] = (box.left, (box.top + box.bottom) / 2)
                break
    return found


def _body(one: Circle) -> Box:
    """The middle of a circle; its rim may be touched."""
    near = one.radius * 0.7
    return Box(one.x - near, one.x + near, one.y - near, one.y + near)


def _around(one: Circle) -> list[Box]:
    wide, away = _LETTER * len(one.name), one.radius + 4
    lefts = (one.x + away, one.x - away - wide, one.x - wide / 2, one.x - wide / 2)
    middles = (one.y, one.y, one.y - away - _HALF, one.y + away + _HALF)
    return [
        Box(left, left + wide, middle - _HALF, middle + _HALF)
        for left, middle in zip(lefts, middles, strict=True)
    ]
