"""What an office lists beside the numbers: projects, facilities and events."""

from __future__ import annotations

import polars as pl

from loaders import areas
from loaders.releases import Release
from model.events import Event

_FILE = "events.parquet"


def of(release: Release, area: str) -> tuple[Event, ...]:
    """The events of an area and of the whole city, the latest first; none in older releases.

    Those of a zone are the events of its parts.
    """
    if _FILE not in release.manifest["files"]:
        return ()
    found = release.table(_FILE).filter(pl.col("area").is_in([*areas.parted(release, area), ""]))
    rows = found.select("area", "from", "to", "title", "kind", "link").rows()
    return tuple(Event(*row) for row in rows)
