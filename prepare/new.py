"""The command `python -m prepare new`: a city's folder from a geometry file."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from prepare.findings import Finding
from prepare.rules import GRADES


def command(
    folder: Annotated[
        Path,
        typer.Argument(help="Neuer Stadtordner, zum Beispiel data/musterstadt", metavar="ORDNER"),
    ],
    name: Annotated[str, typer.Option(help="Name der Stadt")],
    geometry: Annotated[
        Path, typer.Option(help="Grenzen: GeoJSON, Shapefile, Zip, GeoPackage oder GeoParquet")
    ],
    id: Annotated[str | None, typer.Option(help="Spalte mit den Schlüsseln der Gebiete")] = None,
    title: Annotated[str | None, typer.Option(help="Spalte mit den Namen der Gebiete")] = None,
    level: Annotated[str, typer.Option(help="Wie ein Gebiet heißt, in der Einzahl")] = "Stadtteil",
    crs: Annotated[
        str | None, typer.Option(help="Koordinatensystem, wenn die Datei keines nennt: EPSG:25832")
    ] = None,
    key: Annotated[str | None, typer.Option(help="Amtlicher Gemeindeschlüssel, 8 Ziffern")] = None,
) -> None:
    """Einen Stadtordner aus einer Geometriedatei anlegen."""
    # geopandas takes seconds to import; help need not wait
    from prepare import city_files, new_city

    word = level[:1].upper() + level[1:]
    start = city_files.Start(folder, name, geometry, word, date.today(), id, title, crs, key)
    notes: list[Finding] = []
    said = new_city.write(start, notes)
    for note in notes:
        print(f"{GRADES[note.grade]}: {note}", file=sys.stderr)
    print(f"Stadtordner {folder.as_posix()} angelegt")
    for sentence in said:
        print(f"  {sentence}")
    print("Nächste Schritte:")
    for number, step in enumerate(_steps(folder, start.workbook), start=1):
        print(f"  {number}. {step}")


def _steps(folder: Path, workbook: str) -> tuple[str, ...]:
    city = folder.as_posix()
    return (
        f"{city}/deliveries/{workbook} ausfüllen und den Stichtag in Zelle A2 prüfen",
        f"{city}/city.toml durchsehen: Namen, Lizenzzeilen, wer veröffentlicht",
        f"python -m prepare build {city}",
        f"make run CITY={folder.name}",
    )
