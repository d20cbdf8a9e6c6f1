"""Views standing still: the chart as it is drawn outside the screen, and what is to be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from components import (
    change_charts,
    change_slopes,
    channels,
    charts,
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
PHONE = 356
"""Pixels that a phone of usual width has for a picture."""
PAPER = 620
"""Pixels a picture is wide for a page of A4: there its letters have seven points."""
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True)
class Still:
    """A view standing still: its chart, how wide that is drawn, and what is to be known of it.

    `head` tells what is shown and when.
    """

    chart: Chart
    width: int
    lines: tuple[str, ...]
    head: tuple[str, str]


def bare(own: Still) -> dict[str, Any]:
    """The chart alone as a Vega-Lite spec, for places that tell the rest around it."""
    return {
        "$schema": _SCHEMA,
        "padding": 6,
        **own.chart.spec,
        "width": own.width,
        "background": "white",
        "config": channels.PRINT_CONFIG,
        "datasets": own.chart.rows(),
    }


def slim(own: Still) -> dict[str, Any]:
    """The chart alone as wide as a phone; a map has to be drawn in that width before."""
    if own.width == PHONE:
        return bare(own)
    fitted = {"type": "fit-x", "contains": "padding"}
    return {**bare(own), "width": PHONE, "autosize": fitted}


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
        return Still(drawn, width, lines, head)
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
        *remarks.used(view),
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
    return Still(drawn, width, lines, head)
