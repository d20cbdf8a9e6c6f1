"""Gaps in time stay gaps, and no page speaks of what its city does not have."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from components import channels, trends
from loaders import datasets, finder, indicators, releases, views
from model import history, search, wording
from model.selection import Selection
from model.view import View


def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(folder))
    return releases.current()


@pytest.fixture
def minden(minden_releases: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    return opened(minden_releases, monkeypatch)


@pytest.fixture
def flensburg(flensburg_releases: Path, monkeypatch: pytest.MonkeyPatch) -> releases.Release:
    return opened(flensburg_releases, monkeypatch)


def trend_of(
    release: releases.Release, indicator: str, level: str, period: str, *chosen: str
) -> View:
    theme = release.catalog.theme_of(indicator).id
    asked = Selection(theme, indicator, level, period, chosen, view="entwicklung")
    return views.view_of(release, asked)


def lines(chart: channels.Chart, name: str, *by: str) -> set[tuple[int, ...]]:
    """The years of every line of a data set, as its encoding tells them apart."""
    frame = chart.data[name]
    keys = [*by, *(["part"] if "part" in frame.columns else [])]
    ordered = frame.sort("year").group_by(keys or [pl.lit(0)], maintain_order=True).agg("year")
    return {tuple(years) for years in ordered["year"]}


@pytest.mark.parametrize(
    ("periods", "gaps"),
    [
        ((), ()),
        (("2024",), ()),
        (("2010", "2019"), ()),
        (("2011", "2012", "2017", "2018", "2019"), (2017,)),
        (("2018-12-31", "2019-12-31", "2021-12-31", "2022-12-31"), (2021,)),
        (("2005", "2009", "2013", "2017", "2021", "2025"), ()),
        (("2002", "2005", "2009", "2013", "2017"), ()),
        (("1999", "2004", "2009", "2014", "2020"), ()),
        (("2001", "2005", "2009", "2017", "2021"), (2017,)),
        (("2014", "2017", "2019"), ()),  # 3 is not more than 1.5 times 2.5
        (("2010", "2012", "2015", "2017"), ()),  # 3 is 1.5 times 2, not more
    ],
)
def test_a_gap_is_longer_than_one_and_a_half_usual_distances(
    periods: tuple[str, ...], gaps: tuple[int, ...]
) -> None:
    assert history.gaps(periods) == gaps


def test_no_line_runs_across_missing_years(flensburg: releases.Release) -> None:
    early, late = (2011, 2012), (2017, 2018, 2019, 2020, 2021, 2022)
    view = trend_of(flensburg, "dichte", "stadtteil", "2022", "STGT03")
    large, small = trends.trend(view), trends.small_trend(view)
    assert lines(large, "others", "area") == {early, late}
    assert lines(large, "front", "colour") == {early, late}
    assert lines(small, "front", "colour") == {early, late}
    assert lines(small, "span") == {early, late}
    assert "lone" not in large.data and "lone" not in small.data


def test_a_single_year_between_gaps_stays_a_point(minden: releases.Release) -> None:
    view = trend_of(minden, "einwohner_amtlich", "stadt", "2024-12-31")
    parts = {
        (1998, 1999, 2000),
        (2003, 2004, 2005, 2006, 2007),
        (2010,),
        (2019, 2020, 2021),
        (2023, 2024),
    }
    large, small = trends.trend(view), trends.small_trend(view)
    assert lines(large, "front") == lines(small, "front") == lines(small, "span") == parts
    assert small.data["lone"].rows() == [(2010, 82114.0, 82114.0)]


def test_elections_stay_connected(minden: releases.Release) -> None:
    chart = trends.trend(trend_of(minden, "wahlbeteiligung_bund", "stadtbezirk", "2021"))
    assert lines(chart, "others", "area") == {(2013, 2017, 2021)}
    assert "part" not in chart.data["others"].columns


def test_a_grey_value_between_missing_ones_is_a_point(minden: releases.Release) -> None:
    """Small districts' child poverty is secret in most years; some single years are not."""
    view = trend_of(minden, "kinderarmut_u15", "stadtbezirk", "2024-12-31")
    known = dict.fromkeys(range(2011, 2026))
    lone = []
    for figure in view.figures:
        rows = view.series.filter(pl.col("area") == figure.area.id).iter_rows(named=True)
        found = known | {int(row["period"][:4]): row["value"] for row in rows}
        lone += [
            (year, found[year])
            for year in range(2012, 2025)
            if found[year] is not None and found[year - 1] is None and found[year + 1] is None
        ]
    chart = trends.trend(view)
    assert [year for year, _value in lone] == [2012, 2015]
    assert chart.data["lone"].rows() == lone
    drawn = [layer for layer in chart.spec["layer"] if layer.get("data") == {"name": "lone"}]
    assert [layer["mark"]["type"] for layer in drawn] == ["circle"]


@pytest.mark.parametrize(
    ("city", "typed", "searched"),
    [
        ("minden", ("Arbeit", "Geburten", "Dützen"), ("Fläche", "Geburten", "IT.NRW")),
        (
            "flensburg",
            ("Arbeit", "Fläche", "Tarup"),
            ("Fläche", "Geburten", "Stadt Flensburg, Sozialatlas"),
        ),
    ],
)
def test_search_boxes_give_examples_of_their_own_city(
    city: str, typed: tuple[str, ...], searched: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    release: releases.Release = request.getfixturevalue(city)
    assert finder.examples(release) == typed
    kinds = [search.find(word, finder.entries(release))[0].kind for word in typed]
    assert kinds == ["theme", "indicator", "area"]
    known = datasets.datasets(release).values()
    assert datasets.examples(known) == searched
    for word in searched:
        assert any(word in dataset.text for dataset in known)


@pytest.mark.parametrize("city", ["minden", "flensburg"])
def test_published_figures_have_a_section_where_there_are_any(
    city: str, request: pytest.FixtureRequest
) -> None:
    release: releases.Release = request.getfixturevalue(city)
    app = AppTest.from_string(
        "from loaders import releases\nfrom pages import data\ndata.page(releases.current())",
        default_timeout=60,
    ).run()
    assert not app.exception
    told = " ".join(element.proto.body for element in app.get("html"))
    assert "Indikatoren" in told
    assert indicators.published(release).height == (227 if city == "minden" else 0)
    assert ("Veröffentlichte Einzelangaben" in told) == (city == "minden")


def test_the_day_stands_beside_the_year(flensburg: releases.Release) -> None:
    view = trend_of(flensburg, "anteil_arbeitslose", "stadt", "2022")
    assert wording.sentence(view.indicator, view.figures[0], "2022") == (
        "Im Jahr 2022 (30. Juni) waren in Flensburg 5,9 % der 18- bis unter 65-Jährigen "
        "arbeitslos gemeldet."
    )
    readings = [i.reading for i in flensburg.catalog.theme("arbeit").indicators]
    assert sum("{Zeit} (30. Juni) " in reading for reading in readings) == 5
    assert not any("am 30. Juni" in reading for reading in readings)
