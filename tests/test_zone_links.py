"""Areas put together: their ids and names in links, and that nothing in a link does harm."""

from __future__ import annotations

import pytest

from model import zone_draft, zones
from model.areas import Area
from model.catalog import ZONE
from model.history import Break, joined
from model.zone_draft import Draft
from model.zones import Zone

LEVELS = {"bezirk": ("10", "20", "30"), "viertel": ("001", "002", "003", "004")}
AU_TAL = Zone("viertel", ("001", "003"), "Rechte Weserseite")
GONE = "Nicht jeden Zusammenschluss aus dem Link gibt es hier."
MANY = "Es gibt höchstens 6 Zusammenschlüsse zugleich."


def named(*names: str) -> dict[str, Area]:
    found = (f"{place:03}" for place in range(1, len(names) + 1))
    areas = (Area(i, "viertel", n, n, n, None, 1, 1) for i, n in zip(found, names, strict=True))
    return {area.id: area for area in areas}


def test_a_link_names_zones_and_is_read_back() -> None:
    made = (AU_TAL, Zone("bezirk", ("10", "30")))
    assert zones.text(made) == "001~003:Rechte Weserseite;10~30"
    assert zones.parse(LEVELS, {"zonen": zones.text(made)}) == (made, [])


@pytest.mark.parametrize(
    ("query", "kept", "expected", "notices"),
    [
        ({}, "", (), []),
        # The parts are put in the order of the areas, whatever the link says.
        ({"zonen": "003~001:Rechte Weserseite"}, "", (AU_TAL,), []),
        ({"gebiet": "002,003~001"}, "", (Zone("viertel", ("001", "003")),), []),
        ({"anders": "003~001"}, "", (Zone("viertel", ("001", "003")),), []),
        ({"gebiet": "003~001"}, "001~003:Rechte Weserseite", (AU_TAL,), []),
        ({"gebiet": "003~001", "zonen": "001~003:Rechte Weserseite"}, "", (AU_TAL,), []),
        ({"zonen": "001~003:Neu"}, "001~003:Alt", (Zone("viertel", ("001", "003"), "Neu"),), []),
        # One part, parts of two levels, unknown and empty ones are no zone.
        ({"zonen": "001"}, "", (), [GONE]),
        ({"zonen": "001~001"}, "", (), [GONE]),
        ({"zonen": "001~10"}, "", (), [GONE]),
        ({"zonen": "001~999;001~003:Rechte Weserseite"}, "", (AU_TAL,), [GONE]),
        ({"zonen": "~:;;~~;:x"}, "", (), [GONE]),
        ({"gebiet": "~,001~,~~"}, "nichts~davon", (), []),
        ({"zonen": "\x00~\ud800"}, "", (), [GONE]),
    ],
)
def test_what_a_link_means(
    query: dict[str, str], kept: str, expected: tuple[Zone, ...], notices: list[str]
) -> None:
    assert zones.parse(LEVELS, query, kept) == (expected, notices)


def test_of_too_many_zones_those_that_are_shown_remain() -> None:
    levels = {"viertel": tuple("abcdefghi")}
    pairs = [f"a~{other}" for other in "bcdefgh"]
    found, notices = zones.parse(levels, {"zonen": ";".join(pairs), "gebiet": "h~i,a~h"})
    assert [zone.id for zone in found] == ["a~b", "a~c", "a~d", "a~e", "a~h", "h~i"]
    assert notices == [MANY]


