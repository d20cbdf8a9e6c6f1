"""From a number to its cell, through the data catalogue, and over breaks, as readers do it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, chosen, opened, query

SHARE = "leben?indikator=anteil_u6&zeit=2023-12-31"
TRAIL = "daten?indikator=anteil_u6&gebiet=001&zeit=2023-12-31"


def test_a_reader_asks_where_a_number_comes_from(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/{SHARE}&gebiet=001")
    page.get_by_role("link", name="Woher kommt diese Zahl?").click()
    expect(page.locator(".qp-trail .formula")).to_have_text("3,4 % = 100 × 27 ÷ 799")
    assert {key: query(page)[key] for key in ("indikator", "gebiet", "zeit")} == {
        "indikator": "anteil_u6",
        "gebiet": "001",
        "zeit": "2023-12-31",
    }
    tables = page.locator(".table")
    expect(tables.first).to_contain_text("J (10)")
    page.get_by_text("27 ist die Summe aus 2 Zahlen").click()
    expect(page.get_by_role("region", name=re.compile("27 ist die Summe"))).to_contain_text("C (3)")
    files = page.get_by_role("region", name="Die Dateien dazu")
    files.locator("summary").first.click()
    expect(files.locator("code").first).to_have_text(re.compile("^[0-9a-f]{64}$"))
    expect(page.get_by_role("region", name="Was diese Zahlen früher sagten")).to_contain_text("22")


def test_another_number_is_chosen_on_the_data_page(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/{TRAIL}")
    chosen(page, "Gebiet", "Klein (Stadt)")
    expect(page.locator(".qp-trail .formula")).to_have_text("2,2 % = 100 × 50 ÷ 2.319")
    assert query(page)["gebiet"] == "000"


def test_what_is_chosen_below_the_datasets_stays_there(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/daten")
    headings = page.locator("h2.qp-section")
    expect(headings.first).to_have_text("Datensätze")
    chosen(page, "Gebiet", "Au (Viertel)")
    expect(page.locator(".qp-trail .formula")).to_have_text("794 Personen")
    expect(headings.first).to_have_text("Datensätze")
    opened(page, f"{revised_app}/{TRAIL}")
    expect(headings.first).to_have_text("Woher kommt diese Zahl?")


def test_a_number_that_is_not_there_gives_way_with_a_notice(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/daten?indikator=<b>&gebiet=777&zeit=1900")
    expect(page.get_by_text("Diese Zahl gibt es hier nicht.")).to_be_visible()
    assert query(page)["indikator"] == "einwohner"
    assert "%3Cb" not in page.url


def test_datasets_are_searched_and_opened(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/daten")
    listed = page.get_by_role("region", name="Datensätze dieser Veröffentlichung")
    expect(listed.locator("tbody tr")).to_have_count(2)
    expect(listed).to_contain_text("Februar 2025 (überfällig)")
    page.get_by_label("Datensätze durchsuchen").fill("bestand_2022")
    page.get_by_label("Datensätze durchsuchen").press("Enter")
    expect(listed.locator("tbody tr")).to_have_count(1)
    listed.get_by_role("button", name="Einwohnerbestand").click()
    expect(page.locator(".qp-facts")).to_contain_text("ein Viertel am Stichtag")
    files = page.get_by_role("region", name="Die 3 Dateien dieses Datensatzes")
    expect(files.locator("tbody tr")).to_have_count(3)
    assert query(page)["datensatz"] == "bestand"


def test_values_as_published_first_are_switched_on(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/{SHARE}&gebiet=001")
    expect(page.locator(".qp-figures .number").first).to_contain_text("3,4 %")
    expect(page.locator(".qp-figures")).to_contain_text("Berichtigt; zuerst veröffentlicht: 2,8")
    page.get_by_role("button", name="Optionen").click()
    page.get_by_text("Wie zuerst veröffentlicht").click()
    expect(page.locator(".qp-edition")).to_be_visible()
    expect(page.locator(".qp-figures .number").first).to_contain_text("2,8 %")
    assert query(page)["fassung"] == "erst"


@pytest.mark.parametrize(
    "address",
    [
        f"{SHARE}&ansicht=entwicklung&gebiet=001,003",
        f"{SHARE}&ansicht=tabelle&fassung=erst",
        f"{TRAIL}&datensatz=bestand",
    ],
)
def test_axe_finds_nothing_nothing_is_english_and_nothing_sticks_out(
    page: Page, revised_app: str, address: str
) -> None:
    opened(page, f"{revised_app}/{address}")
    assert_well_made(page, DESKTOP, PHONE)


def test_a_break_is_drawn_between_two_pieces_of_a_line(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/{SHARE}&ansicht=entwicklung&gebiet=001")
    chart = page.locator(".stVegaLiteChart").first
    expect(chart.get_by_text("Umbruch 2024: Zensus")).to_be_visible()
    expect(chart.locator(".mark-rule.role-mark line")).to_have_count(1)
    expect(page.locator(".qp-history")).to_contain_text("nur eingeschränkt vergleichbar")
    # Au and Klein in two pieces each, every one a line mark of its own.
    ours = chart.locator(".mark-line.role-mark path[stroke-width='2.6']")
    expect(ours).to_have_count(4)
