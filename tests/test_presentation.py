"""What the address of a presentation means, and what a pressed key makes of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from components import slides
from loaders import releases
from model import collection, presentation
from model.collection import Collection
from model.presentation import Presentation

PAGES = frozenset({"arbeit", "vergleich"})
SHOWN = Collection("Rat", (collection.entry("arbeit", {"ansicht": "karte"}, "Langsam sprechen."),))


def test_an_address_and_its_presentation_say_the_same() -> None:
    own = Presentation(SHOWN, 3, "02~08", "2023-12-31", near=True, rehearsal=True)
    assert presentation.parse(own.query(), PAGES) == (own, [])
    assert own.asked
    assert not replace(own, area="", period="", near=False).asked


def test_an_empty_address_shows_nothing_and_says_nothing() -> None:
    assert presentation.parse({}, PAGES) == (Presentation(), [])


@pytest.mark.parametrize(
    ("told", "slide"),
    [
        *[("1", 1), ("12", 12), ("999", 999), ("1000", 1), ("0", 1), ("-1", 1), ("", 1)],
        *[("9" * 5000, 1), ("٣", 1), ("1.5", 1), ("<b>", 1), ("007", 1)],
    ],
)
def test_the_slide_of_an_address_is_a_number_that_can_be(told: str, slide: int) -> None:
    assert presentation.parse({"folie": told}, PAGES)[0].slide == slide


@pytest.mark.parametrize("hostile", ["9" * 5000, "<script>", "01 02", "../x", "01\n", "a,b"])
def test_what_cannot_be_an_id_counts_as_not_asked_and_is_not_echoed(hostile: str) -> None:
    query = dict.fromkeys(("gebiet", "zeit", "nah", "probe", "folie", "inhalt"), hostile)
    own, notices = presentation.parse(query, PAGES)
    assert own == Presentation()
    assert notices
    assert hostile not in " ".join(notices)


@pytest.mark.parametrize(
    "wanted",
    [
        *[None, "x", 7, [1], {}, {"slide": None}, {"slide": 10**6}, {"slide": -1}],
        *[{"slide": 10**5000}, {"slide": float("nan")}, {"slide": "9" * 5000}],
        {"slide": [2], "area": {"a": 1}, "period": 2024, "near": "ja"},
    ],
)
def test_a_wrong_wish_of_a_browser_asks_for_nothing(wanted: Any) -> None:
    own = Presentation(SHOWN, 5, "08", "2023", near=True, rehearsal=True)
    assert presentation.stepped(own, wanted) == Presentation(SHOWN, rehearsal=True)


def test_a_wish_names_all_that_is_to_stand_there() -> None:
    wanted = {"slide": 2, "area": "08", "period": "2023-12-31", "near": True, "at": 1}
    own = presentation.stepped(Presentation(SHOWN, 5, "01"), wanted)
    assert own == Presentation(SHOWN, 2, "08", "2023-12-31", near=True)


def stated(release: releases.Release, page: str, **query: str) -> list[str]:
    """What each slide of an entry states."""
    found = slides.of(release, 0, collection.entry(page, query))
    return [said for own in found for said in re.findall('"statement">(.*?)</p>', own.html)]


def test_each_of_several_maps_has_its_own_sentence(release: releases.Release) -> None:
    asked = {"indikatoren": "kinderarmut_u15", "zeiten": "2012-12-31,2024-12-31"}
    then, now = slides.of(release, 0, collection.entry("karten", asked))
    for slide, year, range_ in ((then, 2012, "4,3 und 52,5"), (now, 2024, "5,3 und 53,5")):
        [said] = re.findall('<p class="statement">(.*?)</p>', slide.html)
        assert said.startswith(f"Kinder unter 15 mit Bürgergeld, 31.12.{year}: ")
        assert range_ in said
    # One picture keeps its first sentence, however many there are.
    [pair] = slides.of(release, 0, collection.entry("zusammenhaenge", {}))
    assert re.findall('<p class="statement">(.*?)</p>', pair.html)[0].startswith("Es gibt einen ")


NAMES = ("geburten", "kinderarmut_u15", "anteil_u18", "sgb2_quote")
YEARS = ("2012-12-31", "2016-12-31", "2020-12-31", "2024-12-31")


@pytest.mark.parametrize("marked", ["08", "01,08", "08,01,17"])
@pytest.mark.parametrize("count", [2, 4])
def test_each_map_with_marked_areas_tells_what_its_theme_tells(
    release: releases.Release, count: int, marked: str
) -> None:
    first, catalog = marked.split(",")[0], release.catalog

    def alone(name: str, **more: str) -> str:
        [said] = stated(release, catalog.theme_of(name).id, indikator=name, gebiet=first, **more)
        return said

    asked = {"nebeneinander": "indikatoren", "indikatoren": ",".join(NAMES[:count])}
    said = stated(release, "karten", gebiet=marked, **asked)
    assert said == [alone(name) for name in NAMES[:count]]
    steps = YEARS[-count:]
    asked = {"indikatoren": "kinderarmut_u15", "zeiten": ",".join(steps)}
    said = stated(release, "karten", gebiet=marked, **asked)
    assert said == [alone("kinderarmut_u15", zeit=step) for step in steps]


def test_a_map_tells_no_number_of_another_map(release: releases.Release) -> None:
    asked = {"nebeneinander": "indikatoren", "indikatoren": "geburten,kinderarmut_u15"}
    births, poor = stated(release, "karten", gebiet="01,08", **asked)
    assert births.startswith("In Bärenkämpen lag die Zahl der Geburten im Jahr 2024 bei 7,8 je")
    assert poor.startswith("Am 31.12.2024 lebten in Bärenkämpen 53,5\xa0% der Kinder unter 15 ")
    births, poor = stated(release, "karten", **asked)
    assert births.startswith("Geburten, 2024: Die Werte der Stadtbezirke liegen zwischen 0,0 und 1")
    assert poor.startswith("Kinder unter 15 mit Bürgergeld, 31.12.2024: Die Werte der Stadtbez")
