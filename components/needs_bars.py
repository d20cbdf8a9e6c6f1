"""Bars of an order by need: what each indicator adds to or takes from an area's score."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from components import channels, colours
from components.channels import Chart
from model import needs_words, standardised
from model.language import _
from model.ranking import Ranking

PAINT = (
    *("#332288", "#88ccee", "#117733", "#ddcc77"),
    *("#aa4499", "#44aa99", "#882255", "#999933"),
)
"""One colour for each indicator: Paul Tol's muted scheme, apart also for colour-blind eyes."""
ROW = 25
RIGHT = 10
"""Room beyond score and share, in pixels."""
_NUMBER, _SHARE, _SHARE_PRINTED = 52, 116, 140
"""Where score and share end, in pixels beyond the axes; type of a picture may grow on a slide."""
_REASON, _PRINTED, _SLIM = 240, 420, 240
"""Pixels a reason may take, so that it leaves bars on a phone their width; and in pictures."""
_BELOW, _AXIS, _KEY = 140, 34, 17
"""How far left of and below the axis a phone's key begins, how high its lines are, in pixels."""
_HEAD: dict[str, Any] = {"align": "right", "fontSize": 12, "color": colours.SOFT}


def order(
    found: Ranking, chosen: tuple[str, ...] = (), reason: int = _REASON, share: int = _SHARE
) -> Chart:
    """Stacked bars of the contributions, the score as a mark; unplaced areas with the reason."""
    paint = dict(zip(chosen, colours.CHOSEN, strict=False))
    named = names(found)
    places = [
        {
            "area": place.area.id,
            "name": named[place.area.id],
            "order": i,
            "value": place.score.total,
            "text": needs_words.number(place.score.total),
            "share": needs_words.often(place.standing.both) if place.standing else "",
            "told": needs_words.placed(found, place),
            "colour": paint.get(place.area.id, colours.INK),
        }
        for i, place in enumerate(found.places)
        if place.rank is not None
    ]
    absent = [
        {
            "area": place.area.id,
            "name": named[place.area.id],
            "order": i,
            "text": needs_words.gaps(place, brief=True),
            "told": needs_words.lacking(found, place),
        }
        for i, place in enumerate(found.places)
        if place.rank is None
    ]
    data = {"areas": pl.DataFrame(places, schema_overrides={"value": pl.Float64})}
    data["parts"] = pl.DataFrame(_parts(found, named))
    data["heads"] = pl.DataFrame(
        {"number": [_("Wert")], "share": [_("erste {first}").format(first=found.first)]}
    )
    if absent:
        data["missing"] = pl.DataFrame(absent)
    spec = _order(reason if absent else 0, share)
    return Chart({**spec, "height": max(60, ROW * len(found.places))}, data)


def printed(found: Ranking, chosen: tuple[str, ...] = (), slim: bool = False) -> Chart:
    """The chart with the key of its colours inside, for a picture; a `slim` one for a phone."""
    chart = (
        order(found, chosen, _SLIM, 0) if slim else order(found, chosen, _PRINTED, _SHARE_PRINTED)
    )
    key = [
        {"colour": PAINT[i], "title": part.view.indicator.short}
        for i, part in enumerate(found.components)
        if part.weight
    ]
    # On a phone it begins below the names; Vega leaves no room for what is placed by hand.
    below: dict[str, Any] = {
        "orient": "none",
        "legendX": -_BELOW,
        "legendY": chart.spec["height"] + _AXIS,
    }
    place: dict[str, Any] = below if slim else {"orient": "bottom", "columns": 3}
    room = {"left": 6, "top": 6, "right": 6, "bottom": 10 + _KEY * len(key)}
    scale = alt.Scale(
        domain=[each["title"] for each in key], range=[each["colour"] for each in key]
    )
    colour = alt.Color(
        field="title",
        type="nominal",
        scale=scale,
        legend=alt.Legend(title=None, labelLimit=280, **place),
    )
    dots = alt.Chart(alt.Data(values=key)).mark_square(opacity=0).encode(color=colour)
    legend = channels.template([dots])["layer"]
    legend[0]["encoding"]["color"]["legend"]["symbolOpacity"] = 1
    resolve = {"scale": {"color": "independent"}}
    spec = {**chart.spec, "layer": [*chart.spec["layer"], *legend], "resolve": resolve}
    return Chart({**spec, "padding": room} if slim else spec, chart.data)


