"""Addresses, search and sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import search, selection, wording
from model.areas import Area
from model.catalog import Theme
from model.selection import Scope, Selection
from model.view import Figure
from test_model import indicator

THEME = Theme.model_validate(
    {
        "id": "arbeit",
        "title": "Arbeit",
        "order": 1,
        "lead": "l",
        "headline": "anteil",
        "indicators": [indicator(), indicator(id="zweiter", title="Zwei", short="Zwei")],
    }
)
SCOPE = Scope(
    periods={"stadt": ("2020-12-31",), "bezirk": ("2019-12-31", "2020-12-31", "2022-12-31")},
    areas={"stadt": {"s": "Stadt"}, "bezirk": {"01": "Au", "02": "Berg", "03": "Cham"}},
    default_level="bezirk",
    revised=True,
)
DEFAULT = Selection("arbeit", "anteil", "bezirk", "2022-12-31")


def parsed(**query: str) -> tuple[Selection, int]:
    found, notices = selection.parse(THEME, indicator(), SCOPE, query)
    return found, len(notices)


def test_an_empty_address_is_the_default_without_a_notice() -> None:
    assert parsed() == (DEFAULT, 0)


def test_a_complete_address_is_read_back_to_the_same_selection() -> None:
    chosen = Selection(
        "arbeit",
        "anteil",
        "bezirk",
        "2019-12-31",
        ("02", "01"),
        "tabelle",
        "quantile",
        4,
        True,
        "webgl",
        True,
        since="beginn",
        intervals=True,
    )
    assert parsed(**chosen.query()) == (chosen, 0)


@pytest.mark.parametrize(
    ("query", "changes", "notices"),
    [
        ({"ebene": "mond"}, {}, 1),
        ({"zeit": "2021"}, {"period": "2020-12-31"}, 1),
        ({"zeit": "2020"}, {"period": "2020-12-31"}, 0),
        ({"zeit": "1900"}, {}, 1),
        ({"zeit": "'; DROP TABLE"}, {}, 1),
        ({"gebiet": "02,99"}, {"areas": ("02",)}, 1),
        ({"gebiet": "02,02,,01"}, {"areas": ("02", "01")}, 0),
        ({"gebiet": "../../etc/passwd"}, {}, 1),
        ({"ansicht": "<b>"}, {}, 1),
        ({"klassen": "fest"}, {}, 1),  # the indicator declares no fixed limits
        ({"stufen": "99"}, {}, 1),
        ({"stufen": "4", "fest": "ja"}, {"count": 4, "hold": True}, 0),
        ({"karte": "x" * 9999}, {}, 1),
        ({"intervalle": "ja"}, {"intervals": True}, 0),
        ({"intervalle": "nein"}, {}, 0),
        ({"intervalle": "<b>"}, {}, 1),
        ({"intervalle": ""}, {}, 1),
        ({"fassung": "erst"}, {"first": True}, 0),
        ({"fassung": "letzte"}, {}, 1),
        ({"unbekannt": "egal"}, {}, 0),
        ({"seit": "beginn"}, {"since": "beginn"}, 0),
        ({"seit": "2019-12-31"}, {"since": "2019-12-31"}, 0),
        ({"seit": "2019"}, {"since": "2019-12-31"}, 0),
        ({"seit": "2019-12-31", "zeit": "2019"}, {"period": "2019-12-31"}, 0),
        ({"seit": "<script>"}, {}, 0),
    ],
)
def test_wrong_values_give_way_with_a_notice(
    query: dict[str, str], changes: dict[str, object], notices: int
) -> None:
    expected = Selection(**{**DEFAULT.__dict__, **changes})
    assert parsed(**query) == (expected, notices)


def test_first_values_are_only_shown_where_some_were_corrected() -> None:
    scope = replace(SCOPE, revised=False)
    found, notices = selection.parse(THEME, indicator(), scope, {"fassung": "erst"})
    assert (found, len(notices)) == (DEFAULT, 1)


@pytest.mark.parametrize("since", ["2022-12-31", "2021", "1900", "", "../../etc/passwd"])
def test_a_base_that_is_no_earlier_period_gives_way_to_the_last_step(since: str) -> None:
    expected = replace(DEFAULT, view="veraenderung")
    assert parsed(ansicht="veraenderung", seit=since) == (expected, 1)


def test_unknown_indicator_falls_back_to_the_first() -> None:
    found, notices = selection.indicator_of(THEME, {"indikator": "nichts"})
    assert (found.id, len(notices)) == ("anteil", 1)


def test_a_second_click_takes_the_choice_back() -> None:
    once = selection.toggled(DEFAULT, "02")
    assert once.areas == ("02",)
    assert selection.toggled(once, "02").areas == ()
    assert selection.toggled(once, "03").areas == ("03",)


ENTRIES = (
    search.entry("indicator", "arm", "Kinder in Haushalten mit Bürgergeld", "", ("Kinderarmut",)),
    search.entry("indicator", "wohnen", "Wohnfläche je Einwohner", "", ("Wohnungsgröße",)),
    search.entry("area", "01", "Bärenkämpen", "Stadtbezirk", ()),
    search.entry("area", "06", "Häverstädt", "Stadtbezirk", ()),
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Kinderarmut", "arm"),
        ("kinderamut", "arm"),
        ("KINDER ARMUT", "arm"),
        ("bürger", "arm"),
        ("Wohnflaeche", "wohnen"),
        ("Wohnungsgroesse", "wohnen"),
        ("Baerenkaempen", "01"),
        ("Bährenkämpen", "01"),
        ("Haverstadt", "06"),
    ],
)
def test_search_forgives(typed: str, first: str) -> None:
    assert search.find(typed, ENTRIES)[0].id == first


def test_indicator_and_area_can_be_typed_together() -> None:
    found = search.find_here("Kinderarmut Bärenkämpen", ENTRIES)
    assert [(indicator.id, area.id) for indicator, area in found] == [("arm", "01")]
    assert search.find_here("Bärenkämpen", ENTRIES) == []
    assert search.find_here("Kinderarmut", ENTRIES) == []


@pytest.mark.parametrize("typed", ["", "   ", "xyzzy", "%%%", "qq"])
def test_search_finds_nothing_where_there_is_nothing(typed: str) -> None:
    assert search.find(typed, ENTRIES) == []


def figure(value: float | None, status: str) -> Figure:
    area = Area("08", "bezirk", "Innenstadt", "Innenstadt", "in der Innenstadt", None, None, None)
    return Figure(area, value, status, None, None)


def test_sentences() -> None:
    day = "2024-12-31"
    known = wording.sentence(indicator(), figure(27.44, "ok"), day)
    assert known == "In der Innenstadt waren es am 31.12.2024 27,4 %."
    zero = wording.sentence(indicator(), figure(0.0, "ok"), day)
    assert zero == "In der Innenstadt waren es am 31.12.2024 0,0 %. Das ist genau null."
    small = wording.sentence(indicator(), figure(0.04, "preliminary"), day)
    assert small == (
        "In der Innenstadt waren es am 31.12.2024 0,0 %. Das ist gerundet; genau null ist es "
        "nicht. Die Zahl ist vorläufig."
    )
    rounded = wording.sentence(indicator(), figure(27.44, "ok"), day, rounded=True)
    assert rounded == "In der Innenstadt waren es am 31.12.2024 rund 27,4 %."
    hidden = wording.sentence(indicator(), figure(None, "suppressed"), day)
    assert hidden == (
        "In der Innenstadt ist die Zahl am 31.12.2024 geheim. Sie ist klein, oder mit ihr ließe "
        "sich eine kleine errechnen."
    )


def test_spread_counts_what_is_missing_and_never_mixes_it_with_zero() -> None:
    figures = [figure(0.0, "ok"), figure(12.34, "ok"), figure(None, "suppressed")]
    assert wording.spread(indicator(), figures, "Bezirke") == (
        "Die Werte der Bezirke liegen zwischen 0,0 und 12,3\N{NO-BREAK SPACE}%. Ohne Zahl: 1 von 3 "
        "(geheim gehalten)."
    )


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("Hahlen", ["Hahlen"]),
        ("Rechtes Weserufer", ["Rechtes", "Weserufer"]),
        ("Leteln-Aminghausen", ["Leteln-", "Aminghausen"]),
        ("Donaudampfschifffahrt", ["Donaudampfschifffahrt"]),
    ],
)
def test_long_labels_are_broken_where_german_allows(label: str, lines: list[str]) -> None:
    assert Area("1", "b", label, label, "", None, None, None).lines == lines
