"""Every status on the screen: told apart without colour, by keyboard, on a phone, with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

import server
import status_city
from looks import DESKTOP, PHONE, assert_well_made, at_rest, opened
from model import status

QUOTE = "armut?indikator=quote"


@pytest.fixture(scope="module")
def signs_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the app on the city in which every status occurs."""
    releases = status_city.write(tmp_path_factory.mktemp("zeichen"))
    with server.running(releases, tmp_path_factory.mktemp("log") / "zeichen.log") as address:
        yield address


def test_the_map_tells_reasons_by_pattern_and_the_legend_says_why(
    page: Page, signs_app: str
) -> None:
    opened(page, f"{signs_app}/{QUOTE}&karte=svg")
    fills = {
        key: page.locator(f"path[data-id='{key}']").get_attribute("fill")
        for key in ("002", "004", "005", "006", "007")
    }
    assert len(set(fills.values())) == 5
    assert fills["004"] == "url(#suppressed)"
    patterns = page.locator("pattern").evaluate_all("all => all.map(one => one.id)")
    assert len(set(patterns)) == len(patterns) and set(status.ABSENT) < set(patterns)
    damm = page.locator("path[data-id='004']")
    expect(damm).to_have_attribute("aria-label", "Damm: geheim gehalten")
    expect(page.locator("path[data-id='002']")).to_have_attribute(
        "aria-label", "Berg: 0,0\N{NO-BREAK SPACE}% (genau null)"
    )
    # Where a name finds no place its sign still does.
    page.set_viewport_size({"width": 250, "height": 844})
    expect(page.locator("svg text", has_text="[/]")).to_be_visible()
    legend = page.locator(".qp-legend")
    reason = legend.get_by_text("Geheim sind 1 bis 4 Personen")
    expect(reason).to_be_hidden()
    legend.locator("summary", has_text="geheim gehalten").click()
    expect(reason).to_be_visible()


def test_a_district_without_a_number_says_why_by_keyboard(page: Page, signs_app: str) -> None:
    opened(page, f"{signs_app}/{QUOTE}&karte=svg&gebiet=008")
    expect(page.locator(".qp-figures .number")).to_have_text("nicht sicher genug")
    fold = page.locator(".qp-figures .qp-why summary")
    fold.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".qp-figures .qp-why p")).to_contain_text("auf weniger als 100")


def test_signs_of_a_table_are_pressed_and_sorted(page: Page, signs_app: str) -> None:
    opened(page, f"{signs_app}/{QUOTE}&ansicht=tabelle")
    first, series = page.locator(".table").first, page.locator(".table").nth(1)
    damm = first.locator("tbody tr").nth(3)
    expect(damm.locator("td").nth(1).locator("[aria-hidden=true]")).to_have_text(".")
    note = first.locator(".note")
    expect(note).to_be_hidden()
    word = damm.get_by_role("button", name="geheim gehalten").last
    word.click()
    expect(note).to_contain_text("Damm, Status: geheim gehalten. Geheim sind 1 bis 4 Personen")
    word.click()
    expect(note).to_be_hidden()
    # What a screen reader says of a sign, and a press by keyboard.
    sign = series.get_by_role("button", name="genau null").first
    sign.focus()
    page.keyboard.press("Enter")
    expect(series.locator(".note")).to_contain_text("Berg, 31.12.2024: genau null")
    # Sorted either way, what has no number stays behind, in one and the same order.
    for _direction in ("down", "up"):
        first.get_by_role("button", name=re.compile("Armut")).click()
        names = first.locator("tbody th").all_inner_texts()
        last = [name for name in names if name != "Zeichen"][-5:]
        assert last == ["Damm", "Eck", "Feld", "Garten", "Hafen"]


def test_letters_are_chosen_in_the_options_and_kept_in_the_link(page: Page, signs_app: str) -> None:
    opened(page, f"{signs_app}/{QUOTE}&ansicht=tabelle")
    page.get_by_role("button", name="Optionen").click()
    at_rest(page)
    page.locator("label", has_text="Buchstaben").click()
    expect(page).to_have_url(re.compile("zeichen=buchstaben"))
    cells = page.locator(".table").first.locator("td.sign [aria-hidden=true]")
    expect(cells.nth(2)).to_have_text("g")
    page.reload()
    expect(page.locator(".table").first.locator("td.sign [aria-hidden=true]").nth(4)).to_have_text(
        "t"
    )
    key = page.locator(".qp-signs")
    expect(key).to_contain_text("Zeichenerklärung")
    expect(key.locator("summary")).to_have_count(10)


SEEN = [
    ("karte&karte=svg", (DESKTOP, PHONE)),
    ("karte&karte=webgl", (DESKTOP,)),
    ("entwicklung", (DESKTOP,)),
    ("rangfolge", (PHONE,)),
    ("tabelle", (PHONE,)),
]


@pytest.mark.parametrize(("view", "sizes"), SEEN)
def test_axe_finds_nothing_where_every_status_occurs(
    page: Page, signs_app: str, view: str, sizes: tuple[ViewportSize, ...]
) -> None:
    opened(page, f"{signs_app}/{QUOTE}&ansicht={view}&gebiet=004,009")
    for summary in page.locator(".qp-why summary").all()[:3]:
        summary.click()
    assert_well_made(page, *sizes)


@pytest.mark.context(viewport=PHONE)
def test_the_page_of_rules_is_read_on_a_phone(page: Page, signs_app: str) -> None:
    opened(page, f"{signs_app}/ueber")
    expect(page.get_by_role("heading", name="Geheimhaltung", exact=True)).to_be_visible()
    expect(page.get_by_text("Regelwerk 2025-01")).to_be_visible()
    # Rows are stacked: heads before cells, nothing beyond the edge.
    for table in page.locator(".table").all():
        assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert page.get_by_role("row").first.get_by_role("rowheader").is_visible()
    assert_well_made(page, PHONE)