def names(found: Ranking) -> dict[str, str]:
    """How an area stands at the axis: its rank, its name, and whether the rank is unsure."""
    return {
        place.area.id: f"{place.area.name}  –"
        if place.rank is None
        else f"{place.area.name}  {'' if place.score.complete else '≈'}{place.rank}."
        for place in found.places
    }


def _parts(found: Ranking, named: dict[str, str]) -> list[dict[str, Any]]:
    """A row for each contribution: positive ones stacked to the right of zero, others left."""
    rows: list[dict[str, Any]] = []
    for place in found.places:
        right = left = 0.0
        shown = standardised.printed(place.score.contributions)
        for i, share in enumerate(place.score.contributions):
            if share is None or place.rank is None:
                continue
            start = right if share >= 0 else left
            if share >= 0:
                right += share
            else:
                left += share
            title = found.components[i].view.indicator.short
            told = shown[i]
            rows.append(
                {
                    "area": place.area.id,
                    "name": named[place.area.id],
                    "start": start,
                    "end": start + share,
                    "colour": PAINT[i],
                    "told": f"{title}: {needs_words.number(None if told is None else float(told))}",
                }
            )
    return rows


@lru_cache
def _order(reason: int, often: int) -> dict[str, Any]:
    """The layers; `reason` are the pixels for why there is no bar, 0 where all areas have one.

    `often` is where the share ends, 0 where there is no room for it.
    """
    bars, areas, heads = (channels.named(name) for name in ("parts", "areas", "heads"))
    y = channels.area_y()
    x = alt.X(
        field="start",
        type="quantitative",
        title=None,
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(format=",.1~f", tickCount=6, grid=True, labelFlush=False),
    )
    score = alt.X(field="value", type="quantitative")
    tooltip = [
        alt.Tooltip(field="name", type="nominal", title=_("Gebiet")),
        alt.Tooltip(field="told", type="nominal", title=_("Beitrag")),
    ]
    whole = [tooltip[0], alt.Tooltip(field="told", type="nominal", title=_("Wert"))]
    right = areas.encode(y=y, x=alt.value("width"), tooltip=whole)
    own = right.encode(text=channels.text("text"), color=channels.own_colour())
    head = heads.encode(x=alt.value("width"), y=alt.value(-9))
    return channels.template(
        [
            # The areas first: their order is that of the axis.
            areas.mark_bar(opacity=0).encode(y=y, x=score),
            bars.mark_bar(cursor="pointer", height={"band": 0.74}, stroke="white", strokeWidth=0.6)
            .encode(
                y=y,
                x=x,
                x2=alt.X2(field="end"),
                color=channels.own_colour(),
                tooltip=tooltip,
            )
            .add_params(channels.pick()),
            areas.mark_tick(color=colours.INK, thickness=3, height={"band": 0.9}).encode(
                y=y, x=score, tooltip=whole
            ),
            own.mark_text(align="right", dx=_NUMBER, fontSize=13, fontWeight=600),
            head.encode(text=channels.text("number")).mark_text(**_HEAD, dx=_NUMBER),
            *(_often(right, head, often) if often else []),
            *([_absent(y, whole, reason)] if reason else []),
        ]
    )


def _often(right: alt.Chart, head: alt.Chart, end: int) -> list[alt.Chart]:
    """How often an area is among the first, under its head."""
    style: dict[str, Any] = {"align": "right", "dx": end, "fontSize": 13, "color": colours.INK}
    return [
        right.encode(text=channels.text("share")).mark_text(**style),
        head.encode(text=channels.text("share")).mark_text(**_HEAD, dx=end),
    ]


def _absent(y: alt.Y, tooltip: list[alt.Tooltip], limit: int) -> alt.Chart:
    """Why there is no bar, in its place."""
    chart: alt.Chart = (
        channels.named("missing")
        .encode(y=y, x=alt.value(4), text=channels.text("text"), tooltip=tooltip)
        .mark_text(align="left", fontSize=13, fontStyle="italic", color=colours.SOFT, limit=limit)
    )
    return chart
