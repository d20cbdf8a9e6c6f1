"""Changes as slopes: a line an area from its value then to its value now."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from components import channels, colours
from components.channels import Chart
from model import change_words, changes, formats
from model.changes import Comparison, Shift
from model.view import View

_PAINT = {"risen": colours.CHANGES["risen", 2], "fallen": colours.CHANGES["fallen", 2]}
_HEIGHT, _LINE, _MOST = 400, 17, 25
_NAME: dict[str, Any] = {"align": "left", "dx": 9, "fontSize": 13}
ROOM = 172
"""Pixels that the names beside the lines take in a picture; on the screen they fit themselves."""


def slopes(view: View, comparison: Comparison) -> Chart:
    """Every area with both values as a line; in front who is chosen or has moved, and the city.

    Where there are too many areas to read, only those in front are named.
    """
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    city = [s for s in comparison.beside if s.area.level == view.city.city_level]
    beside = city if view.city_figure else []
    drawn = [s for s in (*comparison.own, *beside) if s.difference is not None]
    front = [s for s in drawn if s.moved or s.area.id in paint or s in beside]
    quiet = [s for s in drawn if s not in front]
    moved = {s.area.id: _PAINT.get(s.state, colours.INK) for s in front if s not in beside}
    colour = {**dict.fromkeys((s.area.id for s in beside), colours.INK), **moved, **paint}
    data = {
        "quiet": _ends(view, comparison, quiet, {}),
        "front": _ends(view, comparison, front, colour),
    }
    named = drawn if len(drawn) <= _MOST else front
    height = max(_HEIGHT, _LINE * len(named) + 40)
    if named:
        data["names"] = _names(view, comparison, named, colour, drawn, height)
    kept = {name: rows for name, rows in data.items() if not rows.is_empty()}
    labels = _labels(view, comparison)
    spec = _slopes(view.indicator.unit, view.indicator.decimals, *labels, tuple(kept))
    return Chart({**spec, "height": height}, kept)


def _labels(view: View, comparison: Comparison) -> tuple[str, str]:
    reference = view.indicator.reference
    before, after = comparison.before, comparison.after
    return formats.period(before, reference), formats.period(after, reference)


def _ends(
    view: View, comparison: Comparison, shifts: Sequence[Shift], colour: dict[str, str]
) -> pl.DataFrame:
    """Two rows an area: when, value, and what a tooltip tells."""
    labels = _labels(view, comparison)
    return pl.DataFrame(
        [
            {
                "area": shift.area.id if shift in comparison.own else None,
                "name": shift.area.name,
                "when": label,
                "value": figure.value,
                "told": change_words.told(view, shift),
                "colour": colour.get(shift.area.id, colours.QUIET),
                "dash": int(shift not in comparison.own),
            }
            for shift in shifts
            for label, figure in zip(labels, (shift.before, shift.after), strict=True)
        ],
        infer_schema_length=None,
    )


def _names(
    view: View,
    comparison: Comparison,
    named: Sequence[Shift],
    colour: dict[str, str],
    drawn: Sequence[Shift],
    height: int,
) -> pl.DataFrame:
    """Name and change at the right ends, moved apart where they would overlap."""
    ordered = sorted(named, key=lambda shift: (shift.after.value or 0.0, shift.area.name))
    ends = [shift.after.value or 0.0 for shift in ordered]
    known = [v for s in drawn for v in (s.before.value, s.after.value) if v is not None]
    gap = _LINE * (max(known) - min(known) or 1.0) / height
    return pl.DataFrame(
        {
            "name": [_named(view, shift) for shift in ordered],
            "when": [_labels(view, comparison)[1]] * len(ordered),
            "value": channels.apart(ends, gap),
            "colour": [colour.get(shift.area.id, colours.SOFT) for shift in ordered],
        }
    )


def _named(view: View, shift: Shift) -> str:
    """An area and its change, with the per cent sign where lines have another unit."""
    digits = change_words.number(shift, view.indicator)
    per_cent = f"{formats.NBSP}%" if changes.measure_of(view.indicator) == "percent" else ""
    return f"{shift.area.name} {digits}{per_cent}"


@lru_cache
def _slopes(
    unit: str, decimals: int, before: str, after: str, kept: tuple[str, ...]
) -> dict[str, Any]:
    x = alt.X(
        field="when",
        type="ordinal",
        title=None,
        sort=[before, after],
        scale=alt.Scale(type="point", domain=[before, after], padding=0.08),
        axis=alt.Axis(orient="top", labelAngle=0, grid=True, domain=False, ticks=False, offset=12),
    )
    # Slopes are read by their angles: no zero, which would make all of them flat.
    y = channels.value_y(unit, decimals, zero=False)
    layers: list[Any] = []
    for name, width in (("quiet", 1.3), ("front", 2.6)):
        if name not in kept:
            continue
        lines = channels.named(name).encode(
            x=x, y=y, color=channels.own_colour(), detail=alt.Detail(field="name", type="nominal")
        )
        dash = alt.StrokeDash(
            field="dash",
            type="nominal",
            legend=None,
            scale=alt.Scale(domain=[0, 1], range=[[1, 0], [6, 4]]),
        )
        layers += [
            lines.mark_line(strokeWidth=width).encode(strokeDash=dash),
            lines.mark_circle(size=52, opacity=1, cursor="pointer").encode(
                tooltip=channels.tooltips()
            ),
        ]
    # Only one layer may hold the selection; the dots of what is quiet are most of what there is.
    layers[1] = layers[1].add_params(channels.pick())
    if "names" in kept:
        names = channels.named("names").encode(x=x, y=y, text=channels.text("name"))
        layers += [
            names.mark_text(stroke="white", strokeWidth=4, **_NAME),
            names.mark_text(**_NAME).encode(color=channels.own_colour()),
        ]
    return channels.template(layers)
