"""Every page's view in every kind of file says what it is; its numbers are those of the release."""

from __future__ import annotations

import http.server
import io
import re
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import polars as pl
import pymupdf
import pytest
from playwright.sync_api import Browser, expect

import canaries
from components import describing, framing, tabulated, taken, web
from components.tabulated import Cell
from documents import drawings, parts, pdf
from documents.document import Table
from loaders import areas, indicators, interventions, releases
from model import collection
from test_exports import rate
from test_taking import PAGES as ONE_EACH
from test_taking import plain

VIEWS = {
    **{page: (page, query) for page, query in ONE_EACH.items()},
    "reihe": ("existenzsicherung", {"indikator": "kinderarmut_u15", "ansicht": "entwicklung"}),
    "wandel": ("existenzsicherung", {"indikator": "kinderarmut_u15", "ansicht": "veraenderung"}),
    "tabelle": ("existenzsicherung", {"indikator": "kinderarmut_u15", "ansicht": "tabelle"}),
    "matrix": ("zusammenhaenge", {"darstellung": "matrix"}),
    "massnahme": ("massnahmen", {"massnahme": "familienhilfe_kita"}),
    "vier": (
        "karten",
        {"indikatoren": "kinderarmut_u15", "zeiten": "2012-12-31,2016-12-31,2020-12-31,2024-12-31"},
    ),
}
WORDS = {"neues", "massnahmen", "massnahme", "matrix"}
"""Views that consist of words and tables; they have no picture."""
OVERLEAF = {"bedarfe", "angebot", "zusammenhaenge", "vier"}
"""Views whose tables leave no room for a picture with letters that can be read."""
LETTERS = 5.0
"""Points that the smallest letters on a sheet have, also those inside of maps."""


def made(name: str, release: releases.Release) -> tuple[str, dict[str, bytes]]:
    """The address of a view, and all its files by the end of their names."""
    page, query = VIEWS[name]
    told = describing.of(release, collection.entry(page, query))
    assert told is not None
    address = f"https://sozialdaten.example/{page}?x={name}"
    files = [file for group in taken.groups(told, release, page, address) for file in group.files]
    assert len({file.name for file in files}) == len(files)
    for file in files:
        assert re.fullmatch(r"[a-z0-9_.-]+(@2x)?\.[a-z]{3,4}", file.name), file.name
        assert release.id in file.name
    kinds = [file.name.rpartition(release.id)[2] for file in files if file.name[:3] != "qr_"]
    codes = [file for file in files if file.name[:3] == "qr_"]
    assert [file.name[-3:] for file in codes] == ["png", "svg"]
    own = [file for file in files if file not in codes]
    return address, {kind: file.content() for kind, file in zip(kinds, own, strict=True)}


def text(kind: str, data: bytes) -> str:
    """All that can be read in a file, without spaces."""
    if kind.endswith("svg"):
        return plain(" ".join(ElementTree.fromstring(data).itertext()))
    if kind.endswith("csv"):
        return plain(data.decode("utf-8-sig"))
    if kind.endswith("pdf"):
        document = pymupdf.open(stream=data, filetype="pdf")
        links = [str(link.get("uri")) for leaf in document.pages() for link in leaf.get_links()]
        return plain(" ".join([*(leaf.get_text() for leaf in document.pages()), *links]))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        parts = [archive.read(name).decode() for name in names]
    targets = " ".join(re.findall(r'Target="(https:[^"]*)"', " ".join(parts)))
    texts = " ".join(" ".join(ElementTree.fromstring(part.encode()).itertext()) for part in parts)
    return plain(f"{texts} {targets}")


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_each_file_says_what_it_is_and_holds_nothing_secret(
    name: str, release: releases.Release, internal_releases: Path
) -> None:
    address, files = made(name, release)
    told = describing.of(release, collection.entry(*VIEWS[name]))
    assert told is not None
    assert (".png" in files) == (name not in WORDS)
    # Basis, Stand and licence stand in the origin of every page, also where indicators mix.
    lines = " ".join(told.origin)
    for begin in ("Quelle", "Datenstand: ", "Modellwert"):
        assert begin in lines or VIEWS[name][0] == "bedarfe", begin
    assert "frei verwendbar (CC0 1.0)" in lines
    assert re.search(r"Basis: |Hauptwohnsitz|Wohnort", lines)
    assert re.search(r"Stand: |Zeitraum: |Jahr 20|bis 31\.12\.", " ".join([told.about, lines]))
    secret = canaries.needles(internal_releases)
    for kind, data in files.items():
        assert canaries.found(data, secret, kind) == []
        if kind.endswith("png"):
            continue
        read = text(kind, data)
        wanted = [release.id, address, "Modellwert", "frei verwendbar (CC0 1.0)", "20"]
        if kind.endswith(("xlsx", "csv")):
            wanted += ["Link"] if kind.endswith("xlsx") else []
            assert re.search("Hauptwohnsitz|Wohnort|LagederEinrichtung", read)
            assert "StadtMinden" in read or "BundesagenturfürArbeit" in read
        else:
            wanted += [told.title, told.about, *told.origin]
        for part in wanted:
            assert plain(part) in read, (kind, part)
    if ".png" in files:
        wide, high = drawings.extent(files[".svg"].decode())
        assert drawings.size(files[".png"]) == (wide, high)
        assert drawings.size(files["@2x.png"]) == (2 * wide, 2 * high)


