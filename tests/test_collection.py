"""A Sammelmappe as a value: put together, packed into an address and a file, and read back."""

from __future__ import annotations

import base64
import json
import zlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import collection, collection_file
from model.collection import KEY, Collection, Entry

PAGES = frozenset({"arbeit", "bevoelkerung", "karten"})
A = collection.entry("arbeit", {"indikator": "sgb2", "gebiet": "01,08", "zonen": "Süd:01+02"})
B = collection.entry("karten", {"indikatoren": "einwohner,sgb2"}, "Für den Ausschuss.\n\nZeile 2")
C = collection.entry("bevoelkerung", {})
BROKEN = "Der Link zur Sammelmappe ist unvollständig oder beschädigt."


def packed(told: object, version: str = "1") -> dict[str, str]:
    """An address that holds whatever is told."""
    text = told if isinstance(told, bytes) else json.dumps(told).encode()
    code = base64.urlsafe_b64encode(zlib.compress(text)).decode().rstrip("=")
    return {KEY: f"{version}.{code}"}


def test_views_are_added_once_moved_noted_and_removed() -> None:
    found = Collection()
    for one in (A, B, C, collection.entry(A.page, dict(reversed(A.query)), "anders")):
        found = collection.added(found, one)
    assert found.entries == (A, B, C)
    assert collection.moved(found, 2, 0).entries == (C, A, B)
    assert collection.moved(found, 0, 1).entries == (B, A, C)
    assert collection.moved(found, 0, -1) == found
    assert collection.moved(found, 2, 9) == found
    assert collection.removed(found, 1).entries == (A, C)
    assert collection.noted(found, 1, " Neu \x00").entries[1] == Entry("karten", B.query, "Neu")
    assert collection.titled(found, "  Ein\nTitel\u202e ").title == "Ein Titel"
    assert len(collection.titled(found, "x" * 500).title) == 120
    assert len(collection.noted(found, 0, "x" * 500).entries[0].note) == 400


def test_an_entry_is_an_address_and_keeps_keys_nobody_knows() -> None:
    assert A.address == "arbeit?gebiet=01%2C08&indikator=sgb2&zonen=S%C3%BCd%3A01%2B02"
    assert C.address == "bevoelkerung"
    strange = {"x": "", "Ä": "1", "zwei\n": "1", "ok_2": "a b", "steuer": "\x07", "halb": "\ud800"}
    assert collection.entry("karten", strange).query == (("ok_2", "a b"),)


def test_a_packed_collection_is_read_back_and_an_empty_one_is_no_key() -> None:
    own = Collection("Rat, März", (A, B, C))
    assert collection.parse(own.query(), PAGES) == (own, [])
    assert Collection().query() == {}
    assert collection.parse({}, PAGES) == collection.parse({KEY: ""}, PAGES) == (Collection(), [])
    assert own.code.startswith("1.") and set(own.code[2:]) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )


words = st.text(max_size=500)
entries = st.builds(
    collection.entry,
    st.sampled_from(sorted(PAGES)),
    st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), words, max_size=50),
    words,
)


@settings(max_examples=60)
@given(words, st.lists(entries, max_size=22))
def test_whatever_can_be_kept_is_read_back(title: str, found: list[Entry]) -> None:
    own = collection.titled(Collection(), title)
    for one in found:
        more = collection.added(own, one)
        own = own if collection.refusal(more) else more
    assert len(own.code) <= 7000 and len(own.entries) <= 20
    assert collection.parse(own.query(), PAGES) == (own, [])
    file = collection_file.written(own, "minden", "r1")
    assert collection_file.read(file, "minden", "r1", PAGES) == collection_file.Loaded(own)


HOSTILE = [
    "javascript:alert(1)",
    "//example.org/arbeit",
    "https://example.org/arbeit?indikator=sgb2",
    "../arbeit",
    "arbeit/../../etc",
    "/arbeit",
    "arbeit#x",
    "Arbeit",
    "",
    "arbeit?" + "x=1&" * 41,
    "arbeit?x=" + "1" * 4000,
    None,
    7,
    ["arbeit"],
    {"page": "arbeit"},
]


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_that_is_none_of_ours_is_left_out_and_said(address: object) -> None:
    found, notices = collection.parse(
        packed(["T", [["karten"], [address, "n"], ["arbeit"]]]), PAGES
    )
    assert [own.page for own in found.entries] == ["karten", "arbeit"]
    assert notices == ["Nicht jede Ansicht gibt es hier. Es fehlen die Nummern: 2."]


@pytest.mark.parametrize(
    "query",
    [
        {KEY: "x"},
        {KEY: "1."},
        {KEY: "1.ä"},
        {KEY: "1." + "A" * 6000},
        {KEY: Collection("T", (A, B)).code[:-7]},
        {KEY: Collection("T", (A, B)).code.replace(".", ".A")},
        {KEY: "1." + "A" * 8000},
        packed(b"[" * 100_000),
        packed(b"\xff\xfe"),
        packed(b"1" * 5000),
        packed(b'["T",[]' + b" " * 200_000 + b"]"),
        packed(b" " * 5_000_000),
        packed({}),
        packed([]),
        packed(["T"]),
        packed(["T", "arbeit"]),
        packed(["T", [], 3]),
    ],
    ids=range(17),
)
def test_a_damaged_or_hostile_link_is_an_empty_collection(query: dict[str, str]) -> None:
    assert collection.parse(query, PAGES) == (Collection(), [BROKEN])


def test_a_link_of_a_later_version_is_said_to_be_one() -> None:
    notice = "Der Link zur Sammelmappe stammt von einer anderen Fassung dieser Anwendung."
    assert collection.parse(packed(["T", []], "2"), PAGES) == (Collection(), [notice])


