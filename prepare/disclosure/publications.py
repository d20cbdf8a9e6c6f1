"""What has been published: every number of a release that its readers can see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import counts, published, release, vintages, zones
from prepare.disclosure import compositions
from prepare.disclosure.compositions import Compositions
from prepare.findings import Finding, PreparationError
from prepare.inspection import Whole
from prepare.release import Content

NUMBERS = {
    **dict.fromkeys(counts.KEYS, pl.String),
    "value": pl.Float64,
    "status": pl.String,
    "delivery": pl.String,
}
"""Cells with what is told of them: a number, or null with the status that says why."""
FACILITIES = dict.fromkeys(("facility", "period", "measure", "status"), pl.String) | {
    "value": pl.Float64
}
"""Values of facilities, as far as they are compared."""
_PREFIX = "counts/"


@dataclass(frozen=True, eq=False)
class Published:
    """All numbers of one release.

    `name` is its id ('' before it is written) and `digest` the hash of its content. `counts`
    (NUMBERS) are its cells, `before` (NUMBERS, oldest first) what it says that cells said before,
    `figures` (published.SCHEMA) single figures, `facilities` the values of facilities. Whoever
    has seen a `withdrawn` release still knows it. One that is for everybody, beside one for the
    city's own offices, is `wider`: what it hides, they may see. Zones are named in all of it as
    Compositions name them, the release's own by `zones`.
    """

    name: str
    digest: str
    withdrawn: bool
    catalog: Catalog
    areas: pl.DataFrame
    counts: pl.DataFrame
    before: pl.DataFrame
    figures: pl.DataFrame
    facilities: pl.DataFrame
    wider: bool = False
    zones: Compositions = compositions.NONE


def built(content: Content) -> Published:
    """What a release will tell that is not written yet."""
    frames = content.frames
    own = _zones(frames)
    cells = _counts({path: frame for path, frame in frames.items() if _is_counts(path)})
    return Published(
        name="",
        digest="",
        withdrawn=False,
        catalog=own.catalog(Catalog.model_validate_json(content.texts["catalog.json"])),
        areas=own.nested(),
        counts=own.inward(cells).sort(counts.KEYS),
        before=own.inward(_before(frames)),
        figures=_figures(frames.get("published.parquet")),
        facilities=_facilities(frames.get("facility_values.parquet")),
        zones=own,
    )


def released(found: Whole, withdrawn: bool = False, catalog: Catalog | None = None) -> Published:
    """What a release on disk tells; its hashes have been verified. Raises PreparationError.

    `catalog` reads a release of a format that knows no rules of protection: the cells that this
    catalog can name count, each as it was shown.
    """
    folder, manifest = found.folder, found.manifest
    own = catalog if manifest["format"] < release.READABLE else None
    try:
        tables = {path: pl.read_parquet(folder / path) for path in manifest["files"] if _is(path)}
        told = own or Catalog.model_validate_json((folder / "catalog.json").read_bytes())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, ValueError) as error:
        message = "Eine Datei des Datenstands ist unlesbar."
        wrong = Finding("release_damaged", folder.name, "", message, "Neu bauen.")
        raise PreparationError([wrong]) from error
    cells = _counts({path: frame for path, frame in tables.items() if _is_counts(path)})
    zoned = _zones(tables)
    return Published(
        name=folder.name,
        digest=str(manifest["content_hash"]),
        withdrawn=withdrawn,
        catalog=zoned.catalog(told),
        areas=zoned.nested(),
        counts=zoned.inward(nameable(cells, told) if own else cells).sort(counts.KEYS),
        before=zoned.inward(_before(tables)),
        figures=_figures(tables.get("published.parquet")),
        facilities=_facilities(tables.get("facility_values.parquet")),
        zones=zoned,
    )


def nameable(cells: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The cells whose level, measure and categories a catalog knows."""
    own = cells.filter(
        pl.col("level").is_in([level.id for level in catalog.city.levels]),
        pl.col("measure").is_in(list(catalog.measures)),
    )
    for breakdown in BREAKDOWNS:
        known = [TOTAL, *(category.id for category in catalog.city.categories(breakdown))]
        own = own.filter(pl.col(breakdown).is_in(known))
    return own


def _is(path: str) -> bool:
    named = {"areas", "vintages", "published", "facility_values", "zones"}
    return _is_counts(path) or (path.endswith(".parquet") and Path(path).stem in named)


def _is_counts(path: str) -> bool:
    return path.startswith(_PREFIX) and path.endswith(".parquet")


def _zones(tables: Mapping[str, pl.DataFrame]) -> Compositions:
    parts = tables.get(zones.TABLE, zones.none())
    return Compositions(tables["areas.parquet"], parts)


def _before(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    return _numbers(tables.get("vintages.parquet", pl.DataFrame(schema=vintages.SCHEMA)))


def _counts(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    own = [
        _numbers(frame.with_columns(measure=pl.lit(PurePosixPath(path).stem)))
        for path, frame in sorted(tables.items())
    ]
    return pl.concat([pl.DataFrame(schema=NUMBERS), *own]).sort(counts.KEYS)


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.col(name).cast(kind) for name, kind in NUMBERS.items())


def _figures(frame: pl.DataFrame | None) -> pl.DataFrame:
    return (
        pl.DataFrame(schema=published.SCHEMA)
        if frame is None
        else frame.select(list(published.SCHEMA))
    )


def _facilities(frame: pl.DataFrame | None) -> pl.DataFrame:
    if frame is None:
        return pl.DataFrame(schema=FACILITIES)
    return frame.select(pl.col(name).cast(kind) for name, kind in FACILITIES.items())
