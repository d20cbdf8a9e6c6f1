"""Districts side by side, as readers compare them: choose, switch on chance, take in a peer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from looks import DESKTOP, NARROW, assert_well_made, at_rest, opened, query

POVERTY = "vergleich?gebiet=02,15,08&thema=existenzsicherung"


def compared(page: Page, address: str) -> Page:
    """The page after its table has been drawn."""
    opened(page, address)
    expect(page.locator(".qp-lineup")).to_be_visible()
    return page


def test_a_district_is_chosen_and_stands_beside_the_city(page: Page, app: str) -> None:
    compared(page, f"{app}/vergleich")
    at_rest(page)
    page.get_by_role("combobox", name="Stadtbezirke (höchstens 5)").fill("Innenstadt")
    expect(page.get_by_role("option", name="Innenstadt")).to_be_visible()
    page.keyboard.press("Enter")
    heads = page.locator(".qp-lineup thead th")
    expect(heads.nth(1)).to_contain_text("Innenstadt")
    # Escape would close the list, or, if it is closed already, empty the choice.
    page.locator(".qp-head h1, h1").first.click()
    expect(heads.nth(2)).to_have_text("Minden")
    assert query(page) == {"gebiet": "08", "thema": "ueberblick", "intervalle": "nein"}
    expect(page.get_by_role("heading", name="Ähnliche Stadtbezirke: Innenstadt")).to_be_visible()


def test_chance_is_one_click_away_and_stays_in_the_address(page: Page, app: str) -> None:
    compared(page, f"{app}/{POVERTY}")
    ranges = page.locator(".qp-standing i.around")
    expect(ranges).to_have_count(0)
    page.locator("label", has_text="Zufallsschwankung zeigen").click()
    expect(ranges.first).to_be_visible()
    expect(page.get_by_text("So weit könnte ein Wert allein durch Zufall")).to_be_visible()
    assert query(page)["intervalle"] == "ja"
    expect(page.locator(".qp-standing [role=img]").first).to_have_attribute(
        "aria-label", re.compile("Innenstadt .*Zufallsschwankung")
    )


def test_a_peer_is_taken_in_by_keyboard(page: Page, app: str) -> None:
    compared(page, f"{app}/vergleich?gebiet=10&thema=bevoelkerung")
    join = page.locator(".qp-peers a").first
    join.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Steht schon im Vergleich.")).to_be_visible()
    assert query(page)["gebiet"].startswith("10,")
    assert query(page)["thema"] == "bevoelkerung"


def test_a_wrong_link_gives_way_with_notices(page: Page, app: str) -> None:
    compared(page, f"{app}/vergleich?gebiet=08,<b>&thema=mond&intervalle=1")
    notice = page.get_by_text("Nicht jedes Gebiet aus dem Link gibt es hier.")
    expect(notice).to_contain_text("Das Thema aus dem Link gibt es hier nicht.")
    assert "%3Cb" not in page.url
    assert query(page) == {"gebiet": "08", "thema": "ueberblick", "intervalle": "nein"}


@pytest.mark.parametrize(
    "address", [f"{POVERTY}&intervalle=ja", "vergleich?gebiet=08,10,15,16,01", "vergleich"]
)
def test_axe_finds_nothing_nothing_is_english_and_nothing_sticks_out(
    page: Page, app: str, address: str
) -> None:
    compared(page, f"{app}/{address}")
    for summary in page.locator("[data-testid=stMain] summary").all():
        summary.click()
    assert_well_made(page, DESKTOP, NARROW)
