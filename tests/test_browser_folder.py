"""A Sammelmappe as readers make it: by mouse and keyboard, ordered, as a link, a file, on paper."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, at_rest, opened, query

INTO, INSIDE = "+ In die Sammelmappe", "✓ In der Sammelmappe"
OPEN = "Ansicht öffnen"


def heads(page: Page) -> list[str]:
    return page.locator(".qp-sheet h2").all_inner_texts()


def test_views_of_three_themes_are_gathered_ordered_and_taken_along(
    page: Page, app: str, tmp_path: Path
) -> None:
    opened(page, f"{app}/existenzsicherung?indikator=kinderarmut_u15&gebiet=08")
    page.get_by_role("button", name=INTO).click()
    expect(page.get_by_role("button", name=INSIDE)).to_be_visible()
    said = page.get_by_role("status").filter(has_text="ist jetzt in der Sammelmappe")
    expect(said).to_have_text(re.compile("^„Kinder unter 15 Jahren"))
    # The same view again is said to be there; a page loaded anew still knows.
    page.get_by_role("button", name=INSIDE).click()
    expect(page.get_by_text("Diese Ansicht ist schon in der Sammelmappe.")).to_be_visible()
    opened(page, f"{app}/bevoelkerung?indikator=einwohner&ansicht=entwicklung&gebiet=08")
    expect(page.get_by_role("link", name="Sammelmappe (1)")).to_be_visible()
    page.get_by_role("button", name=INTO).click()
    expect(page.get_by_role("link", name="Sammelmappe (2)")).to_be_visible()
    # A page without a view says so.
    opened(page, f"{app}/stadtbezirk")
    page.get_by_role("button", name=INTO).click()
    expect(page.get_by_text("Hier gibt es noch keine Ansicht.")).to_be_visible()
    # By keyboard alone, from theme to folder.
    opened(page, f"{app}/arbeit?ansicht=rangfolge")
    page.get_by_role("button", name=INTO).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=INSIDE)).to_be_focused()
    page.get_by_role("link", name="Sammelmappe (3)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=OPEN)).to_have_count(3)
    first = heads(page)
    assert [head[:2] for head in first] == ["1.", "2.", "3."]
    assert first[0].endswith("in Haushalten mit Bürgergeld")
    drawn = page.locator(".qp-sheet img")
    expect(drawn).to_have_count(3)
    assert all(
        img.evaluate("async e => { await e.decode(); return e.naturalWidth > 0; }")
        for img in drawn.all()
    )

    # The last one goes up twice, and the keyboard goes with it.
    page.get_by_role("button", name="Nach oben").last.focus()
    for place in (2, 1):
        page.keyboard.press("Enter")
        expect(page.locator(".qp-sheet h2").nth(place - 1)).to_contain_text("Beschäftigte")
        row = page.locator("[class*=st-key-mappe_blatt_]").nth(place - 1)
        name = "Nach oben" if place > 1 else "Nach unten"
        expect(row.get_by_role("button", name=name)).to_be_focused()
    page.get_by_role("textbox", name="Eigene Notiz zu Nummer 1").fill("Für die Einleitung.")
    page.keyboard.press("Tab")
    expect(page.locator(".qp-note").first).to_have_text("Für die Einleitung.")
    page.get_by_role("textbox", name="Titel").fill("Rat, 12. März")
    page.keyboard.press("Enter")
    expect(page.locator(".qp-folder-head .name")).to_have_text("Rat, 12. März")
    assert set(query(page)) == {"inhalt"} and len(page.url) < 800
    assert_well_made(page, DESKTOP)

    # On paper: title, numbered sheets and notes; no controls; no sheet is cut.
    page.emulate_media(media="print")
    expect(page.locator(".qp-note").first).to_be_visible()
    expect(page.locator(".qp-folder-head")).to_be_visible()
    for control in (page.get_by_label("Titel"), page.get_by_role("button", name="Entfernen")):
        expect(control.first).to_be_hidden()
    sheets = page.locator("[class*=st-key-mappe_blatt_]")
    assert sheets.first.evaluate("e => getComputedStyle(e).breakInside") == "avoid"
    page.emulate_media(media="screen")

    # The file says what the link says; another reader opens the link and has the same folder.
    with page.expect_download() as download:
        page.get_by_role("button", name="Datei speichern").click()
    file = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert [one["note"] for one in file["entries"]] == ["Für die Einleitung.", "", ""]
    assert (file["city"], file["title"]) == ("minden", "Rat, 12. März")
    assert page.context.browser
    fresh = page.context.browser.new_context(viewport=PHONE)
    other = fresh.new_page()
    opened(other, page.url)
    expect(other.get_by_role("link", name=OPEN)).to_have_count(3)
    assert heads(other) == heads(page)
    assert_well_made(other, PHONE)
    fresh.close()

    # Removed, brought back by the file of another release, with a view that is none.
    page.get_by_role("button", name="Entfernen").first.click()
    expect(page.get_by_role("link", name=OPEN)).to_have_count(2)
    changed = tmp_path / "mappe.json"
    entries = [*file["entries"], {"address": "javascript:alert(1)"}]
    changed.write_text(json.dumps({**file, "release": "alt", "entries": entries}), "utf-8")
    at_rest(page)
    page.get_by_role("button", name="Datei laden").click()
    page.locator("input[type=file]").set_input_files(changed)
    expect(page.get_by_role("link", name=OPEN)).to_have_count(3)
    notice = page.get_by_text("Es fehlen die Nummern: 4.")
    expect(notice).to_contain_text("Die Datei entstand mit einer anderen Veröffentlichung.")


@pytest.mark.context(viewport=PHONE)
def test_on_a_phone_an_empty_folder_says_how_to_begin(page: Page, app: str) -> None:
    opened(page, f"{app}/mappe?inhalt=1.kaputt")
    expect(page.get_by_text("Der Link zur Sammelmappe ist unvollständig")).to_be_visible()
    expect(page.get_by_text("Noch ist die Sammelmappe leer.")).to_be_visible()
    assert query(page) == {}
    assert_well_made(page, PHONE)
    opened(page, f"{app}/vergleich?gebiet=08")
    page.get_by_role("button", name=INTO).click()
    expect(page.get_by_role("button", name=INSIDE)).to_be_visible()
    assert_well_made(page, PHONE)
