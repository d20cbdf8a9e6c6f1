"""Needs, as an office weighs them: move a weight, press an area, save and load a preset."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, opened, query


def test_a_weight_is_moved_by_keyboard_and_an_area_explains_itself(page: Page, app: str) -> None:
    opened(page, f"{app}/bedarfe?vorlage=offene-jugendarbeit")
    assert query(page)["gewichte"] == "8,8,6,5,5"
    expect(page.get_by_text("Zahlen allein begründen keinen Bedarf.").first).to_be_visible()
    expect(page.locator(".qp-needs.warning")).to_contain_text("Fast dasselbe sagen")
    page.get_by_role("slider", name=re.compile("^Schulabgänge ohne Abschluss")).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Offene Jugendarbeit (verändert)").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"Schulabgänge ohne Abschluss ·\s21\s%"))).to_be_visible()
    assert query(page)["gewichte"] == "8,8,7,5,5"
    page.locator("path[data-id='01']").first.focus()
    page.keyboard.press("Enter")
    table = page.locator("table", has_text="So kommt der Wert zustande: Bärenkämpen")
    expect(table).to_be_visible()
    assert query(page)["gebiet"] == "01"
    told = [
        text.replace("−", "-") for text in table.locator("tbody td:last-child").all_inner_texts()
    ]
    hundredths = [round(100 * float(text.replace(",", "."))) for text in told]
    assert len(hundredths) == 6
    assert sum(hundredths[:-1]) == hundredths[-1]
    assert_well_made(page, DESKTOP, PHONE)


def test_a_preset_is_saved_and_loaded_and_a_wrong_file_is_refused(page: Page, app: str) -> None:
    opened(page, f"{app}/bedarfe?vorlage=quartiersarbeit")
    page.locator("summary", has_text="Vorlage speichern oder laden").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Vorlage speichern (TOML)").click()
    assert saved.value.suggested_filename == "vorlage_quartiersarbeit.toml"
    text = saved.value.path().read_text(encoding="utf-8")
    mine = text.replace("quartiersarbeit", "meine").replace("weight = 4", "weight = 0")
    files = page.locator("input[type=file]")
    files.set_input_files(
        {"name": "a.toml", "mimeType": "application/toml", "buffer": mine.encode()}
    )
    expect(page.get_by_text("Geladen ist die Vorlage „Quartiersarbeit“.")).to_be_visible()
    asked = query(page)
    assert (asked["gewichte"], "vorlage" in asked) == ("8,8,0,6,6,0", False)
    files.set_input_files({"name": "b.toml", "mimeType": "application/toml", "buffer": b"<script>"})
    expect(page.get_by_text("Die Datei ist keine lesbare Vorlage.")).to_be_visible()
    assert query(page) == asked
