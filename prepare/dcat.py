"""`dcat.jsonld`: a release as a catalogue of datasets after DCAT-AP.de 3.0, for data portals.

https://www.dcat-ap.de/def/dcatde/3.0/spec/. Every delivery is a dataset, every file with rows of it
a distribution; the areas with their borders are a dataset of their own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import polars as pl

from model import formats
from model.catalog import ZONE, Catalog, City, DataTheme, Theme
from prepare import contents, zones
from prepare import dcat_nodes as nodes
from prepare.contents import File
from prepare.dcat_nodes import Node
from prepare.release import Content

AREAS = "gebiete"
"""The dataset of areas and borders."""


def text(catalog: Catalog, content: Content, files: Sequence[File]) -> str:
    """The catalogue as JSON-LD that needs no other file to be read.

    Addresses of files are relative to the release, or absolute where the city names a `base_url`.
    Dates are the edition's month: the same content gives the same text.
    """
    base = {"@base": catalog.city.base_url} if catalog.city.base_url else {}
    datasets = [_delivery(name, catalog, content, files) for name in content.deliveries]
    datasets.append(_areas(catalog, content, files))
    graph = [
        _catalogue(catalog, content, datasets),
        nodes.publisher(catalog.city),
        nodes.contact(catalog.city),
        *datasets,
    ]
    document = {"@context": {**base, **nodes.PREFIXES}, "@graph": [node for node in graph if node]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _catalogue(catalog: Catalog, content: Content, datasets: Sequence[Node]) -> Node:
    city = catalog.city
    page = city.publisher.url if city.publisher else None
    return {
        **nodes.linked(f"{nodes.FILE}#katalog"),
        "@type": "dcat:Catalog",
        "dcterms:title": nodes.german(f"Quartierspuls {city.name}"),
        "dcterms:description": nodes.german(
            contents.noted(f"{city.title}.", content.modelled, catalog)
        ),
        "dcat:themeTaxonomy": nodes.linked(f"{nodes.EU}/data-theme"),
        **({"foaf:homepage": nodes.linked(page)} if page else {}),
        **nodes.common(city),
        "dcat:dataset": [nodes.linked(dataset["@id"]) for dataset in datasets],
    }


def _delivery(name: str, catalog: Catalog, content: Content, files: Sequence[File]) -> Node:
    """A delivery as a dataset, with the files that hold rows of it."""
    told = content.deliveries[name]
    source = catalog.sources[told["source"]]
    themes = [theme for theme in catalog.themes if _measures(theme) & set(told["measures"])]
    measures = [catalog.measures[m].title for m in told["measures"] if m in catalog.measures]
    description = (
        f"Eine Zeile der Lieferung ist {told['each_row_is']}. Basis: {told['basis']}. "
        f"Quelle: {source.title}. Messgrößen: {'; '.join(measures)}."
    )
    if rows := _rows(name, content):
        description += f" Werte im Datenstand: {formats.number(rows)}."
    return {
        **_dataset(f"lieferung/{name}", told["title"], catalog.city),
        "dcterms:description": nodes.german(contents.noted(description, told["modelled"], catalog)),
        **nodes.temporal(told["periods"]),
        **_classified([theme.data_theme for theme in themes] or ["SOCI"]),
        "dcat:keyword": [nodes.german(t) for t in (catalog.city.name, *(t.title for t in themes))],
        "dcat:distribution": [
            nodes.distribution(name, file, [source.licence], catalog.city)
            for file in files
            if name in file.deliveries
        ],
    }


def _areas(catalog: Catalog, content: Content, files: Sequence[File]) -> Node:
    """The areas, and the borders of those levels that have any."""
    levels = {f"geometry/{level.id}.json": level for level in catalog.city.levels}
    tables = ("areas.parquet", zones.TABLE)
    own = [file for file in files if file.path in levels or file.path in tables]
    listed = content.frames["areas.parquet"]
    count = formats.number(listed.filter(pl.col("level") != ZONE).height)
    drawn = [levels[file.path] for file in own if file.path in levels]
    parts = [f"{count} Gebiete mit Schlüssel, Namen und übergeordnetem Gebiet."]
    if zones.TABLE in content.frames:
        names = listed.filter(pl.col("level") == ZONE)["name"]
        parts.append(f"Zusammenschlüsse: {'; '.join(names)}.")
    if drawn:
        parts.append(f"Grenzen: {'; '.join(level.plural for level in drawn)}.")
    parts += [f"{level.plural}: {level.map_note}." for level in drawn if level.map_note]
    return {
        **_dataset(AREAS, f"Gebiete und Grenzen: {catalog.city.name}", catalog.city),
        "dcterms:description": nodes.german(" ".join(parts)),
        **_classified(["REGI"]),
        "dcat:keyword": [nodes.german(catalog.city.name)],
        "dcat:distribution": [
            nodes.distribution(AREAS, file, file.licences, catalog.city) for file in own
        ],
    }


def _dataset(fragment: str, title: str, city: City) -> Node:
    return {
        **nodes.linked(f"{nodes.FILE}#{fragment}"),
        "@type": "dcat:Dataset",
        "dcterms:title": nodes.german(title),
        "dcterms:identifier": f"{city.id}/{fragment}",
        "dcat:version": city.edition,
        **nodes.common(city),
        **nodes.contact_point(city),
        **nodes.geocoding(city),
    }


def _classified(themes: Sequence[DataTheme]) -> Node:
    """European themes, each once."""
    return {"dcat:theme": [nodes.linked(f"{nodes.EU}/data-theme/{t}") for t in sorted(set(themes))]}


def _measures(theme: Theme) -> set[str]:
    return {term.measure for indicator in theme.indicators for term in indicator.terms}


def _rows(delivery: str, content: Content) -> int:
    """How many counts of the release stem from a delivery."""
    return sum(
        int((frame["delivery"] == delivery).sum())
        for path, frame in content.frames.items()
        if path.startswith("counts/")
    )
