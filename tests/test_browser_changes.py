"""The view of changes as its readers use it: choose a base, read a verdict, walk by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from looks import DESKTOP, NARROW, assert_well_made, opened, query

OLD = "bevoelkerung?indikator=anteil_65plus&ansicht=veraenderung"


def test_a_base_is_chosen_by_keyboard_and_stands_in_the_address(page: Page, app: str) -> None:
    opened(page, f"{app}/{OLD}")
    said = page.locator(".qp-change")
    expect(said).to_contain_text("geht keiner über den Zufall hinaus")
    assert query(page)["seit"] == "schritt"
    page.get_by_role("radio", name="Letzter Schritt").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("seit=beginn"))
    expect(said).to_contain_text(re.compile(r"Von \d+ Vergleichen gehen \d+ über den Zufall"))
    box = page.get_by_role("combobox", name=re.compile("Verglichen mit"))
    box.focus()
    page.keyboard.type("31.12.2015")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("seit=2015-12-31"))
    page.reload()
    expect(page.locator(".table caption").first).to_contain_text("31.12.2015 bis 31.12.2024")


def test_a_district_on_the_map_tells_its_change_and_opens_its_sentence(
    page: Page, app: str
) -> None:
    opened(page, f"{app}/{OLD}&seit=beginn")
    district = page.locator("path[data-id='05']")
    expect(district).to_have_attribute(
        "aria-label", re.compile(r"\d\sProzentpunkte, (gestiegen|im Rahmen des Zufalls), Spanne ")
    )
    district.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("gebiet=05"))
    expect(page.locator(".qp-figures .beside")).to_contain_text("Letzter Schritt (31.12.2023")
    expect(page.locator(".table tbody tr.chosen")).to_have_count(1)


def test_axe_finds_nothing_and_nothing_scrolls_sideways(page: Page, app: str) -> None:
    opened(page, f"{app}/{OLD}&seit=beginn&gebiet=16")
    expect(page.locator("footer.qp-foot")).to_be_visible()
    assert_well_made(page, DESKTOP, NARROW)


def test_lines_and_groups_show_the_same_by_keyboard_and_stay_in_the_address(
    page: Page, app: str
) -> None:
    opened(page, f"{app}/{OLD}&seit=beginn&gebiet=16")
    page.get_by_role("radio", name="Karte").last.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("bild=steigung"))
    chart = page.locator(".stVegaLiteChart").first
    expect(chart.get_by_text(re.compile("^Rechtes Weserufer [+−]")).last).to_be_visible()
    assert_well_made(page, DESKTOP, NARROW)
    dots = [dot.bounding_box() for dot in chart.locator(".mark-symbol path").all()]
    places = {round(box["x"]) for box in dots if box}
    assert max(places) - min(places) > 100, "two points in time stand apart on a phone, too"
    page.get_by_role("radio", name="Lage und Verlauf").click()
    expect(page).to_have_url(re.compile("bild=lage"))
    key = page.locator(".qp-groups table")
    expect(key.locator("tbody tr")).to_have_count(4)
    inside = [int(text) for text in key.locator("td").all_inner_texts() if text.strip()]
    others = re.findall(r"(\d+) Stadtbezirk", page.locator(".qp-groups ul").inner_text())
    assert sum(inside) + sum(map(int, others)) == 19
    own = page.locator("path[data-id='16']")
    expect(own).to_have_attribute(
        "aria-label", re.compile(r": (sehr hoch|hoch|mittel|niedrig), .+ \(")
    )
    assert_well_made(page, DESKTOP, NARROW)
