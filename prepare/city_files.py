"""The files of a city that starts: declarations made of templates, area table, empty delivery."""

from __future__ import annotations

import csv
import io
import json
import shutil
import string
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from model.catalog import Level
from prepare import delivery_template
from prepare.area_rows import COLUMNS

CITY = "stadt"
"""The level that is the whole city, and its area unless that has a municipality key."""

_TEMPLATES = Path(__file__).parent / "templates"
_TOML = {
    "city.toml": "city",
    "measures.toml": "measures",
    "protection.toml": "protection",
    "catalog/bevoelkerung.toml": "theme",
    "recipes/beispiel_einwohner.toml": "recipe",
}
"""Files made of the template of that name, and the schema editors check them by."""
_SIDECARS = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg"})


@dataclass(frozen=True)
class Start:
    """What a city starts with: names, its finest level as a word, and the file of its areas.

    `id` and `title` are columns of that file, found if None; `crs` is for files that name none;
    `key` is the municipality key, if known; `today` gives the edition and the last 31 December.
    """

    folder: Path
    name: str
    file: Path
    level: str
    today: date
    id: str | None = None
    title: str | None = None
    crs: str | None = None
    key: str | None = None

    @property
    def city_area(self) -> str:
        """The id of the area that is the whole city."""
        return self.key or CITY

    @property
    def day(self) -> date:
        """The last 31 December."""
        return date(self.today.year - 1, 12, 31)

    @property
    def workbook(self) -> str:
        """The name of the delivery to be filled."""
        return f"Einwohner_{self.day:%Y-%m-%d}.xlsx"


def fill(folder: Path, start: Start, level: Level, areas: Sequence[tuple[str, str]]) -> None:
    """Write all files of the city into a folder. Raises OSError.

    `areas` are keys and names in their order, `level` is the one they are on.
    """
    for name in ("areas", "catalog", "recipes", "deliveries"):
        (folder / name).mkdir()
    for part in _parts(start.file):
        shutil.copyfile(part, folder / f"areas/{level.id}{part.suffix.lower()}")
    told = _told(start, level)
    for name, schema in _TOML.items():
        up = "../" * (name.count("/") + 1)
        known = (start.folder.parent / "schema" / f"{schema}.schema.json").exists()
        line = f"#:schema {up}schema/{schema}.schema.json\n" if known else ""
        _write(folder / name, _text(Path(name).name, {**told, "schema": line}))
    _write(folder / "areas/areas.csv", _area_table(start, level, areas))
    _write(folder / "deliveries/README.md", _text("deliveries.md", told))
    delivery_template.write(
        folder / "deliveries" / start.workbook,
        start.name,
        level.title,
        areas,
        f"{start.name} insgesamt",
        start.day,
    )


def _parts(file: Path) -> list[Path]:
    """The file, and the files beside it that make a shapefile with it."""
    if file.suffix.lower() != ".shp":
        return [file]
    beside = (part for part in file.parent.iterdir() if part.stem == file.stem)
    return sorted(part for part in beside if part.suffix.lower() in _SIDECARS)


def _told(start: Start, level: Level) -> dict[str, str]:
    """What stands in the templates: values are written as TOML, words of the README plainly."""
    key = f"municipality_key = {_toml(start.key)}\n" if start.key else ""
    crs = f"geometry_crs = {_toml(start.crs)}\n" if start.crs else ""
    values = {
        "id": start.folder.name,
        "name": start.name,
        "in_city": f"in {start.name}",
        "title": f"Sozialdaten für {start.name}",
        "edition": f"{start.today:%Y-%m}",
        "level": level.id,
        "level_title": level.title,
        "level_plural": level.plural,
        "geometry": level.geometry or "",
        "column": level.geometry_id,
        "source": f"{start.name}, Melderegister",
        "each_row_is": f"ein Gebiet der Ebene {level.title} an einem Stichtag",
        "name_head": level.title,
        "total": f"{start.name} insgesamt",
        "city_area": start.city_area,
    }
    plain = {
        "municipality": key,
        "crs": crs,
        "level_key": level.id,
        "workbook": start.workbook,
        "folder": start.folder.as_posix(),
    }
    return {**{name: _toml(value) for name, value in values.items()}, **plain}


def _toml(value: str) -> str:
    """A basic string; TOML escapes like JSON."""
    return json.dumps(value, ensure_ascii=False)


def _text(template: str, told: dict[str, str]) -> str:
    source = (_TEMPLATES / template).read_text(encoding="utf-8")
    return string.Template(source).substitute(told)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _area_table(start: Start, level: Level, areas: Sequence[tuple[str, str]]) -> str:
    """areas.csv: the city, then its areas in the order of their keys."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\n")
    table.writeheader()
    table.writerow({"level": CITY, "area": start.city_area, "name": start.name, "order": 1})
    for order, (area, name) in enumerate(areas, start=1):
        table.writerow(
            {
                "level": level.id,
                "area": area,
                "name": name,
                "parent": start.city_area,
                "order": order,
            }
        )
    return text.getvalue()
