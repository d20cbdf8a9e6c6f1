"""The area table of a city: which areas there are on which level, how they nest, their shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from model.catalog import City
from prepare import area_rows, crosswalk, geometry, geometry_files, names, shapes
from prepare import zones as zone_tables
from prepare.area_rows import Row
from prepare.findings import Finding, PreparationError, refuse
from prepare.shapes import Shapes
from prepare.zones import Zones

SCHEMA = {
    "level": pl.String,
    "area": pl.String,
    "name": pl.String,
    "short": pl.String,
    "locative": pl.String,
    "parent": pl.String,
    "order": pl.Int64,
    "area_km2": pl.Float64,
    "lon": pl.Float64,
    "lat": pl.Float64,
}

CHANGES = "crosswalk.csv"


@dataclass(frozen=True)
class Areas:
    """All areas of a city.

    `table` has the columns of SCHEMA, levels from coarse to fine and `order` (from 1) within.
    `shapes` holds simplified polygons by level in the same order, `exact` those they are made of,
    `statuses` the status of area_km2 by area, `files` the files all this comes from. `changes`
    (crosswalk.SCHEMA) say what became of areas that are no more; `zones` are no areas in all of
    this, only of those that are `told`.
    """

    table: pl.DataFrame
    shapes: Mapping[str, Shapes]
    exact: Mapping[str, Shapes]
    statuses: Mapping[str, str]
    files: tuple[Path, ...]
    changes: pl.DataFrame
    zones: Zones

    @cached_property
    def told(self) -> pl.DataFrame:
        """All areas as a release tells them, zones behind the others."""
        return pl.concat([self.table, self.zones.table])

    @cached_property
    def levels(self) -> pl.DataFrame:
        """Area and level of every area a delivery may name: today's and former ones."""
        return pl.concat(
            found.select("area", "level")
            for found in (self.table, crosswalk.former(self.changes, self.table))
        )

    @cached_property
    def former(self) -> Mapping[str, str]:
        """Names of areas that are no more by id; '' where nobody gives one."""
        found = crosswalk.former(self.changes, self.table)
        return dict(zip(found["area"], found["name"], strict=True))

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all areas there are today."""
        return frozenset(self.table["area"])

    def names(self, level: str) -> dict[str, str]:
        """Area ids of a level by name, former areas after today's; no name two of them share."""
        found = self._titles(level)
        often = Counter(name for name, _ in found)
        return {name: area for name, area in found if often[name] == 1}

    def named(self, level: str) -> Mapping[str, str]:
        """The same by `names.normalised` name."""
        return names.unique(self._titles(level))

    def _titles(self, level: str) -> list[tuple[str, str]]:
        """Name and id of the areas of a level; a former area gives way to one of its name."""
        today = self.table.filter(pl.col("level") == level).select("name", "area").rows()
        taken = {names.normalised(name) for name, _ in today}
        gone = crosswalk.former(self.changes, self.table).filter(pl.col("level") == level)
        former = gone.select("name", "area").rows()
        return today + [(n, a) for n, a in former if n and names.normalised(n) not in taken]


def areas(city: City, folder: Path, deliveries: Path, notes: list[Finding]) -> Areas:
    """The checked areas of a city folder. Raises PreparationError with all errors.

    What was repaired or needs a look is appended to `notes`.
    """
    path = folder / "areas" / "areas.csv"
    name = f"{folder.name}/areas/areas.csv"
    listed = area_rows.listed(path, name, city)
    findings: list[Finding] = []
    drawn: dict[str, Shapes] = {}
    files = [path] if path.exists() else []
    rows: list[Row] = []
    outlines = frozenset(area_rows.names(listed, city.city_level))
    for level in city.levels:
        try:
            if level.geometry:
                file = geometry.path(level, folder, deliveries)
                own = area_rows.names(listed, level.id)
                drawn[level.id] = geometry.shapes(level, file, notes, own, outlines)
                files += geometry_files.parts(file)
            rows += area_rows.of_level(level, listed, drawn.get(level.id), name)
        except PreparationError as error:
            findings += error.findings
    refuse(findings or area_rows.findings(rows, city, name))
    table = _table(rows, city)
    exact = _with_unions({i: _in_order(s, table) for i, s in drawn.items()}, table, city)
    refuse(_undrawn(exact, table, city, name))
    # Unions are made of simplified parts, so that the outlines of all levels coincide.
    simple = _with_unions({i: shapes.simplified(exact[i]) for i in drawn}, table, city)
    statuses = {row["area"]: row.get("area_km2_status") or "ok" for row in rows}
    changes = crosswalk.changes(
        path.with_name(CHANGES), f"{folder.name}/areas/{CHANGES}", table, city
    )
    read = tuple(dict.fromkeys(files))
    table = _with_places(table, exact)
    listing = path.with_name(zone_tables.FILE)
    zones = zone_tables.zones(listing, f"{folder.name}/areas/{listing.name}", table, city)
    return Areas(table, simple, exact, statuses, read, changes, zones)


