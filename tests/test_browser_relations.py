"""Two indicators against each other as readers use them: by mouse, and by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from looks import DESKTOP, PHONE, assert_well_made, opened, query

PAIR = "zusammenhaenge?x=kinderarmut_u15&y=beschaeftigte&zeit=2024-12-31"


def drawn(page: Page) -> None:
    expect(page.locator(".scatter circle[data-id]").first).to_be_visible()
    expect(page.locator(".maps .map")).to_be_visible()
    expect(page.locator("footer.qp-foot")).to_be_visible()


def marked(page: Page) -> dict[str, list[str]]:
    """The marked areas as scatter, map and table show them at this moment."""
    return {
        name: sorted(page.locator(selector).evaluate_all("all => all.map(e => e.dataset.id)"))
        for name, selector in (
            ("scatter", ".scatter circle[aria-selected=true]"),
            ("map", ".maps path[aria-selected=true]"),
            ("table", ".table tr.chosen"),
        )
    }


def centre(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_brushing_by_mouse_marks_the_same_areas_everywhere(page: Page, app: str) -> None:
    opened(page, f"{app}/{PAIR}")
    drawn(page)
    expect(page.locator(".scatter circle[data-id]")).to_have_count(14)
    expect(page.get_by_text("Beide Zahlen gibt es für 14 von 19 Gebieten")).to_be_visible()
    expect(page.locator(".qp-unpaired")).to_contain_text("Geheim gehalten (.): Bölhorst")
    circles = [page.locator(f".scatter circle[data-id='{area}']") for area in ("17", "01")]
    (left, top), (right, bottom) = centre(circles[0]), centre(circles[1])
    page.mouse.move(left - 5, top - 60)
    page.mouse.down()
    page.mouse.move(right + 5, bottom + 5, steps=5)
    # Before the button is let go and the server knows, all three show it.
    while_dragging = marked(page)
    assert while_dragging["scatter"] == ["01", "17"]
    assert while_dragging["map"] == while_dragging["table"] == while_dragging["scatter"]
    assert "gebiet" not in query(page)
    page.mouse.up()
    expect(page).to_have_url(re.compile("gebiet="))
    assert sorted(query(page)["gebiet"].split(",")) == while_dragging["scatter"]
    first = page.locator(".table tbody tr").first
    expect(first).to_have_class(re.compile("chosen"))
    assert marked(page) == while_dragging
    # A click in the map takes one out, one in the table puts it back.
    page.locator(".maps path[data-id='01']").click()
    expect(page.locator(".scatter circle[data-id='01']")).to_have_attribute(
        "aria-selected", "false"
    )
    page.locator(".table").get_by_role("button", name="Bärenkämpen").click()
    expect(page.locator(".scatter circle[data-id='01']")).to_have_attribute("aria-selected", "true")
    assert_well_made(page, DESKTOP)


def test_by_keyboard_alone_areas_are_marked_and_their_ways_drawn(page: Page, app: str) -> None:
    opened(page, f"{app}/{PAIR}")
    drawn(page)
    page.locator(".scatter circle[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    two = marked(page)
    assert len(two["scatter"]) == 2 and two["map"] == two["table"] == two["scatter"]
    expect(page.locator(".scatter [role=status]")).to_have_text(re.compile("^2 markiert: "))
    expect(page).to_have_url(re.compile("gebiet=[0-9]+%2C[0-9]+"))
    assert marked(page) == two
    # The focus stays where it was, and what it is on is told.
    expect(page.locator(".scatter circle:focus")).to_have_count(1)
    expect(page.locator(".scatter .tip")).to_have_text(
        re.compile("^.+: Kinder unter 15 .+ Einwohner$")
    )
    page.get_by_role("switch", name="Weg durch die Jahre").focus()
    page.keyboard.press("Space")
    expect(page.locator(".scatter polyline")).to_have_count(2)
    assert query(page)["spur"] == "ja"
    page.locator(".scatter circle[tabindex='0']").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".scatter polyline")).to_have_count(0)
    assert marked(page) == {"scatter": [], "map": [], "table": []}
    expect(page).not_to_have_url(re.compile("gebiet="))


@pytest.mark.context(viewport=PHONE)
def test_a_matrix_leads_to_its_pair_on_a_phone(page: Page, app: str) -> None:
    opened(page, f"{app}/zusammenhaenge?darstellung=matrix&thema=bevoelkerung&gebiet=99,<b>")
    expect(page.get_by_text("Nicht jedes Gebiet aus dem Link")).to_be_visible()
    cell = page.get_by_role("link", name=re.compile("^Menschen ab 65, Kinder unter 3; "))
    expect(cell).to_have_attribute("aria-label", re.compile("−0,.+ Gebiete; mehr als Zufall; "))
    assert_well_made(page, PHONE)
    cell.click()
    drawn(page)
    assert (query(page)["x"], query(page)["y"]) == ("anteil_u3", "anteil_65plus")
    expect(page.locator(".qp-relation .lead")).to_contain_text("Zusammenhang")
    expect(page.locator(".qp-relation .caution")).to_contain_text(["dieselbe Basis"])
    assert_well_made(page, PHONE)
