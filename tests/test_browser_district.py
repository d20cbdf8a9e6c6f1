"""A district's page as people see it: on a screen, on a phone, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from looks import DESKTOP, NARROW, assert_well_made, opened

PAGES = re.compile(rb"/Type\s*/Page[^s]")


def test_a_district_is_accessible_german_and_nothing_sticks_out(page: Page, app: str) -> None:
    opened(page, f"{app}/stadtbezirk?gebiet=15")
    expect(page.get_by_role("heading", level=1)).to_have_text("Päpinghausen")
    expect(page.locator(".qp-lines .line")).to_have_count(11)
    page.get_by_text("Als Tabelle").click()
    assert_well_made(page, DESKTOP, NARROW)
    assert not page.evaluate("[...document.images].filter(i => !i.alt && i.src.includes('svg'))")


def test_from_the_list_to_a_district_to_its_neighbour_by_keyboard(page: Page, app: str) -> None:
    opened(page, f"{app}/stadtbezirk")
    page.get_by_role("link", name="Innenstadt").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Innenstadt")
    page.locator(".qp-neighbours a", has_text="Nordstadt").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nordstadt")


def test_a_wrong_district_is_said_and_all_are_offered(page: Page, app: str) -> None:
    opened(page, f"{app}/stadtbezirk?gebiet=%3Cscript%3E")
    expect(page.get_by_text("Das Gebiet aus dem Link gibt es hier nicht.")).to_be_visible()
    expect(page.locator(".qp-areas a")).to_have_count(19 + 1)  # a zone


@pytest.mark.parametrize("area", ["08", "15"])
def test_it_prints_on_two_sheets(page: Page, app: str, area: str) -> None:
    opened(page, f"{app}/stadtbezirk?gebiet={area}")
    page.wait_for_timeout(500)
    assert len(PAGES.findall(page.pdf(format="A4"))) == 2


def test_projects_and_events_of_the_district_and_the_whole_city(page: Page, app: str) -> None:
    opened(page, f"{app}/stadtbezirk?gebiet=01")
    expect(page.get_by_role("heading", name="Projekte und Ereignisse")).to_be_visible()
    link = page.get_by_role("link", name="Modell: Quartiersprojekt Bärenkämpen (neues Fenster)")
    happened = page.locator("li", has_text=re.compile("Modell: .* · (Projekt|Ereignis)"))
    assert happened.all_inner_texts() == [
        "18.06.2022 bis 19.06.2022: Modell: Aktionstage in allen Stadtbezirken · Ereignis, "
        "ganze Stadt",
        "01.04.2021 bis 31.12.2025: Modell: Quartiersprojekt Bärenkämpen (neues Fenster) · Projekt",
    ]
    chosen = page.locator("li", has_text="Familienhilfe in der Kita")
    expect(chosen).to_contain_text(
        "01.08.2021 bis 31.07.2023 · Gewählt, Kriterium erfüllt (Kinder unter 15 mit Bürgergeld "
        "mindestens 25\xa0% am 31.12.2020: hier 54,0\xa0%)"
    )
    expect(chosen.get_by_role("link")).to_have_attribute(
        "href", "./massnahmen?massnahme=familienhilfe_kita"
    )
    page.get_by_text("Vorher und nachher").click()
    region = page.get_by_role("region", name="Modell: Quartiersprojekt Bärenkämpen")
    expect(region.locator("tbody tr")).to_have_count(10)
    poor = region.locator("tr", has_text="Kinder unter 15 mit Bürgergeld")
    expect(poor).to_contain_text("54,0\xa0% 31.12.202053,5\xa0% bisher, 31.12.2024")
    expect(link).to_have_attribute("href", "https://example.org/quartiersprojekt")
    expect(link).to_have_attribute("target", "_blank")
    assert "noopener" in (link.get_attribute("rel") or "").split()


def test_a_trend_of_a_district_marks_its_events_and_claims_no_cause(page: Page, app: str) -> None:
    page.set_viewport_size({"width": 375, "height": 812})
    opened(page, f"{app}/existenzsicherung?gebiet=01&ansicht=entwicklung")
    said = "Modell: Quartiersprojekt Bärenkämpen (Bärenkämpen): 01.04.2021 bis 31.12.2025."
    told = page.locator(".qp-history p", has_text=said)
    expect(told).to_contain_text("Vorher (31.12.2020): Bärenkämpen 54,0")
    expect(told).to_contain_text("lässt sich vom Zufall nicht unterscheiden")
    expect(page.get_by_text("Das zeigt keinen ursächlichen Zusammenhang.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
