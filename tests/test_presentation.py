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
