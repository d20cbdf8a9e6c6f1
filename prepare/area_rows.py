"""Rows of the area table before it is one: from areas.csv, from geometry, checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from model.catalog import City, Level
from prepare import csv_tables, values
from prepare.findings import Finding, PreparationError, nearest, refuse
from prepare.shapes import Shapes

Row = Mapping[str, str]

COLUMNS = ("level", "area", "name", "short", "locative", "parent", "order", "area_km2")
OPTIONAL = ("area_km2_status",)
_NUMBERS = {"area_km2": r"\d+(\.\d+)?", "order": r"\d+"}


def listed(path: Path, name: str, city: City) -> list[Row]:
    """Rows of areas.csv as texts, plus `row`; none if there is no file.

    Raises PreparationError if columns or levels are not as agreed.
    """
    if not path.exists():
        return []
    table = csv_tables.table(path, name, COLUMNS, OPTIONAL)
    rows: list[Row] = list(table.cast(pl.String).to_dicts())
    known = [level.id for level in city.levels]
    refuse(
        [
            Finding(
                "level_unknown",
                name,
                f"Zeile {row['row']}",
                f'Raumebene "{row["level"]}" ist nicht vereinbart.',
                nearest(row["level"], known),
            )
            for row in rows
            if row["level"] not in known
        ]
    )
    return rows


def names(rows: Sequence[Row], level: str) -> dict[str, str]:
    """Names by id of the areas that areas.csv lists for a level."""
    return {row["area"]: row["name"] for row in rows if row["level"] == level and row["area"]}


def of_level(level: Level, rows: Sequence[Row], shapes: Shapes | None, name: str) -> list[Row]:
    """Rows of one level: from the geometry where it names them, refined by areas.csv.

    Raises PreparationError if rows and polygons do not belong to the same areas.
    """
    own = [row for row in rows if row["level"] == level.id]
    if shapes is not None and level.geometry_name:
        own = _refined(level, own, shapes, name)
    elif shapes is not None:
        _check_same(level, {row["area"] for row in own}, set(shapes.ids), name)
    if not own:
        raise PreparationError(
            [
                Finding(
                    "level_empty",
                    name,
                    f'Raumebene "{level.id}"',
                    "Die Raumebene hat kein Gebiet.",
                    "Gebiete in areas.csv eintragen oder geometry_name angeben.",
                )
            ]
        )
    return own


def _refined(level: Level, own: Sequence[Row], shapes: Shapes, name: str) -> list[Row]:
    """One row per polygon; what areas.csv says of it (non-empty cells) wins."""
    refuse(
        [
            Finding(
                "area_unknown",
                name,
                f"Zeile {row['row']}",
                f'Gebiet "{row["area"]}" gibt es in {level.geometry} nicht.',
                nearest(row["area"], shapes.ids),
            )
            for row in own
            if row["area"] not in shapes.ids
        ]
    )
    twice = [area for area, count in Counter(row["area"] for row in own).items() if count > 1]
    refuse(
        [
            Finding(
                "id_repeated",
                name,
                f'Gebiet "{area}"',
                "Der Schlüssel kommt mehrmals vor.",
                "Eine Zeile behalten, die anderen löschen.",
            )
            for area in twice
        ]
    )
    said = {row["area"]: {key: text for key, text in row.items() if text} for row in own}
    return [
        {"level": level.id, "area": area, "name": title} | said.get(area, {})
        for area, title in sorted(zip(shapes.ids, shapes.names, strict=True))
    ]


def _check_same(level: Level, named: set[str], drawn: set[str], name: str) -> None:
    pairs = ((named - drawn, "Gebiete ohne Fläche"), (drawn - named, "Flächen ohne Gebiet"))
    refuse(
        [
            Finding(
                "geometry_unmatched",
                level.geometry or "",
                f'Raumebene "{level.id}"',
                f"{len(missing)} {words}: {', '.join(sorted(missing)[:10])} "
                f"(bei {len(named)} Gebieten und {len(drawn)} Flächen).",
                f"Schlüssel in {name}, geometry_id und geometry_id_format abgleichen.",
            )
            for missing, words in pairs
            if missing
        ]
    )


def parent(row: Row, level: Level) -> str:
    """Id of the area above: as given, else by the level's pattern, else ''."""
    if row.get("parent") or level.parent_pattern is None:
        return row.get("parent", "")
    found = re.search(level.parent_pattern, row["area"])
    return level.parent_format.format(found[1]) if found else ""


