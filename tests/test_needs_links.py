"""A setting of needs as an address and as a file: read, written, and what gives way."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from model import needs, needs_links, preset_files
from model.needs import Offer, Setting
from model.preset_files import PresetError
from model.presets import Preset, Presets

EARLY = Preset.model_validate(
    {
        "id": "frueh",
        "title": "Frühe Hilfen",
        "office": "Jugendamt",
        "purpose": 'Wo hilft "das" früh?',
        "first": 4,
        "indicators": [
            {"indicator": "armut", "weight": 10},
            {"indicator": "allein", "weight": 0},
            {"indicator": "kita", "weight": 4},
        ],
    }
)
NAMES = ("armut", "allein", "kita", "arbeit", "wohnen", "hilfe", "schule", "wahl", "zehn")
OFFER = Offer(
    {name: name.title() for name in NAMES},
    {f"{number:02}": f"Bezirk {number}" for number in range(1, 8)},
    (EARLY,),
)
BARE = replace(OFFER, presets=())
BEGUN = needs.started(EARLY)
OWN = Setting((("armut", 5), ("wahl", 0), ("kita", 10)), 3, ("02", "01"))


@pytest.mark.parametrize(
    "chosen", [BEGUN, OWN, needs.weighed(BEGUN, "kita", 0), replace(OWN, first=10, areas=())]
)
def test_an_address_is_read_back_as_it_was_written(chosen: Setting) -> None:
    assert needs_links.parse(OFFER, chosen.query()) == (chosen, [])


def test_complete_addresses() -> None:
    assert replace(BEGUN, areas=("02", "01")).query() == {
        "vorlage": "frueh",
        "indikatoren": "armut,allein,kita",
        "gewichte": "10,0,4",
        "ersten": "4",
        "gebiet": "02,01",
    }
    assert set(replace(OWN, areas=()).query()) == {"indikatoren", "gewichte", "ersten"}


WEIGHTS = "Die Gewichte im Link passen nicht. Es gelten ganze Zahlen von 0 bis 10."
INDICATOR = "Nicht jeden Indikator aus dem Link gibt es hier."
FEW = "Der Link nennt weniger als 3 Indikatoren. Gezeigt wird eine Vorlage."
FIRST = "Die Angabe „ersten“ im Link passt hier nicht."
EVEN = (("armut", 5), ("kita", 5), ("wahl", 5))


@pytest.mark.parametrize(
    ("query", "expected", "notices"),
    [
        ({}, BEGUN, []),
        ({"vorlage": "frueh", "unbekannt": "egal"}, BEGUN, []),
        ({"vorlage": "<script>"}, BEGUN, ["Die Vorlage aus dem Link gibt es hier nicht."]),
        ({"indikatoren": "armut,kita,wahl"}, Setting(EVEN), []),
        ({"indikatoren": "armut,kita,armut,wahl"}, Setting(EVEN), []),
        ({"indikatoren": "armut,kita,wahl", "gewichte": "5,5"}, Setting(EVEN), [WEIGHTS]),
        ({"indikatoren": "armut,kita,wahl", "gewichte": "5,11,1"}, Setting(EVEN), [WEIGHTS]),
        ({"indikatoren": "armut,kita,wahl", "gewichte": "5,-1,²"}, Setting(EVEN), [WEIGHTS]),
        ({"indikatoren": "armut,kita,wahl", "gewichte": "1e1,05, 5"}, Setting(EVEN), [WEIGHTS]),
        ({"indikatoren": "armut,kita,wahl", "gewichte": "0,0,0"}, Setting(EVEN),
         ["Alle Gewichte sind null. Deshalb zählen hier alle gleich."]),
        ({"indikatoren": "mond,armut,kita,wahl", "gewichte": "1,5,5,5"}, Setting(EVEN),
         [INDICATOR]),
        ({"indikatoren": "armut,%00"}, BEGUN, [INDICATOR, FEW]),
        ({"indikatoren": ""}, BEGUN, [FEW]),
        ({"indikatoren": ",".join(NAMES)}, Setting(tuple((n, 5) for n in NAMES[:8])),
         ["Gewichtet werden höchstens 8 Indikatoren."]),
        ({"vorlage": "frueh", "gewichte": "1,2"}, BEGUN,
         ["Im Link stehen Gewichte ohne Indikatoren. Sie gelten hier nicht."]),
        ({"ersten": "0"}, BEGUN, [FIRST]),
        ({"ersten": "11"}, BEGUN, [FIRST]),
        ({"ersten": "²"}, BEGUN, [FIRST]),
        ({"gebiet": "02,,99,02"}, replace(BEGUN, areas=("02",)),
         ["Nicht jedes Gebiet aus dem Link gibt es hier."]),
        ({"gebiet": "07,06,05,04,03"}, replace(BEGUN, areas=("07", "06", "05", "04")),
         ["Hervorgehoben werden höchstens 4 Gebiete."]),
    ],
)  # fmt: skip
def test_wrong_values_give_way_with_a_notice(
    query: dict[str, str], expected: Setting, notices: list[str]
) -> None:
    assert needs_links.parse(OFFER, query) == (expected, notices)


def test_a_city_without_presets_begins_with_three_indicators() -> None:
    assert needs.initial(BARE).weights == (("armut", 5), ("allein", 5), ("kita", 5))
    chosen, notices = needs_links.parse(BARE, {"indikatoren": "mond"})
    assert chosen == needs.initial(BARE)
    assert notices == [INDICATOR, "Der Link nennt weniger als 3 Indikatoren."]


def test_a_preset_is_changed_by_weights_and_not_by_chosen_areas() -> None:
    assert not needs.changed(replace(BEGUN, areas=("01",)), EARLY)
    assert needs.changed(needs.weighed(BEGUN, "kita", 5), EARLY)
    assert needs.changed(replace(BEGUN, first=5), EARLY)


def test_a_file_is_read_back_as_it_was_written_and_fits_a_city_folder() -> None:
    text = preset_files.text(EARLY)
    assert Presets.model_validate(tomllib.loads(text)).presets == (EARLY,)
    assert preset_files.read(text.encode(), OFFER) == (EARLY, [])
    assert preset_files.read(b"\xef\xbb\xbf" + text.encode(), OFFER) == (EARLY, []), (
        "as Windows does"
    )


def test_words_of_a_reader_make_a_valid_preset() -> None:
    made = preset_files.preset(' Mein "Plan"\n\x00\\ = 3 ', "", "x" * 999, OWN)
    assert made.title == 'Mein "Plan" \\ = 3'
    assert (made.id, made.office, len(made.purpose)) == ("mein-plan-3", "nicht angegeben", 400)
    assert (made.weights, made.first) == (OWN.weights, OWN.first)
    assert preset_files.read(preset_files.text(made).encode(), OFFER) == (made, [])
    assert preset_files.preset("  ", "", "", OWN).title == "Eigene Gewichtung"
    assert preset_files.slug("2026: Übergang & Größe") == "vorlage-2026-uebergang-groesse"
    assert preset_files.slug("!!!") == "vorlage"


UNREADABLE = "Die Datei ist keine lesbare Vorlage."
TEXT = preset_files.text(EARLY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "In der Datei passt etwas nicht (Angabe „presets“)"),
        (b"\xff\xfe\x00", UNREADABLE),
        (b"PK\x03\x04" + bytes(200), UNREADABLE),
        (b"presets = " + b"[" * 50_000, UNREADABLE),
        (b"a = 1\n" * 20_000, "Die Datei ist zu groß"),
        (b"presets = []", "Die Datei enthält keine Vorlage."),
        (b"presets = 3", "(Angabe „presets“)"),
        (TEXT.replace("weight = 10", "weight = 11").encode(), "„weight“"),
        (TEXT.replace("weight = 10", "weight = 1.5").encode(), "„weight“"),
        (TEXT.replace("first = 4", "").replace("title", "<b>").encode(), "ist keine lesbare"),
        (TEXT.replace("office", "boss").encode(), "(Angabe „office“)"),
        (TEXT.replace('"armut"', '"mond"').encode(), "gibt es hier zu wenige"),
        (TEXT.replace("weight = 10", "weight = 0").replace("weight = 4", "weight = 0").encode(),
         "mindestens 3 mit einem Gewicht"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_in_german(content: bytes, said: str) -> None:
    with pytest.raises(PresetError) as error:
        preset_files.read(content, OFFER)
    assert said in str(error.value)
    assert "<b>" not in str(error.value) and "boss" not in str(error.value)


def test_what_the_release_does_not_have_is_left_out_with_a_notice() -> None:
    more = TEXT.replace("indicators = [", 'indicators = [\n  { indicator = "mond", weight = 1 },')
    found, notices = preset_files.read(f"{more}\n{TEXT}".encode(), OFFER)
    assert found.weights == EARLY.weights
    assert notices == [
        "Die Datei enthält mehrere Vorlagen. Geladen ist die erste.",
        "Nicht jeden Indikator der Vorlage gibt es hier. Die übrigen zählen.",
    ]
