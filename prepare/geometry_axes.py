"""Coordinates that do not mean what the CRS says: swapped axes, metres for degrees, a mixture."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from model.catalog import Level
from prepare import geometry_files
from prepare.crs import WGS84
from prepare.findings import Finding

HOME = (5.5, 47.0, 15.6, 55.3)
"""Germany with some margin: west, south, east, north in degrees. Swapped, it lies elsewhere."""
_SHOWN = 5
Truths = npt.NDArray[np.bool_]


def upright(
    level: Level, frame: gpd.GeoDataFrame, keys: Sequence[str], notes: list[Finding]
) -> gpd.GeoDataFrame:
    """The frame with coordinates that fit its CRS. Raises PreparationError.

    Axes are swapped back, with a note, if exactly that brings every polygon into Germany.
    """
    frame = _in_its_units(level, frame, keys, notes)
    turned = frame.set_geometry(
        gpd.GeoSeries(shapely.transform(frame.geometry.values, _swapped), crs=frame.crs)
    )
    home, away = _at_home(frame), _at_home(turned)
    if away.all() and not home.any():
        message = "Breite und Länge (Hochwert und Rechtswert) sind vertauscht; zurückgetauscht."
        remedy = "Die Achsen in der Datei berichtigen."
        notes.append(geometry_files.finding(level, "geometry_axes", message, remedy))
        return turned
    if away.any() and home.any():
        raise geometry_files.refusal(
            level,
            "geometry_axes_mixed",
            f"Nur ein Teil der Flächen hat vertauschte Achsen: {_named(keys, away, home)}.",
            "Diese Flächen aus einer Quelle in derselben Achsenfolge liefern.",
        )
    west, south, east, north = frame.to_crs(WGS84).total_bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise geometry_files.refusal(
            level,
            "crs_wrong",
            f"Die Koordinaten passen nicht zum Koordinatensystem {frame.crs.name}.",
            "Das Koordinatensystem der Datei (.prj) oder geometry_crs in city.toml berichtigen.",
        )
    return frame


def _in_its_units(
    level: Level, frame: gpd.GeoDataFrame, keys: Sequence[str], notes: list[Finding]
) -> gpd.GeoDataFrame:
    """The frame, in the declared CRS where its own is in degrees and no coordinate can be."""
    degrees = _looks_like_degrees(frame)
    if degrees.any() and not degrees.all():
        raise geometry_files.refusal(
            level,
            "geometry_units_mixed",
            f"Grad und Meter stehen in einer Datei: {_named(keys, degrees, ~degrees)}.",
            "Alle Flächen im selben Koordinatensystem liefern.",
        )
    if not degrees.any() and frame.crs.is_geographic and level.geometry_crs is not None:
        message = f"Die Datei nennt {frame.crs.name}, enthält aber Meter; {level.geometry_crs} gilt"
        remedy = "Koordinatensystem in der Datei angeben."
        notes.append(geometry_files.finding(level, "crs_declared", f"{message}.", remedy))
        return frame.set_crs(level.geometry_crs, allow_override=True)
    if degrees.all() and frame.crs.is_projected:
        raise geometry_files.refusal(
            level,
            "crs_wrong",
            f"Die Datei enthält Grad, ihr Koordinatensystem {frame.crs.name} zählt aber Meter.",
            'Das Koordinatensystem berichtigen, vermutlich zu "EPSG:4326".',
        )
    return frame


def _looks_like_degrees(frame: gpd.GeoDataFrame) -> Truths:
    """Of each polygon, whether its coordinates can be longitude and latitude, in any order."""
    return np.asarray((frame.bounds.abs() <= 180).all(axis=1), dtype=np.bool_)


def _at_home(frame: gpd.GeoDataFrame) -> Truths:
    """Of each polygon, whether it lies in Germany."""
    west, south, east, north = frame.to_crs(WGS84).bounds.to_numpy().T
    inside = (HOME[0] <= west) & (east <= HOME[2]) & (HOME[1] <= south) & (north <= HOME[3])
    return np.asarray(inside, dtype=np.bool_)


def _swapped(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return xy[:, ::-1]


def _named(keys: Sequence[str], one: Truths, other: Truths) -> str:
    """Keys of the smaller of two groups, as many as a person reads."""
    odd = one if one.sum() <= other.sum() else other
    found = [key for key, is_odd in zip(keys, odd, strict=True) if is_odd]
    more = f" und {len(found) - _SHOWN} weitere" if len(found) > _SHOWN else ""
    return f"abweichend {', '.join(found[:_SHOWN])}{more}"
