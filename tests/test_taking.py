"""Views taken along: as a sheet, as a code, inside other web pages; each says what it is."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pymupdf
import pytest
import segno
from starlette.applications import Starlette
from starlette.testclient import TestClient

from components import describing, embedding, exports, taken, web
from documents import codes, pdf
from loaders import audience, releases, views
from model import collection
from model.formats import NBSP
from model.selection import Selection

POVERTY = "kinderarmut_u15"
QUERY = {"indikator": POVERTY, "gebiet": "08", "zeit": "2024-12-31"}
PAGES = {
    "existenzsicherung": QUERY,
    "vergleich": {"gebiet": "08,01"},
    "stadtbezirk": {"gebiet": "08"},
    "bedarfe": {},
    "angebot": {},
    "zusammenhaenge": {},
    "karten": {},
    "neues": {},
    "massnahmen": {},
    "einrichtung": {"id": "K01"},
    "zusammenschluss": {"teile": "01~08", "zonen": "01~08:Süd"},
}


@pytest.fixture
def client(release: releases.Release) -> TestClient:
    assert release.id
    return TestClient(Starlette(routes=embedding.routes()))


def plain(text: str) -> str:
    """A text without spaces and hyphens: where lines and words break is the page's."""
    return re.sub(r"[\s\u00ad-]+", "", text)


def test_every_page_with_views_is_here(release: releases.Release) -> None:
    assert set(PAGES) - {"existenzsicherung"} == set(describing.PAGES)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_view_becomes_one_sheet_that_says_what_it_is(
    page: str, release: releases.Release
) -> None:
    told = describing.of(release, collection.entry(page, PAGES[page]))
    assert told is not None
    address = f"https://sozialdaten.example/{page}?x=1"
    files = {
        file.name.rpartition(".")[2]: file
        for group in taken.groups(told, release, page, address)
        for file in group.files
    }
    sheet = files["pdf"]
    assert sheet.name.endswith(f"{release.id}.pdf")
    assert re.fullmatch(r"[a-z0-9_.-]+", sheet.name)
    document = pymupdf.open(stream=sheet.content(), filetype="pdf")
    text = plain("\n".join(leaf.get_text() for leaf in document.pages()))
    for part in (told.title, told.about, *told.sentences, *told.origin, release.id):
        assert plain(part) in text, part
    assert "Modellwert,keineamtlicheZahl" in text
    assert any(link.get("uri") == address for link in document[0].get_links())


def test_the_sheet_of_a_theme_is_one_page_with_every_value(release: releases.Release) -> None:
    told = describing.of(release, collection.entry("existenzsicherung", QUERY))
    assert told is not None
    written = pdf.written(taken.sheet(told, release, "https://a.example/x"))
    document = pymupdf.open(stream=written, filetype="pdf")
    assert len(document) == 1
    text = plain(document[0].get_text())
    view = views.view_of(
        release, Selection("existenzsicherung", POVERTY, "stadtbezirk", "2024-12-31")
    )
    assert len(view.figures) == 19
    for figure in view.figures:
        number = "geheimgehalten"
        if figure.value is not None:
            number = f"{figure.value:.1f}".replace(".", ",")
        assert f"{plain(figure.area.name)}{number}" in text


def test_a_code_holds_the_address_in_full() -> None:
    address = "https://sozialdaten.example/arbeit?gebiet=08&zeit=2024-12-31"
    expected = segno.make_qr(address, error="m")
    drawn = io.BytesIO()
    expected.save(drawn, kind="svg", border=2, title="Link zu dieser Ansicht")
    assert codes.svg(address) == drawn.getvalue()
    assert expected.mode == "byte" and expected.error in "MQH"
    picture = pymupdf.Pixmap(codes.png(address))
    assert picture.width == picture.height == (expected.symbol_size(border=2)[0]) * 12
    # Module by module: dark where the code is dark.
    for row, modules in enumerate(expected.matrix):
        for column, dark in enumerate(modules):
            place = [(each + 2) * 12 + 6 for each in (column, row)]
            assert (picture.pixel(*place)[0] < 128) == bool(dark)


def test_names_of_files_are_plain_letters() -> None:
    assert exports.named(True, "Ä ß!", "", "Größe (%)") == "intern_ae-ss_groesse"


def test_an_embedded_view_is_whole_and_brings_no_script(client: TestClient) -> None:
    found = client.get(f"/{web.EMBEDDED}/existenzsicherung", params=QUERY)
    assert found.status_code == 200
    policy = found.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors *" in policy
    # Bars have their length and colour as attributes.
    assert "style-src-attr 'unsafe-inline'" in policy
    assert "set-cookie" not in found.headers and "<script" not in found.text
    assert found.text.startswith('<!doctype html><html lang="de">')
    assert "<h1>Kinder unter 15 Jahren in Haushalten mit Bürgergeld</h1>" in found.text
    assert f"in der Innenstadt 35,0{NBSP}% der Kinder" in found.text
    assert "Stand: 31.12.2024" in found.text and "Modellwert, keine amtliche Zahl" in found.text
    assert 'src="../bilder/' in found.text
    assert f'href="../existenzsicherung?gebiet=08&amp;indikator={POVERTY}' in found.text
    # Nothing that it names lies anywhere else, and no link would open inside the frame.
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', found.text)
    assert 'target="_self"' not in found.text and '<base target="_blank">' in found.text


@pytest.mark.parametrize(
    ("path", "params", "text"),
    [
        ("daten", {}, "Diese Ansicht gibt es nicht."),
        ("<script>", {}, "Diese Ansicht gibt es nicht."),
        ("existenzsicherung", {"indikator": "gibtsnicht"}, describing.GONE),
        ("vergleich", {"gebiet": "99"}, describing.GONE),
    ],
)
def test_what_cannot_be_embedded_is_refused_in_german(
    path: str, params: dict[str, str], text: str, client: TestClient
) -> None:
    found = client.get(f"/{web.EMBEDDED}/{path}", params=params)
    assert (found.status_code, found.text) == (404, text)
    assert found.headers["content-type"].startswith("text/plain")


def test_internal_figures_are_never_embedded(
    internal_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(audience.VARIABLE, "internal")
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(internal_releases))
    assert embedding.routes() == []


def test_the_snippet_escapes_title_and_address() -> None:
    told = embedding.snippet("https://a.example/x?a=1&b=2", '"><script>')
    assert told == (
        '<iframe src="https://a.example/x?a=1&amp;b=2" title="&quot;&gt;&lt;script&gt;" '
        'width="100%" height="760" style="border:0" loading="lazy"></iframe>'
    )
