"""Small trends of several areas side by side, those of one indicator on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import lineups, sketches
from model import caveats, formats, lineup, profile, trend
from model.language import _
from model.lineup import Row
from model.profile import Line


def show(rows: Sequence[Row]) -> None:
    """The series of each indicator, one small drawing an area, all of a row on one scale."""
    parts = []
    for row in rows:
        drawn = "".join(_trend(row, line, place) for place, line in enumerate(row.lines))
        parts.append(
            f'<section class="qp-series"><h3>{escape(row.view.indicator.short)} '
            f"<span>{escape(_scale(row))}</span></h3>{_broken(row)}"
            f'<div class="row">{drawn}</div></section>'
        )
    st.html("".join(parts))


def _trend(row: Row, line: Line, place: int) -> str:
    drawing = sketches.trend(line, row.span, lineups.PAINT[place])
    word = trend.words(lineup.direction(line))
    if not drawing:
        word = _("zu wenige Werte für eine Linie")
    return (
        f"<figure><figcaption>{lineups.disc(place)} {escape(line.figure.area.name)}"
        f"<span>{escape(_ends(line))}</span><span>{escape(word)}</span></figcaption>"
        f"{drawing}</figure>"
    )


def _broken(row: Row) -> str:
    """What interrupts the series, and which of their values were corrected."""
    said = caveats.sentences(row.view, [line.figure.area.id for line in row.lines])
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in said)
    return f'<div class="qp-history">{paragraphs}</div>' if said else ""


def _ends(line: Line) -> str:
    """The first and the last number: '2009: 21,9; 2024: 27,4'; the unit stands above."""
    if len(line.ends) < 2:
        return profile.value(line, line.figure)
    (first, then), (last, now) = line.ends
    indicator = line.view.indicator
    return _("{first}: {then}; {last}: {now}").format(
        first=first,
        then=formats.number(then, indicator.decimals),
        last=last,
        now=formats.number(now, indicator.decimals),
    )


def _scale(row: Row) -> str:
    if row.span is None:
        return ""
    low, high = (formats.number(v, row.view.indicator.decimals) for v in row.span[2:])
    return _("gemeinsame Skala: {low} bis {high} {unit}").format(
        low=low, high=high, unit=row.view.indicator.unit
    )
