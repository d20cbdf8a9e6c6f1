"""The profile of several areas: per indicator where each lies, in per cent of the city's value."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components import lineups
from model import fluctuation, formats, lineup
from model.language import _
from model.lineup import FARTHEST, Place, Row

_LANE = 24
_ROOM = 3.2
"""Half of what a dot needs, in per cent of the width of a phone."""


def show(rows: Sequence[Row], intervals: bool) -> None:
    """One row an indicator, all on one scale on which the city is 100; and who has no place."""
    found = [(row, lineup.places(row)) for row in rows]
    far = lineup.end([place for _row, places in found for place in places], intervals)
    city = rows[0].view.city.name if rows else ""
    drawn = "".join(_row(row, places, far, intervals, city) for row, places in found if places)
    if drawn:
        drawn = f'{_legend(rows[0])}<div class="qp-standing">{_axis(far, city)}{drawn}</div>'
    st.html(f"{drawn}{_left_out(found)}")


def explanation(rows: Sequence[Row], intervals: bool) -> None:
    """What the drawing shows, and with intervals what they mean, by an example of the page."""
    if not any(lineup.places(row) for row in rows):
        return
    said = [
        _(
            "100 ist der Wert der ganzen Stadt: Bei 150 liegt ein Gebiet um die Hälfte höher, bei "
            "50 um die Hälfte niedriger. Höher oder niedriger heißt nicht besser oder schlechter."
        )
    ]
    if intervals:
        said.append(
            _(
                "Die Striche zeigen die Zufallsschwankung: So weit könnte ein Wert allein durch "
                "Zufall auseinanderliegen (95 %), denn wo wenige Menschen leben, ändert schon ein "
                "Umzug die Zahl. Je weniger Menschen, desto länger der Strich."
            )
        )
        said += _example(rows)
    st.html(
        f'<div class="qp-missing qp-notes">{"".join(f"<p>{escape(t)}</p>" for t in said)}</div>'
    )


def _legend(row: Row) -> str:
    names = "".join(
        f"<span>{lineups.disc(place)} {escape(line.figure.area.name)}</span>"
        for place, line in enumerate(row.lines)
    )
    return f'<p class="qp-who">{names}</p>'


def _example(rows: Sequence[Row]) -> list[str]:
    for row in rows:
        for line in row.lines:
            if line.around:
                unit = fluctuation.unit_of(row.view.city, row.view.indicator)
                rounded = row.view.safeguard.rounds(line.figure.area.level)
                told = fluctuation.sentence(row.view.indicator, line.figure, unit, rounded)
                title = row.view.indicator.short
                return [_("Zum Beispiel „{title}“: {sentence}").format(title=title, sentence=told)]
    return []


def _row(row: Row, places: Sequence[Place], far: float, intervals: bool, city: str) -> str:
    numbers = {line.figure.area.id: n for n, line in enumerate(row.lines)}
    extents = [_extent(place, far, intervals) for place in places]
    levels = lineup.lanes(extents)
    marks = "".join(
        _mark(place, numbers[place.line.figure.area.id], lane, far, intervals)
        for place, lane in zip(places, levels, strict=True)
    )
    height = (max(levels, default=0) + 1) * _LANE
    said = "; ".join(_told(place, intervals) for place in places)
    absent = [line for line in row.lines if line.figure.value is None]
    note = "".join(
        f'<span class="none">{escape(line.figure.area.name)}: {escape(lineup.absence(line))}</span>'
        for line in absent
    )
    label = _("{title}, in Prozent des Werts von {city}: {values}").format(
        title=row.view.indicator.short, city=city, values=said
    )
    return (
        f'<div class="line"><p>{escape(row.view.indicator.short)}{note}</p>'
        f'<div class="track" role="img" aria-label="{escape(label)}" '
        f'style="min-height:{height}px">{_grid(far)}'
        f'<div class="lanes" style="height:{height}px">{marks}</div></div></div>'
    )


def _mark(place: Place, number: int, lane: int, far: float, intervals: bool) -> str:
    paint, top = lineups.PAINT[number], lane * _LANE
    around = place.around if intervals else None
    bar = ""
    if around:
        low, high = _x(around.low, far), _x(around.high, far)
        bar = (
            f'<i class="around" style="left:{low:.2f}%;width:{high - low:.2f}%;'
            f'top:{top + 10}px;background:{paint}"></i>'
        )
    beyond = " ›" if place.at > far else ""
    return (
        f'{bar}<b class="qp-disc" style="left:{_x(place.at, far):.2f}%;top:{top + 2}px;'
        f'background:{paint}">{number + 1}{beyond}</b>'
    )


def _extent(place: Place, far: float, intervals: bool) -> tuple[float, float]:
    at = _x(place.at, far)
    low, high = at - _ROOM, at + _ROOM
    if intervals and place.around:
        low, high = min(low, _x(place.around.low, far)), max(high, _x(place.around.high, far))
    return low, high


def _x(percent: float, far: float) -> float:
    """From per cent of the city's value to per cent of the width."""
    return max(0.0, min(1.0, percent / far)) * 100


def _ticks(far: float) -> list[int]:
    step = 50 if far <= 250 else 100
    return list(range(0, int(far) + 1, step))


def _grid(far: float) -> str:
    return "".join(
        f'<i class="{"city" if tick == 100 else "tick"}" style="left:{_x(tick, far):.2f}%"></i>'
        for tick in _ticks(far)
    )


def _axis(far: float, city: str) -> str:
    named = "".join(
        f'<span style="left:{_x(tick, far):.2f}%">'
        f"{escape(f'{city} = 100' if tick == 100 else str(tick))}</span>"
        for tick in _ticks(far)
    )
    return (
        f'<div class="line axis" aria-hidden="true"><p></p><div class="track">{named}</div></div>'
    )


def _told(place: Place, intervals: bool) -> str:
    text = f"{place.line.figure.area.name} {formats.number(place.at, 0)}"
    if intervals and place.around:
        text += _(" (Zufallsschwankung {low} bis {high})").format(
            low=formats.number(place.around.low, 0), high=formats.number(place.around.high, 0)
        )
    return text


def _left_out(found: Sequence[tuple[Row, Sequence[Place]]]) -> str:
    """Why some indicators have no row here."""
    none = _("Kein Gebiet hat eine Zahl.")
    lines = [
        f"{row.view.indicator.short}: {lineup.unplaced(row) or none}"
        for row, places in found
        if not places
    ]
    if any(place.at > FARTHEST for _row, places in found for place in places):
        lines.append(
            _("„›“: Der Wert liegt noch weiter rechts, über {most}.").format(most=int(FARTHEST))
        )
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f'<div class="qp-missing qp-notes">{body}</div>' if body else ""
