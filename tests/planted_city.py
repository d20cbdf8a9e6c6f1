"""A clean city of twelve quarters and eight years, and what it takes to plant faults into it."""

from __future__ import annotations

import csv
import io
import math
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

import small_city

YEARS = tuple(range(2017, 2025))
NAMES = (
    *("Aue", "Berg", "Tal", "Wall", "Heide", "Moor"),
    *("Hafen", "Furt", "Linde", "Mühle", "Anger", "Kamp"),
)
QUARTERS = tuple(f"{number:03}" for number in range(1, 13))
AGES = {"0 bis unter 6": "0-5", "6 bis unter 18": "6-17", "18 bis unter 65": "18-64",
        "65 und älter": "65+"}  # fmt: skip
SHARES = (0.06, 0.12, 0.60, 0.22)

CITY = """
id = "gross"
name = "Groß"
in_city = "in Groß"
title = "Sozialdaten der Stadt Groß"
edition = "2025-03"
city_level = "stadt"
default_level = "viertel"
ages = [
  { id = "0-5", title = "unter 6" }, { id = "6-17", title = "6 bis unter 18" },
  { id = "18-64", title = "18 bis unter 65" }, { id = "65+", title = "65 und älter" },
  { id = "4-9", title = "4 bis unter 10" }, { id = "80+", title = "80 und älter" },
]
sexes = [{ id = "m", title = "männlich" }, { id = "w", title = "weiblich" }]
nationalities = [{ id = "german", title = "Deutsche" }, { id = "foreign", title = "Ausländer" }]

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

[[sources]]
id = "amt"
title = "Stadt Groß, Bürgeramt"
licence = "CC0 1.0"
"""

_MEASURES = (
    ("residents", "Einwohner", "Personen", '["age", "sex"]', True),
    ("residents_all", "Einwohner mit Nebenwohnsitz", "Personen", "[]", True),
    ("births", "Geburten", "Geburten", "[]", True),
    ("dwellings", "Wohnungen", "Wohnungen", "[]", True),
    ("benefits", "Leistungsberechtigte", "Personen", '["sex"]', True),
    ("foreign", "Ausländer", "Personen", "[]", True),
    ("turnout", "Anteil nach Herkunft", "%", '["nationality"]', False),
    ("households", "Haushalte", "Haushalte", "[]", True),
    ("content", "Zufriedene", "%", "[]", False),
    ("cars_elsewhere", "Autos ohne Viertel", "Autos", "[]", True),
    ("cars", "Autos", "Autos", "[]", True),
)
MEASURES = "\n".join(
    f'[[measures]]\nid = "{name}"\ntitle = "{title}"\nunit = "{unit}"\n'
    f"breakdowns = {breakdowns}\nadditive = {str(additive).lower()}\n"
    for name, title, unit, breakdowns, additive in _MEASURES
)
MEASURES += 'unallocated = "cars_elsewhere"\n'  # of the last one, the cars

THEME = """
id = "leben"
title = "Leben"
order = 1
lead = "Wie viele Menschen leben wo?"
headline = "einwohner"

[[indicators]]
id = "einwohner"
title = "Einwohner"
short = "Einwohner"
unit = "Personen"
base = "Alle"
numerator = [{ measure = "residents" }]
decimals = 0
direction = "neutral"
reference = "date"
definition = "Alle."
reading = "{Ort} lebten {zeit} {wert} Menschen."
counted = "Menschen."
why = "Planung."
caution = "Keine."

[[indicators]]
id = "auslaender"
title = "Ausländeranteil"
short = "Ausländer"
unit = "%"
base = "Anteil an allen"
numerator = [{ measure = "foreign" }]
denominator = [{ measure = "residents" }]
per = 100
direction = "neutral"
reference = "date"
definition = "Ausländer durch alle."
reading = "{Ort} waren {zeit} {wert} % Ausländer."
counted = "Menschen."
why = "Planung."
caution = "Keine."
"""

