"""Intervals in ranking and trend: the rows are those of model/fluctuation, only on request."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from components import charts, pictures, swings, trends
from loaders import indicators, releases, views
from model import chance, fluctuation
from model.selection import Selection
from model.view import View

POVERTY = Selection(
    "existenzsicherung", "kinderarmut_u15", "stadtbezirk", "2024-12-31", ("16", "05")
)
LIMITS = ["low", "high"]


def looked(release: releases.Release, view: str, chosen: Selection = POVERTY) -> View:
    return views.view_of(release, replace(chosen, view=view, intervals=True))


def newest(release: releases.Release, name: str, level: str = "stadtbezirk") -> Selection:
    indicator = release.catalog.indicators[name]
    period = indicators.scope(release, indicator).periods[level][-1]
    return Selection(release.catalog.theme_of(name).id, name, level, period)


def test_lines_are_the_intervals_of_the_figures_and_change_no_order(
    release: releases.Release,
) -> None:
    view = looked(release, "rangfolge")
    data = charts.ranking(view).data
    plain = charts.ranking(views.view_of(release, replace(POVERTY, view="rangfolge"))).data
    expected = [
        (figure.area.id, around.low, around.high)
        for figure in sorted(view.figures, key=lambda f: -(f.value or 0))
        if (around := fluctuation.interval(view.indicator, figure))
    ]
    assert len(expected) == 14
    assert data["swings"].select("area", *LIMITS).rows() == expected
    assert data["swings"]["order"].to_list() == list(range(14))
    assert "swings" not in plain
    assert data["areas"]["area"].to_list() == plain["areas"]["area"].to_list()
    weser = data["swings"].row(by_predicate=pl.col("area") == "16", named=True)
    known = chance.wilson(417, 969).times(100)
    assert (weser["low"], weser["high"]) == (known.low, known.high)
    assert weser["swing"] == "40,0 bis 46,2\N{NO-BREAK SPACE}%"


def test_figures_stand_beyond_their_lines(release: releases.Release) -> None:
    data = charts.ranking(looked(release, "rangfolge")).data
    assert data["areas"]["end"].to_list() == data["swings"]["high"].to_list()


def test_hidden_areas_have_neither_line_nor_band(release: releases.Release) -> None:
    view = looked(release, "rangfolge")
    hidden = {figure.area.id for figure in view.missing}
    assert "05" in hidden
    assert not hidden & set(charts.ranking(view).data["swings"]["area"])
    trend = trends.trend(looked(release, "entwicklung")).data["bands"]
    assert trend.filter(pl.col("area") == "05")["low"].count() == 0


def test_bands_lie_around_the_chosen_areas_and_the_city(release: releases.Release) -> None:
    view = looked(release, "entwicklung")
    data = trends.trend(view).data
    drawn = data["bands"].filter(pl.col("low").is_not_null())
    found = {
        (area, year): limits for area, year, *limits in drawn.select("area", "year", *LIMITS).rows()
    }
    rows = view.series.filter(
        (pl.col("area") == "16") | (pl.col("level") == view.city.city_level),
        pl.col("value").is_not_null(),
    ).iter_rows(named=True)
    expected = {}
    for row in rows:
        around = chance.wilson(row["numerator"], row["denominator"]).times(100)
        expected[row["area"], int(row["period"][:4])] = [around.low, around.high]
    assert len(expected) == 26
    assert found == expected
    paint = dict(data["front"].select("area", "colour").iter_rows())
    assert dict(drawn.select("area", "colour").iter_rows()) == {
        area: paint[area] for area in set(drawn["area"])
    }


def test_a_year_on_its_own_has_a_bar_instead_of_a_band(release: releases.Release) -> None:
    chosen = replace(POVERTY, areas=tuple(f"{n:02}" for n in range(1, 20)))
    view = looked(release, "entwicklung", chosen)
    data = trends.trend(view).data
    front = data["front"].filter(pl.col("value").is_not_null())
    bands, bars = (data[name].filter(pl.col("low").is_not_null()) for name in ("bands", "bars"))
    assert bars.height
    assert bands.height + bars.height == front.height


def test_no_row_of_any_indicator_says_more_than_the_release(release: releases.Release) -> None:
    drawn = 0
    for name, indicator in release.catalog.indicators.items():
        scope = indicators.scope(release, indicator)
        for level in scope.levels:
            view = looked(release, "rangfolge", newest(release, name, level))
            lines = charts.ranking(view).data.get("swings", pl.DataFrame({"area": []}))
            told = {f.area.id for f in view.figures if fluctuation.interval(indicator, f)}
            assert set(lines["area"]) == told, name
            assert bool(swings.notes(view)) == (indicator.chance != "none")
            drawn += bool(told)
    assert drawn > 20


def test_counts_are_not_offered_and_drawn_intervals(release: releases.Release) -> None:
    count = newest(release, "einwohner_alle")
    for view in ("rangfolge", "entwicklung"):
        shown = looked(release, view, count)
        assert not swings.offered(shown)
        assert swings.notes(shown) == []
    assert not swings.offered(looked(release, "karte"))
    assert not swings.shown(views.view_of(release, replace(POVERTY, view="rangfolge")))


def test_pictures_follow_the_switch_and_a_tables_picture_does_not(
    release: releases.Release,
) -> None:
    ranking = pictures.still(looked(release, "rangfolge"), release)
    assert ranking.chart.data["swings"].height == 14
    assert "Benachbarte Plätze" in " ".join(ranking.lines)
    trend = pictures.still(looked(release, "entwicklung"), release)
    assert trend.chart.data["bands"].height
    assert "blassen Bänder" in " ".join(trend.lines)
    assert "swings" not in pictures.still(looked(release, "tabelle"), release).chart.data
