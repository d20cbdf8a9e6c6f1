"""Two indicators as a scatter that is brushed by mouse and walked by keyboard, beside the map.

Both drawings and the table mark the same areas at once; the address learns of it afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from math import ceil, floor, log10
from typing import Any

import streamlit as st

from components import colours, maps, plates, web
from loaders import areas, relations, releases
from loaders.relations import Pairing, Stop, Way
from model import axis, correlation_words, formats, relation, remarks
from model.language import _
from model.relation import Relation
from model.view import Figure, View

_scatter = st.components.v2.component(
    "quartierspuls_scatter",
    html='<div class="scatter"></div>',
    css=web.stylesheet("scatter.css"),
    js=web.loader("scatter.js"),
)


def show(pair: Pairing, chosen: Relation, on_mark: Callable[[tuple[str, ...]], None]) -> None:
    """Show the scatter; `on_mark` gets all areas that are marked after a brush, click or key."""

    def marked() -> None:
        asked = str(st.session_state["streudiagramm"].chosen)
        on_mark(tuple(area for area in asked.split(",") if area))

    _scatter(key="streudiagramm", data=data(pair, chosen), on_chosen_change=marked)


def map_beside(
    pair: Pairing,
    release: releases.Release,
    chosen: Relation,
    on_choose: Callable[[str], None],
) -> None:
    """Show the map of one of both indicators; `on_choose` gets the area that was clicked."""
    view = pair.y if chosen.mapped == "y" else pair.x
    if areas.geometry_path(release, view.level.id) is None:
        st.info(_("Für diese Raumebene gibt es keine Karte. Die Werte stehen in der Tabelle."))
        return
    drawn = {
        **maps.svg_data(view, release),
        "chosen": marks(chosen.areas),
        "legend": plates.legend([view], [view], view.indicator.short),
        "linked": True,
    }
    maps.single("zusammenhang_karte_bild", drawn, on_choose)


def marks(chosen: Sequence[str]) -> dict[str, str]:
    """The colour of each marked area: its own for a few, one for all of many."""
    many = len(chosen) > len(colours.CHOSEN)
    return {
        area: colours.CHOSEN[0] if many else colours.CHOSEN[place]
        for place, area in enumerate(chosen)
    }


def data(pair: Pairing, chosen: Relation) -> dict[str, Any]:
    """What the browser needs to draw the scatter; shares are of the largest number of residents."""
    both = points(pair)
    ways = relations.ways(pair, chosen.areas) if chosen.trail else {}
    stops = [stop for way in ways.values() for run in way for stop in run]
    most = max((n for area, _x, _y, n in both if n is not None), default=0.0)
    return {
        "x": _axis(pair.x, [x.value for _a, x, _y, _n in both], [stop.x for stop in stops]),
        "y": _axis(pair.y, [y.value for _a, _x, y, _n in both], [stop.y for stop in stops]),
        # The largest first, so that a small circle is never under a large one.
        "points": [
            {
                "id": area,
                "name": x.area.label,
                "x": x.value,
                "y": y.value,
                "share": n / most if n is not None and most else None,
                "told": told(pair, x, y, n),
            }
            for area, x, y, n in sorted(both, key=lambda one: -(one[3] or 0.0))
        ],
        "sizes": _sizes(pair, most) if most else None,
        "now": chosen.period[:4],
        "ways": {area: _drawn(way) for area, way in ways.items()},
        "chosen": list(chosen.areas),
        "palette": list(colours.CHOSEN),
        "alt": alternative(pair, chosen),
        "words": {"none": _("Kein Gebiet markiert"), "count": _("{n} markiert")},
    }


def points(pair: Pairing) -> list[tuple[str, Figure, Figure, float | None]]:
    """Id, both figures and residents of each area that has both numbers; zero is a number."""
    other = {figure.area.id: figure for figure in pair.y.figures}
    return [
        (x.area.id, x, y, pair.residents.get(x.area.id))
        for x in pair.x.figures
        if x.value is not None and (y := other[x.area.id]).value is not None
    ]


def told(pair: Pairing, x: Figure, y: Figure, residents: float | None) -> str:
    """An area in one line: both numbers with their marks, and its residents."""
    parts = [
        f"{pair.x.indicator.short} {remarks.told(pair.x, x)}",
        f"{pair.y.indicator.short} {remarks.told(pair.y, y)}",
    ]
    if residents is not None:
        parts.append(_("{count} Einwohner").format(count=formats.plain(residents)))
    return f"{x.area.name}: {'; '.join(parts)}"


def alternative(pair: Pairing, chosen: Relation) -> str:
    """The scatter in words, for those who do not see it."""
    parts = [
        _("Streudiagramm: waagerecht {x}, senkrecht {y}.").format(
            x=titled(pair.x), y=titled(pair.y)
        ),
        correlation_words.counted(pair.found, len(pair.x.figures), pair.x.level.plural),
        correlation_words.together(pair.x.indicator, pair.y.indicator, pair.found),
        *correlation_words.numbers(pair.found),
    ]
    named = {figure.area.id: figure.area.name for figure in pair.x.figures}
    if chosen.areas:
        said = ", ".join(named[area] for area in chosen.areas)
        parts.append(_("Markiert: {names}.").format(names=said))
    return " ".join(parts)


def titled(view: View) -> str:
    """An indicator with its unit and period, as an axis tells it."""
    stand = formats.period(view.selection.period, view.indicator.reference)
    return f"{view.indicator.short} ({view.indicator.unit}, {stand})"


def city_told(view: View) -> str:
    """The city's name and value at its line; empty where it is no yardstick."""
    city = view.city_figure
    if city is None or city.value is None:
        return ""
    return f"{city.area.name} {formats.number(city.value, view.indicator.decimals)}"


def _axis(view: View, values: Sequence[float | None], more: Collection[float]) -> dict[str, Any]:
    """A scale with its ticks and the city's line, where the city can be held against its areas."""
    city = view.city_figure
    known = [*(value for value in values if value is not None), *more]
    line = city.value if city is not None and known else None
    found = axis.axis([*known, *([line] if line is not None else [])])
    return {
        "title": titled(view),
        "low": found.low,
        "high": found.high,
        "ticks": [[tick, formats.number(tick, found.decimals)] for tick in found.ticks],
        "city": None if line is None else [line, city_told(view)],
    }


def counted(pair: Pairing) -> str:
    """When the residents were counted whose number a circle shows."""
    return formats.period(pair.counted, "year")


def _sizes(pair: Pairing, most: float) -> dict[str, Any]:
    """Round numbers of residents and how large their circles are."""
    power = 10.0 ** floor(log10(most))
    steps = dict.fromkeys([floor(most / power) * power, ceil(most / power / 4) * power / 2])
    return {
        "title": _("Kreisfläche: Einwohner, {stand}").format(stand=counted(pair)),
        "steps": [[step / most, formats.plain(step)] for step in sorted(steps)],
    }


def _drawn(way: Way) -> list[list[list[Any]]]:
    return [[_stop(stop) for stop in run] for run in way]


def _stop(stop: Stop) -> list[Any]:
    return [stop.x, stop.y, stop.step[:4] if stop.step != relation.NEWEST else ""]
