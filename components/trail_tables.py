"""The tables of a trail: cells with their places, the files, and what the cells said before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from components import catalogue, tables
from loaders import areas, releases, trails
from loaders.datasets import datasets
from model import formats, status, trail
from model.catalog import AREAS, ZONE
from model.language import _
from model.trail import Cell


def cells(release: releases.Release, caption: str, found: Iterable[Cell]) -> dict[str, Any]:
    """Cells with value, status and their place in a file, or of how many others they are made."""
    heads = (
        _("Zahl"),
        _("Gebiet"),
        _("Zeitpunkt"),
        _("Wert"),
        _("Wertstatus"),
        _("Datei"),
        _("Blatt"),
        _("Zeile"),
        _("Spalte"),
    )
    names = areas.names(release)
    found = tuple(found)
    rows = []
    for cell in found:
        texts = [
            trail.words(cell, release.catalog),
            names[cell.level][cell.area],
            formats.period(cell.period, "date"),
            _signed(cell),
            status.words(cell.status),
            _file(release, cell) if cell.file else _origin(release, cell),
            cell.sheet or "",
            "" if cell.row is None else str(cell.row),
            "" if cell.column is None else f"{formats.column(cell.column)} ({cell.column})",
        ]
        rows.append(_row(texts, {3: cell.value, 7: cell.row, 8: cell.column}))
    table = tables.listing(caption, heads, rows, numbers=(3, 7, 8))
    # Areas that say the same are told apart by their names, so these come first.
    return _area_first(table) if len({row["cells"][0] for row in rows}) < len(rows) else table


def _area_first(table: dict[str, Any]) -> dict[str, Any]:
    def swapped(row: list[Any]) -> list[Any]:
        return [row[1], row[0], *row[2:]]

    rows = [
        {**row, "cells": swapped(row["cells"]), "sort": swapped(row["sort"])}
        for row in table["rows"]
    ]
    return {**table, "columns": swapped(table["columns"]), "rows": rows}


def sources(release: releases.Release, found: Sequence[Cell]) -> dict[str, Any]:
    """The files some cells stand in: dataset, office, Stand, licence line, checksum."""
    known = datasets(release)
    used = dict.fromkeys(
        (cell.delivery, cell.file) for cell in found if cell.file or cell.delivery == AREAS
    )
    rows = []
    for delivery, name in used:
        dataset = known[delivery]
        for file in dataset.files:
            if name in (None, file.name):
                stand = formats.day(file.stand or dataset.stand)
                licence = file.licence or dataset.licence
                texts = [file.name, dataset.title, dataset.office or "–", stand, licence]
                row = _row(texts, {})
                row["cells"].append(catalogue.digest(file))
                row["sort"].append(file.sha256)
                rows.append(row)
    heads = (
        _("Datei"),
        _("Datensatz"),
        _("Stelle"),
        _("Stand"),
        _("Lizenz"),
        _("Prüfsumme (SHA-256)"),
    )
    return tables.listing(_("Die Dateien dazu"), heads, rows)


def vintages(release: releases.Release, found: Iterable[Cell]) -> dict[str, Any]:
    """What some cells said before, oldest first."""
    rows = []
    for cell in found:
        for vintage in trails.vintages(release, cell):
            place = "" if vintage.column is None else formats.column(vintage.column)
            texts = [
                trail.words(cell, release.catalog),
                formats.plain(vintage.value),
                status.words(vintage.status),
                vintage.file or _("Summe"),
                f"{place}{vintage.row or ''}",
                formats.day(vintage.stand or "–"),
                vintage.release or _("nie veröffentlicht"),
                formats.day(vintage.published or "–"),
            ]
            rows.append(_row(texts, {1: vintage.value}))
    heads = (
        _("Zahl"),
        _("Früherer Wert"),
        _("Wertstatus"),
        _("Datei"),
        _("Zelle"),
        _("Stand"),
        _("Datenstand"),
        _("veröffentlicht am"),
    )
    return tables.listing(_("Was diese Zahlen früher sagten"), heads, rows, numbers=(1,))


def _file(release: releases.Release, cell: Cell) -> str:
    """The file a cell stands in, and that it says something else there if it was corrected."""
    told = release.manifest["deliveries"].get(cell.delivery, {}).get("corrected", [])
    place = [cell.file, cell.sheet, cell.row, cell.column]
    return str(cell.file) + (" (" + _("hier berichtigt") + ")" if place in told else "")


def _origin(release: releases.Release, cell: Cell) -> str:
    """Why a cell stands in no file."""
    if cell.delivery == AREAS and cell.level != ZONE:
        return _("aus der Gebietstabelle")
    if cell.value is None:
        return "–"
    if made_of := trails.parts(release, cell):
        return _("Summe aus {count} Zahlen").format(count=len(made_of))
    if cell.value == 0:
        return _("keine Zeile in der Datei, das heißt null")
    return _("berechnet; so in keiner Datei")


def _signed(cell: Cell) -> str:
    return status.words(cell.status) if cell.value is None else formats.plain(cell.value)


def _row(texts: list[Any], numbers: dict[int, float | None]) -> dict[str, Any]:
    sort = [numbers.get(place, text) for place, text in enumerate(texts)]
    return {"id": "", "cells": texts, "sort": sort}
