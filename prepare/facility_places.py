"""Where facilities stand: coordinates checked and made degrees, the area they lie in."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl
import pyproj
import shapely

from model.catalog import Catalog
from prepare import names, values
from prepare.areas import Areas
from prepare.crs import WGS84
from prepare.facility_tables import FacilityTable
from prepare.findings import Finding, nearest
from prepare.geometry_axes import HOME

_DECIMALS = 6
Floats = npt.NDArray[np.float64]


def texts(table: FacilityTable) -> list[pl.Expr]:
    """Columns for `placed`: x and y as texts, and the area the office names."""
    points = table.recipe.points
    x, y = (points.coordinates if points else None) or (None, None)
    return [
        table.texts(x).alias("x"),
        table.texts(y).alias("y"),
        table.texts(points.area if points else None).alias("said"),
    ]


def placed(
    rows: pl.DataFrame,
    table: FacilityTable,
    catalog: Catalog,
    areas: Areas,
    findings: list[Finding],
) -> pl.DataFrame:
    """The rows with lon, lat (degrees, null without coordinates) and area ('' if outside).

    The area is where the point lies; without a point, what the office says. Rows without any
    place, or with an impossible one, are noted and left out.
    """
    level = catalog.city.default_level
    decimal = table.recipe.decimal
    x, y = (values.number(pl.col(name), decimal).alias(f"{name}_number") for name in ("x", "y"))
    numbers = rows.with_columns(x, y)
    lon, lat = _degrees(numbers, table)
    lying = _areas_at(lon, lat, areas, level)
    kept = []
    for row, east, north, within in zip(numbers.to_dicts(), lon, lat, lying, strict=True):
        if wrong := _wrong_place(row, float(east), float(north)):
            rule, head, value, words = wrong
            findings.append(table.finding(rule, row["row"], _head(table, head), value, words))
            continue
        said = _said(row, table, areas, level, findings)
        point = bool(row["x"])
        area = within if point and level in areas.exact else said
        findings += _area_findings(row, table, area, said, point)
        place = {"lon": float(east), "lat": float(north)} if point else {"lon": None, "lat": None}
        kept.append({**row, **place, "area": area})
    schema = pl.Schema(rows.schema)
    schema.update({"lon": pl.Float64(), "lat": pl.Float64(), "area": pl.String()})
    return pl.DataFrame(kept, schema=schema)


def _degrees(numbers: pl.DataFrame, table: FacilityTable) -> tuple[Floats, Floats]:
    """Longitude and latitude of each row, not finite where there is none."""
    points = table.recipe.points
    x, y = (numbers[name].to_numpy().astype(np.float64) for name in ("x_number", "y_number"))
    if points is None or points.crs == WGS84:
        return np.round(x, _DECIMALS), np.round(y, _DECIMALS)
    moved = pyproj.Transformer.from_crs(points.crs, WGS84, always_xy=True).transform(x, y)
    return np.round(moved[0], _DECIMALS), np.round(moved[1], _DECIMALS)


def _areas_at(lon: Floats, lat: Floats, areas: Areas, level: str) -> list[str]:
    """Ids of the areas in which points lie; '' in none."""
    found = [""] * len(lon)
    if level not in areas.exact:
        return found
    own = areas.exact[level]
    there = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    transformer = pyproj.Transformer.from_crs(WGS84, own.crs, always_xy=True)
    points = shapely.points(*transformer.transform(lon[there], lat[there]))
    hits = shapely.STRtree(own.polygons).query(points, predicate="intersects")
    for point, area in sorted(zip(*hits, strict=True), reverse=True):
        found[there[point]] = own.ids[area]
    return found


def _wrong_place(
    row: dict[str, object], lon: float, lat: float
) -> tuple[str, str | None, str | None, tuple[str, str]] | None:
    """Rule, coordinate, value and words for what is wrong with a place; None if it is fine."""
    x, y = str(row["x"]), str(row["y"])
    if not x and not y:
        if row["address"]:
            return None
        words = (
            "Die Einrichtung hat weder Anschrift noch Koordinaten.",
            "Eines von beiden angeben.",
        )
        return "facility_place_missing", None, None, words
    remedy = "Länge (Rechtswert) und Breite (Hochwert) prüfen."
    if row["x_number"] is None or row["y_number"] is None:
        head = "x" if row["x_number"] is None else "y"
        value = str(row[head])
        return "facility_coordinates", head, value, (f'"{value}" ist keine Koordinate.', remedy)
    if row["x_number"] == 0 and row["y_number"] == 0:
        words = ("Die Koordinaten sind 0 und 0.", "Die Zellen leeren oder die Lage ermitteln.")
        return "facility_coordinates", "x", x, words
    west, south, east, north = HOME
    if south <= lon <= north and west <= lat <= east:
        message = f"Länge und Breite sind vertauscht ({x} und {y})."
        return "facility_coordinates", "x", x, (message, "Die Spalten im Rezept tauschen.")
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        message = f"Die Koordinaten {x} und {y} gibt es in diesem Koordinatensystem nicht."
        return "facility_coordinates", "x", x, (message, f"crs im Rezept prüfen. {remedy}")
    return None


def _head(table: FacilityTable, coordinate: str | None) -> str | None:
    """Head of the column of a coordinate, 'x' or 'y'."""
    points = table.recipe.points
    if points is None or points.coordinates is None or coordinate is None:
        return None
    return points.coordinates[0 if coordinate == "x" else 1]


def _said(
    row: dict[str, object], table: FacilityTable, areas: Areas, level: str, findings: list[Finding]
) -> str:
    """The area the office names, by id or name; '' if none, or, noted, if nobody knows it."""
    text = str(row["said"])
    own = areas.table.filter(pl.col("level") == level)
    if not text or text in own["area"]:
        return text
    if found := areas.named(level).get(names.normalised(text)):
        return found
    points = table.recipe.points
    words = (f'"{text}" ist kein bekanntes Gebiet.', nearest(text, own["name"]))
    head = points.area if points else None
    findings.append(table.finding("area_unknown", int(str(row["row"])), head, text, words))
    return ""


def _area_findings(
    row: dict[str, object], table: FacilityTable, area: str, said: str, point: bool
) -> list[Finding]:
    """What the point and the office's word say differently, or neither says."""
    points = table.recipe.points
    number, name = int(str(row["row"])), row["name"]
    if point and not area:
        words = (f'"{name}" liegt außerhalb aller Gebiete der Stadt.', "Koordinaten prüfen.")
        return [table.finding("facility_outside", number, _head(table, "x"), str(row["x"]), words)]
    if point and said and said != area:
        message = f'"{name}" liegt in Gebiet {area}, angegeben ist {said}; es gilt die Lage.'
        words = (message, "Koordinaten oder Gebiet berichtigen.")
        head = points.area if points else None
        return [table.finding("facility_area_differs", number, head, str(row["said"]), words)]
    if not area:
        words = (f'"{name}" hat kein Gebiet.', "Gebiet oder Koordinaten angeben.")
        return [table.finding("facility_area_missing", number, None, None, words)]
    return []
