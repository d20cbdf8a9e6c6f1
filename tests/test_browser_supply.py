"""Need and supply as readers use it: mark the areas, look at other facilities, open one of them."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, opened, query


def test_higher_need_and_less_supply_in_one_click(page: Page, app: str) -> None:
    opened(page, f"{app}/angebot?umkreis=1000")
    signs = page.locator(".points [data-point]")
    expect(signs).to_have_count(40)
    expect(page.locator("footer.qp-foot")).to_be_visible()
    assert query(page) == {
        "art": "kita", "bedarf": "kinderarmut_u15", "umkreis": "1000", "hervorheben": "nein",
    }  # fmt: skip
    marked = page.locator("path[aria-selected=true]")
    expect(marked).to_have_count(0)
    page.get_by_text("Höherer Bedarf, weniger Angebot: hervorheben").click()
    expect(marked).to_have_count(3)
    three = ["Bärenkämpen", "Rechtes Weserufer", "Rodenbeck"]
    said = [path.get_attribute("aria-label") or "" for path in marked.all()]
    assert [text.split(":")[0] for text in said] == three
    assert all("höherer bedarf, weniger angebot" in text.lower() for text in said)
    expect(page.locator("tr.chosen th")).to_have_text(three)
    expect(page.locator(".qp-finding b")).to_have_text(", ".join(three))

    # Chosen in the map: its sentences, its facilities, all in the address.
    page.locator("path[data-id='16']").click(position={"x": 40, "y": 12})
    expect(page.locator(".qp-figures h2")).to_have_text("Rechtes Weserufer")
    expect(page.locator(".qp-facilities a")).to_have_count(2)
    assert query(page)["gebiet"] == "16"
    signs.first.hover(force=True)
    expect(page.locator(".tip:visible")).to_have_text("Kita Modell 1 (Bärenkämpen)")

    expect(page.locator(".circles .line")).to_have_count(40)
    expect(page.get_by_role("columnheader", name=re.compile("1.000"))).to_be_visible()
    assert_well_made(page, DESKTOP, PHONE)


def test_from_a_facility_to_its_district_and_back(page: Page, app: str) -> None:
    opened(page, f"{app}/einrichtung?id=unbekannt")
    expect(page.get_by_text("Die Einrichtung aus dem Link gibt es hier nicht.")).to_be_visible()
    page.get_by_role("link", name="Kita Modell 1 (Bärenkämpen)", exact=True).click()
    expect(page.locator("h1")).to_have_text("Kita Modell 1 (Bärenkämpen)")
    expect(page.locator(".qp-figures .sentence")).to_have_text(
        "Kita Modell 1 (Bärenkämpen) hatte am 31.12.2024 66 Plätze. "
        "Davon waren 64 belegt, das sind 97,0\N{NO-BREAK SPACE}%."
    )
    expect(page.locator("tbody tr")).to_have_count(5)
    assert_well_made(page, DESKTOP, PHONE)
    page.get_by_role("link", name="Bärenkämpen", exact=True).click()
    expect(page.locator(".qp-facilities a").first).to_have_text("Kita Modell 1 (Bärenkämpen)")
