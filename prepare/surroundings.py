"""The municipalities around a city, drawn quietly behind its map for orientation."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import shapely

from model.catalog import City
from prepare.crs import WGS84
from prepare.findings import Finding, PreparationError

FILE = "geometry/surroundings.json"


def texts(city: City, folder: Path) -> dict[str, str]:
    """The release's file of surroundings, if the city declares one; properties are name and at.

    `at` is where the name is written, [longitude, latitude]; without it none is written. Raises
    PreparationError when the declared file cannot be read.
    """
    if city.surroundings is None:
        return {}
    try:
        frame = gpd.read_file(folder / city.surroundings).to_crs(WGS84)
        names = [str(name) for name in frame["name"]]
    except Exception as error:  # the readers raise many kinds
        raise PreparationError(
            [
                Finding(
                    "surroundings_unreadable",
                    f"{folder.name}/city.toml",
                    f'surroundings = "{city.surroundings}"',
                    "Die Datei fehlt, ist nicht lesbar oder hat keine Spalte name.",
                    "Als GeoJSON oder Shapefile mit Koordinatensystem in den Stadtordner legen.",
                )
            ]
        ) from error
    places = frame["at"] if "at" in frame else [None] * len(frame)
    features = [
        {
            "type": "Feature",
            "properties": {"name": name} | ({"at": _point(at)} if at is not None else {}),
            "geometry": json.loads(shapely.to_geojson(shapely.set_precision(shape, 1e-5))),
        }
        for name, at, shape in zip(names, places, frame.geometry, strict=True)
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return {FILE: json.dumps(collection, ensure_ascii=False, separators=(",", ":"))}


def _point(at: object) -> list[float]:
    """A label point, which some readers hand over as JSON text."""
    lon, lat = json.loads(at) if isinstance(at, str) else at  # type: ignore[misc]
    return [float(lon), float(lat)]
