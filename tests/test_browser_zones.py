"""Putting areas together as readers do it: by mouse, by keyboard alone, and from a link."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from looks import DESKTOP, PHONE, assert_well_made, opened, query


def test_a_zone_by_mouse_is_there_everywhere(page: Page, app: str) -> None:
    opened(page, f"{app}/zusammenschluss")
    for area in ("16", "01"):
        page.locator(f"path[data-id='{area}']").click()
        expect(page.locator(f"path[data-id='{area}'][aria-selected=true]")).to_be_visible()
    expect(page.locator(".qp-zone h2")).to_have_text("Bärenkämpen + Rechtes Weserufer")
    page.get_by_label("Name (wenn Sie mögen)").fill("Rechte <b>Weserseite")
    page.keyboard.press("Enter")
    expect(page.locator(".qp-zone h2")).to_have_text("Rechte b Weserseite")
    assert query(page)["teile"] == "01~16"
    assert query(page)["zonen"] == "01~16:Rechte b Weserseite"
    # 756 + 417 of 1,412 + 969 children, as tested with the release's own table.
    card = page.locator(".qp-lines .line", has_text="Kinder unter 15")
    expect(card).to_contain_text("49,3")
    assert_well_made(page, DESKTOP)

    # A link into another page takes the zone along, and so does the menu.
    page.get_by_role("link", name="Vergleich").last.click()
    expect(page.locator(".qp-lineup th a", has_text="Rechte b Weserseite")).to_be_visible()
    page.locator(".qp-lineup th a", has_text="Rechte b Weserseite").click()
    expect(page.locator("h1")).to_have_text("Rechte b Weserseite")
    expect(page.locator(".qp-neighbours")).to_contain_text("Innenstadt")
    page.locator(".qp-neighbours a", has_text="Innenstadt").click()
    expect(page.locator("h1")).to_have_text("Innenstadt")
    assert query(page)["zonen"] == "01~16:Rechte b Weserseite"


def test_a_zone_by_keyboard_alone(page: Page, app: str) -> None:
    opened(page, f"{app}/zusammenschluss")
    page.locator("path[data-id='01']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("path[data-id='01'][aria-selected=true]")).to_be_visible()
    page.keyboard.press("ArrowRight")
    beside = page.evaluate(
        "(() => { let e = document.activeElement; while (e.shadowRoot) e = "
        "e.shadowRoot.activeElement; return e.dataset.id; })()"
    )
    assert beside not in ("01", None)
    page.keyboard.press("Space")
    expect(page.locator(f"path[data-id='{beside}'][aria-selected=true]")).to_be_visible()
    expect(page.locator(".qp-zone p").first).to_contain_text("2 Gebiete")
    # The list does the same without a map.
    page.get_by_role("combobox", name=re.compile("die zusammengehören")).focus()
    page.keyboard.type("Hahlen")
    page.keyboard.press("Enter")
    expect(page.locator(".qp-zone p").first).to_contain_text("3 Gebiete")
    page.get_by_label("Name (wenn Sie mögen)").focus()
    page.keyboard.type("Im Norden")
    page.keyboard.press("Tab")
    expect(page.locator(".qp-zone h2")).to_have_text("Im Norden")
    # Another one; the first stays, is changed again, and goes.
    page.get_by_role("button", name="Neu beginnen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ab zwei Gebieten")).to_be_visible()
    page.get_by_role("button", name="Ändern", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".qp-zone h2")).to_have_text("Im Norden")
    page.get_by_role("button", name="Entfernen", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Entfernen", exact=True)).to_have_count(0)
    expect(page).not_to_have_url(re.compile("zonen="))
    assert "teile" not in query(page)


LINK = "gebiet=15~02~01,05&zonen=01~15~02:Am%20Fluss;99~98:<b>;01~16:"


@pytest.mark.context(viewport=PHONE)
def test_a_link_opens_the_zone_and_tells_what_is_missing(
    page: Page, app: str, chromium: Browser
) -> None:
    opened(page, f"{app}/existenzsicherung?indikator=kinderarmut_u15&zeit=2024-12-31&{LINK}")
    expect(page.get_by_text("Nicht jeden Zusammenschluss aus dem Link")).to_be_visible()
    first = page.locator(".qp-figures .figure").first
    expect(first.locator("h2")).to_have_text("Am Fluss")
    expect(first).to_contain_text("geheim, weil sie es für Bölhorst und Päpinghausen ist")
    assert query(page)["gebiet"] == "01~02~15,05"
    assert query(page)["zonen"] == "01~02~15:Am Fluss;01~16"
    expect(page.locator("path[data-id='15']")).to_have_attribute("aria-selected", "true")
    near = first.locator(".qp-instead a")
    expect(near).to_have_text("Bärenkämpen + Rechtes Weserufer")
    assert_well_made(page, PHONE)
    near.click()
    expect(page.locator(".qp-figures .figure .number").first).to_contain_text("49,3")
    assert query(page)["gebiet"] == "01~16"
    assert query(page)["zonen"] == "01~02~15:Am Fluss;01~16"
