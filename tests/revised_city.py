"""Releases of the small city: three years, one of them corrected after publication, two breaks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import small_city
from prepare import build as builds
from prepare import publishing, release
from small_city import RESIDENTS

CORRECTED = {**RESIDENTS, "001 Au": (15, 12, 20, 22, 300, 310, 50, 70)}
"""Au in 2023, with 15 boys under 6 instead of 10."""
BREAKS = """measure,area,period,kind,note
residents,,2024-12-31,basis,Zensus: Die Fortschreibung hat eine neue Basis.
,003,2023-12-31,areas,Ein Teil von Wall kam zum Tal
"""
STAND = "2025-03-05"


def write(root: Path) -> Path:
    """Write the folder of releases; the current one is the second, with history and breaks."""
    folder, releases = small_city.write(root), root / "releases"
    deliveries = folder / "deliveries"
    for year in (2022, 2023):
        small_city.workbook(deliveries / f"bestand_{year}.xlsx", day=f"31.12.{year}")
    first = _published(builds.build(folder, deliveries, "public", []), releases)
    small_city.workbook(deliveries / "bestand_2023.xlsx", residents=CORRECTED, day="31.12.2023")
    (folder / "breaks.csv").write_text(BREAKS, encoding="utf-8")
    content = builds.build(folder, deliveries, "public", [], first)
    told = {
        name: {**known, "next": "2025-02", "files": [f | {"stand": STAND} for f in known["files"]]}
        for name, known in content.deliveries.items()
    }
    _published(replace(content, deliveries=told), releases)
    return releases


def _published(content: release.Content, releases: Path) -> Path:
    """The folder of a release written by one person and published by another."""
    written = release.write(content, releases, release.Made("Erste Person"))
    publishing.publish(releases, written.path.name, "Zweite Person")
    return written.path
