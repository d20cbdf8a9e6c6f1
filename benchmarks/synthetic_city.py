"""Cities of any size for the benchmarks of prepare: folders with catalog, areas and deliveries."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import xlsxwriter

FIRST_YEAR = 2009
AGES = ("0-2", "3-5", "6-9", "10-14", "15-17", "18-24", "25-34", "35-44", "45-64", "65-79", "80+")

_CITY = """
id = "{id}"
name = "Messstadt"
in_city = "in Messstadt"
title = "Sozialdaten der Stadt Messstadt"
edition = "2025-01"
city_level = "stadt"
default_level = "bezirk"
ages = [{ages}]
sexes = [{{ id = "m", title = "männlich" }}, {{ id = "w", title = "weiblich" }}]

[[levels]]
id = "stadt"
title = "Stadt"
plural = "Städte"

[[levels]]
id = "bezirk"
title = "Bezirk"
plural = "Bezirke"
geometry = "areas/bezirke.geojson"

[[sources]]
id = "amt"
title = "Stadt Messstadt"
licence = "CC0 1.0"
"""

_PROTECTION = "".join(
    f"""
[{audience}]
version = "1"
minimum_area = 0
reason = "Erfunden"
methods = {{ stadt = "none", bezirk = "none" }}
sources = {{ amt = "offen", areas = "offen", published = "offen" }}
[[{audience}.rules]]
id = "offen"
title = "Nicht geschützt"
preset = "public"
reason = "Erfunden"
"""
    for audience in ("public", "internal")
)
_MEASURE = """
[[measures]]
id = "{id}"
title = "Messgröße {id}"
unit = "Personen"
{breakdowns}
"""

_THEME = """
id = "thema"
title = "Thema"
order = 1
lead = "Ein Thema."
headline = "i00"
"""

_INDICATOR = """
[[indicators]]
id = "i{number:02}"
title = "Indikator {number}"
short = "Indikator {number}"
unit = "%"
base = "Anteil an allen"
numerator = [{{ {numerator} }}]
denominator = [{{ measure = "residents" }}]
per = 100
direction = "neutral"
reference = "date"
definition = "Anteil."
reading = "{{Zeit}} waren es {{ort}} {{wert}} %."
counted = "Personen."
why = "Messung."
caution = "Keine."
"""

_WIDE = r"""
id = "bestand"
title = "Bestand"
office = "Amt"
source = "amt"
basis = "Hauptwohnsitz"
each_row_is = "ein Bezirk am Stichtag"
files = "bestand_*.xlsx"

[[tables]]
head_rows = [3]
period = { cell = "A2", pattern = 'Stichtag (\d{2}\.\d{2}\.\d{4})' }
area = { column = 1 }

[tables.cells.measure]
head = 1
[tables.cells.measure.values]
"""

_LONG = """
id = "register"
title = "Registerauszug"
office = "Amt"
source = "amt"
basis = "Hauptwohnsitz"
each_row_is = "ein Baublock, Alter und Geschlecht an einem Stichtag"
files = "register.csv"
streamed = true

