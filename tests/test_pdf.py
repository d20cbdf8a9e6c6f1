"""PDFs say what the document says, can be listened to, and are the same every time."""

import dataclasses
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf
import pymupdf
import pytest

from documents import document, pdf

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">'
    '<rect width="9" height="9"/><text x="12" y="9" font-family="Arial" font-size="8">Süd</text>'
    "</svg>"
)
AWKWARD = r"#let x = 1 * $y$ _z_ \ @a <b>fett</b> — Größe ~ [c] `d` // e"
LONG = "Bundesausbildungsförderungsgesetzempfangsberechtigungsprüfung"
MARGIN = 18 / 25.4 * 72
"""No text stands nearer to the edge of a page than 18 mm at its sides."""
AREAS = tuple(f"Bezirk {n}" for n in range(1, 301))


def _table(rows: int, *more: str) -> document.Table:
    heads = ("Gebiet", "Anteil", *more)
    cells = tuple((AREAS[n], f"{n},5", *("1.234" for _ in more)) for n in range(rows))
    return document.Table("Werte", heads, cells, frozenset(range(1, len(heads))), frozenset({0}))


def _exhibit(rows: int, link: str = "https://quartier.example/x?jahr=2024") -> document.Exhibit:
    return document.Exhibit(
        "Kinder in Bedarfsgemeinschaften",
        "Stadtbezirke, 2024",
        ("In Minden sind es 5,3 %.", "Die Spanne reicht von 1,0 bis 9,9 %."),
        (document.Figure(SVG, "Karte der Stadtbezirke", "Karte"),),
        (_table(rows),),
        ("Quelle: Stadt Minden", "Stand: 2024"),
        link,
    )


def _document() -> document.Document:
    every = (
        document.Text("Vorweg gesagt.", "lead"),
        document.Heading("Erster Abschnitt"),
        document.Text(AWKWARD),
        document.Text("Zu beachten.", "note"),
        document.Text("Klein gesagt.", "small"),
        document.Items(("Eins", "Zwei")),
        document.Facts((("Definition", "Was gemeint ist."),)),
        document.Figure(SVG, "Ein Quadrat", "Abbildung"),
        _table(80),
        document.Beside((document.Text(LONG),), (document.Text("Rechts."),), 0.2),
    )
    return document.Document(
        "Sozialatlas <i>",
        "Alle Stadtbezirke",
        "Minden",
        "Stadt Minden",
        "2026-11-01",
        "Minden, Datenstand 2026-11",
        (
            document.Part("Stadtbezirke", ()),
            document.Part("Äußere #1", every, "Kurz", 2, ("Kinder", "Ärzte")),
            document.Part("Innenstadt", (_exhibit(19),), "", 2, ("Kinder",)),
        ),
        imprint=(("Herausgeber", "Stadt Minden"),),
        notices=("Modellierte Werte.", "Zweiter Hinweis."),
        emblem=document.Figure(SVG, "Umriss der Stadt"),
    )


def _sheet(exhibit: document.Exhibit) -> document.Document:
    part = document.Part(exhibit.title, (exhibit,))
    return dataclasses.replace(_document(), parts=(part,), cover=False, imprint=(), emblem=None)


@cache
def _made() -> bytes:
    return pdf.written(_document())


def _opened(made: bytes) -> Any:
    return pymupdf.open(stream=made)


def _texts(made: bytes) -> list[str]:
    """The words of each page, a word divided at the end of a line put together again."""
    pages = _opened(made)
    told = [re.sub("[-\u00ad\u2010]\n|\u2060", "", page.get_text()) for page in pages]
    return [" ".join(text.split()) for text in told]


def _elements(node: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """Elements of the structure tree below a node."""
    below = node.get("/K", pikepdf.Array())
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)


