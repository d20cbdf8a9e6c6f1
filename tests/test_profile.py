"""The page of a district: its pyramid, its neighbours, and sentences that hold for all of them."""

from __future__ import annotations

import re

import polars as pl
import pytest
import shapely

from loaders import areas, profiles, releases
from model import profile, pyramid
from model.pyramid import Bar

ROWS = [
    ("total", "total", 200.0, "ok"), ("0-5", "m", 10.0, "ok"), ("0-5", "w", None, "suppressed"),
    ("3-9", "m", 20.0, "ok"), ("3-9", "w", 20.0, "ok"), ("6", "m", 4.0, "ok"),
    ("6", "w", 0.0, "ok"),
    ("7-64", "m", 58.0, "ok"), ("65+", "m", 30.0, "ok"), ("65+", "w", 45.0, "ok"),
    ("0-5", "total", 19.0, "ok"), ("unbekannt", "m", 3.0, "ok"),
]  # fmt: skip


def counts(rows: list[tuple[str, str, float | None, str]]) -> pl.DataFrame:
    told = pl.DataFrame(rows, schema=["age", "sex", "value", "status"], orient="row")
    return told.with_columns(area=pl.lit("1"), period=pl.lit("2024"), nationality=pl.lit("total"))


def test_the_pyramid_takes_ages_that_do_not_overlap() -> None:
    """Shares of all 200; 3-9 overlaps, women of 7-64 are not there, hidden stays hidden."""
    found = pyramid.bars(counts(ROWS), "1", "2024")
    assert found == (
        Bar("0-5", "m", 0, 6, 0.05, "ok"),
        Bar("0-5", "w", 0, 6, None, "suppressed"),
        Bar("6", "m", 6, 7, 0.02, "ok"),
        Bar("6", "w", 6, 7, 0.0, "ok"),
        Bar("7-64", "m", 7, 65, 0.29, "ok"),
        Bar("7-64", "w", 7, 65, None, "not_collected"),
        Bar("65+", "m", 65, 80, 0.15, "ok"),
        Bar("65+", "w", 65, 80, 0.225, "ok"),
    )
    assert found[4].per_year == pytest.approx(0.29 / 58)
    assert found[1].per_year is None


def test_the_share_of_a_span_of_ages_needs_all_its_groups() -> None:
    found = pyramid.bars(counts(ROWS), "1", "2024")
    assert pyramid.share(found, 65, 200) == pytest.approx(0.375)
    assert pyramid.share(found, 6, 7) == pytest.approx(0.02)
    assert pyramid.share(found, 0, 7) is None, "women up to 5 are held back"
    assert pyramid.share(found, 70, 200) is None, "65 and older are one group"
    assert pyramid.share((), 0, 18) is None


@pytest.mark.parametrize("rows", [ROWS[1:], ROWS[:1], [("total", "total", 0.0, "ok"), *ROWS[1:]]])
def test_no_pyramid_without_people_or_ages(rows: list[tuple[str, str, float | None, str]]) -> None:
    assert pyramid.bars(counts(rows), "1", "2024") == ()


def test_neighbours_are_those_whose_borders_touch(release: releases.Release) -> None:
    """Against shapely: the outlines meet in more than a point."""
    shapes = {
        feature["properties"]["id"]: shapely.geometry.shape(feature["geometry"])
        for feature in areas.geometry(release, "stadtbezirk")["features"]
    }
    expected = {
        own: {
            other
            for other, shape in shapes.items()
            if other != own and shape.buffer(1e-6).intersection(found.buffer(1e-6)).length > 1e-3
        }
        for own, found in shapes.items()
    }
    found = areas.neighbours(release, "stadtbezirk")
    assert {area: set(others) for area, others in found.items()} == expected
    assert areas.neighbours(release, "kreis") == {}


def test_every_district_is_introduced_in_a_few_plain_sentences(release: releases.Release) -> None:
    words = set()
    for area in profiles.offered(release).values():
        own = profiles.of(release, area.id)
        assert own.city == "Minden"
        said = profile.lead(own)
        assert 2 <= len(said) <= 3
        for text in said:
            assert re.search(r"[.]$", text) and not re.search(r"[{}]|None|nan|  ", text)
        # what is compared is at most one telling figure a theme, without the head count
        assert len(own.lines) == 11 <= profile.MOST
        assert len({one.view.theme.id for one in own.lines}) == 11
        words |= {one.word for one in own.lines}
        named = {one.view.indicator.short for one in own.lines if one.word in ("higher", "lower")}
        assert bool(named) == any("Deutlich" in text for text in said)
        assert bool(named) != any("nicht deutlich anders" in text for text in said)
        for one in own.lines:
            assert (one.figure.value is None) <= (one.word == "incomparable")
    assert words == {"higher", "similar", "chance", "lower", "incomparable"}


def test_what_is_secret_is_said_and_not_drawn(release: releases.Release) -> None:
    own = profiles.of(release, "15")
    secret = [one for one in own.lines if one.figure.status == "suppressed"]
    assert len(secret) >= 3
    assert all(one.around is None and one.word == "incomparable" for one in secret)
    hidden = [bar for bar in own.pyramid if bar.status == "suppressed"]
    assert hidden and all(bar.share is None for bar in hidden)


def test_an_area_that_is_none_has_no_page(release: releases.Release) -> None:
    with pytest.raises(KeyError):
        profiles.of(release, "05770024")
