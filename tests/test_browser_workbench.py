"""The workbench as two persons use it, beside the public app on the same releases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, ViewportSize, expect

import server
import small_city
from looks import DESKTOP, PHONE, assert_well_made
from prepare import publishing, release, runs

WIDE = ViewportSize(width=1920, height=1080)
BUILT_IN = re.compile(r"\b(Upload|Drag|Drop|Browse|Add files|per file|Delete|Help|Limit)\b")
SLOW = 90_000
CORRECTED = {**small_city.RESIDENTS, "001 Au": (15, 12, 20, 22, 300, 310, 50, 70)}
"""Au with 15 boys under 6 instead of 10: 27 of 799, 3,4 %, instead of 22 of 794, 2,8 %."""
SHARE = "leben?indikator=anteil_u6&gebiet=001&zeit=2024-12-31"


@dataclass(frozen=True)
class Desk:
    """The addresses of workbench and public app, the city they share, and a place for files."""

    bench: str
    public: str
    city: Path
    files: Path

    @property
    def releases(self) -> Path:
        return self.city.parent / "releases"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    root = tmp_path_factory.mktemp("desk")
    city, files = small_city.write(root), root / "files"
    files.mkdir()
    settings = {
        "QUARTIERSPULS_WORKBENCH": str(city),
        "STREAMLIT_SERVER_ADDRESS": "localhost",
        "STREAMLIT_SERVER_MAX_UPLOAD_SIZE": "50",
    }
    with (
        server.running(root / "releases", root / "bench.log", settings) as bench,
        server.running(root / "releases", root / "public.log") as public,
    ):
        yield Desk(bench, public, city, files)


def opened(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.bench}/werkbank")
    expect(page.get_by_role("heading", name="Protokoll")).to_be_visible(timeout=SLOW)


def checked(page: Page, *files: Path) -> None:
    """Drop files and have them checked; what was dropped before goes."""
    chips = page.get_by_test_id("stFileUploader").get_by_role("button", name="entfernen")
    for _ in range(chips.count()):
        before = chips.count()
        chips.first.click()
        expect(chips).to_have_count(before - 1)
    page.locator("input[type=file]").set_input_files(list(files))
    expect(page.locator(".qp-bench tbody tr")).to_have_count(len(files))
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=SLOW)
    expect(page.locator(".qp-verdict")).to_be_visible(timeout=SLOW)


def assert_own_words(page: Page) -> None:
    """Nothing English in what Streamlit brings along for files."""
    assert not BUILT_IN.findall(page.locator("body").inner_text())


def corrected(path: Path, wrong: bool) -> Path:
    small_city.workbook(path, wrong_by=5 if wrong else 0, residents=CORRECTED)
    if wrong:
        book = openpyxl.load_workbook(path)
        book["Bestand"]["C7"] = "<script>window.hurt = 1</script>"
        book["Bestand"]["K6"].value = "<img src=x onerror='window.hurt=1'>"
        book["Bestand"]["K7"].value = "'=cmd|' /C calc'!A0"
        book.save(path)
    return path


def test_two_persons_bring_a_delivery_to_the_public(page: Page, desk: Desk) -> None:
    page.goto(desk.bench)
    page.get_by_role("link", name="Zur Werkbank").click()
    expect(page.get_by_role("heading", name="Protokoll")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("Es wurde noch nichts veröffentlicht.")).to_be_visible()

    first = release.write(
        runs.run(desk.city).content(desk.releases), desk.releases, release.Made("Anna Alt")
    ).path.name
    publishing.publish(desk.releases, first, "Bert Bau")
    opened(page, desk)
    public = page.context.new_page()
    public.goto(f"{desk.public}/{SHARE}")
    expect(public.locator(".qp-figures .number").first).to_contain_text("2,8 %", timeout=SLOW)

    delivered = desk.city / "deliveries" / "bestand_2024.xlsx"
    before = delivered.read_bytes()
    other = desk.files / "sonstiges.xlsx"
    other.write_bytes(b"PK")
    checked(page, corrected(desk.files / "bestand_2024.xlsx", wrong=True), other)
    expect(page.get_by_text("Ähnlich heißen:")).to_be_visible()
    expect(page.locator(".qp-verdict")).to_contain_text("Fehler")
    row = page.locator(".qp-bench tr", has_text="002 Berg").first
    expect(row.locator("td.marked")).to_have_text("<script>window.hurt = 1</script>")
    expect(page.get_by_text("<img src=x onerror='window.hurt=1'>").first).to_be_visible()
    assert page.evaluate("window.hurt") is None
    expect(page.get_by_role("button", name="Datenstand bauen")).to_be_disabled()
    with page.expect_download() as report:
        page.get_by_role("button", name="Bericht (HTML)").click()
    assert "&lt;script&gt;window.hurt" in report.value.path().read_text("utf-8")
    assert_well_made(page, WIDE, PHONE, DESKTOP)
    assert_own_words(page)

    right = corrected(desk.files / "bestand_2024.xlsx", wrong=False)
    checked(page, right)
    expect(page.locator(".qp-verdict")).to_contain_text("0 Fehler")
    changes = page.get_by_role("region", name=f"Die größten Änderungen gegenüber {first}")
    boys = changes.locator("tr", has_text="Au, 2024-12-31, 0-5, m")
    expect(boys).to_contain_text("Revision")
    expect(boys).to_contain_text("+5")
    assert_well_made(page, DESKTOP)

    page.get_by_label("Wer baut?").fill("Anna Alt")
    page.get_by_role("button", name="Datenstand bauen").click()
    expect(page.get_by_text("eine zweite Person gibt ihn frei")).to_be_visible(timeout=SLOW)
    assert delivered.read_bytes() == before, "nothing is filed before it is published"
    page.get_by_label("Wer gibt frei?").fill("anna  ALT")
    page.get_by_role("button", name="Freigeben").click()
    expect(page.get_by_text("darf ihn nicht selbst freigeben")).to_be_visible(timeout=SLOW)

    opened(page, desk)  # the second person, in a session of their own
    page.get_by_role("button", name="Unterschiede zeigen").click()
    expect(page.get_by_role("region", name=f"gegenüber {first} ändert")).to_be_visible(timeout=SLOW)
    page.get_by_label("Wer gibt frei?").fill("Bert Bau")
    page.get_by_role("button", name="Freigeben").click()
    expect(page.get_by_text("bestand_2024.xlsx.")).to_be_visible(timeout=SLOW)
    assert delivered.read_bytes() == right.read_bytes()
    public.reload()
    expect(public.locator(".qp-figures .number").first).to_contain_text("3,4 %", timeout=SLOW)

    page.get_by_text("Einen früheren Datenstand wieder gelten lassen").click()
    page.get_by_label("Wer nimmt zurück?").fill("Cem Demir")
    page.get_by_label("Warum?").fill("Probe")
    page.get_by_role("button", name="Zurücknehmen").click()
    expect(page.get_by_text("gilt wieder; die Anwendung")).to_be_visible(timeout=SLOW)
    log = page.get_by_role("region", name="Protokoll der Veröffentlichungen")
    expect(log.locator("tbody tr")).to_have_count(3)
    expect(log.locator("tbody tr").first).to_contain_text("Cem Demir")
    assert (desk.releases / "current").read_text("utf-8") == first
    public.reload()
    expect(public.locator(".qp-figures .number").first).to_contain_text("2,8 %", timeout=SLOW)


def test_the_public_app_has_no_workbench(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.public}/werkbank")
    expect(page.get_by_text("Diese Adresse gibt es hier nicht.").first).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("link", name="Werkbank")).to_have_count(0)
    expect(page.locator("input[type=file]")).to_have_count(0)
