"""Views as pictures to take along: the chart with title, legend, source and Stand inside."""

from __future__ import annotations

import textwrap
from typing import Any

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
from model.changes import Comparison
from model.language import _
from model.view import View

WIDTH = 860
_SOFT = "#4a5861"
_LINE = 130  # characters of a footer line that fit the width


def picture(view: View, release: releases.Release) -> dict[str, Any]:
    """The open view as a Vega-Lite spec with everything inside.

    A table's picture is the ranking: the same figures, drawn.
    """
    if view.selection.view == "karte" and areas.geometry_path(release, view.level.id):
        lines = [*remarks.used(view), *wording.footer(view, on_map=True)]
        return _framed(
            printed_map.choropleth(view, release, WIDTH), view, WIDTH, lines, resolve="independent"
        )
    if view.selection.view == "veraenderung" and (before := changes.base(view)):
        return _change(view, release, changes.between(view, before))
    if view.selection.view == "entwicklung":
        told = [
            *swings.notes(view),
            *caveats.sentences(view, caveats.in_front(view)),
            *before_after.sentences(view),
        ]
        lines = [*told, *remarks.used(view, whole=True), *wording.footer(view, whole=True)]
        return _framed(trends.trend(view), view, WIDTH - 60, lines)
    lines = [
        *swings.notes(view),
        *wording.missing(view),
        *remarks.used(view),
        *wording.footer(view),
    ]
    return _framed(charts.ranking(view), view, WIDTH - 220, lines)


def _change(view: View, release: releases.Release, comparison: Comparison) -> dict[str, Any]:
    """Changes as they are drawn on the screen, with what is to be known of them."""
    found = typology.shown(view, comparison)
    sloping = view.selection.picture == "steigung" and bool(comparison.changed)
    on_map = not sloping and areas.geometry_path(release, view.level.id) is not None
    told = [
        *change_sentences.breaks(view, comparison),
        change_sentences.together(view, comparison),
        change_sentences.rule(view.indicator),
        *([typology.rule(view, found, comparison)] if found else []),
        *before_after.between(view, comparison.before, comparison.after),
        *(typology.named(found) if found else change_sentences.named(view, comparison)),
    ]
    lines = [*told, *wording.footer(view, on_map=on_map, whole=True)]
    about = _("Lage und Verlauf") if found else change_words.measure(view.indicator)
    head = about, change_words.span(view, comparison)
    if sloping:
        drawn = change_slopes.slopes(view, comparison)
        return _framed(drawn, view, WIDTH - change_slopes.ROOM, lines, head=head)
    if not on_map:
        return _framed(change_charts.dots(view, comparison), view, WIDTH - 220, lines, head=head)
    return _framed(
        printed_map.choropleth(view, release, WIDTH), view, WIDTH, lines, "independent", head
    )


def _framed(
    chart: Chart,
    view: View,
    width: int,
    lines: list[str],
    resolve: str = "shared",
    head: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """A chart of a view between its heading and what is to be known; `head` tells what and when."""
    stand = formats.stand(view.selection.period, view.indicator.reference)
    about, when = head or (formats.base(view.indicator), stand)
    place = f"{view.city.name}, {view.areas} · {when}"
    return framed(chart, width, view.indicator.title, [about, place], lines, resolve)


def framed(
    chart: Chart,
    width: int,
    title: str,
    subtitle: list[str],
    lines: list[str],
    resolve: str = "shared",
) -> dict[str, Any]:
    """A chart between its heading and what is to be known, as a Vega-Lite spec."""
    footer = [part for line in lines for part in textwrap.wrap(line, _LINE)]
    heading = {
        "text": title,
        "subtitle": subtitle,
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
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "vconcat": [{**chart.spec, "width": width, "title": heading}, notes],
        # The map's legend belongs under the map, not under the notes.
        "resolve": {"legend": {"color": resolve}},
        "spacing": 16,
        "padding": 24,
        "background": "white",
        "config": channels.PRINT_CONFIG,
        "datasets": chart.rows(),
    }