HEAD = """
id = "{id}"
title = "{id}"
office = "Bürgeramt"
source = "amt"
basis = "{basis}"
each_row_is = "ein Viertel"
files = "{files}"
"""

RECIPES = {
    "bestand": HEAD.format(id="bestand", basis="Hauptwohnsitz", files="bestand/Bestand_*.xlsx")
    + r"""
[[tables]]
sheet = "Bestand|Nachtrag.*"
head_rows = [4, 5]
end = '^Quelle'
period = { cell = "A2", pattern = 'Stichtag (\d{2}\.\d{2}\.\d{4})' }
area = { column = 1, pattern = '^(\d{2,3}) ' }
totals = { "Groß insgesamt" = "000" }
[tables.cells]
measure = "residents"
sex = { head = 2, values = { "m" = "m", "w" = "w", "zus." = "total" } }
[tables.cells.age]
head = 1
[tables.cells.age.values]
"0 bis unter 6" = "0-5"
"6 bis unter 18" = "6-17"
"18 bis unter 65" = "18-64"
"65 und älter" = "65+"
"4 bis unter 10" = "4-9"
"80 und älter" = "80+"
"Insgesamt" = "total"
""",
    "geburten": HEAD.format(id="geburten", basis="Wohnort", files="geburten.xlsx")
    + """
[[tables]]
sheet = "Geburten"
head_rows = [1]
period = { head = 1 }
area = { column = "Viertel" }
ignore = ["Name"]
cells = { measure = "births" }
""",
    "wohnungen": HEAD.format(id="wohnungen", basis="Bestand", files="wohnungen.csv")
    + """
[[tables]]
head_rows = [1]
period = { column = "Jahr", format = "{}-12-31" }
area = { column = "Viertel" }
value = "Anzahl"
rows = [{ where = { Merkmal = "Wohnungen" }, measure = "dwellings" }]
""",
    "leistungen": HEAD.format(id="leistungen", basis="Wohnort", files="leistungen_*.csv")
    + """
[[tables]]
head_rows = [1]
end = "^#"
period = { column = "Stichtag" }
area = { column = "Nr" }
totals = { "Summe" = "000" }
ignore = ["Name", "Anteil in %"]
[tables.cells.measure]
head = 1
[tables.cells.measure.values]
"Ausländer" = "foreign"
"männlich" = "benefits"
"weiblich" = "benefits"
"Leistungen" = "benefits"
[tables.cells.sex]
head = 1
values = { "Ausländer" = "total", "männlich" = "m", "weiblich" = "w", "Leistungen" = "total" }
[[tables.ratios]]
rate = "Anteil in %"
numerator = ["Leistungen"]
denominator = ["Ausländer"]
""",
    "wohnsitze": HEAD.format(id="wohnsitze", basis="Haupt- und Nebenwohnsitz",
                             files="wohnsitze.csv")
    + """
[[tables]]
head_rows = [1]
period = { column = "Stichtag" }
area = { column = "Nr" }
cells = { measure = { column = "Art", values = { "alle" = "residents_all" } } }
""",
    "herkunft": HEAD.format(id="herkunft", basis="Befragung", files="herkunft.csv")
    + """
[[tables]]
head_rows = [1]
period = { column = "Stichtag" }
area = { column = "Nr" }
[tables.cells]
measure = "turnout"
nationality = { head = 1, values = { "Deutsche" = "german", "Andere" = "foreign" } }
""",
}  # fmt: skip


def residents(quarter: int, year: int) -> list[int]:
    """Men and women of each age group of a quarter (0 to 11): smooth, all different."""
    size = (
        900
        * 1.24 ** ((5 * quarter) % 12)
        * (1 + 0.008 * (year - 2017) + 0.004 * math.sin(quarter + year))
    )
    return [
        round(size * share * half * (1 + 0.02 * math.sin(3 * quarter + number)))
        for number, share in enumerate(SHARES)
        for half in (0.49, 0.51)
    ]


def everyone(quarter: int, year: int) -> int:
    return sum(residents(quarter, year))