def letters(leaf: pymupdf.Page) -> list[float]:
    """Points of every text on a page that is more than a space."""
    blocks = leaf.get_text("dict")["blocks"]
    lines = [line for block in blocks for line in block.get("lines", [])]
    return [span["size"] for line in lines for span in line["spans"] if span["text"].strip()]


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_a_sheet_is_one_page_or_its_first_page_is_complete(
    name: str, release: releases.Release
) -> None:
    told = describing.of(release, collection.entry(*VIEWS[name]))
    assert told is not None
    address = f"https://sozialdaten.example/{name}"
    sheet = taken.sheet(told, release, address)
    leaves = [*pymupdf.open(stream=pdf.written(sheet), filetype="pdf").pages()]
    pages = [plain(leaf.get_text()) for leaf in leaves]
    assert len(pages) == (2 if name in OVERLEAF else 1)
    for part in (told.title, told.about, *told.sentences, *told.origin, address):
        assert plain(part) in pages[0], part
    # On paper a picture is drawn for the width it gets; its letters are among all of the page.
    assert min(letters(leaves[0])) >= LETTERS
    for figure in parts.figures(sheet.parts[0].blocks):
        drawn = ElementTree.fromstring(figure.narrow or figure.svg).itertext()
        words = [word for text in drawn for word in text.split()]
        assert words and all(plain(word) in pages[0] for word in words)
    # Whole tables; where they follow, the first page says so.
    said = plain("Die Zahlen stehen als Tabelle auf der nächsten Seite.")
    assert (said in pages[0]) == (name in OVERLEAF)
    if name == "wandel":
        assert plain("Geheim gehalten (.): Bölhorst") in pages[0]
        assert plain("Zeichen: . = geheim gehalten; m = Modellwert") in pages[0]
    for table in told.tables:
        for row in (table.columns, *table.rows):
            assert all(plain(cell) in pages[-1] for cell in row), row


def test_numbers_of_texts_are_numbers_of_the_release(release: releases.Release) -> None:
    def sheet(name: str) -> tuple[list[object], dict[object, tuple[object, ...]]]:
        [found] = [data for kind, data in made_once[name].items() if kind.endswith("xlsx")]
        head, *rows = openpyxl.load_workbook(io.BytesIO(found))["Werte"].iter_rows(values_only=True)
        return list(head), {str(row[0]).partition(" (Anteil")[0]: row for row in rows}

    made_once = {name: made(name, release)[1] for name in ("vergleich", "karten")}
    head, rows = sheet("vergleich")
    own = rows["Kinder unter 15 mit Bürgergeld"]
    assert own[head.index("Innenstadt")] == rate(release.folder, "08", "2024-12-31") == 35.0
    assert own[head.index("Bärenkämpen")] == rate(release.folder, "01", "2024-12-31")
    assert own[head.index("Innenstadt: Zeichen")] == "m, deutlich höher"
    assert own[head.index("Nordrhein-Westfalen")] is None
    assert own[head.index("Nordrhein-Westfalen: Zeichen")] == "… nicht erhoben"
    head, rows = sheet("karten")
    places = areas.by_level(release)["stadtbezirk"]
    frame = indicators.values(release, release.catalog.indicators["einwohner"])
    for period, column in (("2010-12-31", "31.12.2010"), ("2024-12-31", "31.12.2024")):
        known = frame.filter(pl.col("level") == "stadtbezirk", pl.col("period") == period)
        values = dict(known.drop_nulls("value").select("area", "value").iter_rows())
        named = {area: places[area].name for area in values}
        assert {area: rows[named[area]][head.index(column)] for area in values} == values


