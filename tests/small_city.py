"""A complete small city on disk: two districts, four quarters, one workbook, one text file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

CITY = """
id = "klein"
name = "Klein"
in_city = "in Klein"
title = "Sozialdaten der Stadt Klein"
edition = "2025-01"
city_level = "stadt"
default_level = "viertel"
ages = [
  { id = "0-5", title = "unter 6 Jahre" },
  { id = "6-17", title = "6 bis unter 18 Jahre" },
  { id = "18-64", title = "18 bis unter 65 Jahre" },
  { id = "65+", title = "65 Jahre und älter" },
]
sexes = [{ id = "m", title = "männlich" }, { id = "w", title = "weiblich" }]
nationalities = [{ id = "german", title = "Deutsche" }, { id = "foreign", title = "Ausländer" }]

[[levels]]
id = "kreis"
title = "Kreis"
plural = "Kreise"
comparison = true

[[levels]]
id = "stadt"
title = "Stadt"
plural = "Städte"

[[levels]]
id = "bezirk"
title = "Bezirk"
plural = "Bezirke"

[[levels]]
id = "viertel"
title = "Viertel"
plural = "Viertel"
geometry = "areas/viertel.geojson"
geometry_id = "nr"
geometry_id_format = "{:0>3}"

[[sources]]
id = "amt"
title = "Stadt Klein, Bürgeramt"
licence = "CC0 1.0"
"""

MEASURES = """
[[measures]]
id = "residents"
title = "Einwohner"
unit = "Personen"
breakdowns = ["age", "sex"]

[[measures]]
id = "births"
title = "Geburten"
unit = "Geburten"

[[measures]]
id = "area_km2"
title = "Fläche"
unit = "km²"
"""

PROTECTION = """
[public]
version = "1"
minimum_area = 0
reason = "Zahlen des Kreises sind amtlich."
methods = { kreis = "none", stadt = "none", bezirk = "none", viertel = "none" }
sources = { amt = "offen", areas = "offen", published = "offen" }
[[public.rules]]
id = "offen"
title = "Nicht geschützt"
preset = "public"
reason = "Erfundene Zahlen."

[internal]
version = "1"
minimum_area = 0
reason = "Zahlen des Kreises sind amtlich."
methods = { kreis = "none", stadt = "none", bezirk = "none", viertel = "none" }
sources = { amt = "offen", areas = "offen", published = "offen" }
[[internal.rules]]
id = "offen"
title = "Nicht geschützt"
preset = "public"
reason = "Erfundene Zahlen."
"""
"""Nothing is protected, so that tests of other things see every number."""

THEME = """
id = "leben"
title = "Leben"
order = 1
lead = "Wie viele Menschen leben wo?"
headline = "einwohner"

[[indicators]]
id = "einwohner"
title = "Einwohnerinnen und Einwohner"
short = "Einwohner"
unit = "Personen"
base = "Alle gemeldeten Personen"
numerator = [{ measure = "residents" }]
decimals = 0
direction = "neutral"
reference = "date"
definition = "Alle gemeldeten Personen."
reading = "{Ort} lebten {zeit} {wert} Menschen."
counted = "Menschen."
why = "Planung."
caution = "Keine."

[[indicators]]
id = "anteil_u6"
title = "Kinder unter 6 Jahren"
short = "Unter 6"
unit = "%"
base = "Anteil an allen"
numerator = [{ measure = "residents", age = ["0-5"] }]
denominator = [{ measure = "residents" }]
per = 100
direction = "neutral"
reference = "date"
definition = "Kinder durch alle, mal 100."
reading = "{Zeit} waren {ort} {wert} % jünger als 6 Jahre."
counted = "Kinder."
why = "Kitas."
caution = "Keine."
"""

AREAS = """level,area,name,short,locative,parent,order,area_km2
kreis,900,Kreis Groß,Kreis,im Kreis Groß,,1,
stadt,000,Klein,Klein,in Klein,900,1,
bezirk,10,Nord,Nord,im Norden,000,1,
bezirk,20,Süd,Süd,im Süden,000,2,
viertel,001,Au,Au,in der Au,10,1,
viertel,002,Berg,,,10,2,
viertel,003,Tal,,im Tal,20,3,
viertel,004,Wall,,,20,4,
"""

RECIPE = r"""
id = "bestand"
title = "Einwohnerbestand"
office = "Bürgeramt"
source = "amt"
basis = "Hauptwohnsitz"
each_row_is = "ein Viertel am Stichtag"
files = "bestand_*.xlsx"

