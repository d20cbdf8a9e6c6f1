"""The address of a comparison: read, written, and what gives way."""

from __future__ import annotations

import pytest

import small_city
from model import comparison
from model.catalog import OVERVIEW, Catalog
from model.comparison import Comparison
from prepare import catalog as catalogs

AREAS = {f"{number:03}": f"Viertel {number}" for number in range(1, 8)}


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return catalogs.catalog(small_city.write(tmp_path_factory.mktemp("city")))


@pytest.mark.parametrize(
    "chosen",
    [
        Comparison(),
        Comparison(("002", "001")),
        Comparison(("002",), "leben", (), True),
        Comparison(("001", "002", "003", "004", "005"), "", ("anteil_u6", "einwohner")),
    ],
)
def test_an_address_is_read_back_as_it_was_written(catalog: Catalog, chosen: Comparison) -> None:
    assert comparison.parse(catalog, AREAS, chosen.query()) == (chosen, [])


def test_a_complete_address() -> None:
    chosen = Comparison(("002", "001"), "", ("anteil_u6",), True)
    assert chosen.query() == {
        "gebiet": "002,001",
        "indikatoren": "anteil_u6",
        "intervalle": "ja",
    }


AREA = "Nicht jedes Gebiet aus dem Link gibt es hier."
INDICATOR = "Nicht jeden Indikator aus dem Link gibt es hier."
THEME = "Das Thema aus dem Link gibt es hier nicht. Gezeigt wird aus jedem Thema eine Zahl."


@pytest.mark.parametrize(
    ("query", "expected", "notices"),
    [
        ({}, Comparison(), []),
        ({"gebiet": ""}, Comparison(), []),
        ({"gebiet": "002,,002,001"}, Comparison(("002", "001")), []),
        ({"gebiet": "002,999"}, Comparison(("002",)), [AREA]),
        ({"gebiet": "../../etc/passwd"}, Comparison(), [AREA]),
        (
            {"gebiet": "007,006,005,004,003,002"},
            Comparison(("007", "006", "005", "004", "003")),
            ["Verglichen werden höchstens 5 Gebiete."],
        ),
        ({"thema": "mond"}, Comparison(), [THEME]),
        ({"thema": ""}, Comparison(), [THEME]),
        ({"indikatoren": "mond"}, Comparison(), [INDICATOR]),
        (
            {"indikatoren": "anteil_u6,<b>", "thema": "leben"},
            Comparison((), "", ("anteil_u6",)),
            [INDICATOR],
        ),
        ({"indikatoren": "einwohner", "thema": "mond"}, Comparison((), "", ("einwohner",)), []),
        ({"intervalle": "ja"}, Comparison(intervals=True), []),
        (
            {"intervalle": "x" * 9999},
            Comparison(),
            ["Die Angabe „intervalle“ im Link passt hier nicht."],
        ),
        ({"unbekannt": "egal"}, Comparison(), []),
    ],
)
def test_wrong_values_give_way_with_a_notice(
    catalog: Catalog, query: dict[str, str], expected: Comparison, notices: list[str]
) -> None:
    assert comparison.parse(catalog, AREAS, query) == (expected, notices)


def test_at_most_twelve_indicators(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "MAX_INDICATORS", 1)
    found = comparison.parse(catalog, AREAS, {"indikatoren": "anteil_u6,einwohner"})
    assert found == (
        Comparison((), "", ("anteil_u6",)),
        ["Gezeigt werden höchstens 1 Indikatoren."],
    )


def test_what_is_compared(catalog: Catalog) -> None:
    assert comparison.indicator_ids(catalog, Comparison(theme=OVERVIEW)) == ("einwohner",)
    of_theme = comparison.indicator_ids(catalog, Comparison(theme="leben"))
    assert of_theme == ("einwohner", "anteil_u6")
    chosen = Comparison(theme="", indicators=("anteil_u6",))
    assert comparison.indicator_ids(catalog, chosen) == ("anteil_u6",)


def test_one_more_area_joins_while_there_is_room() -> None:
    assert comparison.joined(Comparison(("001",)), "002") == Comparison(("001", "002"))
    assert comparison.joined(Comparison(("001",)), "001") is None
    assert comparison.joined(Comparison(("1", "2", "3", "4", "5")), "6") is None
