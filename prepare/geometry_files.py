"""Geometry files of any usual kind as a frame with a CRS and the columns a level declares."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pyogrio

from model.catalog import Level
from prepare.findings import Finding, PreparationError, nearest

_PARQUET = frozenset({".parquet", ".geoparquet"})


def refusal(level: Level, rule: str, message: str, remedy: str) -> PreparationError:
    """An error about the level's geometry file as a whole."""
    return PreparationError([finding(level, rule, message, remedy)])


def finding(level: Level, rule: str, message: str, remedy: str) -> Finding:
    """A finding about the level's geometry file."""
    return Finding(rule, level.geometry or "", f'Raumebene "{level.id}"', message, remedy)


def parts(file: Path) -> list[Path]:
    """The file and, of a shapefile, the files beside it that belong to it."""
    return sorted(file.parent.glob(f"{file.stem}.*")) if file.suffix.lower() == ".shp" else [file]


def frame(level: Level, file: Path) -> gpd.GeoDataFrame:
    """The file with the level's columns and a CRS. Raises PreparationError.

    Read are GeoJSON, shapefiles (also zipped), GeoPackage and GeoParquet.
    """
    try:
        layer = None if file.suffix.lower() in _PARQUET else _layer(level, file)
        found = gpd.read_parquet(file) if layer is None else gpd.read_file(file, layer=layer)
    except PreparationError:
        raise
    except Exception as error:  # the readers raise many kinds
        remedy = "Als GeoJSON, Shapefile (auch gezippt), GeoPackage oder GeoParquet liefern."
        raise refusal(level, "geometry_unreadable", "Nicht lesbar.", remedy) from error
    _check_columns(level, found)
    if found.crs is None and level.geometry_crs is None:
        raise refusal(
            level,
            "crs_missing",
            "Die Datei nennt kein Koordinatensystem.",
            'In city.toml geometry_crs = "EPSG:25832" (oder das richtige) angeben.',
        )
    return found.set_crs(level.geometry_crs) if found.crs is None else found


def _layer(level: Level, file: Path) -> str:
    """The layer to read: the declared one, or the only one that has geometry."""
    layers = [str(name) for name, kind in pyogrio.list_layers(file) if kind is not None]
    if level.geometry_layer is not None and level.geometry_layer not in layers:
        message = f'Die Ebene "{level.geometry_layer}" gibt es in der Datei nicht.'
        raise refusal(level, "geometry_layer", message, nearest(level.geometry_layer, layers))
    if level.geometry_layer is None and len(layers) != 1:
        raise refusal(
            level,
            "geometry_layer",
            f"Die Datei hat {len(layers)} Ebenen mit Geometrie: {', '.join(sorted(layers))}.",
            'In city.toml geometry_layer = "..." angeben.',
        )
    return level.geometry_layer or layers[0]


def _check_columns(level: Level, found: gpd.GeoDataFrame) -> None:
    known = [str(name) for name in found.columns if name != found.geometry.name]
    for column in (level.geometry_id, level.geometry_name):
        if column is not None and column not in known:
            message = f'Die Spalte "{column}" fehlt.'
            raise refusal(level, "geometry_column", message, nearest(column, known))
