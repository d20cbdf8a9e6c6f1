"""Word files and slides say what the document says, to eyes, ears and spreadsheets."""

import io
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pptx
import pytest

import slide_rooms
from documents import measuring, slide_room, slides, word
from documents.document import (
    Beside,
    Block,
    Chart,
    Document,
    DocumentError,
    Exhibit,
    Facts,
    Figure,
    Heading,
    Items,
    Part,
    Series,
    Table,
    Text,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">'
    '<rect width="90" height="40" fill="#41b6c4"/><text y="20" font-family="serif">A</text></svg>'
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
AWKWARD = "5 < 7 & „Größe“ <b>nicht fett</b>"
AREAS = tuple(f"Gebiet {n}" for n in range(1, 31))
BARS = Chart(
    "bars", "Prozent", 1, ("Hahlen", "Dützen", "Minden"), (Series("Quote", (9.5, None, 4.0)),)
)
LINES = Chart(
    "lines",
    "je 1.000",
    0,
    ("2022", "2023"),
    (Series("Hahlen", (1.0, 2.0)), Series("Minden", (None, 5.0))),
)
LONG = Table(
    "Alle Gebiete",
    ("Gebiet", "Anteil in Prozent"),
    tuple((area, "geheim" if n == 3 else f"{n},5") for n, area in enumerate(AREAS)),
    frozenset({1}),
    frozenset({29}),
)
EXHIBIT = Exhibit(
    "Kinder",
    "Anteil in Prozent",
    ("In Hahlen sind es 9,5 Prozent.",),
    (Figure(SVG, "Balken & Zahlen", "Rangfolge", BARS), Figure(SVG, "Linien", "", LINES)),
    (LONG,),
    ("Quelle: Amt", "Stand: 31.12.2024"),
    "https://atlas.example/kinder?a=1&b=2",
)
BLOCKS: tuple[Block, ...] = (
    Text("Vorspann", "lead"),
    Text(AWKWARD),
    Text("Achtung", "note"),
    Text("klein", "small"),
    Heading("Lesehilfe"),
    Items(("Punkt eins", "Punkt zwei")),
    Facts((("Quote", "Zähler durch Nenner"),)),
    Beside((Figure(SVG, "Karte von Hahlen", "Lage"),), (Heading("Rechts"), Text("daneben"))),
    EXHIBIT,
)


def _document(blocks: tuple[Block, ...] = BLOCKS, cover: bool = True) -> Document:
    parts = (
        Part("Überblick", blocks, "Kapitel 1", words=("Kinder", "Ärzte")),
        Part("Hahlen", (Heading("Lage"), Text("Text")), level=2, words=("Kinder",)),
    )
    return Document(
        "Atlas",
        "Alle Gebiete",
        "Minden",
        "Stadt Minden",
        "2026-11-01",
        "Minden · Datenstand 2026-11",
        parts,
        cover,
        (("Herausgeber", "Stadt Minden"),),
        ("Vorläufig.",),
        Figure(SVG, "Umriss von Minden"),
    )


@pytest.fixture(scope="module")
def paper() -> bytes:
    return word.written(_document())


@pytest.fixture(scope="module")
def deck() -> bytes:
    return slides.written(_document())


def _files(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _xml(content: bytes, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(_files(content)[name])


def _books(content: bytes) -> list[list[tuple[Any, ...]]]:
    return [
        list(openpyxl.load_workbook(io.BytesIO(blob)).worksheets[0].values)
        for name, blob in sorted(_files(content).items())
        if name.endswith(".xlsx")
    ]


@pytest.mark.parametrize("writer", [word, slides])
def test_the_same_document_gives_the_same_bytes_on_its_own_day(writer: Any) -> None:
    heard: list[str] = []
    made = writer.written(_document(), heard.append)
    assert made == writer.written(_document())
    assert heard == ["Überblick", "Hahlen"]
    core = _files(made)["docProps/core.xml"].decode()
    assert "2026-11-01T00:00:00Z" in core and "<dc:language>de-DE" in core
    for name, blob in _files(made).items():
        assert b'TargetMode="External"' not in blob, name
        if name.endswith(".xlsx"):
            assert b"2026-11-01T00:00:00Z" in _files(blob)["docProps/core.xml"]


def test_words_headings_and_tables_stand_in_the_word_file(paper: bytes) -> None:
    read = docx.Document(io.BytesIO(paper))
    styled = [(p.style.name, p.text) for p in read.paragraphs if p.style]
    headings = [(name, text) for name, text in styled if name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Überblick"),
        ("Heading 2", "Lesehilfe"),
        ("Heading 3", "Rechts"),
        ("Heading 3", "Kinder"),
        ("Heading 2", "Hahlen"),
        ("Heading 3", "Lage"),
        ("Heading 1", "Index der Indikatoren"),
        ("Heading 1", "Impressum"),
    ]
    for line in (
        ("Title", "Atlas"),
        ("Vorspann", "Vorspann"),
        ("Normal", AWKWARD),
        ("Hinweis", "Achtung"),
        ("List Bullet", "Punkt zwei"),
        ("Begriff", "Quote\tZähler durch Nenner"),
        ("Herkunft", "Stand: 31.12.2024"),
    ):
        assert line in styled
    (table,) = read.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        list(row) for row in (LONG.columns, *LONG.rows)
    ]


def test_pictures_that_belong_together_are_low_in_the_word_file() -> None:
    drawing, chart = Figure(SVG, "Karte"), Figure(SVG, "Linien", "", LINES)
    made = word.written(_document((drawing, chart, Beside((drawing,), (chart,)))))
    place = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
    found = _xml(made, "word/document.xml").iter(place)
    sizes = [tuple(round(int(one.attrib[key]) / 36_000) for key in ("cx", "cy")) for one in found]
    # Behind the cover: 17 cm wide, at most 7 cm and 4.5 cm high.
    assert sizes[1:] == [(170, 76), (170, 75), (158, 70), (170, 45)]


def test_a_sheet_is_its_view_alone() -> None:
    sheet = replace(_document((EXHIBIT,), cover=False), imprint=())
    sheet = replace(sheet, parts=sheet.parts[:1])
    read = docx.Document(io.BytesIO(word.written(sheet)))
    assert [p.text for p in read.paragraphs if str(p.style and p.style.name)[:4] == "Head"] == [
        "Kinder"
    ]
    deck = pptx.Presentation(io.BytesIO(slides.written(sheet)))
    assert {slide.shapes.title.text[:6] for slide in deck.slides} == {"Kinder"}


def test_the_word_file_repeats_heads_keeps_rows_whole_and_speaks_german(paper: bytes) -> None:
    body = _xml(paper, "word/document.xml")
    rows = list(body.iter(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * 30
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    sides = [cell.find(f".//{W}jc") for cell in rows[1].iter(f"{W}tc")]
    assert sides[0] is None and sides[1] is not None and sides[1].get(f"{W}val") == "right"
    assert rows[30].find(f".//{W}b") is not None and rows[29].find(f".//{W}b") is None
    language = _xml(paper, "word/styles.xml").find(f"{W}docDefaults//{W}lang")
    assert language is not None and language.get(f"{W}val") == "de-DE"
    assert b'w:altName w:val="Calibri"' in _files(paper)["word/fontTable.xml"]


def test_contents_and_index_lead_to_bookmarks_that_exist(paper: bytes) -> None:
    body = _xml(paper, "word/document.xml")
    marks = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    links = list(body.iter(f"{W}hyperlink"))
    said = ["".join(text.text or "" for text in link.iter(f"{W}t")) for link in links]
    assert said == ["Überblick", "Lesehilfe", "Hahlen", "Ärzte", "Kinder"]
    assert {link.get(f"{W}anchor") for link in links} <= marks
    orders = " ".join(order.text or "" for order in body.iter(f"{W}instrText"))
    assert 'TOC \\o "1-2"' in orders and "INDEX" in orders and orders.count('XE "Kinder"') == 2
    kinds = [mark.get(f"{W}fldCharType") for mark in body.iter(f"{W}fldChar")]
    assert kinds.count("begin") == kinds.count("end")


@pytest.mark.parametrize("writer", [word, slides])
def test_workbooks_behind_charts_hold_the_values_and_gaps_stay_empty(writer: Any) -> None:
    made = writer.written(_document())
    assert _books(made) == [
        [(None, "Quote"), ("Hahlen", 9.5), ("Dützen", None), ("Minden", 4)],
        [(None, "Hahlen", "Minden"), ("2022", 1, None), ("2023", 2, 5)],
    ]
    files = _files(made)
    book = next(blob for name, blob in sorted(files.items()) if name.endswith(".xlsx"))
    assert openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]["B2"].number_format == "#,##0.0"
    drawn = [
        blob for name, blob in sorted(files.items()) if re.search(r"charts/chart\d+\.xml", name)
    ]
    assert len(drawn) == 2
    chart = ElementTree.fromstring(drawn[0])
    places = [point.get("idx") for point in chart.findall(f".//{C}val//{C}pt")]
    assert places == ["0", "2"]
    gap = chart.find(f".//{C}dispBlanksAs")
    assert gap is not None and gap.get("val") == "gap"


def test_series_stay_apart_without_colours() -> None:
    several = (Series("Frauen", (1.0,)), Series("Männer", (2.0,)), Series("Alle", (3.0,)))
    lines = Chart("lines", "", 0, ("2024",), several)
    figures = (Figure(SVG, "Linien", "", lines), Figure(SVG, "S", "", replace(lines, kind="bars")))
    files = _files(word.written(_document(figures)))
    drawn, filled = (ElementTree.fromstring(files[f"word/charts/chart{n}.xml"]) for n in (2, 3))
    dashes = [dash.get("val") for dash in drawn.findall(f".//{C}ser/{C}spPr/{A}ln/{A}prstDash")]
    assert len(set(dashes)) == 3
    assert len({mark.get("val") for mark in drawn.findall(f".//{C}marker/{C}symbol")}) == 3
    fills = [series.findall(f"{C}spPr/*")[0] for series in filled.findall(f".//{C}ser")]
    assert fills[0].tag == f"{A}solidFill"
    assert len({fill.get("prst") for fill in fills[1:]}) == 2


@pytest.mark.parametrize(("writer", "body"), [(word, "word/document.xml"), (slides, "slide")])
def test_every_picture_has_words_and_maps_stay_vectors(writer: Any, body: str) -> None:
    files = _files(writer.written(_document()))
    xml = b"".join(blob for name, blob in files.items() if body in name and name.endswith(".xml"))
    said = set(re.findall(r'descr="([^"]*)"', xml.decode()))
    assert {"Balken &amp; Zahlen", "Linien", "Karte von Hahlen", "Umriss von Minden"} <= said
    drawing, _map = (blob for name, blob in files.items() if name.endswith(".svg"))
    assert b'font-family="Source Sans Pro"' in drawing
    assert b"svgBlip" in xml


def test_each_view_is_a_slide_and_long_tables_go_on(deck: bytes) -> None:
    read = pptx.Presentation(io.BytesIO(deck))
    titles = [slide.shapes.title.text for slide in read.slides]
    count = sum(title.startswith("Kinder") for title in titles)
    assert titles == [
        "Atlas",
        "Inhalt",
        "Überblick",
        "Überblick",
        "Überblick: Lesehilfe",
        "Überblick: Rechts",
        *(f"Kinder ({place} von {count})" for place in range(1, count + 1)),
        "Hahlen: Lage",
        "Impressum",
    ]
    tables = [s.table for slide in read.slides for s in slide.shapes if s.has_table]
    cells = [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    assert all(table[0] == list(LONG.columns) for table in cells)
    assert [row for table in cells for row in table[1:]] == [list(row) for row in LONG.rows]
    notes = [
        slide.notes_slide.notes_text_frame.text for slide in read.slides if slide.has_notes_slide
    ]
    assert any("In Hahlen sind es 9,5 Prozent.\nQuelle: Amt" in note for note in notes)


def test_sections_of_the_presentation_are_the_parts(deck: bytes) -> None:
    office = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
    main = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
    whole = _xml(deck, "ppt/presentation.xml")
    sections = list(whole.iter(f"{office}section"))
    assert [one.get("name") for one in sections] == ["Atlas", "Überblick", "Hahlen", "Impressum"]
    held = [slide.get("id") for one in sections for slide in one.iter(f"{office}sldId")]
    assert held == [slide.get("id") for slide in whole.iter(f"{main}sldId")]
    assert len({one.get("id") for one in sections}) == 4


def test_short_texts_and_halves_of_narrow_tables_share_a_slide() -> None:
    more = replace(LONG, caption="", rows=LONG.rows[:29], strong=frozenset({28}))
    blocks = (
        Text("Vorspann", "lead"),
        Beside(
            (Figure(SVG, "Karte", "Lage"), Text("Nachbarn: keine", "small")),
            (Figure(SVG, "Alter"),),
        ),
        Heading("Vergleich"),
        Text("So ist es zu lesen.", "small"),
        more,
        Text("Quelle: Amt", "small"),
        *(block for n in range(3) for block in (Heading(f"Absatz {n}"), Text(AWKWARD))),
    )
    made = slides.written(replace(_document(blocks, cover=False), imprint=()))
    told = [
        [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for slide in pptx.Presentation(io.BytesIO(made)).slides
    ]
    assert [texts[0] for texts in told] == [
        "Überblick",
        "Überblick",
        "Überblick: Vergleich",
        "Überblick",
        "Hahlen: Lage",
    ]
    assert {"Vorspann", "Lage", "Nachbarn: keine"} <= set(told[1])
    assert {"So ist es zu lesen.", "Quelle: Amt"} <= set(told[2])
    assert told[3][1].split("\n")[::2] == ["Absatz 0", "Absatz 1", "Absatz 2"]
    view = pptx.Presentation(io.BytesIO(made)).slides[2]
    halves = [[row.cells[0].text for row in s.table.rows] for s in view.shapes if s.has_table]
    assert halves == [["Gebiet", *AREAS[:15]], ["Gebiet", *AREAS[15:29]]]
    test_nothing_on_slides_overlaps_leaves_the_slide_or_overflows(made)


def test_sentences_beside_pictures_stay_whole_above_long_small_print() -> None:
    said = tuple(Text(f"Satz {n}: " + "Hier leben viele Kinder. " * 4) for n in range(3))
    foot = Text("Quelle mit vielen Angaben. " * 30, "small")
    blocks: tuple[Block, ...] = (*said, Figure(SVG, "Karte von Hahlen"), foot)
    made = slides.written(_document(blocks, cover=False))
    told = "\n".join(
        shape.text_frame.text
        for slide in pptx.Presentation(io.BytesIO(made)).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )
    assert all(line.text in told for line in (*said, foot))
    test_nothing_on_slides_overlaps_leaves_the_slide_or_overflows(made)


def test_dates_above_narrow_columns_have_their_year_below() -> None:
    years = [str(year) for year in range(2010, 2025)]
    head = ("Gebiet", *(f"31.12.{year}" for year in years))
    table = Table("Alle", head, ((AREAS[0], *("37,9 m" for _ in years)),), frozenset(range(1, 16)))
    made = slides.written(_document((table,), cover=False))
    view = pptx.Presentation(io.BytesIO(made)).slides[1]
    [shown] = [shape.table for shape in view.shapes if shape.has_table]
    cells = [cell.text for cell in shown.rows[0].cells]
    assert cells == ["Gebiet", *(f"31.12.\v{year}" for year in years)]
    letters = shown.cell(1, 1).text_frame.paragraphs[0].runs[0].font.size.pt
    assert letters >= 12
    wide = measuring.width("37,9 m", letters, bold=True)
    assert all(column.width.pt >= wide for column in shown.columns)


def test_nothing_on_slides_overlaps_leaves_the_slide_or_overflows(deck: bytes) -> None:
    read = pptx.Presentation(io.BytesIO(deck))
    assert (read.slide_width, read.slide_height) == (12192000, 6858000)
    for slide in read.slides:
        slide_rooms.assert_well_laid(slide)


def test_every_run_on_slides_is_german(deck: bytes) -> None:
    for name, blob in _files(deck).items():
        if re.fullmatch(r"ppt/(slides|slideLayouts|slideMasters|notesSlides)/[^/]*\.xml", name):
            for run in ElementTree.fromstring(blob).iter(f"{A}r"):
                properties = run.find(f"{A}rPr")
                assert properties is not None and properties.get("lang") == "de-DE", name


def test_long_titles_and_origins_find_room() -> None:
    wordy = replace(
        EXHIBIT,
        title="Kinder in Haushalten mit Bürgergeld " * 6,
        about="Anteil an allen unter 15-Jährigen " * 4,
        sentences=("Ein langer Satz über viele Kinder. " * 12,) * 3,
        origin=("Eine lange Quelle mit vielen Angaben. " * 8,) * 6,
    )
    made = slides.written(_document((wordy,), cover=False))
    test_nothing_on_slides_overlaps_leaves_the_slide_or_overflows(made)
    shown = slide_room.shown_origin(slide_room.Page("view", "", origin=wordy.origin))
    assert shown.startswith("Eine lange Quelle")
    assert shown.endswith(" · Weitere Angaben stehen in den Notizen dieser Folie.")


def test_lines_that_follow_each_other_share_slides() -> None:
    figures = tuple(Figure(SVG, f"Linie {n}", f"Bild {n}", LINES) for n in range(8))
    made = slides.written(replace(_document(figures, cover=False), imprint=()))
    read = pptx.Presentation(io.BytesIO(made))
    charts = [sum(shape.has_chart for shape in slide.shapes) for slide in read.slides]
    assert charts[:3] == [0, 4, 4]
    assert len(_books(made)) == 8
    test_nothing_on_slides_overlaps_leaves_the_slide_or_overflows(made)


@pytest.mark.parametrize("writer", [word, slides])
@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (Figure(SVG, " "), "keine Textalternative"),
        (Figure("<svg", "Karte"), "Meldung"),
        (Figure(SVG, "x", "", replace(BARS, series=(Series("a", (1.0,)),))), "Meldung"),
        (replace(LONG, rows=(("nur eine",),)), "Meldung"),
        (replace(LONG, rows=(("unsichtbar\x00", "1"),)), "Meldung"),
    ],
)
def test_what_cannot_be_written_names_its_chapter(writer: Any, block: Block, reason: str) -> None:
    with pytest.raises(DocumentError, match=f"„Überblick“.*{reason}"):
        writer.written(_document((block,)))


def test_words_break_into_lines_only_where_they_must() -> None:
    one = measuring.width("Kinder", 10)
    assert measuring.width("Kinder", 20) == pytest.approx(2 * one)
    assert measuring.width("Kinder", 10, bold=True) > one
    assert measuring.lines("Kinder Kinder", 10, one * 2) == 2
    assert measuring.lines("Kinder Kinder", 10, one * 2.5) == 1
    assert measuring.lines("Kinder\nKinder", 10, 500) == 2
    assert measuring.lines("Nord-Süd", 10, measuring.width("Nord-", 10) + 0.1) == 2
    assert measuring.lines("Nord-Süd", 10, measuring.width("Nord-Süd", 10) + 0.1) == 1
    assert measuring.lines("37,9\xa0%", 10, measuring.width("37,9", 10) + 0.1) == 2, "too wide"
    assert measuring.pieces("Stand 31.12.2024") == ["Stand", "31.12.", "2024"]
    table = Table("", ("Gebiet", "Wert"), (("Hahlen", "1"), ("Dützen", "2")))
    size, widths = measuring.columns(table, 200, (12, 10), gap=4)
    assert size == 12 and sum(widths) == pytest.approx(200)
    assert measuring.columns(table, 20, (12, 10), gap=4)[0] == 10