@pytest.mark.parametrize(
    ("shown", "cell"),
    [
        ("1.234,50", Cell(1234.5, 2, "", "")),
        ("−0,7", Cell(-0.7, 1, "", "")),
        ("11.040\N{NO-BREAK SPACE}m, deutlich höher", Cell(11040.0, 0, "", "m, deutlich höher")),
        ("0 -", Cell(0.0, 0, "", "-")),
        ("+3,1", Cell(3.1, 1, "", "")),
        ("+3,1, gestiegen", Cell(3.1, 1, "", "gestiegen")),
        ("+3,1 Prozentpunkte, gestiegen", Cell(3.1, 1, "Prozentpunkte", "gestiegen")),
        ("1.234,5 %", Cell(1234.5, 1, "%", "")),
        ("45,0 % p r", Cell(45.0, 1, "%", "p r")),
        ("120.000\N{NO-BREAK SPACE}€", Cell(120000.0, 0, "€", "")),
        ("70,0\N{NO-BREAK SPACE}je 100 Kinder m", Cell(70.0, 1, "je 100 Kinder", "m")),
        ("24,8 % (Modellwert, gerundet)", Cell(24.8, 1, "%", "(Modellwert, gerundet)")),
    ],
)
def test_a_text_becomes_a_number_with_its_unit_and_what_is_said_of_it(
    shown: str, cell: Cell
) -> None:
    assert tabulated.cell(shown, frozenset({"je 100 Kinder", "Personen"})) == cell


@pytest.mark.parametrize(
    "shown",
    [
        *("1 bis 5", "31.12.2024", "1.23", "2024", "2024/25", "01", "32423 Minden", "(3)", "–", ""),
        *(". geheim gehalten", "12 neue Plätze", "12 neue Plätze, gestiegen", "3 geheim"),
        *("5 Tage", "70,0 je 100 Frauen", "2 % mehr", "1 Mitte", "3 p. a.", "4 Personen mehr"),
        *("100 %ig", "6 m, 7 m", "gestiegen", "8 (neun)"),
    ],
)
def test_prose_stays_one_cell_also_where_it_begins_with_a_number(shown: str) -> None:
    units = frozenset({"je 100 Kinder", "Personen"})
    assert tabulated.cell(shown, units) == Cell(None, None, "", shown)


def test_columns_of_one_name_and_without_numbers_stay() -> None:
    table = Table(
        "",
        ("Jahr", "Wert", "Wert", "Wort", "Geld", "Ergebnis"),
        (("2024", "1,5 m", "2", "a", "3 €", "12"), ("2025", "2,0", "–", "b", "offen", "Mehr")),
        prose=frozenset({5}),
    )
    found = tabulated.sheet("Werte", table, frozenset())
    assert found.frame.to_dicts() == [
        {
            **{"Jahr": "2024", "Wert": 1.5, "Wert: Zeichen": "m", "Wert (2)": 2.0},
            **{"Wert (2): Zeichen": "", "Wort": "a", "Geld": 3.0, "Geld: Einheit": "€"},
            **{"Geld: Zeichen": "", "Ergebnis": "12"},
        },
        {
            **{"Jahr": "2025", "Wert": 2.0, "Wert: Zeichen": "", "Wert (2)": None},
            **{"Wert (2): Zeichen": "–", "Wort": "b", "Geld": None, "Geld: Einheit": ""},
            **{"Geld: Zeichen": "offen", "Ergebnis": "Mehr"},
        },
    ]
    assert found.fixed == {"Wert": [1, 1], "Wert (2)": [0, None], "Geld": [0, None]}


@pytest.mark.parametrize(
    ("page", "query", "numeric"),
    [
        ("massnahmen", {}, ["Geld"]),
        ("neues", {}, []),
    ],
)
def test_every_cell_of_a_table_of_prose_is_in_the_files_as_it_stands(
    page: str, query: dict[str, str], numeric: list[str], release: releases.Release
) -> None:
    told = describing.of(release, collection.entry(page, query))
    assert told is not None
    [table] = told.tables
    [sheet] = taken.data(told, release, "x").sheets
    assert [name for name, kind in sheet.frame.schema.items() if kind == pl.Float64] == numeric
    for place, title in enumerate(table.columns):
        if title not in numeric:
            assert sheet.frame[title].to_list() == [row[place] for row in table.rows]


