"""`datapackage.json`: a release described as a Frictionless Data Package, version 2.

https://datapackage.org/standard/data-package/. Titles, licences and sources come from the catalog,
schemas from the frames as they are written, so that no fact is told twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from model.catalog import Catalog
from prepare import contents, licences, table_schema
from prepare.contents import File
from prepare.release import Content

FILE = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_CATALOG = "catalog.json"


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
        "description": contents.noted(description, content.modelled, catalog),
        "version": content.edition,
        "language": "de",
        "temporal": {"start": first, "end": last},
        "keywords": [city.name, *(theme.title for theme in catalog.themes)],
        "contributors": _contributors(catalog),
        "licenses": _licences(line for file in files for line in file.licences),
        "sources": _sources(tuple(content.deliveries), catalog, content),
        "resources": [_resource(file, catalog, content) for file in files],
    }
    return json.dumps(table_schema.filled(descriptor), ensure_ascii=False, indent=1) + "\n"


def _contributors(catalog: Catalog) -> list[dict[str, Any]]:
    publisher = catalog.city.publisher
    if publisher is None:
        return []
    told = {"title": publisher.name, "path": publisher.url, "email": publisher.email}
    return [table_schema.filled({**told, "roles": ["publisher"]})]


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
        table_schema.filled({"title": source.title, "path": source.url})
        for source in contents.sources(deliveries, catalog, content)
    ]


def _resource(file: File, catalog: Catalog, content: Content) -> dict[str, Any]:
    """One file, with a schema if it is a table."""
    frame = content.frames.get(file.path)
    return table_schema.filled(
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
            "schema": None if frame is None else table_schema.schema(file, frame, catalog, content),
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
    return contents.noted(description, bool((frame["status"] == "modelled").any()), catalog)
