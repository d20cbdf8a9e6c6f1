"""What maps, charts and tables are given to draw: each figure worked out by other means."""

from __future__ import annotations

import pytest

from components import charts, colours, deckmap, maps, panel, tables, trends
from loaders import areas, releases, views
from model.selection import Selection
from model.view import View

DAY = "2024-12-31"
POVERTY = Selection("existenzsicherung", "kinderarmut_u15", "stadtbezirk", DAY, ("16",))


@pytest.fixture
def view(release: releases.Release) -> View:
    return views.view_of(release, POVERTY)


def lightness(colour: str) -> int:
    return sum(int(colour[i : i + 2], 16) for i in (1, 3, 5))


@pytest.mark.parametrize("count", range(1, 9))
def test_more_is_darker(count: int) -> None:
    scale = [lightness(colour) for colour in colours.scale(count)]
    assert len(scale) == count and scale == sorted(scale, reverse=True)


def test_the_map_paints_each_polygon_with_the_class_of_its_own_area(
    view: View, release: releases.Release
) -> None:
    data = maps.svg_data(view, release)
    features = areas.geometry(release, "stadtbezirk")["features"]
    values = {figure.area.id: figure for figure in view.figures}
    for feature, code, text in zip(features, data["codes"], data["texts"], strict=True):
        figure = values[feature["properties"]["id"]]
        if figure.value is None:
            assert (code, text) == (len(view.limits) + 1, "geheim gehalten")
        else:
            shown = round(figure.value + 1e-9, 1)
            assert code == sum(shown >= limit for limit in view.limits)
            assert text == f"{shown:.1f}\N{NO-BREAK SPACE}% (Modellwert)".replace(".", ",")
    assert data["fills"][-4:] == [
        "url(#suppressed)",
        "url(#unreliable)",
        "url(#not_collected)",
        "url(#not_meaningful)",
    ]
    assert data["chosen"] == {"16": colours.CHOSEN[0]}
    codes = ",".join(map(str, data["codes"]))
    assert f"([{codes}])" in deckmap.deck(view, release).to_json()


def test_the_legend_counts_every_area_once(view: View) -> None:
    counts = view.counts()
    assert sum(counts) == 19
    assert counts[-4:] == [sum(f.value is None for f in view.figures), 0, 0, 0]
    assert all(counts[:-4]), "natural classes are never empty"


def test_classes_held_over_the_years_are_the_same_in_every_year(
    release: releases.Release,
) -> None:
    def limits(period: str, hold: bool) -> tuple[float, ...]:
        asked = {**POVERTY.__dict__, "period": period, "hold": hold}
        return views.view_of(release, Selection(**asked)).limits

    years = [f"{year}-12-31" for year in range(2012, 2025)]
    assert len({limits(year, True) for year in years}) == 1
    assert len({limits(year, False) for year in years}) > 1


def test_charts_hold_the_city_beside_the_districts(view: View) -> None:
    ranking = charts.ranking(view).data
    assert ranking["areas"]["value"].to_list() == sorted(
        (f.value for f in view.figures if f.value is not None), reverse=True
    )
    assert ranking["city"]["text"].item() == "Minden 24,8\N{NO-BREAK SPACE}%\N{NO-BREAK SPACE}m"
    trend = trends.trend(view).data
    assert set(trend["front"]["name"]) == {"Minden", "Rechtes Weserufer"}
    assert trend["others"]["name"].n_unique() == 18
    assert set(trend["names"]["name"]) == {"Minden", "Rechtes Weserufer"}


def test_a_gap_in_a_series_stays_a_gap(view: View) -> None:
    others = trends.trend(view).data["others"]
    haddenhausen = others.filter(others["area"] == "05")
    assert haddenhausen.height == 13, "every year has its place"
    assert haddenhausen["value"].null_count() > 0


