"""Areas side by side as one drawing, for files that hold no HTML: numbers, bars, words."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape

from components import channels, colours, lineup_notes, lineups
from components.described import Picture
from model import formats, remarks, verdicts
from model.areas import Area
from model.language import _
from model.lineup import Row
from model.view import Figure

_FIRST, _COLUMN, _BAR = 280, 168, 140
"""Pixels of the indicators' column, of an area's, and of the longest bar in it."""
_HEAD, _STEP = 44, 66
_SOFT = "#4a5861"


def picture(rows: Sequence[Row], areas: Sequence[Area]) -> tuple[Picture, ...]:
    """The drawing; none without rows. A row an indicator, a column an area, yardsticks last."""
    if not rows:
        return ()
    others = lineups.beside(rows)
    names = (*areas, *others)
    high, wide = _HEAD + _STEP * len(rows), _FIRST + _COLUMN * len(names)
    inside = "".join(
        _lines(_wrapped(area.name, 22), _FIRST + _COLUMN * place, 16, 14, 700)
        for place, area in enumerate(names)
    )
    for place, row in enumerate(rows):
        inside += _row(row, others, _HEAD + _STEP * place, wide)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" font-family="{escape(channels.FONT)}">{inside}</svg>'
    )
    said = _("Werte als Zahlen und Balken: {names}").format(names=", ".join(a.name for a in names))
    return (Picture(svg, said, lineup_notes.bars()),)


def _row(row: Row, others: Sequence[Area], y: float, wide: float) -> str:
    indicator = row.view.indicator
    stand = formats.stand(row.view.selection.period, indicator.reference)
    base = f"{formats.base(indicator)} · {stand}"
    title = _wrapped(indicator.short, 38)
    there = {figure.area.id: figure for figure in row.beside}
    cells = [
        _cell(row, line.figure, lineups.PAINT[place], verdicts.against(line.word))
        for place, line in enumerate(row.lines)
    ] + [
        _cell(row, there[area.id], colours.LINE, "") if area.id in there else _uncollected(row)
        for area in others
    ]
    return (
        f'<line x1="0" x2="{wide}" y1="{y}" y2="{y}" stroke="#d5dde1"/>'
        + _lines(title, 0, y + 18, 14, 700)
        + _lines(_wrapped(base, 46), 0, y + 18 + 16 * len(title), 11, 400, _SOFT)
        + "".join(
            f'<g transform="translate({_FIRST + _COLUMN * place},{y})">{cell}</g>'
            for place, cell in enumerate(cells)
        )
    )


def _cell(row: Row, figure: Figure, paint: str, word: str) -> str:
    text = remarks.signed(row.view, figure)
    if figure.value is None:
        return _lines(_wrapped(f"{text}{remarks.because(figure)}", 26), 0, 18, 12, 400, _SOFT)
    found = row.bar(figure)
    bar = (
        f'<rect x="{found[0] * _BAR / 100:.1f}" y="28" width="{found[1] * _BAR / 100:.1f}" '
        f'height="8" fill="{paint}"/>'
        if found
        else ""
    )
    return _lines([text], 0, 19, 16, 700) + bar + _lines(_wrapped(word, 28), 0, 50, 11, 400, _SOFT)


def _uncollected(row: Row) -> str:
    return _lines([lineups.uncollected(row)], 0, 18, 12, 400, _SOFT)


def _wrapped(text: str, letters: int) -> list[str]:
    return textwrap.wrap(text, letters)


def _lines(
    texts: Sequence[str], x: float, y: float, size: int, weight: int, colour: str = colours.INK
) -> str:
    return "".join(
        f'<text x="{x}" y="{y + place * (size + 2)}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}">{escape(text)}</text>'
        for place, text in enumerate(texts)
    )
