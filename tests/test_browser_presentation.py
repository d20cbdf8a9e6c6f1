"""A presentation in front of the council: driven by keys alone, with no host but our own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import segno
from playwright.sync_api import Locator, Page, Route, expect

import canaries
from looks import DESKTOP, PHONE, assert_well_made, query
from model import collection
from model.collection import Collection

POOR = {"indikator": "kinderarmut_u15"}
SHOWN = Collection(
    "Sozialausschuss",
    (
        collection.entry("existenzsicherung", POOR, "Hier zuerst die Karte erklären."),
        collection.entry("existenzsicherung", {**POOR, "ansicht": "rangfolge"}),
        collection.entry("bedarfe", {}),
        collection.entry("neues", {}),
    ),
)
SMALL = """slide => {
  const seen = (one) => one.getBoundingClientRect().width > 0;
  const words = [...slide.querySelectorAll('*')].filter((one) => !one.closest('svg') && seen(one)
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const drawn = [...slide.querySelectorAll('svg text')].filter((one) => one.textContent.trim());
  const scale = (m) => Math.hypot(m.a, m.b);
  return [
    ...words.map((one) => [one.textContent, parseFloat(getComputedStyle(one).fontSize)]),
    ...drawn.map((one) => [one.textContent,
      parseFloat(getComputedStyle(one).fontSize) * scale(one.getScreenCTM())]),
  ];
}"""
"""Each text of a slide with the pixels its type has on the screen."""
ROWS = """(slide, kind) => [...slide.querySelectorAll('svg g.mark-text text')]
  .filter((one) => new RegExp(kind).test(one.textContent.trim()))
  .map((one) => one.getBoundingClientRect()).map((box) => (box.top + box.bottom) / 2)
  .sort((a, b) => a - b)"""
"""The heights at which a chart's texts of a kind stand, from above."""
RUN = re.compile(r"([Mmh])(-?[\d.]+)(?: ?(-?[\d.]+))?")


def opened(page: Page, app: str, **more: str) -> Locator:
    page.goto(f"{app}/praesentation?{urlencode({**SHOWN.query(), **more})}")
    expect(page.locator(".slide h1")).to_be_visible()
    return page.locator(".slide")


def modules(path: str, size: int) -> list[list[int]]:
    """The matrix that a code's path draws: a line of dark modules for each h."""
    found = [[0] * size for _row in range(size)]
    x = y = 0.0
    for command, first, second in RUN.findall(path):
        if command == "h":
            for column in range(int(x), int(x) + int(float(first))):
                found[int(y)][column] = 1
            x += float(first)
        elif command == "M":
            x, y = float(first), float(second)
        else:
            x, y = x + float(first), y + float(second)
    return found


def legible(slide: Locator) -> None:
    told = slide.evaluate(SMALL)
    assert len(told) > 8
    assert [text for text, pixels in told if pixels < 24] == []


@pytest.mark.context(viewport={"width": 1920, "height": 1080})
def test_a_council_is_answered_by_keys_alone(page: Page, app: str) -> None:
    def own(route: Route) -> None:
        here = urlsplit(route.request.url).netloc == urlsplit(app).netloc
        route.continue_() if here else route.abort()

    page.route("**/*", own)
    slide, key = opened(page, app), page.keyboard.press
    statement, about = slide.locator(".statement"), slide.locator("header p").first
    expect(slide.locator("footer")).to_contain_text("Modellwert, keine amtliche Zahl")
    legible(slide)
    classes = slide.locator(".legend li").all_inner_texts()
    limits = [re.sub(r" \(\d+\)$", "", text) for text in classes]
    expect(slide).to_contain_text("Klassen für alle Jahre gleich")
    # „Und wir in Hahlen?“ Two keys.
    key("g")
    key("g")
    expect(statement).to_contain_text("Am 31.12.2024 lebten in Hahlen")
    assert query(page)["gebiet"] == "07"
    key("+")
    expect(page.locator(".said")).to_have_text("Das ist das letzte Jahr mit Zahlen.")
    key(",")
    expect(statement).to_contain_text("Am 31.12.2023 lebten in Hahlen")
    expect(about).to_contain_text("Stand: 31.12.2023")
    then = slide.locator(".legend li").all_inner_texts()
    assert [re.sub(r" \(\d+\)$", "", text) for text in then] == limits
    key("q")
    drawn = page.locator(".code svg path").last.get_attribute("d")
    seen = {"fest": "ja", "gebiet": "07", "indikator": "kinderarmut_u15", "zeit": "2023-12-31"}
    code = segno.make(f"{app}/existenzsicherung?{urlencode(seen)}", error="m", micro=False)
    expected = [[int(bool(dark)) for dark in row] for row in code.matrix_iter(border=2)]
    assert drawn
    assert modules(drawn, len(expected)) == expected
    key("Escape")
    key("Escape")
    expect(about).to_contain_text("Stand: 31.12.2024")
    # Five presses at once: none is lost. The fifth area is suppressed, which is no zero.
    for _press in range(5):
        key("ArrowDown")
    expect(statement).to_contain_text("In Haddenhausen ist die Zahl am 31.12.2024 geheim")
    key("z")
    expect(page).to_have_url(re.compile("nah=ja"))
    key("0")
    key("b")
    expect(page.locator(".dark")).to_be_visible()
    key("b")
    expect(page.locator(".dark")).to_have_count(0)
    key("?")
    expect(page.get_by_text("QR-Code für das Publikum")).to_be_visible()
    key("?")
    key("ArrowRight")
    expect(page.locator(".count")).to_have_text("Folie 2 von 4")
    legible(slide)
    names = " ".join(slide.locator("svg text").all_text_contents())
    assert all(name in names for name in ("Hahlen", "Bärenkämpen", "Stemmer", "Minderheide"))
    # Only what the address has said is there to go back to.
    expect(page).to_have_url(re.compile("folie=2"))
    key("ArrowRight")
    expect(page).to_have_url(re.compile("folie=3"))
    legible(slide)
    scores, shares = (slide.evaluate(ROWS, kind) for kind in ("^[+−]\\d,\\d\\d$", "%$"))
    assert len(scores) > 5 and shares == pytest.approx(scores, abs=4)
    foot = slide.locator("footer").bounding_box()
    for part in (".words > :last-child", "figure svg"):
        box = slide.locator(part).last.bounding_box()
        assert foot and box and box["y"] + box["height"] <= foot["y"]
    key("End")
    legible(slide)
    key("g")
    expect(page.locator(".said")).to_have_text("Auf dieser Folie gibt es keine Gebiete zur Wahl.")
    expect(page).to_have_url(re.compile("folie=4"))
    page.go_back()
    expect(page.locator(".count")).to_have_text("Folie 3 von 4")


def test_two_windows_follow_each_other_and_phones_read_along(
    page: Page, app: str, internal_releases: Path
) -> None:
    slide = opened(page, app)
    rehearsal = page.context.new_page()
    opened(rehearsal, app, probe="ja")
    expect(rehearsal.locator(".rehearsal .note")).to_have_text("Hier zuerst die Karte erklären.")
    rehearsal.keyboard.press("ArrowRight")
    expect(page.locator(".count")).to_have_text("Folie 2 von 4")
    expect(rehearsal.locator(".rehearsal .note")).to_have_text("Keine Notiz")
    page.keyboard.press("ArrowLeft")
    expect(rehearsal.locator(".count")).to_have_text("Folie 1 von 4")
    rehearsal.close()
    told = json.dumps([page.content(), slide.inner_html(), page.locator(".stage").inner_html()])
    assert canaries.found(told.encode(), canaries.needles(internal_releases)) == []
    assert_well_made(page, DESKTOP, PHONE)


@pytest.mark.context(viewport={"width": 1920, "height": 1080})
def test_slides_of_tools_can_be_read_from_the_last_row(page: Page, app: str) -> None:
    pairs = {"darstellung": "matrix", "thema": "bevoelkerung"}
    asked: tuple[tuple[str, dict[str, str]], ...] = (
        *(("zusammenhaenge", {}), ("zusammenhaenge", pairs), ("angebot", {"hervorheben": "ja"})),
        *(("einrichtung", {"id": "K01"}), ("massnahmen", {"massnahme": "familienhilfe_kita"})),
    )
    entries = tuple(collection.entry(path, query) for path, query in asked)
    shown = Collection("Werkzeuge", entries)
    page.goto(f"{app}/praesentation?{urlencode(shown.query())}")
    slide = page.locator(".slide")
    expect(slide.locator("svg text", has_text="Kinder unter 15").first).to_be_visible()
    legible(slide)
    beyond = """drawing => {
      const edge = drawing.getBoundingClientRect();
      const boxes = [...drawing.querySelectorAll('text')].map((one) => one.getBoundingClientRect());
      return boxes.filter((box) => box.width && (box.left < edge.left - 1
        || box.top < edge.top - 1 || box.right > edge.right + 1 || box.bottom > edge.bottom + 1));
    }"""
    assert slide.locator(".drawing").evaluate(beyond) == []
    # All pairs of a theme with their key, none of them dark on dark.
    page.keyboard.press("ArrowRight")
    expect(slide.locator("h1")).to_contain_text("Bevölkerung: Zusammenhänge")
    legible(slide)
    cells = slide.locator("tbody td:not(.same)")
    assert cells.count() == 11 * 10
    assert slide.locator(".qp-legend li").count() == 7
    looks = cells.evaluate_all("""cells => cells.map((one) => {
      const look = getComputedStyle(one);
      return [look.backgroundColor, look.color, one.querySelector('b').getClientRects().length];
    })""")
    dark = {"rgb(179, 88, 6)", "rgb(84, 39, 136)"}
    assert {ink for ground, ink, _lines in looks if ground in dark} == {"rgb(255, 255, 255)"}
    assert {ink for ground, ink, _lines in looks if ground not in dark} == {"rgb(27, 42, 51)"}
    assert {lines for *_look, lines in looks} == {1}
    expect(slide).not_to_contain_text("Klick")
    expect(slide).not_to_contain_text("Weitere Zeilen")
    notes, foot = (slide.locator(part).bounding_box() for part in (".qp-notes", "footer"))
    assert notes and foot and notes["y"] + notes["height"] <= foot["y"]
    # The areas spoken of have their names, also among signs, and the signs are explained.
    page.keyboard.press("ArrowRight")
    expect(slide.locator("svg text", has_text="Bärenkämpen").first).to_be_visible()
    expect(slide.locator(".signs li").first).to_have_text(
        re.compile(r"^Kreis mit K: Kitas \(\d+\)$")
    )
    # The letters of a facility's chart have 12 of its 460 pixels.
    page.keyboard.press("ArrowRight")
    chart = slide.locator(".qp-years > img").bounding_box()
    assert chart and chart["width"] / 460 * 12 >= 24
    key, foot = (slide.locator(part).bounding_box() for part in (".qp-years ul", "footer"))
    assert key and foot and key["y"] + key["height"] <= foot["y"]
    page.keyboard.press("ArrowRight")
    expect(slide.locator("dl")).to_contain_text("Jugendamt")
    expect(slide).not_to_contain_text("neues Fenster")