def _table(rows: list[Row], city: City) -> pl.DataFrame:
    """Area table without places; empty texts filled, ordered by level, order and id."""
    rank = {level.id: number for number, level in enumerate(city.levels)}
    entries = [
        {
            "level": row["level"],
            "area": row["area"],
            "name": row["name"],
            "short": row.get("short") or row["name"],
            "locative": row.get("locative") or f"in {row['name']}",
            "parent": area_rows.parent(row, city.level(row["level"])),
            "order": int(row["order"]) if row.get("order") else None,
            "area_km2": float(row["area_km2"]) if row.get("area_km2") else None,
        }
        for row in rows
    ]
    return (
        pl.DataFrame(entries, schema={k: t for k, t in SCHEMA.items() if k not in ("lon", "lat")})
        .with_columns(rank=pl.col("level").replace_strict(rank))
        .sort("rank", "order", "area", nulls_last=True)
        .with_columns(order=pl.int_range(1, pl.len() + 1).over("level"))
        .drop("rank")
    )


def _in_order(own: Shapes, table: pl.DataFrame) -> Shapes:
    ids = set(own.ids)
    return shapes.ordered(own, [area for area in table["area"] if area in ids])


def _ancestors(table: pl.DataFrame, level: str) -> dict[str, str]:
    """For each area below `level`, the area of that level it belongs to."""
    above = dict(zip(table["area"], table["parent"], strict=True))
    level_of = dict(zip(table["area"], table["level"], strict=True))
    found = {}
    for area in above:
        ancestor = above[area]
        while ancestor and level_of[ancestor] != level:
            ancestor = above[ancestor]
        if ancestor:
            found[area] = ancestor
    return found


def _with_unions(drawn: Mapping[str, Shapes], table: pl.DataFrame, city: City) -> dict[str, Shapes]:
    """Shapes by level from coarse to fine, with unions for levels that declare no geometry.

    Those above the default level get the union of its areas, unless they are only a yardstick.
    """
    base = drawn.get(city.default_level)
    found: dict[str, Shapes] = {}
    below = False
    for level in city.levels:
        below = below or level.id == city.default_level
        if level.id in drawn:
            found[level.id] = drawn[level.id]
        elif base is not None and not below and not level.comparison:
            union = shapes.dissolved(base, _ancestors(table, level.id))
            found[level.id] = _in_order(union, table)
    return found


def _undrawn(
    exact: Mapping[str, Shapes], table: pl.DataFrame, city: City, name: str
) -> list[Finding]:
    """Areas without a polygon on levels that have polygons, which then are one per area."""
    findings = []
    for level, own in exact.items():
        listed = table.filter(pl.col("level") == level).select("area", "name").rows()
        missing = [f"{area} ({title})" for area, title in listed if area not in own.ids]
        if missing:
            findings.append(
                Finding(
                    "geometry_childless",
                    name,
                    f'Raumebene "{level}"',
                    f"Gebiete ohne Fläche: {', '.join(missing)}; kein Gebiet der Raumebene "
                    f'"{city.default_level}" gehört dazu.',
                    "parent berichtigen, das Gebiet löschen oder der Raumebene in city.toml "
                    "mit geometry eine Datei geben.",
                )
            )
    return findings


def _with_places(table: pl.DataFrame, exact: Mapping[str, Shapes]) -> pl.DataFrame:
    """Label points, and km² from the polygons for levels where nobody gave any."""
    places = [
        (area, lon, lat, km2)
        for own in exact.values()
        for area, (lon, lat), km2 in zip(
            own.ids, shapes.label_points(own), shapes.sizes_km2(own), strict=True
        )
    ]
    schema = {"area": pl.String, "lon": pl.Float64, "lat": pl.Float64, "drawn": pl.Float64}
    given = pl.col("area_km2").is_not_null().any().over("level")
    return (
        table.join(
            pl.DataFrame(places, schema=schema, orient="row"),
            on="area",
            how="left",
            maintain_order="left",
        )
        .with_columns(area_km2=pl.when(given).then("area_km2").otherwise("drawn"))
        .select(SCHEMA.keys())
    )
