"""The same app on another city's real data: three levels, names that occur twice, no model."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from looks import opened


def test_three_levels_share_one_total(page: Page, koeln_app: str) -> None:
    address = f"{koeln_app}/bevoelkerung?indikator=einwohner&zeit=2012-12-31&ansicht=tabelle"
    for level, rows in (("stadt", 1), ("stadtbezirk", 9), ("stadtteil", 86)):
        opened(page, f"{address}&ebene={level}")
        table = page.locator(".table").first
        expect(table.locator("tbody tr:not(.yardstick)")).to_have_count(rows)
        cells = table.locator("tbody tr:not(.yardstick) td:nth-child(2)").all_inner_texts()
        # 1.044.555 stands in the city's own table for 2012.
        assert sum(int(cell.replace(".", "")) for cell in cells) == 1_044_555


def test_names_that_occur_on_two_levels_stay_apart(page: Page, koeln_app: str) -> None:
    for level, area, value in (("stadtbezirk", "005", "Nippes"), ("stadtteil", "501", "Nippes")):
        opened(page, f"{koeln_app}/bevoelkerung?ebene={level}&gebiet={area}")
        expect(page.locator(".qp-figures h2")).to_have_text(value)
        expect(page.locator(f"path[data-id='{area}']")).to_have_attribute("aria-selected", "true")


def test_real_data_carry_no_model_note(page: Page, koeln_app: str) -> None:
    opened(page, f"{koeln_app}/bevoelkerung")
    expect(page.locator(".qp-origin")).to_contain_text(re.compile("Stadt Köln"))
    assert "Modell" not in page.locator("body").inner_text()
