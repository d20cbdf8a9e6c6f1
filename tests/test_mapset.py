"""Maps beside each other: their address, what gives way, and what they go through together."""

from __future__ import annotations

from dataclasses import replace

import jenkspy
import pytest

import small_city
from model import mapset, mapset_links, pooling
from model.catalog import Catalog, Indicator
from model.mapset import MapSet, Offer
from prepare import catalog as catalogs

DAYS = tuple(f"{year}-12-31" for year in range(2015, 2020))
AREAS = {f"{number:03}": f"Viertel {number}" for number in range(1, 8)}
OFFER = Offer(
    periods={
        "viertel": {"einwohner": DAYS, "anteil_u6": ("2016", "2019")},
        "bezirk": {"einwohner": DAYS[:1]},
    },
    areas={"bezirk": {"10": "Nord", "20": "Süd"}, "viertel": AREAS},
    default_level="viertel",
)


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return catalogs.catalog(small_city.write(tmp_path_factory.mktemp("city")))


ENDS = MapSet(("einwohner",), "viertel", (DAYS[0], DAYS[-1]))
BOTH = MapSet(("einwohner", "anteil_u6"), "viertel", (), "2019")


@pytest.mark.parametrize(
    "chosen",
    [
        ENDS,
        MapSet(("einwohner",), "viertel", DAYS[1:5], "", ("002", "001"), "quantile", 7),
        MapSet(("einwohner",), "bezirk", DAYS[:1], "", ("10",), "gleich", 3),
        MapSet(("einwohner",), "viertel", (), DAYS[2]),
        BOTH,
        replace(BOTH, period="2015", areas=("001", "002", "003", "004")),
    ],
)
def test_an_address_is_read_back_as_it_was_written(catalog: Catalog, chosen: MapSet) -> None:
    assert mapset_links.parse(catalog, OFFER, chosen.query()) == (chosen, [])


def test_complete_addresses() -> None:
    assert replace(ENDS, areas=("002", "001")).query() == {
        "nebeneinander": "jahre",
        "indikatoren": "einwohner",
        "ebene": "viertel",
        "zeiten": "2015-12-31,2019-12-31",
        "gebiet": "002,001",
        "klassen": "natuerlich",
        "stufen": "5",
    }
    assert BOTH.query() == {
        "nebeneinander": "indikatoren",
        "indikatoren": "einwohner,anteil_u6",
        "ebene": "viertel",
        "zeit": "2019",
        "klassen": "natuerlich",
        "stufen": "5",
    }


INDICATOR = "Nicht jeden Indikator aus dem Link gibt es hier."
PERIOD = "Nicht jeden Zeitpunkt aus dem Link gibt es hier."
OTHER = "Für den gewählten Zeitpunkt gibt es hier keine Werte. Gezeigt wird ein anderer."
AREA = "Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene."
NUMBER = "Nebeneinander stehen zwei oder vier Karten."
ONE = "Jahre stehen von einem Indikator nebeneinander."


def misfit(key: str) -> str:
    return f"Die Angabe „{key}“ im Link passt hier nicht."


@pytest.mark.parametrize(
    ("query", "expected", "notices"),
    [
        ({}, ENDS, []),
        ({"unbekannt": "egal"}, ENDS, []),
        ({"nebeneinander": "<b>"}, ENDS, [misfit("nebeneinander")]),
        ({"ebene": "../.."}, ENDS, [misfit("ebene")]),
        ({"indikatoren": "mond,%00"}, ENDS, [INDICATOR]),
        ({"indikatoren": "einwohner,einwohner"}, ENDS, []),
        ({"indikatoren": "einwohner,anteil_u6"}, ENDS, [ONE]),
        ({"gebiet": "002,,999,002"}, replace(ENDS, areas=("002",)), [AREA]),
        (
            {"gebiet": "007,006,005,004,003"},
            replace(ENDS, areas=("007", "006", "005", "004")),
            ["Hervorgehoben werden höchstens 4 Gebiete."],
        ),
        ({"klassen": "fest"}, ENDS, [misfit("klassen")]),
        ({"stufen": "99999"}, ENDS, [misfit("stufen")]),
        # The year decides; another indicator may count it otherwise.
        ({"zeiten": "2019,2016"}, replace(ENDS, periods=(DAYS[1], DAYS[4])), []),
        ({"zeiten": "2016-12-31,2016"}, replace(ENDS, periods=DAYS[:2]), []),
        ({"zeiten": "1066,2018"}, replace(ENDS, periods=(DAYS[0], DAYS[3])), [PERIOD]),
        ({"zeiten": "<script>,²²²²"}, ENDS, [PERIOD]),
        ({"zeiten": "2015,2016,2017"}, replace(ENDS, periods=DAYS[:2]), [NUMBER]),
        ({"zeiten": ",".join(DAYS)}, replace(ENDS, periods=DAYS[:4]), [NUMBER]),
        ({"zeit": "2017"}, replace(ENDS, periods=(DAYS[0], DAYS[2])), []),
        ({"zeit": "2015"}, ENDS, []),
        ({"ebene": "bezirk"}, MapSet(("einwohner",), "bezirk", DAYS[:1]), []),
        ({"ebene": "bezirk", "indikatoren": "anteil_u6"},
         MapSet(("einwohner",), "bezirk", DAYS[:1]), [INDICATOR]),
        ({"nebeneinander": "indikatoren"}, BOTH, []),
        ({"nebeneinander": "indikatoren", "zeit": "2016-12-31"}, replace(BOTH, period="2016"), []),
        ({"nebeneinander": "indikatoren", "zeit": "2099"}, BOTH, [OTHER]),
        ({"nebeneinander": "indikatoren", "zeit": "x" * 9999}, BOTH, [OTHER]),
        (
            {"nebeneinander": "indikatoren", "indikatoren": "anteil_u6", "zeit": "2017-12-31"},
            MapSet(("anteil_u6",), "viertel", (), "2016"),
            [OTHER],
        ),
    ],
)  # fmt: skip
def test_wrong_values_give_way_with_a_notice(
    catalog: Catalog, query: dict[str, str], expected: MapSet, notices: list[str]
) -> None:
    assert mapset_links.parse(catalog, OFFER, query) == (expected, notices)