def test_the_series_table_shows_every_period_and_marks_what_is_modelled(
    release: releases.Release,
) -> None:
    residents = views.view_of(
        release, Selection("bevoelkerung", "einwohner_alle", "stadtbezirk", DAY)
    )
    data = tables.series(residents)
    heads = [column["title"] for column in data["columns"]]
    assert heads[:2] == ["Stadtbezirk", "31.12.2024"] and heads[-1] == "31.12.2010"
    cells = {row["cells"][0]: row["cells"] for row in data["rows"]}
    assert cells["Innenstadt"][heads.index("31.12.2017")] == "10.806"
    assert cells["Innenstadt"][heads.index("31.12.2018")].endswith(" m")
    assert cells["Minden"][heads.index("31.12.2017")] == "83.960"


def test_a_density_shows_its_area_with_decimals(release: releases.Release) -> None:
    density = views.view_of(
        release, Selection("bevoelkerung", "einwohnerdichte", "stadtbezirk", DAY)
    )
    row = next(r for r in tables.current(density)["rows"] if r["cells"][0] == "Bärenkämpen")
    assert row["cells"][4] == "3,3"


def test_figures_are_large_and_say_their_status(view: View) -> None:
    html = panel.number(view.indicator, view.chosen[0])
    assert "43,0" in html and "Modellwert" in html
    hidden = next(figure for figure in view.figures if figure.value is None)
    assert "geheim gehalten" in panel.number(view.indicator, hidden)


def test_neighbours_stand_in_tables_below_city_kreis_and_land(release: releases.Release) -> None:
    selection = Selection("existenzsicherung", "mindestsicherung", "stadtbezirk", DAY)
    view = views.view_of(release, selection)
    rows = tables.current(view)["rows"]
    assert [row["kind"] for row in rows] == [""] * 19 + ["yardstick"] * 3 + ["neighbour"] * 10
    names = [row["cells"][0] for row in rows[19:]]
    assert names[:3] == ["Minden", "Kreis Minden-Lübbecke", "Nordrhein-Westfalen"]
    assert names[3:5] == ["Bad Oeynhausen", "Espelkamp"] and names[-1] == "Stemwede"
    # 5.139 of 50.620 residents at the end of 2024 (IT.NRW).
    assert rows[22]["cells"][1:5] == ["10,2", "", "5.139", "50.620"]
    assert [figure.area.name for figure in view.beside] == names[:3]


def test_neighbours_without_a_number_fill_no_rows(release: releases.Release) -> None:
    """Foreign residents of the neighbours are known for 2019 only."""
    selection = Selection("zuwanderung", "auslaender", "stadtbezirk", DAY)
    view = views.view_of(release, selection)
    assert len(tables.current(view)["rows"]) == 19 + 3
    assert len(tables.series(view)["rows"]) == 19 + 3 + 10
    then = views.view_of(release, Selection(**{**selection.__dict__, "period": "2019-12-31"}))
    told = {row["cells"][0]: row["cells"][1] for row in tables.current(then)["rows"]}
    assert told["Hille"] == "3,0"  # 457 of 15.374
    assert len(told) == 19 + 3 + 10


def test_the_official_rates_of_all_municipalities_of_the_kreis(release: releases.Release) -> None:
    rate = Selection("existenzsicherung", "mindestsicherung_amtlich", "stadt", "2023-12-31")
    rows = tables.current(views.view_of(release, rate))["rows"]
    assert [row["cells"][1] for row in rows] == [
        "15,2", "9,6", "11,1",
        "10,3", "8,6", "4,9", "4,9", "8,1", "7,8", "7,3", "6,0", "6,2", "5,1",
    ]  # fmt: skip
    share = Selection("zuwanderung", "auslaender_amtlich", "stadt", "2019-12-31")
    figures = views.view_of(release, share).figures
    assert [(f.numerator, f.denominator) for f in figures] == [(9612, 81716)]


def test_a_ranking_of_one_area_has_its_bar(release: releases.Release) -> None:
    rate = Selection("existenzsicherung", "mindestsicherung_amtlich", "stadt", "2023-12-31")
    spec = charts.ranking(views.view_of(release, rate)).on_screen()
    [bar] = spec["data"]["values"]
    assert (bar["name"], bar["value"], bar["text"]) == ("Minden", 15.2, "15,2")
    assert spec["datasets"] == {}
