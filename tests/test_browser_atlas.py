"""The Sozialatlas as the office finds it: what is in it, made by a press, taken along."""

from __future__ import annotations

from pathlib import Path

import pymupdf
from playwright.sync_api import Page, expect

from looks import DESKTOP, PHONE, assert_well_made, opened


def test_the_book_is_made_by_a_press_and_can_be_downloaded(page: Page, revised_app: str) -> None:
    opened(page, f"{revised_app}/sozialatlas")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sozialatlas")
    listed = page.locator(".qp-list li")
    expect(listed).to_have_text(
        [
            "So lesen Sie den Atlas",
            "Klein im Überblick",
            "4 Viertel, je ein Blatt",
            "Themen im Vergleich: Leben",
            "Alle Indikatoren mit Definition und Quelle",
            "Geheimhaltung",
            "Index der Indikatoren",
            "Impressum",
        ]
    )
    page.get_by_role("button", name="Sozialatlas erstellen (PDF)").click()
    ready = page.get_by_role("button", name="Sozialatlas (PDF)", exact=True)
    expect(ready).to_be_visible(timeout=120_000)
    with page.expect_download() as caught:
        ready.click()
    assert caught.value.suggested_filename.startswith("sozialatlas_klein-")
    data = Path(caught.value.path()).read_bytes()
    assert data.startswith(b"%PDF-1.7")
    with pymupdf.open(stream=data) as book:
        assert book.metadata is not None and book.metadata["title"] == "Sozialatlas Klein"
        assert [entry[1] for entry in book.get_toc() if entry[0] == 1][:3] == [
            "So lesen Sie den Atlas",
            "Klein im Überblick",
            "Die Viertel",
        ]
    assert_well_made(page, DESKTOP, PHONE)
