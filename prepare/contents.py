"""The files of a release as others are told of them: title, format, and whose data they hold."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from model.catalog import PUBLISHED, Catalog, Source
from model.manifest import Entries
from prepare.release import Content

_FORMATS = {
    ".parquet": ("parquet", "application/vnd.apache.parquet"),
    ".json": ("json", "application/json"),
    ".jsonld": ("jsonld", "application/ld+json"),
    ".xml": ("xml", "application/atom+xml"),
}
_GEOJSON = ("geojson", "application/geo+json")
_TITLES = {
    "areas.parquet": "Gebiete",
    "zones.parquet": "Zusammenschlüsse und ihre Gebiete",
    "published.parquet": "Veröffentlichte Einzelangaben",
    "vintages.parquet": "Frühere Werte",
    "breaks.parquet": "Brüche in den Reihen",
    "events.parquet": "Projekte und Ereignisse",
    "clusters.parquet": "Räumliche Muster der Indikatoren",
    "interventions.json": "Maßnahmen und ihre Kriterien",
    "stories.json": "Geschichten: Texte mit Ansichten",
    "atlas.json": "Sozialatlas: Vorlage und Texte",
    "news.parquet": "Was ist neu: Meldungen je Gebiet",
    "feed.xml": "Was ist neu: Feed (Atom)",
    "facilities.parquet": "Einrichtungen",
    "facility_values.parquet": "Werte der Einrichtungen",
    "reach.parquet": "Erreichbarkeit der Einrichtungen: Anteile der Fläche",
    "catalog.json": "Katalog: Themen, Indikatoren, Messgrößen, Quellen",
    "dcat.jsonld": "Metadaten nach DCAT-AP.de",
    "geometry/surroundings.json": "Umgebung der Stadt für den Kartenhintergrund",
}


@dataclass(frozen=True)
class File:
    """One file of a release. `rows` is None for what is no table.

    `deliveries` are those with rows in it and `licences` the licence lines that hold for it.
    """

    path: str
    title: str
    format: str
    mediatype: str
    sha256: str
    bytes: int
    rows: int | None
    deliveries: tuple[str, ...]
    licences: tuple[str, ...]

    @property
    def measure(self) -> str | None:
        """The measure whose counts it holds."""
        return PurePosixPath(self.path).stem if self.path.startswith("counts/") else None


def files(catalog: Catalog, content: Content, entries: Entries) -> list[File]:
    """All files that `entries` lists, in the order of their paths."""
    return [_file(path, catalog, content, entries) for path in sorted(entries)]


def _file(path: str, catalog: Catalog, content: Content, entries: Entries) -> File:
    """A file and what it is called; deliveries and licences follow from its rows."""
    name = PurePosixPath(path)
    of_level = {f"geometry/{level.id}.json": level for level in catalog.city.levels}
    known = name.parent.name == "geometry"
    format_, mediatype = _GEOJSON if known else _FORMATS[name.suffix]
    if path in of_level:
        title = f"Grenzen: {of_level[path].plural}"
    elif name.parent.name == "counts":
        title = catalog.measures[name.stem].title
    else:
        title = _TITLES.get(path, name.stem)
    deliveries = _deliveries(path, content)
    if path in of_level or path in ("areas.parquet", "zones.parquet"):
        levels = [of_level[path]] if path in of_level else catalog.city.levels
        lines = [level.geometry_licence for level in levels if level.geometry_licence]
    else:
        lines = [source.licence for source in sources(deliveries, catalog, content)]
    return File(
        path=path,
        title=title,
        format=format_,
        mediatype=mediatype,
        sha256=entries[path]["sha256"],
        bytes=entries[path]["bytes"],
        rows=entries[path]["rows"],
        deliveries=deliveries,
        licences=tuple(dict.fromkeys(lines)),
    )


def _deliveries(path: str, content: Content) -> tuple[str, ...]:
    """The deliveries with rows in a file, by id: as its rows say, or by the files they name."""
    # Reach has no rows of its own in any file: it is made of the facilities.
    frame = content.frames.get("facilities.parquet" if path == "reach.parquet" else path)
    if frame is None or frame.is_empty():
        return ()
    if path == "published.parquet":
        return (PUBLISHED,)
    if "delivery" in frame.columns:
        found = set(frame["delivery"])
    elif "file" in frame.columns:
        names = set(frame["file"])
        found = {
            delivery
            for delivery, told in content.deliveries.items()
            if names & {file["name"] for file in told["files"]}
        }
    else:
        return ()
    return tuple(sorted(found & content.deliveries.keys()))


def sources(deliveries: tuple[str, ...], catalog: Catalog, content: Content) -> list[Source]:
    """The sources behind deliveries, each once."""
    ids = dict.fromkeys(content.deliveries[delivery]["source"] for delivery in deliveries)
    return [catalog.sources[source] for source in ids]


def noted(description: str, modelled: bool, catalog: Catalog) -> str:
    """The description, and that values are modelled if they are."""
    note = catalog.city.modelled_note
    return f"{description} Enthält Modellwerte ({note})." if modelled and note else description
