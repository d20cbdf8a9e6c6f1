"""Areas that an office puts together for good (areas/zones.csv), and the sums of their parts.

A zone is no level: it has a name, it may overlap with others, and nobody delivers numbers of it.
Its counts are exact sums of those of its parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from model import status
from model.catalog import ZONE, City
from prepare import counts, csv_tables
from prepare.findings import Finding, nearest, refuse

FILE = "zones.csv"
TABLE = "zones.parquet"
PARTS = {"zone": pl.String, "part": pl.String}
"""A row a part: the zone's id and that of an area."""
_COLUMNS = ("zone", "name", "short", "locative", "part")
_ID = r"[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True)
class Zones:
    """The zones of a city: `table` as areas.SCHEMA, in the order of the file, and their PARTS."""

    table: pl.DataFrame
    parts: pl.DataFrame


def none() -> pl.DataFrame:
    """The PARTS of no zone."""
    return pl.DataFrame(schema=PARTS)


def zones(path: Path, name: str, areas: pl.DataFrame, city: City) -> Zones:
    """The zones that zones.csv lists; none if there is no such file.

    `areas` (areas.SCHEMA) are what they are made of. Raises PreparationError with all findings.
    """
    if not path.exists():
        return Zones(areas.clear(), none())
    rows = csv_tables.table(path, name, _COLUMNS).to_dicts()
    order = [level.id for level in city.levels]
    fine = order[order.index(city.default_level) :]
    level_of = dict(areas.select("area", "level").iter_rows())
    known = {area: level for area, level in level_of.items() if level in fine}
    listed = {row["zone"]: [r for r in rows if r["zone"] == row["zone"]] for row in rows}
    found = [
        Finding(rule, name, place, message, remedy)
        for zone, own in listed.items()
        for rule, place, message, remedy in (
            *_identity(own[0], level_of),
            *_parts(own, known),
        )
    ]
    refuse(found + [_same(zone, other, name) for zone, other in _pairs(listed)])
    parts = pl.DataFrame([(r["zone"], r["part"]) for r in rows], schema=PARTS, orient="row")
    return Zones(_table(listed, areas, city), parts)


def counted(found: pl.DataFrame, parts: pl.DataFrame, city: City) -> pl.DataFrame:
    """Counts (counts.SCHEMA) with those of zones (PARTS) behind them, in the order of the keys.

    A zone counts what each of its parts counts: where one has no row, it has none either, and
    where one has a row without a number, the zone has none and says the gravest reason.
    """
    if parts.is_empty():
        return found
    additive = [measure.id for measure in city.measures if measure.additive]
    expected = parts.with_columns(expected=pl.len().over("zone"))
    sums = (
        found.filter(pl.col("measure").is_in(additive))
        .join(expected, left_on="area", right_on="part")
        .with_columns(level=pl.lit(ZONE), area=pl.col("zone"))
        .group_by(counts.KEYS)
        .agg(
            pl.when(pl.col("value").is_not_null().all()).then(pl.col("value").sum()),
            status.severity().max().alias("severity"),
            pl.col("delivery").min(),
            there=pl.len(),
            expected=pl.col("expected").first(),
        )
        .filter(pl.col("there") == pl.col("expected"))
        .with_columns(*counts.nowhere(), status=status.named("severity"))
        .select(counts.SCHEMA.keys())
    )
    return pl.concat([found, sums]).sort(counts.KEYS)


def composed_otherwise(then: pl.DataFrame, now: pl.DataFrame) -> list[str]:
    """The zones that have other parts `now` than they had `then` (both PARTS)."""
    made = [
        frame.group_by("zone").agg(pl.col("part").sort().str.join(" ")) for frame in (then, now)
    ]
    both = made[0].join(made[1], on="zone", suffix="_now")
    return both.filter(pl.col("part") != pl.col("part_now"))["zone"].sort().to_list()


def _table(
    listed: Mapping[str, Sequence[Mapping[str, str]]], areas: pl.DataFrame, city: City
) -> pl.DataFrame:
    """The zones as rows of the area table; they lie in the city and have no polygon."""
    whole = areas.filter(pl.col("level") == city.city_level)["area"].to_list()
    size = dict(areas.select("area", "area_km2").iter_rows())
    entries = []
    for place, (zone, rows) in enumerate(listed.items(), start=1):
        first, sizes = rows[0], [size[row["part"]] for row in rows]
        entries.append(
            {
                "level": ZONE,
                "area": zone,
                "name": first["name"],
                "short": first["short"] or first["name"],
                "locative": first["locative"] or f"in {first['name']}",
                "parent": whole[0] if whole else "",
                "order": place,
                "area_km2": None if None in sizes else sum(sizes),
                "lon": None,
                "lat": None,
            }
        )
    return pl.DataFrame(entries, schema=areas.schema)


_Words = Iterator[tuple[str, str, str, str]]
"""Rule, place, message, remedy."""


def _identity(first: Mapping[str, str], areas: Mapping[str, str]) -> _Words:
    """What is wrong with the id and the name of a zone, as its first row says them."""
    zone, place = first["zone"], f"Zeile {first['row']}"
    if not zone or not first["name"]:
        message = "Kennung oder Name des Zusammenschlusses fehlt."
        remedy = "zone und name in der ersten Zeile des Zusammenschlusses ausfüllen."
        yield "zone_incomplete", place, message, remedy
    if zone in areas:
        message = f'"{zone}" ist schon der Schlüssel eines Gebiets.'
        yield "id_repeated", place, message, "Dem Zusammenschluss eine eigene Kennung geben."
    elif zone and not re.fullmatch(_ID, zone):
        message = f'Die Kennung "{zone}" hat nicht die verlangte Form.'
        remedy = "Aus kleinen Buchstaben, Ziffern und - bilden: rechte-weserseite."
        yield "id_wrong", place, message, remedy


def _parts(rows: Sequence[Mapping[str, str]], known: Mapping[str, str]) -> _Words:
    """What is wrong with the parts of one zone; `known` are possible ones with their levels."""
    seen: set[str] = set()
    for row in rows:
        part, place = row["part"], f"Zeile {row['row']}"
        if part not in known:
            message = f'"{part}" ist kein Gebiet der Ebene, mit der die Anwendung beginnt.'
            yield "area_unknown", place, message, nearest(part, known)
        elif part in seen:
            message = f'Das Gebiet "{part}" steht schon weiter oben in diesem Zusammenschluss.'
            yield "row_doubled", place, message, "Eine der Zeilen löschen."
        elif seen and known[part] != known[next(iter(seen))]:
            message = f'Das Gebiet "{part}" liegt auf einer anderen Raumebene als die übrigen.'
            yield "zone_level", place, message, "Nur Gebiete derselben Raumebene zusammenfassen."
        if part in known:
            seen.add(part)
    if len(rows) == 1:
        message = "Der Zusammenschluss besteht nur aus einem Gebiet."
        yield "zone_single", f"Zeile {rows[0]['row']}", message, "Weitere Gebiete ergänzen."


def _pairs(listed: Mapping[str, Sequence[Mapping[str, str]]]) -> Iterator[tuple[int, str]]:
    """First row of each zone made of the same parts as one before, with the id of that."""
    made: dict[frozenset[str], str] = {}
    for zone, rows in listed.items():
        other = made.setdefault(frozenset(row["part"] for row in rows), zone)
        if other != zone:
            yield int(rows[0]["row"]), other


def _same(row: int, other: str, name: str) -> Finding:
    message = f'Der Zusammenschluss "{other}" besteht aus denselben Gebieten.'
    return Finding("row_doubled", name, f"Zeile {row}", message, "Einen von beiden löschen.")
