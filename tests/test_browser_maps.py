"""Maps in step as readers use them: choose in one, play the years, stop, by hand and keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, opened, query


def drawn(page: Page, count: int) -> None:
    """Wait until so many maps stand there."""
    expect(page.locator(".maps .map")).to_have_count(count)
    expect(page.locator("footer.qp-foot")).to_be_visible()


def test_two_years_then_two_indicators_that_play(page: Page, app: str) -> None:
    opened(page, f"{app}/karten?indikatoren=kinderarmut_u15&zeit=2023-12-31&gebiet=17")
    drawn(page, 2)
    titles = page.locator("figcaption .title")
    expect(titles).to_have_text(["31.12.2012", "31.12.2023"])
    assert query(page)["zeiten"] == "2012-12-31,2023-12-31"
    expect(page.locator(".legend:visible")).to_have_count(1)
    # Both maps and their legend are seen at once.
    for part in (*page.locator(".map").all(), page.locator(".maps > .legend")):
        box = part.bounding_box()
        assert box and box["y"] + box["height"] <= 900

    # Pointed at in one map, told in all; chosen in one, chosen in all.
    page.locator("path[data-id='01']").first.hover()
    expect(page.locator(".tip:visible")).to_have_text([re.compile("^Bärenkämpen: 5")] * 2)
    page.locator("path[data-id='16']").last.click()
    chosen = page.locator("path[aria-selected=true]")
    expect(chosen).to_have_count(2)
    expect(page.locator(".qp-plates h3")).to_have_text("Rechtes Weserufer")
    assert [path.get_attribute("data-id") for path in chosen.all()] == ["16", "16"]
    assert query(page)["gebiet"] == "16"
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".ring .line[d^=M]")).to_have_count(2)
    expect(page.locator(".tip:visible")).to_have_text([re.compile("^Innenstadt: ")] * 2)

    page.get_by_role("radio", name="Indikatoren").click()
    expect(titles.first).to_have_text("Kinder unter 15 mit Bürgergeld")
    expect(page.locator(".legend:visible")).to_have_count(1)
    year, said = page.locator(".year"), page.locator(".player [role=status]")
    expect(year).to_have_text("2023")
    # By keyboard alone: the slider steps, what it shows is told and goes into the address.
    page.get_by_role("slider", name="Jahr").focus()
    page.keyboard.press("Home")
    expect(year).to_have_text("2012")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("zeit=2013-12-31"))
    expect(said).to_have_text(re.compile("^2013. Kinder unter 15 .*Rechtes Weserufer: 4"))
    expect(page.locator(".qp-plates .sentence").first).to_contain_text("Am 31.12.2013")
    before = page.locator("path[data-id='01']").first.get_attribute("aria-label")
    # At the last year it stops by itself.
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Anhalten")).to_be_focused()
    expect(page.get_by_role("button", name="Abspielen")).to_be_focused()
    expect(year).to_have_text("2024")
    assert page.locator("path[data-id='01']").first.get_attribute("aria-label") != before
    expect(page).to_have_url(re.compile("zeit=2024-12-31"))
    expect(said).to_have_text(re.compile("^2024"))
    expect(page.locator(".qp-plates .sentence").first).to_contain_text("Am 31.12.2024")
    assert_well_made(page, DESKTOP)


FOUR = "kinderarmut_u15,einwohnerdichte,uebergang_gymnasium,geburten"


@pytest.mark.context(viewport=PHONE, reduced_motion="reduce")
def test_four_maps_on_a_phone_stand_below_each_other_and_the_year_stays(
    page: Page, app: str
) -> None:
    opened(
        page, f"{app}/karten?nebeneinander=indikatoren&indikatoren={FOUR}&zeit=2012&gebiet=99,<b>"
    )
    drawn(page, 4)
    expect(page.get_by_text("Nicht jedes Gebiet aus dem Link")).to_be_visible()
    assert "gebiet" not in query(page)
    expect(page.locator(".legend:visible")).to_have_count(4)
    subs = ["% · 31.12.2012", "km² · 31.12.2012", "% · 2012/13 · nicht erhoben", "Einwohner · 2012"]
    expect(page.locator(".sub")).to_contain_text(subs)
    tops = [box["y"] for one in page.locator(".map").all() if (box := one.bounding_box())]
    assert tops == sorted(set(tops))
    page.locator(".map").last.scroll_into_view_if_needed()
    play = page.get_by_role("button", name="Abspielen")
    expect(play).to_be_in_viewport()
    play.click()
    expect(page.locator(".year")).to_have_text("2013")
    said = page.locator(".player [role=status]")
    assert said.inner_text() == "", "not every year is read out while it plays"
    assert page.locator("path[data-id]").first.evaluate(
        "e => getComputedStyle(e).transitionDuration"
    ) in ("0s", "")
    page.get_by_role("button", name="Anhalten").click()
    expect(page).to_have_url(re.compile("zeit=2013"))
    expect(said).to_have_text("2013")
    assert_well_made(page, PHONE)