def test_reasons_stay_whole_beside_the_values_they_speak_of(release: releases.Release) -> None:
    shown = 0
    for one in interventions.every(release):
        told = describing.of(release, collection.entry("massnahmen", {"massnahme": one.id}))
        assert told is not None
        for table in told.tables:
            frame = tabulated.sheet("t", table, frozenset()).frame
            prose = [table.columns[place] for place in sorted(table.prose)]
            for title in dict.fromkeys(prose):
                place = table.columns.index(title)
                assert frame[title].to_list() == [row[place] for row in table.rows]
                shown += 1
    assert shown >= 8
    # What an area lacks is told by its reason: a number of them is no value.
    weighed = describing.of(release, collection.entry("bedarfe", {}))
    assert weighed is not None
    lacking = tabulated.sheet("t", weighed.tables[1], frozenset()).frame["Fehlende Zahlen"]
    assert "3 geheim" in lacking.to_list() and lacking.dtype == pl.String


def test_what_came_after_an_intervention_is_in_all_its_files(release: releases.Release) -> None:
    _address, files = made("massnahme", release)
    sentence = "In keinem von 4 Vergleichen lässt sich ein Unterschied zur übrigen Stadt"
    caption = "Kinder unter 15 Jahren in Haushalten mit Bürgergeld (%): vorher und nachher"
    for kind, data in files.items():
        assert plain(sentence) in text(kind, data), kind
        assert plain(caption) in text(kind, data), kind
    [workbook] = [data for kind, data in files.items() if kind.endswith("xlsx")]
    rows = openpyxl.load_workbook(io.BytesIO(workbook))["Tabelle 2"].iter_rows(values_only=True)
    head, *told = rows
    days = ("Vorher (31.12.2020)", "Nachher (31.12.2023)")
    expected = [part for day in days for part in (day, f"{day}: Zeichen")]
    assert head[:5] == ("Stadtbezirk", *expected)
    known = areas.by_level(release)["stadtbezirk"]
    ids = {area.name: area.id for area in known.values()}
    assert len(told) == 4
    for name, before, sign, after, late, *_rest in told:
        assert before == rate(release.folder, ids[str(name)], "2020-12-31")
        assert after == rate(release.folder, ids[str(name)], "2023-12-31")
        assert sign == late == "m"


def test_several_drawings_keep_their_names_apart(release: releases.Release) -> None:
    told = describing.of(release, collection.entry("karten", {}))
    assert told is not None and len(told.pictures) == 2
    with_ids = told.pictures[0].svg.replace("<rect", '<rect clip-path="url(#clip0)" id="clip0"', 1)
    assert "clip0" in with_ids
    placed = framing._placed(with_ids, 1, 0, 0, 10, 10)
    assert 'id="d1-clip0"' in placed and "url(#d1-clip0)" in placed


@contextmanager
def elsewhere(page: str) -> Iterator[str]:
    """The address of another server that answers everything with this page."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_said: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()


def test_others_may_frame_a_view_and_nobody_the_application(chromium: Browser, app: str) -> None:
    shown = "existenzsicherung?indikator=kinderarmut_u15&gebiet=08"
    inside, own = (f"{app.rstrip('/')}/{path}" for path in (f"{web.EMBEDDED}/{shown}", shown))
    body = (
        f'<!doctype html><title>x</title><iframe name="view" src="{inside}"></iframe>'
        f'<iframe name="app" src="{own}"></iframe>'
    )
    context = chromium.new_context()
    page = context.new_page()
    with elsewhere(body) as address:
        with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            page.goto(address)
        view = page.frame_locator("iframe[name=view]")
        expect(view.get_by_role("heading", level=1)).to_have_text(re.compile("Bürgergeld"))
        expect(view.get_by_text("Quelle: Statistik der Bundesagentur")).to_be_visible()
        drawn = view.locator("figure img").first
        assert (
            drawn.evaluate("async image => { await image.decode(); return image.naturalWidth; }")
            > 300
        )
        framed = page.frame("app")
        assert framed is not None and framed.url.startswith("chrome-error://")
    context.close()
