"""A level's geometry file: read, put into a metric CRS, repaired where that is safe."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from model.catalog import Level
from prepare.findings import Finding, PreparationError, nearest
from prepare.shapes import WGS84, Polygons, Shapes

_SNAP_METRES = 1.0
"""Vertices of neighbours closer than this become one, and gaps narrower are closed. A tenth of
that is what 6 decimals of a degree keep, so borders stay shared after rounding."""
_LOST = 0.01
"""An overlap larger than this share of an area is not repaired but refused."""


def path(level: Level, city: Path, deliveries: Path) -> Path:
    """The level's file, below the city folder or else the deliveries. Raises PreparationError."""
    assert level.geometry is not None
    for folder in (city, deliveries):
        if (folder / level.geometry).exists():
            return folder / level.geometry
    raise _refusal(
        level,
        "geometry_missing",
        "Die Datei fehlt.",
        "In den Stadtordner oder in den Ordner der Lieferungen legen.",
    )


def shapes(level: Level, file: Path, notes: list[Finding]) -> Shapes:
    """The polygons of the file, one per area id. Raises PreparationError.

    What was repaired is appended to `notes`.
    The file's own CRS counts; the level's `geometry_crs` only where the file names none.
    """
    frame = _frame(level, file)
    ids = _ids(level, frame)
    names = [str(name) for name in frame[level.geometry_name]] if level.geometry_name else ids
    metric = frame.to_crs(frame.to_crs(WGS84).estimate_utm_crs())
    polygons = _coverage(level, np.asarray(metric.geometry.values, dtype=object))
    return Shapes(tuple(ids), tuple(names), polygons, metric.crs)


def _frame(level: Level, file: Path) -> gpd.GeoDataFrame:
    """The file as a frame with a CRS that fits its coordinates and the declared columns."""
    try:
        frame = gpd.read_file(file)
    except Exception as error:  # the readers raise many kinds
        remedy = "Als GeoJSON, Shapefile oder GeoPackage liefern."
        raise _refusal(level, "geometry_unreadable", "Nicht lesbar.", remedy) from error
    for column in (level.geometry_id, level.geometry_name):
        if column is not None and column not in frame.columns:
            known = [str(name) for name in frame.columns if name != "geometry"]
            message = f'Die Spalte "{column}" fehlt.'
            raise _refusal(level, "geometry_column", message, nearest(column, known))
    if frame.crs is None and level.geometry_crs is None:
        raise _refusal(
            level,
            "crs_missing",
            "Die Datei nennt kein Koordinatensystem.",
            'In city.toml geometry_crs = "EPSG:25832" (oder das richtige) angeben.',
        )
    if frame.crs is None:
        frame = frame.set_crs(level.geometry_crs)
    west, south, east, north = frame.to_crs(WGS84).total_bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise _refusal(
            level,
            "crs_wrong",
            f"Die Koordinaten passen nicht zum Koordinatensystem {frame.crs.name}.",
            "geometry_crs oder die .prj-Datei berichtigen.",
        )
    return frame


def _ids(level: Level, frame: gpd.GeoDataFrame) -> list[str]:
    keys = frame[level.geometry_id]
    if keys.isna().any():
        message = f"{int(keys.isna().sum())} Flächen haben keinen Schlüssel."
        raise _refusal(level, "geometry_key", message, "Schlüssel ergänzen oder Flächen löschen.")
    ids = [level.geometry_id_format.format(_text(key)) for key in keys]
    twice = sorted({area for area in ids if ids.count(area) > 1})
    if twice:
        raise _refusal(
            level,
            "geometry_repeated",
            f"Mehrere Flächen haben denselben Schlüssel: {', '.join(twice)}.",
            "Je Gebiet eine Fläche liefern (mehrteilige als MultiPolygon).",
        )
    return ids


def _text(key: object) -> str:
    """An area key as text; a whole number without '.0'."""
    whole = isinstance(key, float) and key.is_integer()
    return str(int(key)) if whole else str(key).strip()  # type: ignore[call-overload]


def _coverage(level: Level, polygons: Polygons) -> Polygons:
    """Valid polygons with exactly shared borders; only splinters of about a metre change."""
    flat = shapely.force_2d(polygons)
    valid = shapely.make_valid(flat, method="structure", keep_collapsed=False)
    empty = ~np.isin(shapely.get_type_id(valid), (3, 6)) | shapely.is_empty(valid)
    if empty.any():
        message = f"{int(empty.sum())} Einträge haben keine Fläche."
        raise _refusal(level, "geometry_empty", message, "Leere Flächen und Punkte entfernen.")
    cleaned = shapely.coverage_clean(valid, gap_width=_SNAP_METRES, snapping_distance=_SNAP_METRES)
    changed = np.abs(shapely.area(cleaned) / shapely.area(valid) - 1)
    if changed.max() > _LOST:
        raise _refusal(
            level,
            "geometry_overlap",
            f"Die Fläche Nr. {int(changed.argmax()) + 1} überlappt andere um mehr als 1 %.",
            "Überlappungen im Geoinformationssystem bereinigen.",
        )
    return np.asarray(cleaned, dtype=object)


def _refusal(level: Level, rule: str, message: str, remedy: str) -> PreparationError:
    place = f'Raumebene "{level.id}"'
    return PreparationError([Finding(rule, level.geometry or "", place, message, remedy)])