def test_an_address_without_end_is_not_read_to_its_end() -> None:
    query = {"gebiet": ",".join(f"x~{n}" for n in range(100_000)) + ",001~003"}
    assert len(zones.tokens(query)) == 40
    assert zones.parse(LEVELS, {"zonen": "x~y;" * 100_000 + "001~003"}) == ((), [GONE])


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Rechte Weserseite", "Rechte Weserseite"),
        ("  Süd -  (Ost), 2. Abschnitt / Bahnhof & Hafen’s ", "Süd - (Ost), 2. Abschnitt / "
         "Bahnhof & Hafen’s"),
        ("<b>Nord</b>", "b Nord /b"),
        ("=HYPERLINK(1)", "HYPERLINK(1)"),
        ("@+-=Nord", "Nord"),
        ("[x](js:alert`1`) **fett** $y$ :red[z] |#~", "x (js alert 1 ) fett y red z"),
        ("a\u202eb\u200b\x00\nc;d:e~f", "a b c d e f"),
        ("Ä" * 200, "Ä" * 60),
        ("A\u0308u", "Äu"),
        ("", ""),
        ("<>;:", ""),
    ],
)  # fmt: skip
def test_a_name_is_plain_text(given: str, expected: str) -> None:
    assert zones.plain(given) == expected
    assert zones.joined(LEVELS, "001~003", given) == Zone("viertel", ("001", "003"), expected)


def test_only_ids_that_can_stand_in_a_list_are_offered() -> None:
    assert zones.joinable(["01", "a~b", "c;d", "e:f", "ä"]) == ("01", "ä")


def test_zones_are_called_by_their_parts_and_never_as_another_area() -> None:
    known = {"viertel": named("Au", "Berg", "Tal", "Wall"), ZONE: {}}
    made = [
        Zone("viertel", ("001", "003")),
        Zone("viertel", ("001", "002", "003", "004")),
        Zone("viertel", ("001", "002"), "Au"),
        Zone("viertel", ("002", "003"), "Au"),
    ]
    found = list(zones.areas(made, known).values())
    assert [area.name for area in found] == [
        "Au + Tal",
        "Au + Berg + 2 weitere",
        "Au (2)",
        "Au (3)",
    ]
    assert found[0].locative == "im Zusammenschluss „Au + Tal“"
    assert found[2].locative == "im Gebiet „Au (2)“"
    assert (found[0].id, found[0].level, found[0].parts) == ("001~003", ZONE, ("001", "003"))


def test_names_in_a_row() -> None:
    assert [zones.listed(names) for names in ([], ["Au"], ["Au", "Tal"], ["Au", "Tal", "Ei"])] == [
        "", "Au", "Au und Tal", "Au, Tal und Ei",
    ]  # fmt: skip


def test_a_break_of_a_part_is_one_of_its_zone() -> None:
    own, all_ = Break("003", "2023", "areas", "x"), Break("", "2024", "basis", "y")
    twin = Break("001", "2023", "areas", "x")
    found = joined((own, twin, all_), {"001~003": ("001", "003"), "002~004": ("002", "004")})
    assert found == (own, twin, all_, Break("001~003", "2023", "areas", "x"))


HERE = "Nicht jedes Gebiet aus dem Link gibt es auf dieser Raumebene."


@pytest.mark.parametrize(
    ("query", "expected", "notices"),
    [
        ({}, Draft("viertel"), []),
        ({"teile": "003~001"}, Draft("viertel", ("001", "003")), []),
        ({"ebene": "bezirk", "teile": "20"}, Draft("bezirk", ("20",)), []),
        # Parts go before a level that lacks them.
        ({"ebene": "bezirk", "teile": "002~001"}, Draft("viertel", ("001", "002")), []),
        ({"teile": "001~<b>"}, Draft("viertel", ("001",)), [HERE]),
        ({"teile": "~~"}, Draft("viertel"), []),
        ({"ebene": "x"}, Draft("viertel"), ["Die Angabe „ebene“ im Link passt hier nicht."]),
    ],
)
def test_what_the_address_of_a_draft_means(
    query: dict[str, str], expected: Draft, notices: list[str]
) -> None:
    assert zone_draft.parse(LEVELS, "viertel", query) == (expected, notices)
    assert zone_draft.parse(LEVELS, "viertel", expected.query()) == (expected, [])


def test_a_click_takes_an_area_in_and_out() -> None:
    two = zone_draft.toggled(Draft("viertel", ("003",)), LEVELS["viertel"], "001")
    assert two == Draft("viertel", ("001", "003"))
    assert two.zone("Name") == Zone("viertel", ("001", "003"), "Name")
    one = zone_draft.toggled(two, LEVELS["viertel"], "003")
    assert one == Draft("viertel", ("001",))
    assert one.zone() is None
