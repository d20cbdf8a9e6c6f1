"""Views as pictures to take along: the chart with title, legend, source and Stand inside."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

from components import (
    canvas,
    change_charts,
    change_slopes,
    channels,
    charts,
    colours,
    swings,
    trends,
)
from components.channels import Chart
from components.painting import Painted
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
from model.view import Figure, View

WIDTH = 860
_SOFT = "#4a5861"
_MOST_LABELS = 40
_LINE = 130  # characters of a footer line that fit the width


def picture(view: View, release: releases.Release) -> dict[str, Any]:
    """The open view as a Vega-Lite spec with everything inside.

    A table's picture is the ranking: the same figures, drawn.
    """
    if view.selection.view == "karte" and areas.geometry_path(release, view.level.id):
        lines = [*remarks.used(view), *wording.footer(view, on_map=True)]
        return _framed(choropleth(view, release), view, WIDTH, lines, resolve="independent")
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
    found = typology.typology(view, comparison) if view.selection.picture == "lage" else None
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
    return _framed(choropleth(view, release), view, WIDTH, lines, "independent", head)


def choropleth(view: View, release: releases.Release) -> Chart:
    """The map as a chart: classes with counts in the legend, borders, labels, chosen areas."""
    geometry = areas.geometry(release, view.level.id)["features"]
    squeeze = areas.frame(release, view.level.id).squeeze
    painted = canvas.painted(view)
    names, colour_of = _legend(painted)
    features = [
        {
            "type": "Feature",
            "id": feature["properties"]["id"],
            "class": names[painted.codes[feature["properties"]["id"]]],
            "geometry": {
                "type": feature["geometry"]["type"],
                "coordinates": _flat(feature["geometry"]["coordinates"], squeeze),
            },
        }
        for feature in geometry
    ]
    title = _("{unit} (Anzahl der {plural})").format(unit=painted.unit, plural=view.areas)
    fill = alt.Color(
        field="class",
        type="nominal",
        scale=alt.Scale(domain=list(colour_of), range=list(colour_of.values())),
        legend=alt.Legend(
            title=title,
            orient="bottom",
            columns=4,
            symbolType="square",
            symbolStrokeColor=colours.LINE,
            symbolStrokeWidth=0.8,
            symbolSize=200,
            labelLimit=300,
            titleLimit=WIDTH,
        ),
    )
    chosen = [feature for feature in features if feature["id"] in view.selection.areas]
    layers = [
        _data(features).mark_geoshape(stroke=colours.LINE, strokeWidth=0.8).encode(color=fill),
        _data(chosen).mark_geoshape(filled=False, stroke=colours.INK, strokeWidth=3),
        *_labels(view, squeeze, painted),
    ]
    spec = channels.template(layers, type="identity", reflectY=True)
    return Chart({**spec, "height": round(WIDTH * 0.72)}, {})


def _framed(
    chart: Chart,
    view: View,
    width: int,
    lines: list[str],
    resolve: str = "shared",
    head: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """A chart between its heading and what is to be known; `head` tells what and when."""
    footer = [part for line in lines for part in textwrap.wrap(line, _LINE)]
    stand = formats.stand(view.selection.period, view.indicator.reference)
    about, when = head or (formats.base(view.indicator), stand)
    heading = {
        "text": view.indicator.title,
        "subtitle": [
            about,
            f"{view.city.name}, {view.areas} · {when}",
        ],
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


def _legend(painted: Painted) -> tuple[list[str], dict[str, str]]:
    """Legend entries of all codes with their counts, and the colours of those that are drawn."""
    counts = [painted.count(code) for code in range(len(painted.names))]
    names = [f"{label} ({count})" for label, count in zip(painted.names, counts, strict=True)]
    drawn = [
        (name, colour)
        for i, (name, colour) in enumerate(zip(names, painted.fills, strict=True))
        if counts[i] or i in painted.always
    ]
    return names, dict(drawn)


def _labels(view: View, squeeze: float, painted: Painted) -> list[alt.Chart]:
    """Area labels with a halo, unless there are too many to read; signs in any case."""
    labels = [
        {
            "x": figure.area.lon * squeeze,
            "y": figure.area.lat,
            "label": "\n".join(_lines(view, figure, painted)),
        }
        for figure in view.figures
        if figure.area.lon is not None and figure.area.lat is not None
    ]
    texts = _data(labels).encode(
        longitude=alt.Longitude(field="x", type="quantitative"),
        latitude=alt.Latitude(field="y", type="quantitative"),
        text=channels.text("label"),
    )
    style: dict[str, Any] = {"fontSize": 12, "fontWeight": 600, "lineBreak": "\n"}
    return [
        texts.mark_text(stroke="white", strokeWidth=3, strokeJoin="round", **style),
        texts.mark_text(color=colours.INK, **style),
    ]


def _lines(view: View, figure: Figure, painted: Painted) -> list[str]:
    """Name and signs of an area; where there are too many areas to read, only the signs."""
    if len(view.figures) > _MOST_LABELS:
        return [painted.signs[figure.area.id]]
    return painted.lines(figure)


def _data(values: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.Data(values=values))


def _flat(coordinates: Any, squeeze: float) -> Any:
    """Coordinates with longitudes squeezed, so that a flat drawing keeps its shape."""
    if isinstance(coordinates[0], int | float):
        return [coordinates[0] * squeeze, coordinates[1]]
    return [_flat(part, squeeze) for part in coordinates]