def _titles(file: pikepdf.Pdf) -> list[tuple[int, str]]:
    def below(items: list[pikepdf.OutlineItem], level: int) -> Iterator[tuple[int, str]]:
        for item in items:
            yield level, item.title
            yield from below(list(item.children), level + 1)

    with file.open_outline() as outline:
        return list(below(list(outline.root), 1))


def test_all_the_document_says_stands_on_its_pages() -> None:
    pages = _texts(_made())
    told = " ".join(pages)
    for words in (
        "Sozialatlas <i>",
        "Vorweg gesagt.",
        AWKWARD,
        "Zu beachten.",
        "Klein gesagt.",
        "Eins",
        "Was gemeint ist.",
        LONG,
        "Bezirk 80 79,5",
        "In Minden sind es 5,3 %.",
        "Quelle: Stadt Minden",
        "Herausgeber",
        "https://quartier.example/x?jahr=2024",
    ):
        assert words in told, words
    for number, text in enumerate(pages[1:], start=2):
        assert f"Seite {number} von {len(pages)}" in text
        assert "Modellierte Werte." in text and "Minden, Datenstand 2026-11" in text


def test_contents_and_index_name_the_pages_of_the_parts() -> None:
    pages = _texts(_made())
    place = {
        title: next(n for n, text in enumerate(pages, 1) if n > 3 and mark in text)
        for title, mark in (("Äußere #1", "Vorweg gesagt."), ("Innenstadt", "Quelle: Stadt"))
    }
    for title, page in place.items():
        assert re.search(rf"{title}[ .]+{page}\b", pages[1])
    index = next(text for text in pages if "Index der Indikatoren" in text and "Ärzte" in text)
    first, second = place.values()
    assert re.search(rf"Ärzte[ .]+{first} .*Kinder[ .]+{first} ?, {second}\b", index)


def test_who_listens_finds_headings_table_heads_and_words_for_pictures() -> None:
    with pikepdf.open(io.BytesIO(_made())) as file:
        elements = list(_elements(file.Root.StructTreeRoot))
        kinds = Counter(str(element.S) for element in elements)
        assert str(file.Root.Lang).startswith("de") and file.Root.MarkInfo.Marked
        assert kinds["/H1"] == 4, "contents, the part, index, imprint"
        assert kinds["/H2"] == 2 and kinds["/H3"] == 2
        assert kinds["/Table"] == 2 and kinds["/TH"] >= 4
        figures = [str(e.get("/Alt", "")) for e in elements if e.S == "/Figure"]
    assert sorted(figures) == sorted(
        (
            "Umriss der Stadt",
            "Ein Quadrat",
            "Karte der Stadtbezirke",
            "QR-Code mit der Adresse dieser Ansicht",
        )
    )


def test_bookmarks_are_the_parts() -> None:
    with pikepdf.open(io.BytesIO(_made())) as file:
        titles = _titles(file)
    parts = [(part.level, part.title) for part in _document().parts]
    assert [told for told in titles if told in parts] == parts
    assert {title for told, title in titles} - {title for told, title in parts} <= {
        "Inhalt",
        "Index der Indikatoren",
        "Impressum",
    }


def test_files_keep_the_standards_and_bring_their_letters_along() -> None:
    with pikepdf.open(io.BytesIO(_made())) as file, file.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert meta["dc:title"] == "Sozialatlas <i>"
    pages = _opened(_made())
    fonts = {font[:4] for n in range(len(pages)) for font in pages.get_page_fonts(n)}
    assert fonts and all("SourceSansPro" in name for _, _, _, name in fonts)
    assert all(pages.extract_font(number)[3] for number, *_ in fonts)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert pdf.written(_document()) == _made()


def test_no_text_leaves_its_margins() -> None:
    for page in _opened(_made()):
        for left, top, right, bottom, word, *_ in page.get_text("words"):
            assert left >= MARGIN and right <= page.rect.width - MARGIN, (page.number, word)
            assert 0 < top < bottom < page.rect.height, (page.number, word)


