"""The report: everything a statistician needs, nothing that runs, rows as they stand in Excel."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

import small_city
from prepare import publishing, release, report, runs, terminal
from prepare.excerpts import Originals, clean
from prepare.findings import Finding
from prepare.overview import Overview
from prepare.rules import RULES
from prepare.runs import Run

NASTY = '<script>alert("1")</script>'


class Structure(HTMLParser):
    """Tags with attributes, the texts of every table by its caption, headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.tables: list[tuple[str, list[list[str]]]] = []
        self.headings: list[tuple[int, str]] = []
        self._text = ""
        self._rows: list[list[str]] = []
        self._caption = ""
        self.marked: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "table":
            self._rows, self._caption = [], ""
        if tag == "tr":
            self._rows.append([])
        if tag in ("td", "th", "caption", "h1", "h2", "h3", "h4"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        text = " ".join(self._text.split())
        if tag in ("td", "th"):
            self._rows[-1].append(text)
            if tag == "td" and self.tags[-1][1].get("class") == "marked":
                self.marked.append(text)
        if tag == "caption":
            self._caption = text
        if tag == "table":
            self.tables.append((self._caption, self._rows))
        if re.fullmatch(r"h[1-4]", tag):
            self.headings.append((int(tag[1]), text))

    def table(self, words: str) -> list[list[str]]:
        """Rows of the one table whose caption holds the words."""
        [rows] = [rows for caption, rows in self.tables if words in caption]
        return rows


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A city whose workbook has a text and a blank among its numbers."""
    folder = small_city.write(tmp_path_factory.mktemp("faulty"))
    path = folder / "deliveries/bestand_2024.xlsx"
    book = openpyxl.load_workbook(path)
    book["Bestand"]["C7"] = NASTY
    book["Bestand"]["E8"] = None
    book.save(path)
    return runs.run(folder)


def html(run: Run) -> str:
    steps = report.after_check(run.city, run.wrong)
    told = report.Report(run.findings, run.read, run.originals, "nichts veröffentlicht", steps)
    return report.html(told)


def test_the_summary_comes_first(faulty: Run) -> None:
    found = Structure(html(faulty))
    assert found.headings[:3] == [
        (1, "Prüfbericht Klein"), (2, "Ergebnis"), (3, "Wie es weitergeht"),
    ]  # fmt: skip
    said = "2 Fehler, 0 Warnungen, 0 Hinweise; 1 Datei, 43 Werte gelesen; nichts veröffentlicht"
    assert said in html(faulty)


def test_the_rows_around_a_finding_are_those_of_excel(faulty: Run) -> None:
    path = faulty.deliveries / "bestand_2024.xlsx"
    sheet = openpyxl.load_workbook(path)["Bestand"]
    [finding] = [one for one in faulty.findings if one.value == NASTY]
    excerpt = faulty.originals.excerpt(finding)
    assert excerpt is not None
    assert excerpt.columns == tuple("ABCDEFGHIJK")
    assert [line.row for line in excerpt.heads] == [4]
    assert [line.row for line in excerpt.lines] == [5, 6, 7, 8, 9]
    for line in (*excerpt.heads, *excerpt.lines):
        for number, cell in enumerate(line.cells, start=1):
            value = sheet.cell(line.row, number).value
            assert cell.text == ("" if value is None else str(value))
            assert cell.marked == ((line.row, number) == (7, 3))


def test_findings_stand_in_the_report_with_their_rows(faulty: Run) -> None:
    found = Structure(html(faulty))
    assert (3, "bestand_2024.xlsx") in found.headings
    assert found.marked == [NASTY, "(leer)"]
    excerpts = [rows for caption, rows in found.tables if "Ausschnitt" in caption]
    assert excerpts[0][0] == ["Zeile", *"ABCDEFGHIJK"]
    assert [row[0] for row in excerpts[0][1:]] == ["4", "5", "6", "7", "8", "9"]


def test_nothing_in_the_report_runs_or_is_fetched(faulty: Run) -> None:
    text = html(faulty)
    found = Structure(text)
    names = {name for name, _ in found.tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "object", "form", "input", "base"})
    for _, attributes in found.tags:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("src", "style")
        ]
        assert (attributes.get("href") or "#").startswith("#")
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert "url(" not in style and "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    [policy] = [a["content"] for _, a in found.tags if a.get("http-equiv")]
    assert policy is not None
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy
    assert NASTY not in text
    assert "&lt;script&gt;" in text


def test_every_table_has_a_caption_and_heads(faulty: Run) -> None:
    found = Structure(html(faulty))
    assert ("html", {"lang": "de"}) in found.tags
    assert len(found.tables) >= 4
    assert all(caption for caption, _ in found.tables)
    assert all("scope" in attributes for name, attributes in found.tags if name == "th")
    levels = [level for level, _ in found.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(deep <= above + 1 for above, deep in itertools.pairwise(levels))


def test_what_was_read_and_its_totals(tmp_path: Path) -> None:
    run = runs.run(small_city.write(tmp_path))
    found = Structure(html(run))
    [_, row] = found.table("Lieferungen mit Dateien")
    assert row == [
        "Einwohnerbestandbestand", "BürgeramtStadt Klein, Bürgeramt",
        "bestand_2024.xlsx", "nicht genannt", "2024-12-31", "Einwohner", "45",
    ]  # fmt: skip
    totals = found.table("Wert je Messgröße")
    everyone = sum(map(sum, small_city.RESIDENTS.values()))
    assert totals[0] == ["Messgröße", "Einheit", "2024"]
    assert totals[1] == ["Einwohner", "Personen", f"{everyone:,}".replace(",", ".")]
    assert "Keine: Alle Dateien sind so" in html(run)
    assert run.read.files == 1 and run.read.values == 4 * 9 + 9


def test_differences_stand_in_the_report(tmp_path: Path) -> None:
    folder, releases = small_city.write(tmp_path), tmp_path / "releases"
    first = runs.run(folder)
    name = release.write(first.content(releases), releases, release.Made("Anna")).path.name
    publishing.publish(releases, name, "Bert")
    path = folder / "deliveries/bestand_2024.xlsx"
    book = openpyxl.load_workbook(path)
    for cell in ("B6", "J6", "B12", "J12"):
        book["Bestand"][cell] = book["Bestand"][cell].value + 5
    book.save(path)
    run = runs.run(folder)
    told = report.Report(run.findings, run.read, run.originals, "", (), run.difference(releases))
    found = Structure(report.html(told))
    rows = found.table("Die größten zuerst, Revision, in Prozent")
    # The boys under 6 of Au: 10 became 15.
    assert rows[1] == ["Einwohner", "Au, 2024-12-31, 0-5, m", "10", "15", "+5", "+50,0 %",
            'bestand_2024.xlsx, Blatt "Bestand", Zeile 6, Spalte B']  # fmt: skip
    # Quarter, district and city, each by age and sex, by one of them, and in all.
    assert ["Messgröße Einwohner", "12", "4"] in found.table("Anzahl je Messgröße")


def test_declarations_with_errors_say_that_nothing_was_read(tmp_path: Path) -> None:
    folder = small_city.write(tmp_path)
    small_city.change(folder / "catalog/leben.toml", 'why = "Kitas."\n', "")
    run = runs.run(folder)
    assert (run.wrong, run.seen) == (True, None)
    assert "Nichts: Stadt, Katalog, Gebiete oder Rezepte haben Fehler." in html(run)


def finding(
    row: int | None, column: int | None = None, file: str = "a.csv", **more: str
) -> Finding:
    return Finding(
        "cell_no_number", file, f"Zeile {row}", "Falsch.", "Ändern.", "", row, column, **more
    )


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    lines = ["Gebiet;Wert", *(f"{n:02};{n}" for n in range(2, 30))]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "wide.csv").write_text(
        "\n".join(";".join(f"{r}.{c}" for c in range(1, 31)) for r in range(1, 4))
    )
    return Originals(tmp_path)


def test_a_row_of_a_text_file_is_marked_whole(originals: Originals) -> None:
    excerpt = originals.excerpt(finding(29))
    assert excerpt is not None
    assert [line.row for line in excerpt.lines] == [27, 28, 29]
    assert [[cell.marked for cell in line.cells] for line in excerpt.lines] == [
        [False, False], [False, False], [True, True],
    ]  # fmt: skip
    assert [cell.text for cell in excerpt.lines[-1].cells] == ["29", "29"]


def test_a_wide_file_shows_its_first_column_and_those_beside(originals: Originals) -> None:
    excerpt = originals.excerpt(finding(2, 28, "wide.csv"))
    assert excerpt is not None
    assert excerpt.columns == ("A", "X", "Y", "Z", "AA", "AB", "AC", "AD")
    assert [cell.text for cell in excerpt.lines[1].cells if cell.marked] == ["2.28"]


@pytest.mark.parametrize(
    ("row", "file"),
    [(None, "a.csv"), (3, "fehlt.csv"), (3, "../a.csv"), (3, "a.pdf"), (3, "/etc/passwd"), (1, "")],
)
def test_no_rows_where_there_are_none(row: int | None, file: str, originals: Originals) -> None:
    (originals.folder / "a.pdf").write_bytes(b"%PDF")
    assert originals.excerpt(finding(row, 1, file)) is None


def test_texts_from_files_are_shortened_and_cannot_steer() -> None:
    assert clean("a\x1b[31m\u202eb\n") == "a\ufffd[31m\ufffdb\ufffd"
    assert clean("x" * 61) == "x" * 59 + "…"
    assert clean("x" * 60) == "x" * 60


def many(number: int) -> list[Finding]:
    return [finding(row, 2, f"f{row % 7}.csv") for row in range(1, number + 1)]


def test_a_thousand_findings_stay_readable(
    originals: Originals, capsys: pytest.CaptureFixture[str]
) -> None:
    told = report.Report(many(1400), Overview("Klein"), originals, "", ())
    text = report.html(told)
    assert text.count("Abhilfe:") == 7 * 100
    assert text.count("… und 100 weitere dieser Art.") == 7
    assert "1.400 Fehler" in text
    terminal.show_findings(many(1400))
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 52
    assert lines[0] == "Fehler: Zelle ist keine Zahl (1.400) [cell_no_number]"
    assert lines[-1] == "Alle zeigt --all."
    terminal.show_findings(many(1400), every=True)
    assert len(capsys.readouterr().out.splitlines()) == 1 + 2 * 1400


def test_errors_come_first_in_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    hint = next(rule for rule, told in RULES.items() if told.grade != "error")
    mixed = [Finding(hint, "a.csv", "", "Nur zur Kenntnis.", "Nichts."), finding(2, 2)]
    terminal.show_findings(mixed)
    heads = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert heads[0].startswith("Fehler: ")
    assert not heads[1].startswith("Fehler: ")
    assert [file.name for file in report.files(mixed, Originals(Path()))] == ["a.csv"]


def test_the_report_is_accessible(faulty: Run, page: Page) -> None:
    page.set_content(html(faulty))
    assert (
        page.evaluate("getComputedStyle(document.querySelector('td.marked')).fontWeight") == "700"
    )
    assert Axe().run(page).response["violations"] == []