def births(quarter: int, year: int) -> int:
    return round(everyone(quarter, year) * (0.03 + 0.001 * math.sin(5 * quarter + 2 * year)))


def dwellings(quarter: int, year: int) -> int:
    return round(500 * 1.22 ** ((7 * quarter) % 12) + 3 * (year - 2017) + quarter)


def benefits(quarter: int, year: int) -> tuple[int, int]:
    all_ = everyone(quarter, year) * (0.05 + 0.001 * math.cos(quarter + year))
    return round(0.45 * all_), round(0.55 * all_)


def foreign(quarter: int, year: int) -> int:
    return round(everyone(quarter, year) * (0.15 + 0.002 * math.sin(quarter)))


def write(root: Path) -> Path:
    """Write the city folder 'gross' with its deliveries below `root`."""
    folder = root / "gross"
    for name in ("catalog", "areas", "recipes", "deliveries/bestand"):
        (folder / name).mkdir(parents=True)
    rows = ["stadt,000,Groß,Groß,in Groß,,1,"]
    rows += [f"bezirk,{10 + b},Bezirk {b},B{b},,000,{b},1" for b in (1, 2)]
    rows += [
        f"viertel,{area},{name},{name},,{11 if n < 6 else 12},{n + 1},"
        for n, (area, name) in enumerate(zip(QUARTERS, NAMES, strict=True))
    ]
    texts = {
        "city.toml": CITY,
        "measures.toml": MEASURES,
        "protection.toml": small_city.PROTECTION.replace('kreis = "none", ', ""),
        "catalog/leben.toml": THEME,
        "areas/areas.csv": "level,area,name,short,locative,parent,order,area_km2\n"
        + "\n".join(rows),
        **{f"recipes/{name}.toml": text for name, text in RECIPES.items()},
    }
    for name, text in texts.items():
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    _deliveries(folder / "deliveries")
    return folder


def _deliveries(folder: Path) -> None:
    for year in YEARS:
        _bestand(folder / f"bestand/Bestand_{year}.xlsx", year)
    book = xlsxwriter.Workbook(str(folder / "geburten.xlsx"))
    sheet = book.add_worksheet("Geburten")
    sheet.write_row(0, 0, ["Viertel", "Name", *YEARS])
    for n, area in enumerate(QUARTERS):
        sheet.write_row(n + 1, 0, [area, NAMES[n], *(births(n, year) for year in YEARS)])
    book.close()
    every = range(len(QUARTERS))
    save(folder / "wohnungen.csv", [["Jahr", "Viertel", "Merkmal", "Anzahl"]] + [
        [year, QUARTERS[n], "Wohnungen", dwellings(n, year)] for year in YEARS for n in every
    ])  # fmt: skip
    for year in YEARS:
        save(folder / f"leistungen_{year}.csv", _leistungen(year))
    save(folder / "wohnsitze.csv", [["Stichtag", "Nr", "Art", "Einwohner"]] + [
        [f"31.12.{year}", QUARTERS[n], "alle", round(1.06 * everyone(n, year))]
        for year in YEARS for n in every
    ])  # fmt: skip
    save(folder / "herkunft.csv", [["Stichtag", "Nr", "Deutsche", "Andere"]] + [
        [f"31.12.{year}", QUARTERS[n], *_shares(n, year)]
        for year in YEARS for n in every
    ])  # fmt: skip


def _shares(quarter: int, year: int) -> tuple[str, str]:
    share = 60 + quarter + 2 * math.sin(quarter + 3 * year)
    return german(share), german(100 - round(share, 1))


