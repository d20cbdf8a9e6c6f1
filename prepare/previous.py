"""The release that a new one is built on top of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from model.catalog import ZONE, Catalog, Measure
from prepare import counts, inspection, journal, release
from prepare import zones as zone_tables


@dataclass(frozen=True)
class Previous:
    """A published release: its counts (counts.SCHEMA), their vintages, and what it says of them.

    `zones` (zones.PARTS) says what its zones are made of, `published` is the day it was published
    first (ISO), or built if the log does not say; `deliveries` are the manifest's.
    """

    id: str
    published: str
    measures: Mapping[str, Measure]
    deliveries: Mapping[str, Mapping[str, Any]]
    counts: pl.LazyFrame
    vintages: pl.DataFrame
    zones: pl.DataFrame = field(default_factory=zone_tables.none)

    def comparable(self, zones: pl.DataFrame) -> Previous:
        """The release without zones that are made of other areas in `zones` (zones.PARTS)."""
        other = zone_tables.composed_otherwise(self.zones, zones)
        same = (pl.col("level") != ZONE) | ~pl.col("area").is_in(other)
        return replace(self, counts=self.counts.filter(same), vintages=self.vintages.filter(same))


def previous(folder: Path, city: str, audience: str) -> Previous | None:
    """The release in `folder`; None if there is no history to go on with.

    That is: it is another city's, for another audience, or of a format too old to be read.
    Raises PreparationError if it is not what its manifest says.
    """
    found = inspection.whole(folder.parent, folder.name)
    manifest = found.manifest
    own = (manifest["city"], manifest["audience"]) == (city, audience)
    if not own or manifest["format"] < release.READABLE:
        return None
    catalog = Catalog.model_validate_json((folder / "catalog.json").read_bytes())
    files = [name for name in manifest["files"] if name.startswith("counts/")]
    return Previous(
        id=str(manifest["id"]),
        published=_published(folder) or str(manifest["created"])[:10],
        measures=catalog.measures,
        deliveries=manifest["deliveries"],
        counts=pl.concat([_counts(folder / name) for name in files]),
        vintages=pl.read_parquet(folder / "vintages.parquet"),
        zones=(
            pl.read_parquet(folder / zone_tables.TABLE)
            if zone_tables.TABLE in manifest["files"]
            else zone_tables.none()
        ),
    )


def _published(folder: Path) -> str | None:
    """The day (UTC) the release was published first, as the log says; None if it does not."""
    entries = journal.journal(folder.parent).entries
    return next((e.time[:10] for e in entries if e.release == folder.name), None)


def _counts(path: Path) -> pl.LazyFrame:
    own = pl.scan_parquet(path).with_columns(measure=pl.lit(path.stem))
    return own.select(counts.SCHEMA.keys())
