"""Changes as dots with their limits: one row an area, from the largest rise to the largest fall."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from components import channels, charts, colours
from components.channels import Chart
from model import change_words, changes
from model.changes import Comparison, Shift
from model.view import View

_PAINT = {
    "risen": colours.CHANGES["risen", 2],
    "fallen": colours.CHANGES["fallen", 2],
    "chance": colours.QUIET,
    "untested": colours.SOFT,
}
_NUMBER: dict[str, Any] = {"align": "left", "dx": 7, "fontSize": 13}


def dots(view: View, comparison: Comparison) -> Chart:
    """Every area's change as a dot, its limits as a line; without one its reason in words.

    Areas that cannot be compared stand below, in the order of their names.
    """
    ordered = largest_first([*comparison.own, *_city(view, comparison)])
    rows = pl.DataFrame(
        [_row(view, comparison, shift) for shift in ordered], infer_schema_length=None
    )
    twice = pl.col("name").is_duplicated()
    own = pl.when(twice).then(pl.format("{} ({})", "name", "area")).otherwise("name")
    rows = rows.with_columns(name=own).with_row_index("order")
    known = pl.col("value").is_not_null()
    limited = rows.filter(pl.col("low").is_not_null())
    absent = rows.filter(~known).select("order", "area", "name", "text", "told")
    data = {"areas": rows.filter(known)}
    if not limited.is_empty():
        data["limits"] = limited
    if not absent.is_empty():
        data["missing"] = absent
    unit, places = change_words.measure(view.indicator), changes.decimals(view.indicator)
    spec = _dots(unit, places, not limited.is_empty(), not absent.is_empty())
    return Chart({**spec, "height": max(60, charts.ROW * rows.height)}, data)


def largest_first(shifts: Iterable[Shift]) -> list[Shift]:
    """Changes from the largest rise to the largest fall; the rest behind, by name."""
    return sorted(shifts, key=lambda s: (s.difference is None, -(s.difference or 0.0), s.area.name))


def _city(view: View, comparison: Comparison) -> list[Shift]:
    """The city's own change, where there are districts to stand beside."""
    level = view.city.city_level
    return [s for s in comparison.beside if s.area.level == level and s.difference is not None]


def _row(view: View, comparison: Comparison, shift: Shift) -> dict[str, Any]:
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    interval = shift.interval
    return {
        "area": shift.area.id if shift in comparison.own else None,
        "name": shift.area.name,
        "value": shift.difference,
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "end": max(shift.difference or 0.0, interval.high if interval else 0.0),
        "text": _text(view, shift),
        "told": change_words.told(view, shift),
        "colour": paint.get(shift.area.id, _PAINT.get(shift.state, colours.QUIET)),
        "shape": "diamond" if shift not in comparison.own else "circle",
    }


def _text(view: View, shift: Shift) -> str:
    """What stands beside a dot, or, as short as a phone needs it, instead of one."""
    if shift.difference is None:
        return change_words.state(shift.state)
    signs = {"risen": " ▲", "fallen": " ▼"}
    return change_words.number(shift, view.indicator) + signs.get(shift.state, "")


@lru_cache
def _dots(unit: str, decimals: int, limits: bool, missing: bool) -> dict[str, Any]:
    areas, absent = channels.named("areas"), channels.named("missing")
    y = channels.area_y()
    x = channels.value_x(unit, decimals)
    texts = areas.encode(y=y, x=alt.X(field="end", type="quantitative"), text=channels.text("text"))
    reasons = absent.encode(
        y=y, x=alt.value(0), text=channels.text("text"), tooltip=channels.tooltips()
    )
    style = {**_NUMBER, "fontStyle": "italic"}
    points = areas.mark_point(filled=True, size=95, opacity=1, cursor="pointer")
    zero = alt.Chart(alt.Data(values=[{}])).mark_rule(color=colours.INK, strokeWidth=1.2)
    bars = channels.named("limits").mark_rule(strokeWidth=2.4, opacity=0.55)
    low, high = alt.X(field="low", type="quantitative", title=unit), alt.X2(field="high")
    return channels.template(
        [
            zero.encode(x=alt.XDatum(0)),
            *([bars.encode(y=y, x=low, x2=high, color=channels.own_colour())] if limits else []),
            points.encode(
                y=y,
                x=x,
                color=channels.own_colour(),
                shape=channels.own_shape(),
                tooltip=channels.tooltips(),
            ).add_params(channels.pick()),
            texts.mark_text(stroke="white", strokeWidth=4, **_NUMBER),
            texts.mark_text(color=colours.INK, **_NUMBER),
            *(
                [
                    reasons.mark_text(stroke="white", strokeWidth=4, **style),
                    reasons.mark_text(color=colours.SOFT, **style),
                ]
                if missing
                else []
            ),
        ]
    )
