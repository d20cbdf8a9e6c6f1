"""Which column of a geometry file holds the areas' keys and which their names."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from prepare.findings import Finding, PreparationError, nearest

_PARQUET = frozenset({".parquet", ".geoparquet"})
_EXAMPLES = 3


@dataclass(frozen=True)
class Columns:
    """Columns of key and name; `said` are German sentences on what was chosen and why."""

    id: str
    title: str
    said: tuple[str, ...]


def columns(file: Path, id: str | None, title: str | None) -> Columns:
    """The columns given, else the only ones that can be meant. Raises PreparationError.

    A key is there once for every area, has a digit, and neither comma nor space. A name is there
    once for every area and has letters. Where two columns could be meant, nothing is guessed: the
    error lists all columns with examples.
    """
    texts = _texts(_frame(file))
    for given in (id, title):
        if given is not None and given not in texts:
            message = f'Die Spalte "{given}" fehlt.'
            raise _error("geometry_column", file, message, nearest(given, texts))
    said = []
    if id is None:
        id = _only(texts, _is_key, "Schlüssel", "--id", file)
        said.append(_reason("Schlüssel", id, texts))
    if title is None:
        others = {column: found for column, found in texts.items() if column != id}
        title = _only(others, _is_name, "Namen", "--title", file)
        said.append(_reason("Namen", title, texts))
    if "" in texts[title]:
        message = f'In der Spalte "{title}" fehlen Namen: {texts[title].count("")}.'
        raise _error("area_incomplete", file, message, "Namen ergänzen oder --title angeben.")
    return Columns(id, title, tuple(said))


def _frame(file: Path) -> gpd.GeoDataFrame:
    if not file.exists():
        raise _error("file_missing", file, "Die Datei fehlt.", "Pfad bei --geometry prüfen.")
    try:
        parquet = file.suffix.lower() in _PARQUET
        return gpd.read_parquet(file) if parquet else gpd.read_file(file)
    except Exception as error:  # the readers raise many kinds
        remedy = "Als GeoJSON, Shapefile (auch gezippt), GeoPackage oder GeoParquet angeben."
        raise _error("geometry_unreadable", file, "Nicht lesbar.", remedy) from error


def _texts(frame: gpd.GeoDataFrame) -> dict[str, list[str]]:
    """The values of every column but the geometry as text, '' where there is none.

    Fractions and dates are neither keys nor names, so their columns are left out.
    """
    found = {}
    for column in frame.columns.drop(frame.geometry.name):
        values = frame[column]
        kind = values.dtype.kind
        if kind == "f" and (values.dropna() % 1 == 0).all():
            values, kind = values.astype("Int64"), "i"
        if kind not in "fM":
            pairs = zip(values, values.isna(), strict=True)
            found[str(column)] = ["" if blank else str(value).strip() for value, blank in pairs]
    return found


def _only(
    texts: dict[str, list[str]],
    fits: Callable[[Sequence[str]], bool],
    what: str,
    option: str,
    file: Path,
) -> str:
    """The only column that fits. Raises PreparationError listing all columns otherwise."""
    fitting = [column for column, found in texts.items() if fits(found)]
    if len(fitting) == 1:
        return fitting[0]
    listed = "; ".join(f"{column} ({_examples(found)})" for column, found in texts.items())
    possible = f"Möglich sind: {', '.join(fitting)}. " if fitting else "Keine Spalte passt. "
    raise _error(
        "column_unclear",
        file,
        f"Welche Spalte die {what} der Gebiete enthält, ist nicht eindeutig. {possible}"
        f"Spalten der Datei: {listed}.",
        f"{option} SPALTE angeben.",
    )


def _is_key(found: Sequence[str]) -> bool:
    return len(set(found)) == len(found) and all(
        re.fullmatch(r"[^,\s]+", text) and re.search(r"\d", text) for text in found
    )


def _is_name(found: Sequence[str]) -> bool:
    return len(set(found)) == len(found) and all(re.search(r"[^\W\d_]", text) for text in found)


def _reason(what: str, column: str, texts: dict[str, list[str]]) -> str:
    return f'{what}: Spalte "{column}", die einzig mögliche ({_examples(texts[column])})'


def _examples(found: Sequence[str]) -> str:
    return ", ".join(f'"{text}"' for text in dict.fromkeys(found[:_EXAMPLES]))


def _error(rule: str, file: Path, message: str, remedy: str) -> PreparationError:
    return PreparationError([Finding(rule, file.name, "", message, remedy)])
