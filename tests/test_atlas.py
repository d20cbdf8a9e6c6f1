"""The Sozialatlas says what the release says, and nothing the release holds back."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import polars as pl
import pymupdf
import pytest

import canaries
import server
from components import atlas, atlas_files, atlas_themes
from documents import files, pdf
from documents.document import Document, DocumentError, Exhibit, Figure, Part
from loaders import atlases, jobs, releases
from recounted import Recounted, printed

Book = list[list[str]]
"""The lines of each page, words from left to right."""


def opened(*file: Path, **stream: bytes) -> Any:
    """A PDF; the library that reads it is not typed."""
    return pymupdf.open(*file, **stream)


@pytest.fixture(scope="session")
def written(book: Path) -> Path:
    """The whole book of Minden's release as PDF."""
    return next(book.glob("*.pdf"))


@pytest.fixture(scope="session")
def pages(written: Path) -> Book:
    with opened(written) as found:
        return [lines(page) for page in found]


@pytest.fixture(scope="session")
def chapters(written: Path) -> dict[str, int]:
    """The first page of each chapter, counted from 0; of two of one name the first."""
    with opened(written) as found:
        return {title: page - 1 for _level, title, page in reversed(found.get_toc())}


def report(name: str, folder: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return server.prepare("report", name, "--releases", folder, "--out", out, *more)


def lines(page: Any) -> list[str]:
    """The words of a page by the line they stand on."""
    rows: list[tuple[float, list[tuple[float, str]]]] = []
    for left, _top, _right, bottom, text, *_rest in sorted(
        page.get_text("words"), key=lambda word: word[3]
    ):
        if not rows or bottom - rows[-1][0] > 1.2:
            rows.append((bottom, []))
        rows[-1][1].append((left, text))
    return [" ".join(text for _left, text in sorted(words)) for _bottom, words in rows]


def names(release: releases.Release) -> dict[str, str]:
    found = pl.read_parquet(release.folder / "areas.parquet")
    own = found.filter(pl.col("level") == release.catalog.city.default_level)
    return dict(own.select("area", "name").iter_rows())


def test_every_figure_of_every_district_is_the_releases(
    numbers: Recounted, pages: Book, chapters: dict[str, int]
) -> None:
    assert len(numbers.areas) == 19
    told = held_back = 0
    for theme in numbers.release.catalog.themes:
        indicator = numbers.release.catalog.indicators[theme.headline]
        last = numbers.newest(indicator)
        compared = [line for page in pages[chapters[theme.title] :][:2] for line in page]
        for name, area in numbers.areas.items():
            value = printed(numbers.number(indicator, area, last))
            sheet = [line for page in pages[chapters[name] :][:2] for line in page]
            rows = [line for line in sheet if line.startswith(f"{indicator.short} ")]
            if indicator.id == "einwohner":
                assert f"bei {value}." in " ".join(sheet), (name, value)
            elif value:
                assert any(row.startswith(f"{indicator.short} {value} ") for row in rows), rows
            else:
                [row] = [row for row in rows if "nicht vergleichbar" in row]
                assert row.removeprefix(f"{indicator.short} ")[0] in "./…x", row
                held_back += 1
            beside = [line for line in compared if f"{name} {value}".strip() in line]
            assert beside, (theme.id, name, value)
            told += bool(value)
    assert told > 150 and held_back > 20


def test_each_district_has_two_pages(
    release: releases.Release, pages: Book, chapters: dict[str, int]
) -> None:
    first = [chapters[name] for name in names(release).values()]
    assert [later - one for one, later in itertools.pairwise(first)] == [2] * 18
    assert chapters[release.catalog.themes[0].title] == first[-1] + 2
    assert 60 <= len(pages) <= 80


def test_the_second_page_of_a_district_begins_with_its_trends(
    release: releases.Release, pages: Book, chapters: dict[str, int]
) -> None:
    for name in names(release).values():
        assert pages[chapters[name] + 1][1] == "Entwicklung", name


def test_no_page_is_left_empty_and_none_has_letters_too_small_to_read(
    written: Path, chapters: dict[str, int]
) -> None:
    filled, smallest = {}, {}
    with opened(written) as found:
        for page in found:
            top, bottom = 21 / 25.4 * 72, page.rect.height - 25 / 25.4 * 72
            words = [w for w in page.get_text("words") if top < w[1] and w[3] < bottom + 12]
            filled[page.number] = (max(word[3] for word in words) - top) / (bottom - top)
            spans = [
                span["size"]
                for block in page.get_text("dict")["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
            ]
            smallest[page.number] = min(spans)
    # A foreword is as long as it is.
    del filled[chapters["Vorwort"]]
    assert min(filled.values()) > 0.5, filled
    assert min(smallest.values()) >= 6, smallest


def test_tables_of_all_years_run_as_their_charts_from_old_to_new(
    release: releases.Release,
) -> None:
    book = [part for part in atlas_themes.parts(release) if part.title == "Existenzsicherung"]
    trends = [
        one
        for part in book
        for one in part.blocks
        if isinstance(one, Exhibit) and one.figures[0].chart and len(one.tables[0].columns) > 6
    ]
    [trend] = trends
    [table] = trend.tables
    assert table.columns == ("Stadtbezirk", *map(str, range(2012, 2025)))
    assert table.caption.endswith(": alle Zeitpunkte, %, jeweils am 31.12.")
    chart = trend.figures[0].chart
    assert chart and [head[-4:] for head in chart.categories] == list(table.columns[1:])
    [city] = [row for row in table.rows if row[0] == "Minden"]
    assert city[-1].split()[0] == "24,8" and city[1].split()[0] == "23,5"


def test_the_opening_page_shows_where_each_district_lies(
    release: releases.Release, pages: Book, chapters: dict[str, int]
) -> None:
    page = " ".join(pages[chapters["Die Stadtbezirke"]])
    for name in names(release).values():
        # In the list, and in the map, there perhaps in two lines.
        assert all(page.count(word) >= 2 for word in re.split(r" |(?<=-)", name)), name


def test_the_template_orders_the_book_and_the_offices_speak_in_it(
    release: releases.Release, pages: Book, chapters: dict[str, int]
) -> None:
    template = tomllib.loads((server.ROOT / "data/minden/atlas/atlas.toml").read_text("utf-8"))
    texts = server.ROOT / "data/minden/atlas/texts"
    assert template["title"] in pages[0]
    places = [
        *(
            chapters[title]
            for title in ("Vorwort", "So lesen Sie den Atlas", "Minden im Überblick")
        ),
        chapters["Bärenkämpen"],
        *(
            chapters[theme.title]
            for chosen in template["themes"]
            for theme in release.catalog.themes
            if theme.id == chosen["id"]
        ),
        chapters["Indikatoren und Quellen"],
        chapters["Geheimhaltung"],
    ]
    assert len(places) == 4 + 12 + 2 and places == sorted(places)
    titles = {"vorwort": "Vorwort", **names(release)}
    titles |= {theme.id: theme.title for theme in release.catalog.themes}
    written = sorted(texts.rglob("*.md"))
    assert len([path for path in written if path.parent.name == "gebiete"]) >= 3
    for path in written:
        last = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", path.read_text("utf-8")).split()[-4:]
        page = re.sub(r"[\u00ad-] ?", "", " ".join(pages[chapters[titles[path.stem]]]))
        assert " ".join(last) in page, path.name
        assert "Text: Statistikstelle der Stadt Minden." in page
    for chosen in template["themes"]:
        title = titles[chosen["id"]]
        shown = [line for page in pages[chapters[title] :][:2] for line in page]
        for one in chosen["indicators"]:
            heading = release.catalog.indicators[one["id"]].title
            assert shown.count(heading) >= len(one["views"]), heading


def test_the_page_says_what_the_template_orders(release: releases.Release) -> None:
    told = atlas.contents(release)
    assert told[:4] == [
        "Vorwort",
        "So lesen Sie den Atlas",
        "Minden im Überblick",
        "19 Stadtbezirke, je ein Blatt",
    ]
    assert told[4].startswith("Themen im Vergleich: Bevölkerung; Haushalte und Familien; Geburten")
    assert told[5:] == [
        "Alle Indikatoren mit Definition und Quelle",
        "Geheimhaltung",
        "Index der Indikatoren",
        "Impressum",
    ]


def test_a_damaged_file_is_told_with_its_chapter(release: releases.Release, tmp_path: Path) -> None:
    folder = tmp_path / release.id
    shutil.copytree(release.folder, folder)
    shutil.copy(release.folder.parent / "trusted.pub", tmp_path)
    opened_before = releases.opened(folder)
    (folder / "interventions.json").write_text("{}")
    with pytest.raises(
        DocumentError, match=r"^Das Kapitel „19 Stadtbezirke, je ein Blatt“.*„interventions.json“"
    ):
        atlas.whole(opened_before)


def test_every_indicator_is_defined_with_its_source(
    release: releases.Release, written: Path
) -> None:
    # The text as it is read aloud: column by column, each page between its head and its foot.
    running = re.compile(r"Seite \d+ von \d+$|^Minden · Datenstand|^Modellwert, keine amtliche")
    with opened(written) as found:
        told = [line for page in found for line in page.get_text().splitlines()]
    text = " ".join(line.strip() for line in told if not running.search(line))
    plain = re.sub(r"[\u00ad-] ?", "", " ".join(text.split()))
    for indicator in release.catalog.indicators.values():
        for words in (indicator.definition, indicator.caution):
            assert re.sub("- ?", "", " ".join(words.split())) in plain, indicator.id


def test_nothing_internal_is_in_the_book(written: Path, internal_releases: Path) -> None:
    wanted = canaries.needles(internal_releases)
    with pikepdf.open(written) as found:
        unpacked = [each.read_bytes() for each in found.objects if isinstance(each, pikepdf.Stream)]
    with opened(written) as read:
        text = "".join(page.get_text() for page in read)
    for data in (*unpacked, text.encode()):
        assert canaries.found(data, wanted) == []


def test_a_sheet_alone_says_all_of_its_figures_on_two_pages(release: releases.Release) -> None:
    # The fullest one: words of the office, projects, measures.
    with opened(stream=atlas_files.sheet(release, "01")) as sheet:
        assert len(sheet) == 2
        told = re.sub(r"\u00ad\n|\s+", " ", sheet[0].get_text()).replace("  ", " ")
    assert told.count("Steckbrief Bärenkämpen") == 1
    for said in ("Zeichen: m = Modellwert · Quellen: ", "Basis: ", "Lizenz: ", "Geheimhaltung: "):
        assert said in told
    assert "„Nicht vergleichbar“" in told and "So lesen Sie den Atlas" not in told


def test_the_same_release_gives_the_same_bytes(
    release: releases.Release, minden_releases: Path, internal_releases: Path, tmp_path: Path
) -> None:
    made = report(release.id, minden_releases, tmp_path, "--area", "05", "--area", "07", "--json")
    assert made.returncode == 0, made.stderr
    assert {path.name for path in tmp_path.iterdir()} == {
        f"steckbrief_{name}_{release.id}.{ending}"
        for name in ("haddenhausen", "hahlen")
        for ending in files.FORMATS
    }
    wanted = canaries.needles(internal_releases)
    for ending in files.FORMATS:
        path = tmp_path / f"steckbrief_haddenhausen_{release.id}.{ending}"
        again = atlas_files.sheet(release, "05", ending)
        assert path.read_bytes() == again
        if ending == "pdf":
            with opened(stream=again) as sheet:
                assert len(sheet) == 2
            continue
        with zipfile.ZipFile(path) as unpacked:
            for member in unpacked.namelist():
                assert canaries.found(unpacked.read(member), wanted) == [], member


@pytest.mark.parametrize(
    ("name", "more", "code", "said"),
    [
        ("", ("--area", "99"), 2, "Das Gebiet „99“ gibt es in diesem Datenstand nicht"),
        ("", ("--audience", "internal"), 1, "Mit --audience public aufrufen."),
        ("minden-2020-01-00000000", (), 1, "minden-2020-01-00000000"),
        ("", ("--format", "odt"), 2, "--help"),
    ],
)
def test_bad_calls_are_refused_in_german(
    minden: Path, minden_releases: Path, tmp_path: Path,
    name: str, more: tuple[str, ...], code: int, said: str,
) -> None:  # fmt: skip
    made = report(name or minden.name, minden_releases, tmp_path / "out", *more)
    assert made.returncode == code
    assert said in " ".join(made.stderr.split())
    assert not (tmp_path / "out").exists()


def test_other_commands_know_nothing_of_the_app() -> None:
    asked = "import sys, prepare.__main__; print({'streamlit', 'components'} & {*sys.modules})"
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=server.ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "set()"


def test_one_book_is_made_at_a_time_and_kept(
    release: releases.Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A release that is not there: its program starts, and refuses.
    gone = releases.Release(tmp_path / "gone", {**release.manifest, "id": "gone"}, release.catalog)
    assert atlases.file(gone, "pdf") is None
    assert atlases.begin(gone, "pdf") and atlases.begin(gone, "pdf")
    other = releases.Release(tmp_path / "b", release.manifest, release.catalog)
    assert not atlases.begin(other, "pdf")
    atlases._jobs[(gone.folder, "pdf")][0].process.wait()
    with pytest.raises(jobs.JobError):
        atlases.file(gone, "pdf")
    assert atlases.file(gone, "pdf") is None and atlases.stage(gone, "pdf") is None


def test_a_picture_without_words_is_named_with_its_chapter() -> None:
    part = Part("Bärenkämpen", (Figure("<svg/>", " "),))
    document = Document("Titel", "", "Minden", "Stadt", "2026-11-01", "Minden", (part,))
    with pytest.raises(DocumentError, match=r"Bärenkämpen.*Textalternative"):
        pdf.written(document)


def test_the_book_has_tags_words_for_pictures_heads_and_bookmarks(
    written: Path, numbers: Recounted
) -> None:
    with pikepdf.open(written) as found, found.open_outline() as outline:
        assert str(found.Root.Lang).startswith("de") and found.Root.MarkInfo.Marked
        tags = [each for each in found.objects if isinstance(each, pikepdf.Dictionary)]
        elements = [each for each in tags if each.get("/Type") == "/StructElem"]
        said = [str(each.get("/Alt", "")) for each in elements if each.S == "/Figure"]
        tables = [each for each in elements if each.S == "/Table"]
        heads = [each for each in elements if each.S == "/TH"]
        marks = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    # Of each district the map, the pyramid and its trends; of each theme a map and a trend.
    assert len(said) > 19 * 7 + 12 * 2 and all(len(words) > 10 for words in said)
    assert len(tables) >= 19 + 12 * 2 and len(heads) > 2 * len(tables)
    assert {theme.title for theme in numbers.release.catalog.themes} <= set(marks)
    assert set(numbers.areas) <= set(below)
