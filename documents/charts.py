"""How charts look that Word and PowerPoint can edit: DrawingML over a workbook of figures."""

from __future__ import annotations

from typing import Any

from pptx.chart.chart import Chart as Drawn
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.util import Pt

from documents import chart_books, look
from documents.document import FAMILY, Chart

KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
}
_LABELLED = 30
"""Up to so many bars carry their values."""
_STROKES = (
    MSO_LINE.SOLID,
    MSO_LINE.DASH,
    MSO_LINE.ROUND_DOT,
    MSO_LINE.DASH_DOT,
    MSO_LINE.LONG_DASH,
    MSO_LINE.DASH_DOT_DOT,
)
_MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
)
_HATCHES = (
    MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    MSO_PATTERN.SMALL_GRID,
    MSO_PATTERN.DARK_HORIZONTAL,
    MSO_PATTERN.PERCENT_25,
    MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
)


def dress(drawn: Drawn, chart: Chart, points: float) -> None:
    """Gives a new chart the look of the house; `points` is the size of its letters."""
    drawn.font.size = Pt(points)
    drawn.font.name = FAMILY
    drawn.font.color.rgb = RGBColor.from_string(look.INK)
    _name(drawn, chart, points)
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    _set_axes(drawn, chart)
    for place, series in enumerate(drawn.plots[0].series):
        _colour(series, chart, place)
    if chart.kind != "lines":
        drawn.plots[0].gap_width = 40
        _label(drawn, chart, points)


def _name(drawn: Drawn, chart: Chart, points: float) -> None:
    """A single series' name and the unit stand above."""
    named = [series.name for series in chart.series] if len(chart.series) == 1 else []
    title = ", ".join(word for word in (*named, chart.unit) if word)
    drawn.has_title = bool(title)
    if title:
        frame = drawn.chart_title.text_frame
        frame.text = title
        font = frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(points), False
        font.color.rgb = RGBColor.from_string(look.SOFT)
        drawn.chart_title.include_in_layout = False


def _set_axes(drawn: Drawn, chart: Chart) -> None:
    hair = RGBColor.from_string(look.HAIR)
    names, values = drawn.category_axis, drawn.value_axis
    names.format.line.color.rgb = hair
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.has_major_gridlines = False
    names.reverse_order = chart.lying > 0
    if chart.kind == "stacked":
        # Names stand left of the bars that go left, and the scale below the last bar.
        names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
        values._element.crosses.val = XL_AXIS_CROSSES.MAXIMUM
        names.format.line.color.rgb = RGBColor.from_string(look.SOFT)
    values.tick_labels.number_format = chart_books.number_format(chart)
    values.tick_labels.number_format_is_linked = False
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.format.line.fill.background()
    labelled = _labels_fit(chart)
    values.visible = not labelled
    values.has_major_gridlines = not labelled
    if not labelled:
        values.major_gridlines.format.line.color.rgb = hair
        values.major_gridlines.format.line.width = Pt(0.5)
    if chart.kind != "lines" and _lowest(chart) >= 0:
        values.minimum_scale = 0


def _lowest(chart: Chart) -> float:
    return min((v for series in chart.series for v in series.values if v is not None), default=0)


def _labels_fit(chart: Chart) -> bool:
    bars = len(chart.series) * len(chart.categories)
    return chart.kind in ("bars", "columns") and bars <= _LABELLED


def _colour(series: Any, chart: Chart, place: int) -> None:
    """Each series has its own colour, and a stroke or a pattern that paper without colour keeps."""
    own = look.bare(chart.series[place].colour)
    several = len(chart.series) > 1
    usual = look.LINES[place % len(look.LINES)]
    if chart.kind == "lines":
        _draw(series, RGBColor.from_string(own or usual), place)
        return
    # Else Office empties bars below zero.
    series.invert_if_negative = False
    _fill(series.format.fill, own or (usual if several else look.BARS), place)
    for number, colour in enumerate(chart.colours if not several else ()):
        if colour:
            _fill(series.points[number].format.fill, look.bare(colour), 0)


def _draw(series: Any, colour: RGBColor, place: int) -> None:
    series.smooth = False
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(2)
    series.format.line.dash_style = _STROKES[place % len(_STROKES)]
    series.marker.style = _MARKERS[place % len(_MARKERS)]
    series.marker.size = 5
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour


def _fill(fill: Any, colour: str, place: int) -> None:
    """The first series is plain, the others are hatched."""
    if place == 0:
        fill.solid()
    else:
        fill.patterned()
        fill.pattern = _HATCHES[(place - 1) % len(_HATCHES)]
        fill.back_color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    fill.fore_color.rgb = RGBColor.from_string(colour)


def _label(drawn: Drawn, chart: Chart, points: float) -> None:
    if not _labels_fit(chart):
        return
    plot = drawn.plots[0]
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format = chart_books.number_format(chart)
    labels.number_format_is_linked = False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.show_value = True
    labels.font.size = Pt(points)
