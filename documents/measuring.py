"""How much room words take in Source Sans Pro, in points.

A reserve is kept for readers without the family, whose Office takes a wider one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from documents.document import FONTS, Table

LEADING = 1.3
"""Height of a line in sizes of its letters."""
_RESERVE = 1.1


def width(text: str, size: float, bold: bool = False) -> float:
    """Of a line of text."""
    return _length(text, bold) * size


@lru_cache(maxsize=20_000)
def _length(text: str, bold: bool) -> float:
    """Of a line of text in letters of one point."""
    return float(_font(bold).getlength(text)) / 100 * _RESERVE


def lines(text: str, size: float, room: float, bold: bool = False) -> int:
    """How many lines the text takes in `room`; a word wider than that breaks."""
    return sum(_lines(paragraph, size, room, bold) for paragraph in text.split("\n"))


def _lines(text: str, size: float, room: float, bold: bool) -> int:
    if width(text, size, bold) <= room:
        return 1
    count, used, space = 1, 0.0, width(" ", size, bold)
    for word in text.split(" "):
        apart = space if used else 0.0
        whole = used + apart + width(word, size, bold) <= room
        for piece in [word] if whole else re.split(r"(?<=-)", word):
            wide = width(piece, size, bold)
            if used and used + apart + wide > room:
                count, used = count + 1, 0.0
            if wide > room:
                count += int(wide / room)
                used = wide % room
            else:
                used += wide + (apart if used else 0.0)
            apart = 0.0
    return count


def height(text: str, size: float, room: float, bold: bool = False) -> float:
    """Of a paragraph in a box so wide."""
    return lines(text, size, room, bold) * size * LEADING


def columns(
    table: Table, room: float, sizes: tuple[float, ...], gap: float
) -> tuple[float, list[float]]:
    """The first of `sizes` in which no word and no number breaks, and the columns' widths.

    The widths fill `room`; each has `gap` for what stands between columns. Columns whose cells
    fit on one line do so; the others share what is left. In the last size words may break.
    """
    for size in sizes:
        least = [_widest(table, n, size, words=True) + gap for n in range(len(table.columns))]
        if sum(least) <= room:
            break
    wished = [max(low, _widest(table, n, size, words=False) + gap) for n, low in enumerate(least)]
    if sum(least) > room:
        return size, [room * low / sum(least) for low in least]
    if sum(wished) <= room:
        return size, [wish * room / sum(wished) for wish in wished]
    spare, wanted = room - sum(least), sum(wished) - sum(least)
    return size, [
        low + (wish - low) * spare / wanted for low, wish in zip(least, wished, strict=True)
    ]


def _widest(table: Table, column: int, size: float, words: bool) -> float:
    """Of a column's texts, or of what stays together in them; of heads only the latter counts."""
    whole = column in table.numbers or not words
    texts = [(word, True) for word in pieces(table.columns[column])]
    for place, row in enumerate(table.rows):
        bold = place in table.strong or column in table.numbers
        cell = row[column]
        texts += [(text, bold) for text in ([cell] if whole else cell.split(" "))]
    return max((width(text, size, bold) for text, bold in texts), default=0)


def pieces(head: str) -> list[str]:
    """What stays together in the head of a column: words; of a date the day and the year."""
    return re.split(r"\s+|(?<=\d\.)(?=\d{4}\b)", head)


@cache
def _font(bold: bool) -> Any:
    from PIL import ImageFont

    name = "SourceSansPro-Bold.ttf" if bold else "SourceSansPro-Regular.ttf"
    return ImageFont.truetype(str(FONTS / name), 100)
