"""The app opens in a real browser. The page itself fails on foreign requests and script errors."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from looks import at_rest, opened

EVEN = """() => {
  const cards = [...document.querySelectorAll("[data-testid=stColumn]:has(.qp-card)")];
  const boxes = cards.map((card) => card.getBoundingClientRect());
  const gaps = boxes.slice(1).map((box, i) => Math.round(box.top - boxes[i].bottom));
  return boxes.length === 12 && new Set(gaps).size === 1;
}"""
"""All cards stand below each other, equally far apart."""


def test_start_page_opens_in_german_whatever_the_browser_speaks(page: Page, app: str) -> None:
    opened(page, app)
    expect(page).to_have_title(re.compile("Quartierspuls Minden"))
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    # One step back leads from a theme to where the reader came from, at its own address.
    start = page.url
    at_rest(page)  # cards that still move would be missed
    page.locator("[data-testid=stMain] a[href*='indikator=einwohner']").first.click()
    expect(page.locator(".qp-figures h2")).to_have_text("Minden")
    page.wait_for_url("**/bevoelkerung?*zeichen=*")
    page.go_back()
    expect(page.locator("[data-testid=stColumn]:has(.qp-card)").first).to_be_visible()
    assert page.url == start


@pytest.mark.context(locale="de-DE", viewport={"width": 390, "height": 844})
def test_start_page_fits_a_phone(page: Page, app: str) -> None:
    opened(page, app)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    cards = page.locator("[data-testid=stColumn]:has(.qp-card)")
    expect(cards).to_have_count(12)
    page.wait_for_function(EVEN)  # once everything has its place