def findings(rows: Sequence[Row], city: City, name: str) -> list[Finding]:
    """Repeated ids, missing names, numbers that are none, and parents that cannot be."""
    counts = Counter(row["area"] for row in rows)
    level_of = {row["area"]: row["level"] for row in rows}
    found: list[Finding] = []
    for row in rows:
        place = f'Gebiet "{row["area"]}"'
        found += [
            Finding(rule, name, place, message, remedy)
            for rule, message, remedy in (
                *_identity(row, counts[row["area"]]),
                *_parent(row, city, level_of),
                *_contents(row),
            )
        ]
    return list(dict.fromkeys(found)) + _several_cities(rows, city, name)


def _several_cities(rows: Sequence[Row], city: City, name: str) -> list[Finding]:
    """Everything is compared with the whole city, so there must be one."""
    areas = [row["area"] for row in rows if row["level"] == city.city_level]
    if len(areas) < 2:
        return []
    return [
        Finding(
            "city_repeated",
            name,
            f'Raumebene "{city.city_level}"',
            f"Für die ganze Stadt gibt es {len(areas)} Gebiete: {', '.join(areas)}.",
            "Eines behalten oder city_level in city.toml berichtigen.",
        )
    ]


_Words = Iterator[tuple[str, str, str]]
"""Rule, message, remedy."""


def _identity(row: Row, count: int) -> _Words:
    if not row["area"] or not row.get("name"):
        yield "area_incomplete", "Schlüssel oder Name fehlt.", "Ausfüllen."
    elif not re.fullmatch(r"[^,\s]+", row["area"]):
        remedy = "Ohne Komma und Leerzeichen schreiben; Kommas trennen Gebiete in Links."
        yield "id_wrong", "Der Schlüssel hat nicht die verlangte Form.", remedy
    if count > 1:
        remedy = "Schlüssel müssen über alle Raumebenen eindeutig sein."
        yield "id_repeated", "Der Schlüssel kommt mehrmals vor.", remedy


def _parent(row: Row, city: City, level_of: Mapping[str, str]) -> _Words:
    level = city.level(row["level"])
    order = [each.id for each in city.levels]
    above = parent(row, level)
    if above and above not in level_of:
        message = f'Das übergeordnete Gebiet "{above}" fehlt.'
        yield "parent_unknown", message, nearest(above, level_of)
    elif above and order.index(level_of[above]) >= order.index(level.id):
        message = f'"{above}" liegt nicht auf einer gröberen Raumebene.'
        yield "parent_level", message, "parent berichtigen."
    elif not above and order.index(level.id) > order.index(city.city_level):
        remedy = "In areas.csv parent oder in city.toml parent_pattern angeben."
        yield "parent_missing", "Das übergeordnete Gebiet fehlt.", remedy


def _contents(row: Row) -> _Words:
    for key, pattern in _NUMBERS.items():
        if row.get(key) and not re.fullmatch(pattern, row[key]):
            message = f'"{row[key]}" in der Spalte {key} ist keine Zahl.'
            yield "number_wrong", message, "Mit Dezimalpunkt schreiben, zum Beispiel 4.36."
    status = row.get("area_km2_status", "")
    if status and status not in values.NUMBER_STATUSES:
        message = f'Den Wertstatus "{status}" gibt es hier nicht.'
        yield "status_unknown", message, nearest(status, values.NUMBER_STATUSES)
