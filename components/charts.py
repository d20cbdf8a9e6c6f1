"""Charts as functions from a view to a chart: ranking, trend, position."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import polars as pl

from components import channels, colours
from components.channels import Chart
from model import formats, wording
from model.view import View

ROW = 24
_NAME: dict[str, Any] = {"align": "right", "dx": -4, "dy": -14, "fontSize": 13, "fontWeight": 600}


def ranking(view: View) -> Chart:
    """Bars of all areas with a figure, longest first, and the city as a line across."""
    rows = _areas(view).sort("value", "name", descending=[True, False])
    # Two areas of one name are two bars.
    twice = pl.col("name").is_duplicated()
    own = pl.when(twice).then(pl.format("{} ({})", "name", "area")).otherwise("name")
    # Figures stand right of the bar, and right of zero where it points left.
    rows = rows.with_columns(name=own, end=pl.max_horizontal("value", 0.0))
    rows = rows.with_row_index("order")
    spec = _ranking(view.indicator.unit, view.indicator.decimals, view.city_figure is not None)
    height = max(60, ROW * rows.height)
    return Chart({**spec, "height": height}, {"areas": rows, **_city(view)})


def trend(view: View) -> Chart:
    """All areas in grey, the chosen ones and the city in front; gaps stay gaps."""
    frame = _series(view)
    front = frame.filter(pl.col("front"))
    spec = _trend(view.indicator.unit, view.indicator.decimals, not front.is_empty())
    data = {"others": frame.filter(~pl.col("front")).drop("front", "colour", "dash")}
    if not front.is_empty():
        data |= {"front": front.drop("front"), "names": _line_names(view, frame)}
    return Chart({**spec, "height": 380}, data)


def small_trend(view: View) -> Chart:
    """The trend beside a map: chosen areas and the city over the span of all areas."""
    frame = _series(view)
    front = frame.filter(pl.col("front"))
    span = (
        frame.filter(pl.col("dash") == 0)
        .group_by("year")
        .agg(low=pl.col("value").min(), high=pl.col("value").max())
        .sort("year")
    )
    spec = _small_trend(view.indicator.unit, view.indicator.decimals, not front.is_empty())
    data = {"span": span}
    if not front.is_empty():
        data["front"] = front.select("year", "value", "colour", "dash")
    return Chart({**spec, "height": 130}, data)


def strip(view: View) -> Chart:
    """Every area as a dot on one line, the chosen ones and the city marked: position, no rank."""
    rows = _areas(view)
    chosen = rows.filter(pl.col("area").is_in(view.selection.areas))
    spec = _strip(view.indicator.decimals, view.city_figure is not None, not chosen.is_empty())
    data = {"areas": rows.select("name", "value"), **_city(view)}
    return Chart({**spec, "height": 26}, data | ({} if chosen.is_empty() else {"chosen": chosen}))


@lru_cache
def _ranking(unit: str, decimals: int, city: bool) -> dict[str, Any]:
    bars = channels.named("areas")
    y = alt.Y(
        field="name",
        type="nominal",
        sort=alt.EncodingSortField(field="order", op="min"),
        title=None,
        axis=alt.Axis(labelLimit=190, ticks=False, domain=False, labelPadding=6),
    )
    x = channels.value_x(unit, decimals)
    end = alt.X(field="end", type="quantitative")
    texts = bars.encode(y=y, x=end, text=channels.text("text"))
    place: dict[str, Any] = {"align": "left", "dx": 5, "fontSize": 13}
    return channels.template(
        [
            bars.mark_bar(cursor="pointer", height={"band": 0.72})
            .encode(y=y, x=x, color=channels.own_colour(), tooltip=channels.tooltips())
            .add_params(channels.pick()),
            *(_city_rule() if city else []),
            # A halo first, so that the city's line does not run through the figures.
            texts.mark_text(stroke="white", strokeWidth=4, **place),
            texts.mark_text(color=colours.INK, **place),
        ]
    )


@lru_cache
def _trend(unit: str, decimals: int, front: bool) -> dict[str, Any]:
    x, y = channels.year_x(), channels.value_y(unit, decimals)
    others = channels.named("others").encode(x=x, y=y, detail=alt.Detail(field="area"))
    # Names stand above the ends of their lines, with a halo: on a phone there is no room beside.
    named = channels.named("names").encode(x=x, y=y, text=channels.text("name"))
    return channels.template(
        [
            others.mark_line(strokeWidth=1.3, color=colours.QUIET, opacity=0.75),
            *(_front_lines(x, y, channels.tooltips()) if front else []),
            *(
                [
                    named.mark_text(stroke="white", strokeWidth=4, **_NAME),
                    named.mark_text(**_NAME).encode(color=channels.own_colour()),
                ]
                if front
                else []
            ),
            others.mark_circle(size=50, opacity=0.01, cursor="pointer")
            .encode(tooltip=channels.tooltips())
            .add_params(channels.pick()),
        ]
    )


@lru_cache
def _small_trend(unit: str, decimals: int, front: bool) -> dict[str, Any]:
    x = channels.year_x(ticks=4)
    low = channels.value_y(unit, decimals, "low", 3)
    band = channels.named("span").mark_area(color=colours.QUIET, opacity=0.35)
    lines = _front_lines(x, channels.value_y(unit, decimals, ticks=3)) if front else []
    return channels.template([band.encode(x=x, y=low, y2=alt.Y2(field="high")), *lines])


@lru_cache
def _strip(decimals: int, city: bool, chosen: bool) -> dict[str, Any]:
    x = channels.value_x(None, decimals, ticks=5, zero=False)
    dots = channels.named("areas").mark_circle(size=110, color=colours.QUIET, opacity=0.8)
    marked = channels.named("chosen").mark_circle(size=190, opacity=1)
    tooltip = channels.tooltips(decimals)
    return channels.template(
        [
            dots.encode(x=x, tooltip=tooltip),
            *(_city_rule() if city else []),
            *([marked.encode(x=x, color=channels.own_colour(), tooltip=tooltip)] if chosen else []),
        ]
    )


def _front_lines(
    x: alt.X, y: alt.Y, tooltips: list[alt.Tooltip] | None = None
) -> list[alt.LayerChart]:
    """Lines of the city and of the chosen areas, with a dot for every value."""
    dash = alt.StrokeDash(
        field="dash",
        type="nominal",
        legend=None,
        scale=alt.Scale(domain=[0, 1], range=[[1, 0], [6, 4]]),
    )
    line = alt.Chart().mark_line(strokeWidth=2.6)
    dots = alt.Chart().mark_circle(size=36, opacity=1)
    both = alt.layer(
        line.encode(detail=alt.Detail(field="colour"), strokeDash=dash),
        dots.encode(tooltip=tooltips) if tooltips else dots,
        data=alt.NamedData(name="front"),
    )
    return [both.encode(x=x, y=y, color=channels.own_colour())]


def _city_rule() -> list[alt.Chart]:
    city = channels.named("city")
    x = alt.X(field="value", type="quantitative")
    name = city.mark_text(color=colours.INK, fontSize=13, fontWeight=600, dy=-8, baseline="bottom")
    return [
        city.mark_rule(color=colours.INK, strokeWidth=2, strokeDash=[6, 4]).encode(x=x),
        name.encode(x=x, y=alt.value(0), text=channels.text("text")),
    ]


def _city(view: View) -> dict[str, pl.DataFrame]:
    """The city's value and what its line says, where an area may be held against it."""
    city = view.city_figure
    if city is None:
        return {}
    text = f"{city.area.name} {wording.value(view.indicator, city)}"
    return {"city": pl.DataFrame({"value": [city.value], "text": [text]})}


