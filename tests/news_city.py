"""The small city in two editions, with one planted case of everything that news tell or leave out.

Seven shares of 1,000 people in each quarter and year. In the second edition, a year later:

- Au: all seven move far; one is declared anew, one cannot be tested, so five are left to tell.
- Berg: all move within chance; the seventh is suppressed.
- Tal: all move far, over a break in its series.
- Wall: the first share of the year before is corrected, then it and the second move far; the
  seventh is suppressed.
"""

from __future__ import annotations

from pathlib import Path

import small_city
from prepare import build as builds
from prepare import publishing, release

SHARES = tuple(f"c{number}" for number in range(1, 8))
USUAL = (100, 150, 200, 250, 300, 120, 80)
FAR = (200, 260, 310, 370, 420, 30, 20)
NEAR = (101, 151, 201, 251, 301, 121)
WALL = (200, 260, 200, 250, 300, 120)
MEASURE = """
[[measures]]
id = "{id}"
title = "Menschen {id}"
unit = "Personen"
"""
THEME = """
id = "neu"
title = "Neues"
order = 2
lead = "Was ist neu?"
headline = "c1"
"""
INDICATOR = """
[[indicators]]
id = "{id}"
title = "Anteil {id}"
short = "{id}"
unit = "%"
base = "Anteil an allen"
numerator = [{{ measure = "{id}" }}]
denominator = [{{ measure = "people" }}]
per = 100
direction = "neutral"
reference = "year"
definition = "Menschen {id} durch alle, mal 100."
reading = "{{Zeit}} waren es {{ort}} {{wert}} %."
counted = "Menschen."
why = "Planung."
caution = "Keine."
"""
RECIPE = """
id = "neu"
title = "Anteile"
office = "Bürgeramt"
source = "amt"
basis = "Hauptwohnsitz"
each_row_is = "ein Viertel im Jahr"
files = "neu.csv"

[[tables]]
head_rows = [1]
period = {{ column = "Jahr" }}
area = {{ column = "Viertel" }}
totals = {{ "Klein" = "000" }}
[tables.cells.measure]
head = 1
values = {{ {values} }}
"""
BREAKS = "measure,area,period,kind,note\n,003,2024,areas,Ein Teil von Wall kam zum Tal.\n"


def first(root: Path) -> Path:
    """Write the city folder 'klein' as of the first edition, 2025-01, with 2022 and 2023."""
    folder = small_city.write(root)
    names = ("people", *SHARES)
    with (folder / "measures.toml").open("a", encoding="utf-8") as file:
        file.write("".join(MEASURE.format(id=name) for name in names))
    indicators = "".join(INDICATOR.format(id=name) for name in SHARES)
    indicators = indicators.replace('id = "c6"', 'id = "c6"\nrandom = "none"', 1)
    (folder / "catalog/neu.toml").write_text(THEME + indicators, encoding="utf-8")
    values = ", ".join(f'"{name}" = "{name}"' for name in names)
    (folder / "recipes/neu.toml").write_text(RECIPE.format(values=values), encoding="utf-8")
    _deliver(folder, {**_year(2022), **_year(2023, wall=90)})
    return folder


def second(folder: Path) -> None:
    """Turn the city folder into the second edition, 2026-01."""
    small_city.change(folder / "city.toml", '"2025-01"', '"2026-01"')
    small_city.change(folder / "catalog/neu.toml", "Menschen c3 durch", "Alle c3 durch")
    (folder / "breaks.csv").write_text(BREAKS, encoding="utf-8")
    last = {
        ("001", 2024): FAR,
        ("002", 2024): (*NEAR, None),
        ("003", 2024): FAR,
        ("004", 2024): (*WALL, None),
    }
    _deliver(folder, {**_year(2022), **_year(2023), **last})


def published(content: release.Content, releases: Path) -> Path:
    """The folder of a release written by one person and published by another."""
    written = release.write(content, releases, release.Made("Erste Person"))
    publishing.publish(releases, written.path.name, "Zweite Person")
    return written.path


def built(folder: Path, before: Path | None = None) -> release.Content:
    """The content of the city folder, with `before` shown."""
    return builds.build(folder, folder / "deliveries", "public", [], before)


Counts = dict[tuple[str, int], tuple[int | None, ...]]


def _year(year: int, wall: int = USUAL[0]) -> Counts:
    usual: Counts = {(f"00{number}", year): USUAL for number in range(1, 4)}
    return {**usual, ("004", year): (wall, *USUAL[1:])}


def _deliver(folder: Path, found: Counts) -> None:
    """Write the office's file; of a suppressed number the city's total counts 80."""
    lines = [f"Viertel;Jahr;people;{';'.join(SHARES)}"]
    for (area, year), row in found.items():
        lines.append(f"{area};{year};1000;{';'.join('*' if n is None else str(n) for n in row)}")
    for year in sorted({year for _area, year in found}):
        rows = [row for (_area, own), row in found.items() if own == year]
        sums = [sum(80 if n is None else n for n in column) for column in zip(*rows, strict=True)]
        lines.append(f"Klein;{year};4000;{';'.join(map(str, sums))}")
    text = "\n".join(lines) + "\n"
    (folder / "deliveries/neu.csv").write_text(text, encoding="utf-8")
