"""The register of interventions as a committee reads it: trail in both directions, on paper."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, chosen, opened, query

PAGES = re.compile(rb"/Type\s*/Page[^s]")


def test_the_list_is_narrowed_and_well_made(page: Page, app: str) -> None:
    opened(page, f"{app}/massnahmen?amt=Jugendamt&gebiet=mond")
    blocks = page.locator(".qp-register article")
    expect(blocks).to_have_count(3)
    expect(page.get_by_text("Das Gebiet aus dem Link gibt es hier nicht.")).to_be_visible()
    expect(page.get_by_text("Bei 1 von 3 ist kein Betrag öffentlich")).to_be_visible()
    assert query(page) == {"amt": "Jugendamt"}
    assert_well_made(page, DESKTOP, PHONE)
    page.set_viewport_size(DESKTOP)
    chosen(page, "Kriterium", "Kinder unter 15 mit Bürgergeld")
    expect(blocks).to_have_count(1)
    assert query(page) == {"amt": "Jugendamt", "indikator": "kinderarmut_u15"}


def test_from_the_indicator_to_an_intervention_and_who_it_chose_by_what(
    page: Page, app: str
) -> None:
    opened(page, f"{app}/existenzsicherung?indikator=kinderarmut_u15")
    page.locator(".qp-criterion a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Modell: Familienhilfe in der Kita")
    table = page.locator(".qp-register-table")
    expect(table.locator("tbody.chosen_met tr")).to_have_count(1 + 3)
    missed = table.locator("tbody.chosen_unmet tr", has_text="Königstor")
    expect(missed).to_contain_text("24,2\xa0%")
    expect(missed).to_contain_text("nicht erfüllt")
    expect(missed).to_contain_text("Der Wert lag knapp unter der Schwelle")
    left = table.locator("tbody.left_met tr", has_text="Innenstadt")
    expect(left).to_contain_text("erfüllt")
    expect(left.get_by_role("link")).to_have_attribute("href", "./stadtbezirk?gebiet=08")
    expect(table.locator("tbody.left_unknown tr")).to_have_count(1 + 5)
    expect(page.locator(".qp-events tbody tr")).to_have_count(4)
    expect(page.get_by_text("Das zeigt keinen ursächlichen Zusammenhang.")).to_be_visible()
    assert_well_made(page, DESKTOP, PHONE)
    assert len(PAGES.findall(page.pdf(format="A4"))) == 2
