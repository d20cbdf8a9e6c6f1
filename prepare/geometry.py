"""A level's geometry file: read, put into a metric CRS, repaired where that is safe."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from model.catalog import Level
from prepare import coverage, geometry_axes, geometry_files, geometry_keys
from prepare.crs import WGS84
from prepare.findings import Finding
from prepare.shapes import Shapes


def path(level: Level, city: Path, deliveries: Path) -> Path:
    """The level's file, below the city folder or else the deliveries. Raises PreparationError."""
    assert level.geometry is not None
    for folder in (city, deliveries):
        if (folder / level.geometry).exists():
            return folder / level.geometry
    raise geometry_files.refusal(
        level,
        "geometry_missing",
        "Die Datei fehlt.",
        "In den Stadtordner oder in den Ordner der Lieferungen legen.",
    )


def shapes(
    level: Level,
    file: Path,
    notes: list[Finding],
    listed: Mapping[str, str] | None = None,
    outlines: frozenset[str] = frozenset(),
) -> Shapes:
    """The polygons of the file, one per area id. Raises PreparationError.

    What was repaired is appended to `notes`. The file's own CRS counts; the level's
    `geometry_crs` only where the file names none, or names degrees and holds metres.
    `listed` are names by id of the areas the level should have: keys that are no such id may be
    one of the names. `outlines` are ids of areas that cover this level, like the whole city: a
    polygon of theirs among the others is left out.
    """
    listed = listed or {}
    frame = geometry_files.frame(level, file)
    keys = geometry_keys.keys(level, frame)
    coverage.check_filled(level, keys, np.asarray(frame.geometry.values, dtype=object))
    frame = geometry_axes.upright(level, frame, keys, notes)
    metric = frame.to_crs(frame.to_crs(WGS84).estimate_utm_crs())
    polygons = coverage.valid(level, keys, np.asarray(metric.geometry.values, dtype=object), notes)
    apart = coverage.without_outline(level, keys, polygons, listed, outlines, notes)
    kept = [key for key, keep in zip(keys, apart, strict=True) if keep]
    ids = geometry_keys.matched(level, kept, listed, notes)
    clean = coverage.clean(level, kept, polygons[apart], notes)
    titles = [str(name) for name in frame.loc[apart, level.geometry_name or level.geometry_id]]
    names = titles if level.geometry_name else ids
    return Shapes(tuple(ids), tuple(names), clean, metric.crs)
