"""A story as readers find it: from the list, beside its views, as slides and as a Sammelmappe."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from playwright.sync_api import Page, expect

from loaders import releases, stories
from looks import DESKTOP, PHONE, assert_well_made, at_rest, opened
from model.catalog import Term

SHOWN = """async (image) => {
  await image.decode();
  return [image.currentSrc.match(/0-(.*)\\.svg/)[1], image.naturalWidth];
}"""
"""Which drawing is shown, and how wide it was drawn."""


def summed(release: releases.Release, terms: tuple[Term, ...], area: str, year: str) -> float:
    """The sum of terms, added up row by row from the files."""
    total = 0.0
    for term in terms:
        rows = pl.read_parquet(release.folder / f"counts/{term.measure}.parquet").filter(
            pl.col("area") == area, pl.col("period").str.starts_with(year)
        )
        for row in rows.iter_rows(named=True):
            if (
                row["age"] in term.age
                and row["sex"] in term.sex
                and row["nationality"] in term.nationality
            ):
                total += term.factor * row["value"]
    return total


def test_every_figure_in_a_story_is_what_the_files_add_up_to(
    minden_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(minden_releases))
    release = releases.current()
    runs = [
        run
        for own in stories.every(release)
        for section in own.sections
        for paragraph in section.paragraphs
        for run in paragraph
        if run.kind == "figure"
    ]
    assert len(runs) >= 25
    for run in runs:
        asked = {key: value for key, [value] in parse_qs(urlsplit(run.address).query).items()}
        indicator = release.catalog.indicators[asked["indikator"]]
        where = (asked["gebiet"], asked["zeit"][:4])
        above = summed(release, indicator.numerator, *where)
        below = summed(release, indicator.denominator, *where)
        said = float(run.text.split()[0].replace(".", "").replace(",", "."))
        assert said in (above, pytest.approx(indicator.per * above / below, abs=0.0501)), run


def test_a_story_is_found_read_and_taken_along(page: Page, app: str) -> None:
    opened(page, f"{app}/geschichten")
    page.get_by_role("link", name="Wo Kinder aufwachsen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wo Kinder aufwachsen")
    at_rest(page)
    assert page.locator(".qp-chapter .said h2").count() == 4
    pictures = page.locator(".qp-chapter img")
    assert pictures.count() == 4
    text, view = page.locator(".said").first.bounding_box(), pictures.first.bounding_box()
    assert text and view and text["x"] + text["width"] <= view["x"]
    assert pictures.first.evaluate(SHOWN) == ["breit", 872]
    page.get_by_text("In Worten und als Tabelle").first.click()
    expect(page.get_by_role("table").first).to_contain_text("Bärenkämpen")
    figure = page.get_by_role("link", name="24,8 %").first
    assert "existenzsicherung?indikator=kinderarmut_u15" in str(figure.get_attribute("href"))
    for name, path in (("Als Präsentation zeigen", "praesentation"), ("Als Sammelmappe", "mappe")):
        way = str(page.get_by_role("link", name=name).get_attribute("href"))
        assert re.fullmatch(rf"\./{path}\?inhalt=1\.[\w-]+", way)
    assert_well_made(page, DESKTOP, PHONE)
    page.set_viewport_size(PHONE)
    text, view = page.locator(".said").first.bounding_box(), pictures.first.bounding_box()
    assert text and view and text["y"] + text["height"] <= view["y"]
    # In the size it was drawn in, so the labels are as large as they are in the drawing.
    width, drawn = pictures.first.evaluate(SHOWN)
    assert width == "schmal" and drawn * 0.95 <= view["width"]
