"""Views as pictures to take along: the chart with title, legend, source and Stand inside."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from components import (
    change_charts,
    change_slopes,
    channels,
    charts,
    colours,
    printed_map,
    swings,
    trends,
)
from components.channels import Chart
from loaders import areas, releases
from model import (
    before_after,
    caveats,
    change_sentences,
    change_words,
    changes,
    formats,
    remarks,
    typology,
    wording,
)
from model.areas import Area
from model.changes import Comparison
from model.language import _
from model.view import View

WIDTH = 860
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_SOFT = "#4a5861"
_LINE = 130  # characters of a footer line that fit the width


@dataclass(frozen=True)
class Still:
    """A view standing still: its chart, how wide that is drawn, and what is to be known of it.

    `head` tells what is shown and when.
    """

    chart: Chart
    width: int
    lines: tuple[str, ...]
    head: tuple[str, str]
    resolve: Literal["shared", "independent"] = "shared"


def picture(view: View, release: releases.Release, link: str = "") -> dict[str, Any]:
    """The open view as a Vega-Lite spec with everything inside, also the `link` back to it."""
    own = still(view, release)
    about, when = own.head
    below = [about, f"{view.city.name}, {view.areas} · {when}"]
    return framed(own, view.indicator.title, below, link)


def bare(own: Still) -> dict[str, Any]:
    """The chart alone as a Vega-Lite spec, for places that tell the rest around it."""
    return {
        "$schema": _SCHEMA,
        **own.chart.spec,
        "width": own.width,
        "padding": 6,
        "background": "white",
        "config": channels.PRINT_CONFIG,
        "datasets": own.chart.rows(),
    }


def still(
    view: View, release: releases.Release, width: int = WIDTH, near: Area | None = None
) -> Still:
    """The open view standing still. A table's picture is the ranking: the same figures, drawn.

    `width` is that of the whole picture; a map shows what lies around the area `near`.
    """
    stand = formats.stand(view.selection.period, view.indicator.reference)
    head = formats.base(view.indicator), stand
    if view.selection.view == "karte" and areas.geometry_path(release, view.level.id):
        lines = (*remarks.used(view), *wording.footer(view, on_map=True))
        drawn = printed_map.choropleth(view, release, width, near)
        return Still(drawn, width, lines, head, resolve="independent")
    if view.selection.view == "veraenderung" and (before := changes.base(view)):
        return _change(view, release, changes.between(view, before), width, near)
    if view.selection.view == "entwicklung":
        lines = (
            *swings.notes(view),
            *caveats.sentences(view, caveats.in_front(view)),
            *before_after.sentences(view),
            *remarks.used(view, whole=True),
            *wording.footer(view, whole=True),
        )
        return Still(trends.trend(view), width - 60, lines, head)
    lines = (
        *swings.notes(view),
        *wording.missing(view),
        *remarks.used(view),
        *wording.footer(view),
    )
    return Still(charts.ranking(view), width - 220, lines, head)


def _change(
    view: View,
    release: releases.Release,
    comparison: Comparison,
    width: int,
    near: Area | None,
) -> Still:
    """Changes as they are drawn on the screen, with what is to be known of them."""
    found = typology.shown(view, comparison)
    sloping = view.selection.picture == "steigung" and bool(comparison.changed)
    on_map = not sloping and areas.geometry_path(release, view.level.id) is not None
    lines = (
        *change_sentences.breaks(view, comparison),
        change_sentences.together(view, comparison),
        change_sentences.rule(view.indicator),
        *([typology.rule(view, found, comparison)] if found else []),
        *before_after.between(view, comparison.before, comparison.after),
        *(typology.named(found) if found else change_sentences.named(view, comparison)),
        *wording.footer(view, on_map=on_map, whole=True),
    )
    about = _("Lage und Verlauf") if found else change_words.measure(view.indicator)
    head = about, change_words.span(view, comparison)
    if sloping:
        drawn = change_slopes.slopes(view, comparison)
        return Still(drawn, width - change_slopes.ROOM, lines, head)
    if not on_map:
        return Still(change_charts.dots(view, comparison), width - 220, lines, head)
    drawn = printed_map.choropleth(view, release, width, near)
    return Still(drawn, width, lines, head, resolve="independent")


def framed(own: Still, title: str, below: Sequence[str], link: str = "") -> dict[str, Any]:
    """A chart between a title with lines below it and what is to be known, last the `link`."""
    lines = (*own.lines, *([link] if link else []))
    footer = [part for line in lines for part in textwrap.wrap(line, _LINE)]
    heading = {
        "text": title,
        "subtitle": list(below),
        "anchor": "start",
        "frame": "group",
        "fontSize": 22,
        "subtitleFontSize": 15,
        "subtitlePadding": 6,
        "offset": 26,
        "color": colours.INK,
        "subtitleColor": _SOFT,
    }
    mark = {
        "type": "text",
        "text": footer,
        "align": "left",
        "baseline": "top",
        "x": 0,
        "y": 0,
        "fontSize": 12,
        "lineHeight": 17,
        "color": _SOFT,
    }
    notes = {"data": {"values": [{}]}, "mark": mark, "width": WIDTH, "height": 17 * len(footer)}
    return {
        "$schema": _SCHEMA,
        "vconcat": [{**own.chart.spec, "width": own.width, "title": heading}, notes],
        # The map's legend belongs under the map, not under the notes.
        "resolve": {"legend": {"color": own.resolve}},
        "spacing": 16,
        "padding": 24,
        "background": "white",
        "config": channels.PRINT_CONFIG,
        "datasets": own.chart.rows(),
    }