[[tables]]
add_rows = true
period = { column = "jahr", format = "{}-12-31" }
area = { column = "bezirk" }
value = "zahl"
"""


def offices(folder: Path, indicators: int, areas: int, years: int) -> Path:
    """A city whose office sends one workbook a year: a column per indicator, a row per area."""
    ids = _areas(folder, areas)
    measures = ["residents", *(f"m{number:02}" for number in range(indicators))]
    numerators = [f'measure = "m{number:02}"' for number in range(indicators)]
    _declared(folder, measures, numerators, breakdowns="")
    heads = "".join(f'"Spalte {name}" = "{name}"\n' for name in measures)
    (folder / "recipes" / "bestand.toml").write_text(_WIDE + heads, encoding="utf-8")
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        book = xlsxwriter.Workbook(str(folder / "deliveries" / f"bestand_{year}.xlsx"))
        sheet = book.add_worksheet("Bestand")
        sheet.write("A1", "Bestand")
        sheet.write("A2", f"Stichtag 31.12.{year}")
        sheet.write_row("A3", ["Bezirk", *(f"Spalte {name}" for name in measures)])
        for row, area in enumerate(ids, start=3):
            sheet.write_row(row, 0, [area, 4000 + 13 * row + 7 * (year % 100), *_row(row, year)])
        book.close()
    return folder


def register(folder: Path, rows: int, areas: int, years: int, shuffled: bool = False) -> Path:
    """A city whose register comes as one long text file of `rows` rows, several for each cell."""
    _areas(folder, areas)
    numerators = [f'measure = "residents", age = ["{age}"]' for age in AGES]
    _declared(folder, ["residents"], numerators, breakdowns='breakdowns = ["age", "sex"]')
    rules = [
        f'\n[[tables.rows]]\nwhere = {{ alter = "{age}", geschlecht = "{sex}" }}\n'
        f'measure = "residents"\nage = "{group(age)}"\nsex = "{sex}"\n'
        for age in range(101)
        for sex in ("m", "w")
    ]
    (folder / "recipes" / "register.toml").write_text(_LONG + "".join(rules), encoding="utf-8")
    # As registers are exported: by year, block, age and sex, a few rows for each of their cells.
    place = pl.col("row") if not shuffled else pl.col("row") * 7_919_000_003 % rows
    blocks = max(1, rows // (years * 101 * 2 * 3))
    (
        pl.LazyFrame()
        .select(row=pl.int_range(0, rows))
        .select(place=place)
        .select(
            jahr=FIRST_YEAR + pl.col("place") * years // rows,
            baublock=(pl.col("place") // (101 * 2 * 3) % blocks).cast(pl.String).str.zfill(6),
            bezirk=(1 + pl.col("place") // (101 * 2 * 3) % blocks * areas // blocks)
            .cast(pl.String)
            .str.zfill(3),
            alter=pl.col("place") // (2 * 3) % 101,
            geschlecht=pl.when(pl.col("place") // 3 % 2 == 0)
            .then(pl.lit("w"))
            .otherwise(pl.lit("m")),
            zahl=pl.col("place") * 31 % 9,
        )
        .sink_csv(folder / "deliveries" / "register.csv", separator=";")
    )
    return folder


def _row(row: int, year: int) -> list[int]:
    return [40 + (37 * row + 11 * column + 3 * year) % 900 for column in range(60)]


def group(age: int) -> str:
    """The age group of AGES a single year of age lies in."""
    for name in AGES:
        low, _, high = name.rstrip("+").partition("-")
        if int(low) <= age <= int(high or 1000):
            return name
    raise ValueError(age)


def _declared(
    folder: Path, measures: Sequence[str], numerators: Sequence[str], breakdowns: str
) -> None:
    for name in ("catalog", "recipes", "deliveries"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    ages = ", ".join(f'{{ id = "{age}", title = "{age} Jahre" }}' for age in AGES)
    (folder / "city.toml").write_text(_CITY.format(id=folder.name, ages=ages), encoding="utf-8")
    (folder / "protection.toml").write_text(_PROTECTION, encoding="utf-8")
    (folder / "measures.toml").write_text(
        "".join(_MEASURE.format(id=name, breakdowns=breakdowns) for name in measures),
        encoding="utf-8",
    )
    theme = _THEME + "".join(
        _INDICATOR.format(number=number, numerator=numerator)
        for number, numerator in enumerate(numerators)
    )
    (folder / "catalog" / "thema.toml").write_text(theme, encoding="utf-8")


def _areas(folder: Path, areas: int) -> list[str]:
    """Square districts in rows of 25, and the city they make."""
    (folder / "areas").mkdir(parents=True)
    ids = [f"{number:03}" for number in range(1, areas + 1)]
    rows = ["level,area,name,short,locative,parent,order,area_km2", "stadt,000,Messstadt,,,,1,"]
    rows += [f"bezirk,{area},Bezirk {area},,,000,{n}," for n, area in enumerate(ids, start=1)]
    (folder / "areas" / "areas.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    features = [
        {"type": "Feature", "properties": {"id": area}, "geometry": _square(*divmod(number, 25))}
        for number, area in enumerate(ids)
    ]
    (folder / "areas" / "bezirke.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8"
    )
    return ids


def _square(north: int, east: int) -> dict[str, object]:
    west, south, size = 9 + 0.01 * east, 52 + 0.01 * north, 0.01
    corners = [(0, 0), (size, 0), (size, size), (0, size), (0, 0)]
    ring = [[round(west + x, 6), round(south + y, 6)] for x, y in corners]
    return {"type": "Polygon", "coordinates": [ring]}
