"""The columns of a release's tables, as the Table Schema of Frictionless tells them.

https://datapackage.org/standard/table-schema/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from model import status
from model.catalog import CATEGORIES, TOTAL, ZONE, ZONES, Catalog
from prepare.contents import File
from prepare.release import Content

_AREAS = "areas.parquet"
_KEYS = {
    _AREAS: ["area"],
    "zones.parquet": ["zone", "part"],
    "published.parquet": ["row"],
    "news.parquet": ["area", "rank"],
    "facilities.parquet": ["facility"],
    "facility_values.parquet": ["facility", "measure", "period"],
    "reach.parquet": ["area", "type", "metres"],
}
_REFERENCES = {
    "area": (_AREAS, "area"),
    "parent": (_AREAS, "area"),
    "zone": (_AREAS, "area"),
    "part": (_AREAS, "area"),
    "facility": ("facilities.parquet", "facility"),
}
"""Columns that name a row of another table: its path and key."""
_KEYS_OF_COUNTS = ["area", "period", *CATEGORIES]
_COLUMNS = {
    "level": "Raumebene",
    "area": "Gebiet",
    "zone": ZONES.title,
    "part": "Gebiet, das dazugehört",
    "name": "Name des Gebiets",
    "short": "Kurzer Name für Karten",
    "locative": "Name mit Ortsangabe, zum Beispiel 'in der Innenstadt'",
    "parent": "Gebiet, zu dem es gehört",
    "order": "Platz in der Reihenfolge der Raumebene, ab 1",
    "area_km2": "Fläche in km²",
    "lon": "Länge des Beschriftungspunkts (WGS 84)",
    "lat": "Breite des Beschriftungspunkts (WGS 84)",
    "period": "Stichtag (2024-12-31) oder Jahr (2024; bei Schuljahren das erste)",
    "age": "Altersgruppe",
    "sex": "Geschlecht",
    "nationality": "Staatsangehörigkeit",
    "value": "Wert; leer genau dann, wenn status sagt, warum er fehlt",
    "status": "Wertstatus: warum ein Wert steht oder fehlt",
    "delivery": "Lieferung, aus der die Zahl stammt",
    "file": "Datei der Lieferung; leer bei Summen, die daraus gebildet sind",
    "sheet": "Blatt der Datei",
    "row": "Zeile der Datei, ab 1",
    "column": "Spalte der Datei, ab 1",
    "indicator": "Indikator; leer, wenn eine Messgröße angegeben ist",
    "measure": "Messgröße; leer, wenn ein Indikator angegeben ist",
    "unit": "Einheit",
    "title": "Bezeichnung",
    "basis": "Basis",
    "source": "Quelle",
    "stand": "Stand, den die Datei nennt",
    "release": "Datenstand, der den Wert so gezeigt hat",
    "published": "Tag, an dem dieser Datenstand erschienen ist",
    "kind": "Art des Bruchs, des Ereignisses oder der Meldung",
    "note": "Anmerkung",
    "rank": "Platz der Meldung in ihrem Gebiet, ab 1",
    "also": "Weitere Indikatoren, die es betrifft, mit Leerzeichen dazwischen",
    "period_before": "Zeitraum, mit dem verglichen ist",
    "before": "Wert davor: zum früheren Zeitraum, oder wie zuvor veröffentlicht",
    "after": "Wert danach: zum späteren Zeitraum, oder wie jetzt veröffentlicht",
    "difference": "Unterschied in der Einheit des Indikators",
    "low": "Untere Grenze des Unterschieds, den Zufall eingerechnet",
    "high": "Obere Grenze des Unterschieds, den Zufall eingerechnet",
    "move": "Richtung: risen gestiegen, fallen gesunken",
    "mark": "Schwerster Wertstatus beider Werte, der dabei zu sagen ist",
    "reason": "Art der neuen Definition: areas, definition, basis wie bei Brüchen, oder catalog",
    "from": "Erster Tag",
    "to": "Letzter Tag; leer, wenn keiner feststeht",
    "link": "Adresse mit mehr dazu",
    "facility": "Einrichtung",
    "type": "Art der Einrichtung",
    "type_title": "Art der Einrichtung in Worten",
    "address": "Anschrift",
    "metres": "Entfernung in Metern, Luftlinie",
    "share": "Anteil der Fläche des Gebiets in dieser Entfernung von einer Einrichtung, 0 bis 1",
}
"""German titles of the columns, by name; every table uses a name in the same sense."""


def filled(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry without what is empty, which the standard does not allow."""
    return {key: value for key, value in entry.items() if value not in ("", None, [], {})}


def schema(file: File, frame: pl.DataFrame, catalog: Catalog, content: Content) -> dict[str, Any]:
    """Fields with types and constraints, the key of a row, and references to the areas."""
    key = _KEYS_OF_COUNTS if file.measure else _KEYS.get(file.path, [])
    references = [
        {
            "fields": [column],
            # An empty name is the table itself.
            "reference": {
                "resource": "" if path == file.path else path.rpartition(".")[0],
                "fields": [target],
            },
        }
        for column, (path, target) in _REFERENCES.items()
        if column in frame.columns and path in content.frames and [column] != key
        if set(frame[column].drop_nulls()) - {""} <= set(content.frames[path][target])
    ]
    return filled(
        {
            "fields": [_field(frame[column], catalog) for column in frame.columns],
            "missingValues": [""],
            "primaryKey": key,
            "foreignKeys": references,
        }
    )


def _field(column: pl.Series, catalog: Catalog) -> dict[str, Any]:
    """One column. It is required, and limited to values, as far as that is so in this release."""
    occurring = set(column.unique())
    values = {v: label for v, label in _values(column.name, catalog).items() if v in occurring}
    empty = column.null_count() or (column.dtype == pl.String and (column == "").any())
    return filled(
        {
            "name": column.name,
            "title": _COLUMNS.get(column.name),
            "type": _type(column.dtype),
            "constraints": filled({"required": not empty or None, "enum": list(values)}),
            "categories": [{"value": v, "label": label} for v, label in values.items()],
        }
    )


def _values(column: str, catalog: Catalog) -> dict[str, str]:
    """The values listed for a column, with what each is called; none if none are listed."""
    if column in CATEGORIES:
        listed = catalog.city.categories(column)
        return {TOTAL: "Insgesamt", **{category.id: category.title for category in listed}}
    if column == "status":
        return {name: status.words(name) for name in status.ORDER}
    if column == "level":
        return {level.id: level.title for level in catalog.city.levels} | {ZONE: ZONES.title}
    return {}


def _type(dtype: pl.DataType) -> str:
    """The type's name in Table Schema."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "number"
    return {pl.Boolean(): "boolean", pl.Date(): "date"}.get(dtype, "string")