def german(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _leistungen(year: int) -> list[list[Any]]:
    rows: list[list[Any]] = [
        ["Stichtag", "Nr", "Name", "Ausländer", "männlich", "weiblich", "Leistungen", "Anteil in %"]
    ]
    for n, area in enumerate(QUARTERS):
        men, women = benefits(n, year)
        share = german(100 * (men + women) / foreign(n, year))
        counts = [foreign(n, year), men, women, men + women]
        rows.append([f"31.12.{year}", area, NAMES[n], *counts, share])
    sums = [sum(row[column] for row in rows[1:]) for column in range(3, 7)]
    rows.append([f"31.12.{year}", "Summe", "Groß", *sums, german(100 * sums[3] / sums[0])])
    return [*rows, [f"# Stand: 15.02.{year + 1}"]]


def _bestand(path: Path, year: int) -> None:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("Bestand")
    sheet.write("A1", "Einwohnerbestand")
    sheet.write("A2", f"Stadt Groß, Stichtag 31.12.{year}")
    sheet.write("A5", "Viertel")
    for number, age in enumerate(AGES):
        sheet.merge_range(3, 1 + 2 * number, 3, 2 + 2 * number, age)
        sheet.write_row(4, 1 + 2 * number, ["m", "w"])
    sheet.write("J4", "Insgesamt")
    sheet.write("J5", "zus.")
    lines = {f"{area} {NAMES[n]}": residents(n, year) for n, area in enumerate(QUARTERS)}
    told = list(lines.values())
    lines["11 Bezirk 1"] = [sum(column) for column in zip(*told[:6], strict=True)]
    lines["12 Bezirk 2"] = [sum(column) for column in zip(*told[6:], strict=True)]
    lines["Groß insgesamt"] = [sum(column) for column in zip(*told, strict=True)]
    for row, (label, counts) in enumerate(lines.items(), start=5):
        sheet.write_row(row, 0, [label, *counts, sum(counts)])
    sheet.write(row + 1, 0, "Quelle: Bürgeramt")
    book.close()


def save(path: Path, rows: list[list[Any]], delimiter: str = ";") -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)


class Files:
    """The deliveries of a copy of the clean city, to be spoiled."""

    def __init__(self, clean: Path, root: Path) -> None:
        self.city = root / "gross"
        shutil.copytree(clean, self.city)
        self.folder = self.city / "deliveries"

    def path(self, name: str) -> Path:
        return self.folder / name

    def cells(self, name: str, values: dict[str, Any], sheet: str | None = None) -> None:
        """Write cells of a workbook by their Excel names."""
        self.book(name, lambda book: [
            (book[sheet] if sheet else book.worksheets[0]).__setitem__(cell, value)
            for cell, value in values.items()
        ])  # fmt: skip

    def book(self, name: str, change: Callable[[Any], Any]) -> None:
        """Change a workbook with openpyxl."""
        book = openpyxl.load_workbook(self.path(name))
        change(book)
        book.save(self.path(name))

    def column(self, name: str, letter: str) -> list[Any]:
        """Values of the twelve quarters in a column of a workbook."""
        sheet = openpyxl.load_workbook(self.path(name)).worksheets[0]
        first = 6 if "bestand" in name else 2
        return [sheet[f"{letter}{row}"].value for row in range(first, first + 12)]

    def put(self, name: str, letter: str, values: list[Any]) -> None:
        """Write the twelve quarters of a column of a workbook."""
        first = 6 if "bestand" in name else 2
        self.cells(name, {f"{letter}{first + n}": value for n, value in enumerate(values)})

    def rows(self, name: str) -> list[list[str]]:
        text = self.path(name).read_text(encoding="utf-8")
        return list(csv.reader(io.StringIO(text), delimiter=";"))

    def deliver(self, name: str, table: str, rows: list[list[Any]], keys: str = "") -> None:
        """Write one more recipe, its `table` and its own `keys`, with the text file it reads."""
        head = HEAD.format(id=name, basis="Bestand", files=f"{name}.csv")
        (self.city / f"recipes/{name}.toml").write_text(f"{head}{keys}\n{table}", "utf-8")
        save(self.path(f"{name}.csv"), rows)

    def text(self, name: str, row: int, column: int, value: Any) -> None:
        """Write one cell of a text file, counted from 1."""
        rows: list[list[Any]] = [list(line) for line in self.rows(name)]
        rows[row - 1][column - 1] = value
        save(self.path(name), rows)