def test_a_long_table_says_its_heads_on_every_page() -> None:
    pages = [text for text in _texts(_made()) if re.search(r"Bezirk \d+ \d+,5", text)]
    assert len(pages) >= 3 and all("Anteil" in text for text in pages)


@pytest.mark.parametrize(("rows", "pages"), [(19, 1), (300, 6)])
def test_a_single_view_is_one_page_and_a_long_table_follows(rows: int, pages: int) -> None:
    first, *more = texts = _texts(pdf.written(_sheet(_exhibit(rows))))
    assert len(texts) == pages
    assert "https://quartier.example/x?jahr=2024" in first and "Quelle: Stadt" in first
    referring = "Die Zahlen stehen als Tabelle auf der nächsten Seite."
    assert (referring in first) == bool(more)
    found = re.findall(r"Bezirk (\d+) (\d+),5", " ".join(more or [first]))
    assert found == [(str(n), str(n - 1)) for n in range(1, rows + 1)]


def _chapter(*blocks: document.Block) -> bytes:
    part = document.Part("Kapitel", blocks)
    return pdf.written(dataclasses.replace(_document(), parts=(part,), cover=False, imprint=()))


OPENING = (document.Heading("Entwicklung", opens=True), document.Text("Danach."))


def test_a_heading_opens_a_page_unless_what_precedes_it_takes_more() -> None:
    first, second = _texts(_chapter(_table(9), *OPENING))
    assert "Bezirk 9 8,5" in first and "Entwicklung" not in first
    assert re.search("Entwicklung Danach.", second)
    *begun, last = _texts(_chapter(_table(90), *OPENING))
    assert len(begun) == 1 and "Bezirk 90 89,5" in last and "Entwicklung Danach." in last


def test_a_table_has_the_largest_letters_that_leave_it_on_its_page() -> None:
    def letters(rows: int) -> float:
        (page,) = _opened(_chapter(_table(rows)))
        spans = [
            span
            for block in page.get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
        return max(round(float(span["size"]), 1) for span in spans if "Bezirk" in span["text"])

    assert [letters(rows) for rows in (9, 20, 50)] == [9.5, 9.5, 8.5]


def test_pictures_of_a_row_of_three_have_one_width() -> None:
    one, two, three = (document.Figure(SVG, f"Bild {n}", f"Bild {n}") for n in (1, 2, 3))
    row = document.Beside((one,), (document.Beside((two,), (three,)),), 1 / 3)
    (page,) = _opened(_chapter(row))
    words = [word for word in page.get_text("words") if word[4] == "Bild"]
    (first, top), (second, level), (third, same) = ((word[0], word[1]) for word in words)
    assert second - first == pytest.approx(third - second, abs=0.1) and top == level == same


def test_a_picture_without_words_is_refused_with_its_chapter() -> None:
    bare = document.Beside((document.Figure(SVG, " "),), ())
    broken = dataclasses.replace(_document(), parts=(document.Part("Familien", (bare,)),))
    with pytest.raises(
        document.DocumentError, match="„Familien“ hat ein Bild keine Textalternative"
    ):
        pdf.written(broken)


def test_a_picture_that_is_none_is_refused_with_its_chapter() -> None:
    broken = document.Part("Wohnen", (document.Figure("<svg", "Ein Bild"),))
    parts = (*_document().parts, broken)
    with pytest.raises(document.DocumentError, match="Kapitel „Wohnen“ lässt sich nicht"):
        pdf.written(dataclasses.replace(_document(), parts=parts))


def test_a_cover_that_cannot_be_set_is_named() -> None:
    broken = dataclasses.replace(_document(), emblem=document.Figure("<svg", "Ein Bild"))
    with pytest.raises(document.DocumentError, match="Titelseite"):
        pdf.written(broken)


def test_progress_hears_of_every_part() -> None:
    heard: list[str] = []
    pdf.written(_sheet(_exhibit(3)), heard.append)
    assert heard == ["Kinder in Bedarfsgemeinschaften"]
