"""The rows a trend is drawn from: values over time, names of lines, breaks, what is missing."""

from __future__ import annotations

import polars as pl

from components import channels, colours
from model import caveats, events, history, remarks, status
from model.catalog import ZONE
from model.language import _
from model.view import View

_BREAK_ROW = 16
"""Pixels that the name of a break takes."""
BREAK_TOP = 24
"""Pixels between the plot and those names: room for the name of a line at the very top."""
SIGN_ROW = 18
"""Pixels that the signs of what an area misses take below the plot."""


def breaks(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    """Breaks of what is drawn in front: year, text, colour, and where the text stands.

    They lie half a year before the new series; their texts stand one above the other, on the
    side where there is more room.
    """
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    front = caveats.in_front(view)
    shown = [b for b in view.breaks if b.interrupts and (not b.area or b.area in front)]
    years = frame["year"].to_list() or [0]
    middle = (min(years) + max(years)) / 2
    return pl.DataFrame(
        [
            {
                "year": b.year - 0.5,
                "text": caveats.label(view, b),
                "colour": paint.get(b.area, colours.LINE),
                **_beside(b.year <= middle, row),
            }
            for row, b in enumerate(shown)
        ]
    )


def begun(view: View, frame: pl.DataFrame, above: int) -> pl.DataFrame:
    """Where events of the chosen areas begin, as `breaks` does, `above` texts of breaks."""
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    years = frame["year"].to_list() or [0]
    middle = (min(years) + max(years)) / 2
    periods = set(view.series["period"])
    begun = [(events.at(e.start, periods, view.indicator.reference), e) for e in view.events]
    # A day beyond the last point of the lines has no place among them; it is told below.
    drawn = [(place, e) for place, e in begun if min(years) <= place <= max(years)]
    return pl.DataFrame(
        [
            {
                "year": place,
                "text": event.title,
                "colour": paint.get(_place(view, event.area), colours.LINE),
                **_beside(place <= middle, above + row),
            }
            for row, (place, event) in enumerate(drawn)
        ]
    )


def _place(view: View, area: str) -> str:
    """The chosen area itself, else the first chosen zone that it lies in."""
    if area in view.selection.areas:
        return area
    return next((f.area.id for f in view.zones if area in f.area.parts), area)


def _beside(left: bool, row: int) -> dict[str, str | int]:
    """Where the text of a rule stands: right of one in the left half, rows one above the other."""
    return {
        "align": "left" if left else "right",
        "dx": 4 if left else -4,
        "dy": -BREAK_TOP - _BREAK_ROW * row,
    }


def rows(view: View) -> pl.DataFrame:
    """Periods of the level and the city, for lines.

    Columns: area, name, year, value, told (with what was published first), part, which counts the
    breaks and gaps before, colour, dash, shape, status, front, and again, whether the value was
    corrected.
    """
    gaps = history.gaps(view.series["period"].to_list())
    beside = [view.city_figure.area.level] if view.city_figure else []
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    year = pl.col("period").str.slice(0, 4).cast(pl.Int16)
    city = ~pl.col("level").is_in([view.level.id, ZONE])
    first, aside = pl.col("first_text"), remarks.asides(view)
    open_aside = aside.str.strip_suffix(")")
    again = pl.col("value").is_not_null() & (first.is_not_null() | (pl.col("status") == "revised"))
    alone = [figure.area.id for figure in view.figures] if len(view.figures) == 1 else []
    return (
        view.series.filter(pl.col("level").is_in([view.level.id, ZONE, *beside]))
        .with_columns(
            year=year,
            part=pl.sum_horizontal("part", *(year >= gap for gap in gaps)).cast(pl.Int8),
            colour=pl.when(city | pl.col("area").is_in(alone))
            .then(pl.lit(colours.INK))
            .otherwise(
                pl.col("area").replace_strict(paint, default=colours.QUIET, return_dtype=pl.String)
            ),
            dash=city.cast(pl.Int8),
            again=again,
            told=pl.when(first.is_not_null())
            .then(pl.format(_("{}{}; zuerst veröffentlicht: {})"), "text", open_aside, first))
            .otherwise(pl.concat_str("text", aside)),
            shape=pl.col("status").replace_strict(channels.SHAPES, default="circle"),
            front=city | pl.col("area").is_in([*view.selection.areas, *alone]),
        )
        .select(
            *("area", "name", "year", "value", "told", "part", "colour", "dash", "shape"),
            *("status", "front", "again"),
        )
    )


def names(view: View, frame: pl.DataFrame) -> pl.DataFrame:
    """Where each line in front is named: at its last value, moved apart where they overlap."""
    ends = (
        frame.filter(pl.col("front"), pl.col("value").is_not_null())
        .sort("year")
        .group_by("area", maintain_order=True)
        .last()
        .sort("value")
    )
    known = frame["value"].drop_nulls().to_list() or [0.0]
    gap = 0.05 * (max(known) - (0 if view.indicator.unit == "%" else min(known)))
    return ends.select(
        "name",
        "colour",
        year=pl.lit(frame["year"].max(), dtype=pl.Int16),
        value=pl.Series(channels.apart(ends["value"].to_list(), gap), dtype=pl.Float64),
    )


def absent(view: View, front: pl.DataFrame) -> pl.DataFrame:
    """What is missing in front: name, year, sign in brackets, told, colour, dy; a row an area."""
    absent = front.filter(pl.col("value").is_null())
    rows = {area: row for row, area in enumerate(absent["area"].unique(maintain_order=True))}
    return absent.select(
        "name",
        "year",
        "colour",
        sign=pl.col("status").replace_strict(
            {name: f"[{view.sign([name])}]" for name in status.ABSENT}, default=None
        ),
        told=pl.col("status").replace_strict(
            {name: status.words(name) for name in status.ABSENT}, default=None
        ),
        dy=pl.col("area").replace_strict(
            {area: SIGN_ROW * row + SIGN_ROW // 2 for area, row in rows.items()},
            return_dtype=pl.Int16,
        ),
    )


def alone(value: str, *line: str) -> pl.Expr:
    """Whether no line reaches a value: none beside it in its part, from rows in order of years."""
    known = pl.col(value).is_not_null()
    beside = [known.shift(step, fill_value=False).over(*line, "part") for step in (1, -1)]
    return known & ~beside[0] & ~beside[1]
