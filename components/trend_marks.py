"""Marks over and under a trend: breaks and events, and signs of what is missing."""

from __future__ import annotations

from typing import Any

import altair as alt

from components import channels, trend_rows


def absent(x: alt.X) -> list[alt.Chart]:
    """Signs of what is missing, below the plot: at no value."""
    signs = channels.named("absent").encode(
        x=x, y=alt.value("height"), text=channels.text("sign"), tooltip=channels.tooltips()
    )
    style: dict[str, Any] = {"fontSize": 13, "fontWeight": 700, "dy": alt.ExprRef(expr="datum.dy")}
    return [
        signs.mark_text(stroke="white", strokeWidth=4, **style),
        signs.mark_text(**style).encode(color=channels.own_colour()),
    ]


def rules(data: str, labels: bool) -> list[alt.Chart]:
    """Thin lines with their names above the plot: dashed between series, whole for events."""
    marks = channels.named(data)
    x = alt.X(field="year", type="quantitative")
    style: dict[str, Any] = {"strokeDash": [3, 3]} if data == "breaks" else {}
    rule = marks.mark_rule(strokeWidth=1.2, **style)
    place: dict[str, Any] = {
        name: alt.ExprRef(expr=f"datum.{name}") for name in ("align", "dx", "dy")
    }
    # A title that would leave the chart is cut where the chart ends.
    room = "datum.align == 'left' ? width - scale('x', datum.year) : scale('x', datum.year)"
    place["limit"] = alt.ExprRef(expr=room)
    name = marks.mark_text(fontSize=12, baseline="bottom", **place)
    named = name.encode(x=x, y=alt.value(0), text=channels.text("text"))
    top = -trend_rows.BREAK_TOP if labels else 0
    across = rule.encode(x=x, y=alt.value(top), y2=alt.Y2Value("height"))
    drawn = [across.encode(color=channels.own_colour())]
    return [*drawn, *([named.encode(color=channels.own_colour())] if labels else [])]
