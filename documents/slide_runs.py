"""What follows what on slides: a part's blocks, columns dissolved, pictures put together."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby

from documents.document import (
    Beside,
    Block,
    Exhibit,
    Facts,
    Figure,
    Heading,
    Items,
    Table,
    Text,
)
from documents.slide_room import Line

Said = Heading | Text | Items | Facts
"""What becomes lines on a slide."""
Shown = Exhibit | Table | tuple[Figure, ...]
"""What has a slide of its own; pictures that are compared share one."""
_Flat = Said | Exhibit | Figure | Table
_MOST_LINES, _MOST = 6, 2
"""Charts through time on one slide, and other pictures."""


def of(blocks: tuple[Block, ...]) -> deque[Said | Shown]:
    """The blocks in the order of their slides."""
    return deque(_gathered(_flat(blocks)))


def foot(rest: deque[Said | Shown]) -> tuple[str, ...]:
    """Takes the small print that comes next: it stands at the foot of the view before it."""
    found = []
    while rest and isinstance(rest[0], Text) and rest[0].kind == "small":
        found.append(rest[0].text)
        rest.popleft()
    return tuple(found)


def lines(block: Said) -> list[Line]:
    """The lines a block becomes."""
    match block:
        case Heading():
            return [Line(block.text, "heading")]
        case Items():
            return [Line(line, "item") for line in block.lines]
        case Facts():
            return [Line(told, "fact", name) for name, told in block.pairs]
        case Text():
            return [Line(block.text, block.kind)]


def _flat(blocks: tuple[Block, ...]) -> Iterator[_Flat]:
    """Columns dissolve; their small print comes after their pictures."""
    for block in blocks:
        if isinstance(block, Beside):
            yield from sorted(_flat((*block.left, *block.right)), key=_is_small)
        else:
            yield block


def _is_small(block: object) -> bool:
    return isinstance(block, Text) and block.kind == "small"


def _gathered(blocks: Iterable[_Flat]) -> Iterator[Said | Shown]:
    """Pictures that follow each other become one block: they are compared."""
    for _kind, group in groupby(blocks, most):
        run = list(group)
        if figures := tuple(block for block in run if isinstance(block, Figure)):
            yield figures
        else:
            yield from (block for block in run if not isinstance(block, Figure))


def most(block: _Flat) -> int:
    """How many of a kind of picture stand on a slide; 0 for what is none."""
    if not isinstance(block, Figure):
        return 0
    return _MOST_LINES if block.chart and block.chart.kind == "lines" else _MOST