def test_texts_of_a_link_are_cleaned_and_other_types_are_none() -> None:
    told = [["böse"], [["arbeit", {"a": 1}], [], "x", ["karten", "\u202eA\x00\nB  C"]]]
    found, notices = collection.parse(packed(told), PAGES)
    assert found == Collection("", (Entry("arbeit"), Entry("karten", (), "A\nB C")))
    assert notices == ["Nicht jede Ansicht gibt es hier. Es fehlen die Nummern: 2, 3."]


def test_the_limits_are_exact() -> None:
    many = [collection.entry("arbeit", {"zeit": str(n)}) for n in range(21)]
    full, more = Collection("", tuple(many[:20])), Collection("", tuple(many))
    assert collection.refusal(full) == ""
    assert collection.refusal(more) == "Die Sammelmappe ist voll: Sie fasst 20 Ansichten."
    assert collection.parse(more.query(), PAGES) == (
        full,
        ["Die Sammelmappe ist zu lang. Gezeigt werden 20 Ansichten."],
    )
    long = "arbeit?x=" + "1" * 3991
    assert len(long) == 4000
    [kept] = collection.parse(packed(["", [[long]]]), PAGES)[0].entries
    assert kept.address == long
    over = Collection("", (collection.entry("arbeit", {"x": "1" * 3992}),))
    assert collection.refusal(over) == (
        "Die Adresse dieser Ansicht ist zu lang für die Sammelmappe."
    )


def test_what_no_link_can_hold_is_refused() -> None:
    # Different signs all over cannot be packed.
    rare = iter(range(0x4E00, 0x9000))
    notes = ["".join(chr(next(rare)) for _ in range(400)) for _ in range(20)]
    own = Collection("", tuple(collection.entry("arbeit", {"zeit": n[:1]}, n) for n in notes))
    assert collection.refusal(own) == (
        "Das passt nicht mehr in den Link. Bitte kürzen Sie eine Notiz."
    )


def test_twenty_real_views_with_notes_fit_into_an_address() -> None:
    query = {
        "ansicht": "veraenderung",
        "bild": "karte",
        "ebene": "stadtbezirk",
        "fassung": "aktuell",
        "fest": "nein",
        "gebiet": "01,08,15,16",
        "indikator": "kinderarmut_u15",
        "intervalle": "nein",
        "karte": "auto",
        "klassen": "natuerlich",
        "seit": "schritt",
        "stufen": "5",
        "zeichen": "klassisch",
        "zeit": "2024-12-31",
    }
    views = [
        collection.entry("arbeit", {**query, "indikator": f"zahl_{n}", "zeit": f"{2001 + n}"})
        for n in range(20)
    ]
    assert len(Collection("Sozialausschuss", tuple(views)).code) < 800
    assert len(Collection("", (views[0],)).code) < 300


FILE: dict[str, Any] = json.loads(
    collection_file.written(Collection("Rat", (A, B)), "minden", "minden-2026-11-aaaa")
)


def loaded(told: object) -> collection_file.Loaded:
    data = told if isinstance(told, bytes) else json.dumps(told).encode()
    return collection_file.read(data, "minden", "minden-2026-11-aaaa", PAGES)


def test_a_file_says_what_it_is_and_is_read_back() -> None:
    assert {
        "kind": "sammelmappe",
        "version": 1,
        "city": "minden",
        "release": "minden-2026-11-aaaa",
        "title": "Rat",
        "entries": [
            {"address": A.address, "note": ""},
            {"address": B.address, "note": B.note},
        ],
    } == FILE
    assert loaded(FILE) == collection_file.Loaded(Collection("Rat", (A, B)))
    # An editor may have put a byte order mark in front.
    assert loaded(b"\xef\xbb\xbf" + json.dumps(FILE).encode()).collection is not None


NONE = "Diese Datei ist keine Sammelmappe."


@pytest.mark.parametrize(
    ("told", "notice"),
    [
        (b"", NONE),
        (b"\xff", NONE),
        (b"[" * 100_000, NONE),
        (b" " * (256 * 1024 + 1), NONE),
        ([], NONE),
        ({}, NONE),
        ({**FILE, "kind": "projekt"}, NONE),
        ({**FILE, "version": 2}, "Diese Datei stammt von einer anderen Fassung dieser Anwendung."),
        ({**FILE, "city": "koeln"}, "Diese Sammelmappe gehört zu einer anderen Stadt."),
        ({**FILE, "city": None}, "Diese Sammelmappe gehört zu einer anderen Stadt."),
    ],
)
def test_a_file_that_is_not_for_here_is_refused(told: object, notice: str) -> None:
    assert loaded(told) == collection_file.Loaded(None, (notice,))


def test_a_file_of_another_release_keeps_its_views_and_says_so() -> None:
    other = {**FILE, "release": "minden-2025-11-bbbb", "entries": [*FILE["entries"], "x", {}]}
    found = loaded(other)
    assert found.collection == Collection("Rat", (A, B))
    assert found.notices == (
        "Nicht jede Ansicht gibt es hier. Es fehlen die Nummern: 3, 4.",
        "Die Datei entstand mit einer anderen Veröffentlichung. Alle Zahlen sind die der heutigen.",
    )


def test_a_file_holds_no_numbers_of_the_release() -> None:
    assert set(FILE) == {"kind", "version", "city", "release", "title", "entries"}
    assert {key for own in FILE["entries"] for key in own} == {"address", "note"}
    assert loaded({**FILE, "entries": 5, "title": 5}).collection == Collection()
