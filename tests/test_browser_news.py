"""What is new as people see it: on a phone, on a screen, on paper, in a reader of feeds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from looks import PHONE, assert_well_made, opened
from test_browser_district import PAGES

FEED = """async () => {
  const text = await (await fetch("./neues.xml")).text();
  const feed = new DOMParser().parseFromString(text, "application/xml");
  const links = [...feed.querySelectorAll("entry > link")].map(l => l.getAttribute("href"));
  return [feed.querySelectorAll("parsererror").length, feed.documentElement.localName, links];
}"""


@pytest.mark.context(locale="en-US", viewport={"width": 390, "height": 844})
def test_on_a_phone_it_is_accessible_german_and_nothing_sticks_out(
    page: Page, revised_app: str
) -> None:
    opened(page, f"{revised_app}/neues")
    expect(page.get_by_role("heading", level=1)).to_have_text("Was ist neu?")
    names = page.locator(".qp-news h2").all_inner_texts()
    assert names == ["Klein", "Au", "Berg", "Tal", "Wall"]
    assert page.locator(".qp-news").nth(1).locator(".tag").all_inner_texts() == [
        "Neue Definition",
        "Berichtigung",
    ]
    assert_well_made(page, PHONE)
    failures, root, links = page.evaluate(FEED)
    assert (failures, root) == (0, "feed")
    assert links == ["./neues", *(f"./stadtbezirk?gebiet=00{number}" for number in range(1, 5))]


def test_from_the_navigation_to_a_note_and_the_view_of_it(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/stadtbezirk?gebiet=001")
    expect(page.locator(".qp-news .tag.revision")).to_have_count(1)
    expect(page.locator(".qp-news li", has_text="Berichtigung")).to_contain_text("betrifft auch")
    page.get_by_role("link", name="Was ist neu?", exact=True).click()
    expect(page.locator(".qp-news h2")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.locator(".qp-news").nth(1).locator("li", has_text="Berichtigung").locator(
        "a"
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kinder")
    assert "ansicht=entwicklung" in page.url and "gebiet=001" in page.url


def test_one_area_prints_on_one_sheet_and_nothing_is_cut(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/neues?gebiet=001")
    expect(page.locator(".qp-news h2")).to_have_text("Au")
    assert len(PAGES.findall(page.pdf(format="A4"))) == 1
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    for text in page.locator(".qp-news li").all():
        box = text.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 718