def test_maps_that_count_time_differently_meet_in_the_year() -> None:
    assert mapset.steps([DAYS, DAYS]) == DAYS
    assert mapset.steps([DAYS[:2], ("2016", "2018")]) == ("2015", "2016", "2018")
    assert mapset.at("2016", DAYS) == "2016-12-31"
    assert mapset.at("2016", ("2016-03-31", "2016-09-30")) == "2016-09-30"
    assert mapset.at("2016-03-31", ("2016-03-31", "2016-09-30")) == "2016-03-31"
    assert mapset.at("2016", ("2015", "2017")) == "2016", "nothing was collected then"
    assert mapset.at("2016-12-31", ("2015", "2017")) == "2016"


def test_years_are_spread_from_the_first_to_the_last() -> None:
    fifteen = tuple(str(year) for year in range(2010, 2025))
    assert mapset.spread(fifteen, 2) == ("2010", "2024")
    assert mapset.spread(fifteen, 4) == ("2010", "2015", "2019", "2024")
    assert mapset.spread(fifteen[:4], 4) == fifteen[:4]
    assert mapset.spread(fifteen[:1], 2) == ("2010",)


def test_controls_lead_from_one_set_to_another(catalog: Catalog) -> None:
    four = mapset.sized(catalog, OFFER, ENDS, 4)
    assert four.periods == (DAYS[0], DAYS[1], DAYS[3], DAYS[4])
    assert mapset.sized(catalog, OFFER, four, 2) == ENDS
    assert mapset.switched(catalog, OFFER, ENDS, "indikatoren", 2) == BOTH
    alone = mapset.switched(catalog, OFFER, ENDS, "indikatoren", 1)
    assert alone == MapSet(("einwohner",), "viertel", (), DAYS[-1])
    assert mapset.switched(catalog, OFFER, BOTH, "jahre", 2) == ENDS
    assert mapset.switched(catalog, OFFER, replace(BOTH, period="2016"), "jahre", 2).periods == (
        DAYS[0],
        DAYS[1],
    )
    other = replace(four, indicators=("anteil_u6",), periods=DAYS[1:3])
    assert mapset.moved(OFFER, other).periods == ("2016", "2019")
    assert mapset.sizes(OFFER, ENDS) == (2, 4)
    assert mapset.sizes(OFFER, BOTH) == (1, 2)
    assert mapset.sizes(OFFER, MapSet(("anteil_u6",), "viertel", ("2016", "2019"))) == (2,)
    assert mapset.toggled(ENDS, "002").areas == ("002",)
    assert mapset.toggled(mapset.toggled(ENDS, "002"), "002") == ENDS


def like(indicator: Indicator, **changes: object) -> Indicator:
    return indicator.model_copy(update=changes)


def test_one_set_of_classes_over_all_maps(catalog: Catalog) -> None:
    one = catalog.indicators["anteil_u6"]
    exact = like(one, decimals=2)
    assert pooling.shared([one, exact])
    assert not pooling.shared([one, catalog.indicators["einwohner"]])
    # 9.96 is shown as 10.0 on the first map; the rest is 1, 2 | 10 | 20.25, 21.
    values = [[1.0, 9.96, 21.0], [2.0, 20.25]]
    assert pooling.limits([one, exact], values, "natural", 3) == (10.0, 20.0)
    assert pooling.limits([one, exact], values, "equal", 4) == (6.0, 11.0, 16.0)
    assert pooling.limits([one], [[3.0]], "natural", 5) == ()
    pool = [1.0, 10.0, 21.0, 2.0, 20.25]
    natural = jenkspy.jenks_breaks(sorted(pool), n_classes=3)[1:-1]
    assert [sum(v <= b for b in natural) for v in pool] == [2, 1, 0, 2, 0]


def test_fixed_classes_need_limits_that_all_maps_have(catalog: Catalog) -> None:
    one, count = catalog.indicators["anteil_u6"], catalog.indicators["einwohner"]
    own = like(one, classes=one.classes.model_copy(update={"breaks": (5.0, 10.0)}))
    others = like(one, classes=one.classes.model_copy(update={"breaks": (6.0,)}))
    crowd = like(count, classes=count.classes.model_copy(update={"breaks": (500.0,)}))
    assert "fest" in mapset.methods([own]) and "fest" in mapset.methods([own, own])
    assert "fest" in mapset.methods([own, crowd]), "each has a legend of its own"
    assert "fest" not in mapset.methods([one])
    assert "fest" not in mapset.methods([own, one])
    assert "fest" not in mapset.methods([own, others])
