"""What a release says of its data: every delivery with source, basis, files and extent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from model.catalog import AREAS, PUBLISHED, Catalog, Source
from model.manifest import Descriptions
from prepare import counts, filesheets, sheets
from prepare.areas import Areas
from prepare.deliveries import Delivery


def deliveries(
    read: Iterable[Delivery],
    found: pl.DataFrame,
    areas: Areas,
    published: Path | None,
) -> Descriptions:
    """Descriptions of all deliveries, of the area sizes, and of the published figures if any."""
    told = {delivery.recipe.id: _delivery(delivery) for delivery in read if delivery.files}
    sizes = found.filter(pl.col("delivery") == AREAS)
    if sizes.height:
        told[AREAS] = {
            "title": "Flächen der Gebiete",
            "office": "",
            "source": AREAS,
            "basis": "Gebietsfläche",
            "each_row_is": "ein Gebiet",
            "files": _files(areas.files),
            **_extent(sizes),
        }
    if published is not None:
        told[PUBLISHED] = {
            "title": "Veröffentlichte Angaben",
            "office": "",
            "source": PUBLISHED,
            "basis": "wie veröffentlicht",
            "each_row_is": "eine veröffentlichte Zahl",
            "files": _files([published]),
            **_extent(found.filter(pl.col("delivery") == PUBLISHED)),
        }
    return told


def _delivery(delivery: Delivery) -> dict[str, Any]:
    recipe = delivery.recipe
    return {
        "title": recipe.title,
        "office": recipe.office,
        "source": recipe.source,
        "basis": recipe.basis,
        "each_row_is": recipe.each_row_is,
        "next": recipe.next,
        "files": [asdict(file) for file in delivery.files],
        "corrected": _corrected(delivery),
        **_extent(delivery.counts),
    }


def _corrected(delivery: Delivery) -> list[list[Any]]:
    """File, sheet, row and column of counts that a correction of the recipe gives.

    What stood there instead may be a secret, so nothing else is told.
    """
    corrections = delivery.recipe.corrections
    cells = {sheets.position(each.cell) for each in corrections}
    rows = delivery.counts.select(counts.PLACE.keys()).drop_nulls("row").unique().sort("row").rows()
    return [
        [file, sheet, row, column]
        for file, sheet, row, column in sorted(rows)
        if (row, column) in cells
        and any(
            filesheets.concerns(each, file, sheet) and sheets.position(each.cell) == (row, column)
            for each in corrections
        )
    ]


def _extent(found: pl.DataFrame) -> dict[str, Any]:
    """Periods, levels and measures that occur, and whether any value is modelled."""
    return {
        "periods": sorted(found["period"].unique()),
        "levels": sorted(found["level"].unique()),
        "measures": sorted(found["measure"].unique()),
        "modelled": bool((found["status"] == "modelled").any()),
    }


def _files(paths: Sequence[Path]) -> list[dict[str, str]]:
    return [
        {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in paths
    ]


def with_sources(catalog: Catalog, told: Descriptions) -> Catalog:
    """The catalog with a source for area sizes and published figures, unless it declares them."""
    licences = dict.fromkeys(
        level.geometry_licence for level in catalog.city.levels if level.geometry_licence
    )
    own = (
        Source(
            id=AREAS,
            title="Flächenangaben der Gebiete",
            licence="; ".join(licences) or "ohne Lizenzangabe",
        ),
        Source(
            id=PUBLISHED,
            title="Veröffentlichte Einzelangaben",
            licence="Einzelne Zahlen mit Quellenangabe",
        ),
    )
    missing = tuple(s for s in own if s.id in told and s.id not in catalog.sources)
    city = catalog.city.model_copy(update={"sources": (*catalog.city.sources, *missing)})
    return Catalog(
        city=city,
        themes=catalog.themes,
        protection=catalog.protection,
        facility_types=catalog.facility_types,
        presets=catalog.presets,
    )
