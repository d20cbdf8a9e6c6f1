"""What all charts share: how a spec is kept and filled, German locale, type, axes, colours.

Building and validating an Altair chart costs more than all the rest of a page. So a chart is
built once per shape (unit, decimals, which layers it has) with named, empty data sets, kept, and
filled with the data of the moment: names, colours and texts travel in the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl
import vl_convert as vlc

from components import colours
from model.language import LANGUAGE, _

FONT = "'Source Sans', 'Source Sans 3', 'Source Sans Pro', 'Liberation Sans', Arial, sans-serif"

SHAPES = {"modelled": "diamond", "estimated": "square", "preliminary": "triangle-up"}
"""Points of numbers that are not simply published; those are circles."""

_TEXT = {
    "labelFontSize": 13,
    "titleFontSize": 13,
    "labelColor": colours.INK,
    "titleColor": colours.INK,
    "titleFontWeight": "normal",
}
CONFIG: dict[str, Any] = {
    "locale": {"number": vlc.get_format_locale("de-DE" if LANGUAGE == "de" else "en-US")},
    "font": FONT,
    "axis": {
        "aria": False,
        **_TEXT,
        "gridColor": "#e6eaec",
        "domainColor": "#b9c3c8",
        "tickColor": "#b9c3c8",
    },
    "view": {"stroke": None},
}
PRINT_CONFIG = {**CONFIG, "legend": _TEXT}


@dataclass(frozen=True)
class Chart:
    """A Vega-Lite spec with named data sets, and the frames that fill them."""

    spec: dict[str, Any]
    data: dict[str, pl.DataFrame]

    def on_screen(self, right: int = 44) -> dict[str, Any]:
        """The spec as wide as its place on the page, with `right` pixels beyond the axes.

        Frames go out as Arrow, single rows inside the spec, where they take a fifth of the bytes.
        """
        single = {name: rows.to_dicts() for name, rows in self.data.items() if rows.height == 1}

        def filled(part: dict[str, Any]) -> dict[str, Any]:
            name = part.get("data", {}).get("name")
            return {**part, "data": {"values": single[name]}} if name in single else part

        return {
            **filled(self.spec),
            "layer": [filled(layer) for layer in self.spec["layer"]],
            "width": "container",
            "autosize": {"type": "fit-x", "contains": "padding"},
            "padding": {"top": 24, "left": 4, "right": right, "bottom": 4},
            "config": CONFIG,
            "datasets": {name: rows for name, rows in self.data.items() if name not in single},
        }

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """The data sets as plain rows, for a picture made on the server."""
        return {name: frame.to_dicts() for name, frame in self.data.items()}


def template(layers: list[Any], **projection: Any) -> dict[str, Any]:
    """Layers as a validated spec without data, size and style."""
    chart = alt.layer(*layers)
    spec = (chart.project(**projection) if projection else chart).to_dict()
    _hush(spec)
    return {key: value for key, value in spec.items() if key not in ("$schema", "config")}


def _hush(spec: dict[str, Any]) -> None:
    """Keep single marks from screen readers: every chart has its alternative text and a table."""
    if "mark" in spec:
        spec["mark"]["aria"] = False
    for layer in spec.get("layer", ()):
        _hush(layer)


def named(name: str) -> alt.Chart:
    """A chart on the data set of that name."""
    return alt.Chart(alt.NamedData(name=name))


def value_x(unit: str | None, decimals: int, ticks: int = 6, zero: bool = True) -> alt.X:
    """The value along the bottom; without a unit there are no grid lines to read off either."""
    return alt.X(
        field="value",
        type="quantitative",
        title=unit,
        scale=alt.Scale(zero=zero, nice=True),
        axis=_number_axis(decimals, ticks, grid=unit is not None),
    )


def value_y(
    unit: str, decimals: int, field: str = "value", ticks: int = 6, zero: bool | None = None
) -> alt.Y:
    """The value upwards; unless `zero` says otherwise, shares start at zero and nothing else."""
    return alt.Y(
        field=field,
        type="quantitative",
        title=unit,
        scale=alt.Scale(zero=unit == "%" if zero is None else zero, nice=True),
        axis=_number_axis(decimals, ticks),
    )


def area_y() -> alt.Y:
    """Areas below each other, in the order that the data tell."""
    return alt.Y(
        field="name",
        type="nominal",
        sort=alt.EncodingSortField(field="order", op="min"),
        title=None,
        axis=alt.Axis(labelLimit=190, ticks=False, domain=False, labelPadding=6),
    )


def year_x(ticks: int = 12, below: int = 0) -> alt.X:
    """Years along the bottom, whole numbers without a thousands dot, `below` pixels lower."""
    return alt.X(
        field="year",
        type="quantitative",
        title=None,
        scale=alt.Scale(nice=False, zero=False, padding=6),
        axis=alt.Axis(
            format="d",
            tickMinStep=1,
            grid=False,
            labelFlush=False,
            labelOverlap="greedy",
            tickCount=ticks,
            offset=below,
        ),
    )


def apart(places: Sequence[float], gap: float) -> list[float]:
    """Ascending places moved as little as possible until neighbours are `gap` apart.

    The least squares of all moves: isotonic regression of what the gaps leave, by pooling adjacent
    violators. Ayer et al. (1955), Ann. Math. Stat. 26:641-647.
    """
    pools: list[tuple[float, int]] = []
    for step, place in enumerate(places):
        mean, count = place - step * gap, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    left = [mean for mean, count in pools for _each in range(count)]
    return [mean + step * gap for step, mean in enumerate(left)]


def own_shape() -> alt.Shape:
    """The shape each row of the data brings along: what kind of number it is, without colour."""
    return alt.Shape(field="shape", type="nominal", legend=None, scale=None)


def own_colour() -> alt.Color:
    """The colour each row of the data brings along."""
    return alt.Color(field="colour", type="nominal", legend=None, scale=None)


def text(field: str) -> alt.Text:
    """A text from the data."""
    return alt.Text(field=field, type="nominal")


def tooltips(*more: str) -> list[alt.Tooltip]:
    """Area and value with its marks in words, as the data tell them; `more`: "place", "swing"."""
    titles = {
        "name": _("Gebiet"),
        "told": _("Wert"),
        "place": _("Platz"),
        "swing": _("Zufallsschwankung"),
    }
    return [
        alt.Tooltip(field=field, type="nominal", title=titles[field])
        for field in ("name", "told", *more)
    ]


def pick() -> alt.Parameter:
    """The selection a click on a bar or line makes."""
    return alt.selection_point(name="pick", fields=["area"], toggle=False)


def _number_axis(decimals: int, ticks: int, grid: bool = True) -> alt.Axis:
    return alt.Axis(format=f",.{decimals}~f", tickCount=ticks, grid=grid)