def _areas(view: View) -> pl.DataFrame:
    """Areas with a figure: area, name, value, text, colour."""
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    known = [figure for figure in view.figures if figure.value is not None]
    return pl.DataFrame(
        {
            "area": [figure.area.id for figure in known],
            "name": [figure.area.name for figure in known],
            "value": [figure.value for figure in known],
            "text": [formats.number(f.value or 0, view.indicator.decimals) for f in known],
            "colour": [paint.get(figure.area.id, colours.QUIET) for figure in known],
        },
        schema_overrides={"value": pl.Float64, "area": pl.String, "name": pl.String},
    )


def _series(view: View) -> pl.DataFrame:
    """Periods of the level and the city: area, name, year, value, text, colour, dash, front."""
    beside = [view.city_figure.area.level] if view.city_figure else []
    paint = dict(zip(view.selection.areas, colours.CHOSEN, strict=False))
    city = pl.col("level") != view.level.id
    alone = [figure.area.id for figure in view.figures] if len(view.figures) == 1 else []
    return (
        view.series.filter(pl.col("level").is_in([view.level.id, *beside]))
        .with_columns(
            year=pl.col("period").str.slice(0, 4).cast(pl.Int16),
            colour=pl.when(city | pl.col("area").is_in(alone))
            .then(pl.lit(colours.INK))
            .otherwise(
                pl.col("area").replace_strict(paint, default=colours.QUIET, return_dtype=pl.String)
            ),
            dash=city.cast(pl.Int8),
            front=city | pl.col("area").is_in([*view.selection.areas, *alone]),
        )
        .select("area", "name", "year", "value", "text", "colour", "dash", "front")
    )


def _line_names(view: View, frame: pl.DataFrame) -> pl.DataFrame:
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
    places: list[float] = []
    for value in ends["value"]:
        places.append(max(value, places[-1] + gap) if places else value)
    return ends.select(
        "name",
        "colour",
        year=pl.lit(frame["year"].max(), dtype=pl.Int16),
        value=pl.Series(places, dtype=pl.Float64),
    )
