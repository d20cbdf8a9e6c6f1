"""A city's folder from a geometry file: everything a first release needs but the numbers."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyproj

from model.catalog import Level
from prepare import city_files, geometry, geometry_columns
from prepare.city_files import CITY, Start
from prepare.findings import Finding, refuse

_PLURALS = {
    **dict.fromkeys(("teil", "bezirk", "quartier"), "e"),
    **dict.fromkeys(("schaft", "mark"), "en"),
}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def write(start: Start, notes: list[Finding]) -> list[str]:
    """Write the folder; gives German sentences on what was decided. Raises PreparationError.

    Nothing is written unless the geometry can be used; what was repaired in it is appended to
    `notes`. The folder is filled aside and then renamed, so that it is there whole or not at all.
    """
    refuse(list(_wrong(start)))
    chosen = geometry_columns.columns(start.file, start.id, start.title)
    level = Level(
        id=_slug(start.level),
        title=start.level,
        plural=_plural(start.level),
        geometry=f"areas/{_slug(start.level)}{start.file.suffix.lower()}",
        geometry_id=chosen.id,
        geometry_name=chosen.title,
        geometry_crs=start.crs,
    )
    # Findings name the file as it is called where it lies now.
    original = level.model_copy(update={"geometry": start.file.name})
    shapes = geometry.shapes(original, start.file, notes)
    areas = sorted(zip(shapes.ids, _plain(shapes.names), strict=True))
    refuse(list(_wrong_keys(start, [area for area, _ in areas])))
    start.folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".new-", dir=start.folder.parent))
    try:
        city_files.fill(aside, start, level, areas)
        aside.chmod(0o755)
        aside.rename(start.folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return [*chosen.said, *_decided(shapes.names, areas, level)]


def _wrong(start: Start) -> Iterator[Finding]:
    name = start.folder.name
    if start.folder.exists():
        remedy = "Einen anderen Ordner nennen; vorhandene werden nie überschrieben."
        yield Finding("folder_exists", name, "", "Den Ordner gibt es schon.", remedy)
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,79}", name):
        message = "Der Ordnername ist zugleich die Kennung der Stadt."
        remedy = (
            "Aus höchstens 80 kleinen Buchstaben, Ziffern und - bilden, zum Beispiel "
            "data/bad-oeynhausen."
        )
        yield Finding("folder_name", name, "", message, remedy)
    if not start.name.strip():
        yield Finding("value_empty", name, "--name", "Der Name ist leer.", "Ausfüllen.")
    if start.key is not None and not re.fullmatch(r"[0-9]{8}", start.key):
        message = f'"{start.key}" ist kein Gemeindeschlüssel.'
        remedy = 'Mit 8 Ziffern angeben, zum Beispiel "05770024".'
        yield Finding("value_wrong", name, "--key", message, remedy)
    if start.crs is not None and not _is_crs(start.crs):
        message = f'Das Koordinatensystem "{start.crs}" ist unbekannt.'
        yield Finding("crs_wrong", name, "--crs", message, 'Zum Beispiel "EPSG:25832" angeben.')
    if _slug(start.level) in ("", CITY):
        message = f'"{start.level}" kann die Raumebene der Gebiete nicht heißen.'
        remedy = "Ein Wort wie Stadtteil, Stadtbezirk oder Quartier angeben."
        yield Finding("value_wrong", name, "--level", message, remedy)


def _is_crs(text: str) -> bool:
    try:
        pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError:
        return False
    return True


def _wrong_keys(start: Start, keys: list[str]) -> Iterator[Finding]:
    """Keys no link could hold, or that the whole city has already."""
    for key in keys:
        if not re.fullmatch(r"[^,\s]+", key) or key == start.city_area:
            message = f'"{key}" kann kein Schlüssel eines Gebiets sein.'
            remedy = f'Eine Spalte mit Schlüsseln ohne Komma und Leerzeichen und ohne "{CITY}".'
            yield Finding("id_wrong", start.file.name, "--id", message, remedy)


def _plain(names: tuple[str, ...]) -> list[str]:
    """Names without the number before each of them, where all have one: '03 Nordstadt'."""
    found = [re.fullmatch(r"\d+ +(\S.*)", name) for name in names]
    numbered = [match[1] for match in found if match]
    return numbered if len(numbered) == len(names) else list(names)


def _decided(names: tuple[str, ...], areas: list[tuple[str, str]], level: Level) -> Iterator[str]:
    """German sentences on what nobody asked for."""
    plain = _plain(names)
    if plain != list(names):
        yield f'Namen ohne die Nummer davor: "{plain[0]}" statt "{names[0]}"'
    yield f'{len(areas)} Gebiete; Mehrzahl der Raumebene: "{level.plural}" (in city.toml prüfen)'


def _slug(word: str) -> str:
    """A short name of small letters, digits and _ that begins with a letter."""
    letters = word.casefold().translate(_UMLAUTS)
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_0123456789")


def _plural(word: str) -> str:
    """The plural of words like Stadtteil, Stadtbezirk, Ortschaft; others stay as they are."""
    endings = (ending for stem, ending in _PLURALS.items() if word.casefold().endswith(stem))
    return word + next(endings, "")
