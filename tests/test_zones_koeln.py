"""Zones against Köln's own sums: parts that make up a published area have exactly its values."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from loaders import areas, indicators, releases
from model.catalog import ZONE
from model.zones import Zone

KEYS = ("area", "period")
SAID = ("numerator", "denominator", "value", "status", "numerator_status", "denominator_status")
ROUNDED = 0.0005
"""Half of what the delivered size of one part is rounded to, in square kilometres."""


def test_every_union_equals_the_published_higher_level(
    koeln_releases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numerator, denominator, value and statuses of all indicators in all years.

    The sizes of areas are delivered for each level, rounded, so that they add up only nearly.
    """
    monkeypatch.setenv("QUARTIERSPULS_RELEASES", str(koeln_releases))
    release = releases.current()
    known = areas.by_level(release)
    made = {
        Zone("stadtteil", tuple(a.id for a in known["stadtteil"].values() if a.parent == own)): own
        for own in known["stadtbezirk"]
    }
    [city] = known["stadt"]
    made |= {Zone("stadtbezirk", tuple(known["stadtbezirk"])): city}
    assert len(made) == 10 and sum(len(zone.parts) for zone in made) == 86 + 9
    union = {zone.id: own for zone, own in made.items()}
    parts = {own: len(zone.parts) for zone, own in made.items()}
    extended = releases.extended(release, tuple(made))
    compared = 0
    for indicator in release.catalog.indicators.values():
        rows = indicators.values(extended, indicator)
        found = rows.filter(pl.col("level") == ZONE).with_columns(
            area=pl.col("area").replace_strict(union)
        )
        whole = rows.filter(
            pl.col("level").is_in(["stadt", "stadtbezirk"]), pl.col("area").is_in(list(parts))
        )
        pairs = whole.sort(KEYS), found.sort(KEYS)
        said: tuple[str, ...] = SAID
        if indicator.id == "einwohnerdichte":
            said = ("numerator", "status", "numerator_status", "denominator_status")
            apart = (pairs[0]["denominator"] - pairs[1]["denominator"]).abs()
            most = pairs[0]["area"].replace_strict(parts) * ROUNDED + ROUNDED
            assert (apart <= most).all()
        assert pairs[0].select(*KEYS, *said).equals(pairs[1].select(*KEYS, *said)), indicator.id
        compared += whole.height
    assert compared == 2_000