[[tables]]
sheet = "Bestand"
head_rows = [4, 5]
end = '^Quelle'
period = { cell = "A2", pattern = 'Stichtag (\d{2}\.\d{2}\.\d{4})' }
area = { column = 1, pattern = '^(\d{3}) ' }
totals = { "Klein insgesamt" = "000" }
skip = '^davon'
ignore = ["Bemerkung"]

[tables.cells]
measure = "residents"
sex = { head = 2, values = { "m" = "m", "w" = "w", "zus." = "total", "" = "total" } }

[tables.cells.age]
head = 1
[tables.cells.age.values]
"unter 6" = "0-5"
"6 bis unter 18" = "6-17"
"18 bis unter 65" = "18-64"
"65 und älter" = "65+"
"Insgesamt" = "total"
"""

AGES = ("unter 6", "6 bis unter 18", "18 bis unter 65", "65 und älter")
RESIDENTS = {
    "001 Au": (10, 12, 20, 22, 300, 310, 50, 70),
    "002 Berg": (1, 2, 3, 4, 1005, 6, 7, 8),
    "003 Tal": (0, 0, 5, 5, 40, 41, 9, 10),
    "004 Wall": (11, 9, 13, 14, 120, 130, 33, 44),
}
"""Per quarter: men and women of each age group."""


def write(root: Path) -> Path:
    """Write the city folder 'klein' with its deliveries below `root`."""
    folder = root / "klein"
    for name in ("catalog", "areas", "recipes", "deliveries"):
        (folder / name).mkdir(parents=True)
    texts = {
        "city.toml": CITY,
        "measures.toml": MEASURES,
        "protection.toml": PROTECTION,
        "catalog/leben.toml": THEME,
        "areas/areas.csv": AREAS,
        "areas/viertel.geojson": squares(),
        "recipes/bestand.toml": RECIPE,
    }
    for name, text in texts.items():
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    workbook(folder / "deliveries" / "bestand_2024.xlsx")
    return folder


def squares() -> str:
    """Four quarters of about 1.1 x 1.1 km in a row of squares, keys as plain numbers."""
    features = [
        {
            "type": "Feature",
            "properties": {"nr": number},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [
                        [west, 52.0],
                        [west + 0.016, 52.0],
                        [west + 0.016, 52.01],
                        [west, 52.01],
                        [west, 52.0],
                    ]
                ],
            },
        }
        for number, west in ((4, 9.048), (1, 9.0), (3, 9.032), (2, 9.016))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def workbook(
    path: Path,
    wrong_by: int = 0,
    residents: Mapping[str, Sequence[int]] = RESIDENTS,
    day: str = "31.12.2024",
) -> None:
    """The office's workbook: title lines, merged heads, a total row, a footer.

    The city's total is `wrong_by` too high.
    """
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Bestand")
    sheet.write("A1", "Einwohnerbestand nach Alter und Geschlecht")
    sheet.write("A2", f"Stadt Klein, Stichtag {day}")
    sheet.write("A5", "Viertel")
    for number, age in enumerate(AGES):
        sheet.merge_range(3, 1 + 2 * number, 3, 2 + 2 * number, age)
        sheet.write_row(4, 1 + 2 * number, ["m", "w"])
    sheet.merge_range("J4:J5", "Insgesamt")
    sheet.write("K5", "Bemerkung")
    for row, (label, counts) in enumerate(residents.items(), start=5):
        sheet.write(row, 0, label)
        sheet.write_row(row, 1, counts)
        sheet.write(row, 9, sum(counts))
    sheet.write("K6", "geprüft")
    sheet.write("A10", "davon Nord")
    sheet.write("A12", "Klein insgesamt")
    totals = [sum(column) for column in zip(*residents.values(), strict=True)]
    sheet.write_row("B12", [*totals, sum(totals) + wrong_by])
    sheet.write("A13", "Quelle: Bürgeramt")
    sheet.write("B13", "nichts davon wird gelesen")
    book.close()


def protect(city: Path) -> None:
    """Let the city's register be protected on every level; without it nothing is secret."""
    for old, new in (
        ('preset = "public"', 'preset = "register"'),
        ('stadt = "none"', 'stadt = "suppress"'),
        ('bezirk = "none"', 'bezirk = "suppress"'),
        ('viertel = "none"', 'viertel = "suppress"'),
    ):
        change(city / "protection.toml", old, new)


def change(path: Path, old: str, new: str) -> None:
    """Replace one text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
