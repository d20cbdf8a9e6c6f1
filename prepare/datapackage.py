"""`datapackage.json`: a release described as a Frictionless Data Package, version 2.

https://datapackage.org/standard/data-package/. Titles, licences and sources come from the catalog,
schemas from the frames as they are written, so that no fact is told twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from model import status
from model.catalog import CATEGORIES, TOTAL, Catalog
from prepare import contents, licences
from prepare.contents import File
from prepare.release import Content

FILE = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_AREAS = "areas.parquet"
_CATALOG = "catalog.json"
_KEYS = {_AREAS: ["area"], "published.parquet": ["row"]}
_KEYS_OF_COUNTS = ["area", "period", *CATEGORIES]
_COLUMNS = {
    "level": "Raumebene",
    "area": "Gebiet",
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
}
"""German titles of the columns, by name; every table uses a name in the same sense."""


def text(catalog: Catalog, content: Content, files: Sequence[File]) -> str:
    """The descriptor of all `files`, which are those of the release but this one and the manifest.

    The same content gives the same text: the version is the edition, and no time of making is
    told.
    """
    city = catalog.city
    first, last = content.periods
    description = f"{city.title}. Zeitraum {first} bis {last}."
    descriptor = {
        "$schema": _PROFILE,
        "name": f"{city.id}-{content.edition}",
        "title": city.title,
        "description": _with_note(description, catalog, content.modelled),
        "version": content.edition,
        "language": "de",
        "temporal": {"start": first, "end": last},
        "keywords": [city.name, *(theme.title for theme in catalog.themes)],
        "contributors": _contributors(catalog),
        "licenses": _licences(line for file in files for line in file.licences),
        "sources": _sources(tuple(content.deliveries), catalog, content),
        "resources": [_resource(file, catalog, content) for file in files],
    }
    return json.dumps(_filled(descriptor), ensure_ascii=False, indent=1) + "\n"


def _filled(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry without what is empty, which the standard does not allow."""
    return {key: value for key, value in entry.items() if value not in ("", None, [], {})}


def _with_note(description: str, catalog: Catalog, modelled: bool) -> str:
    note = catalog.city.modelled_note
    return f"{description} Enthält Modellwerte ({note})." if modelled and note else description


def _contributors(catalog: Catalog) -> list[dict[str, Any]]:
    publisher = catalog.city.publisher
    if publisher is None:
        return []
    told = {"title": publisher.name, "path": publisher.url, "email": publisher.email}
    return [_filled({**told, "roles": ["publisher"]})]


def _licences(lines: Iterable[str]) -> list[dict[str, str]]:
    """Licences by line, each once. What has no known id refers to the catalog, which tells it."""
    return [
        {"name": known.id, "path": known.url, "title": line}
        if (known := licences.licence(line))
        else {"path": _CATALOG, "title": line}
        for line in dict.fromkeys(lines)
    ]


def _sources(
    deliveries: tuple[str, ...], catalog: Catalog, content: Content
) -> list[dict[str, Any]]:
    return [
        _filled({"title": source.title, "path": source.url})
        for source in contents.sources(deliveries, catalog, content)
    ]


def _resource(file: File, catalog: Catalog, content: Content) -> dict[str, Any]:
    """One file, with a schema if it is a table."""
    frame = content.frames.get(file.path)
    return _filled(
        {
            "name": file.path.rpartition(".")[0],
            "path": file.path,
            "type": "table" if frame is not None else None,
            "title": file.title,
            "description": _description(file, frame, catalog, content),
            "format": file.format,
            "mediatype": file.mediatype,
            "encoding": "utf-8" if frame is None else None,
            "bytes": file.bytes,
            "hash": f"sha256:{file.sha256}",
            "rows": file.rows,
            "licenses": _licences(file.licences),
            "sources": _sources(file.deliveries, catalog, content),
            "schema": None if frame is None else _schema(file, frame, catalog, content),
        }
    )


def _description(file: File, frame: pl.DataFrame | None, catalog: Catalog, content: Content) -> str:
    """What one row is and on what basis, of a file with counts; else nothing."""
    if frame is None or file.measure is None:
        return ""
    told = [content.deliveries[delivery] for delivery in file.deliveries]
    bases = dict.fromkeys(entry["basis"] for entry in told)
    unit = catalog.measures[file.measure].unit
    description = (
        f"Ein Wert je Gebiet, Zeitpunkt und Ausprägung. Einheit: {unit}. Basis: {'; '.join(bases)}."
    )
    return _with_note(description, catalog, bool((frame["status"] == "modelled").any()))


def _schema(file: File, frame: pl.DataFrame, catalog: Catalog, content: Content) -> dict[str, Any]:
    """Fields with types and constraints, the key of a row, and references to the areas."""
    key = _KEYS_OF_COUNTS if file.measure else _KEYS.get(file.path, [])
    areas = set(content.frames[_AREAS]["area"])
    references = [
        {
            "fields": [column],
            # An empty name is the table itself.
            "reference": {
                "resource": "" if file.path == _AREAS else _AREAS.rpartition(".")[0],
                "fields": ["area"],
            },
        }
        for column in ("area", "parent")
        if column in frame.columns
        and [column] != key
        and set(frame[column].drop_nulls()) - {""} <= areas
    ]
    return _filled(
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
    return _filled(
        {
            "name": column.name,
            "title": _COLUMNS.get(column.name),
            "type": _type(column.dtype),
            "constraints": _filled({"required": not empty or None, "enum": list(values)}),
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
        return {level.id: level.title for level in catalog.city.levels}
    return {}


def _type(dtype: pl.DataType) -> str:
    """The type's name in Table Schema."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_float():
        return "number"
    return {pl.Boolean(): "boolean", pl.Date(): "date"}.get(dtype, "string")
