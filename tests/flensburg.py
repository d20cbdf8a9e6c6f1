"""Flensburg's files read a second time, by the standard library alone."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
CITY = ROOT / "data" / "flensburg"
SHARED = ROOT.parent / "shared" / "data" / "flensburg"
TABLES = SHARED / "tables_2011_2021"
DISTRICTS = (
    "Altstadt", "Neustadt", "Nordstadt", "Westliche Höhe", "Friesischer Berg", "Weiche",
    "Südstadt", "Sandberg", "Jürgensby", "Fruerlund", "Mürwik", "Engelsby", "Tarup",
)  # fmt: skip
"""In official order, which is that of every table but one column."""
YEARS = ("2011", "2017", "2018", "2019", "2020", "2021")

Cell = tuple[str, int, int]
"""File below SHARED, row and column from 1."""


def table(start: str) -> list[list[str]]:
    """The rows of the one table whose file name starts so."""
    [path] = TABLES.glob(f"{start}*.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def database() -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of the database in long form, with their number in the file."""
    path = SHARED / "derived" / "flensburg_long.csv"
    with path.open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def value(name: str, indicator: str, year: str, district: int | None) -> float:
    """One number of the database; of those no district can be told of for None."""
    area = "" if district is None else str(district)
    [found] = [
        row["wert"]
        for _, row in database()
        if (row["tabelle"], row["indikator"], row["jahr"], row["stadtteil_id"])
        == (name, indicator, year, area)
    ]
    return float(found)


def page(district: int | None) -> dict[str, list[str]]:
    """The words of the city's or a district's page by label: four of 2018 to 2021."""
    name = "Stadt Flensburg" if district is None else f"Stadtteil {district} *"
    [path] = TABLES.glob(f"{name}.seite*")
    found = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        if district is None:
            label, *words = line.split(";")
        else:
            label, rest = re.split(r":\s*(?=[\d,. ]+$)", line)
            words = rest.split()
        assert len(words) == 4, line
        found[label] = words
    return found


def number(word: str) -> float:
    """A German number with or without a percent sign."""
    return float(word.strip().removesuffix("%").replace(",", "."))
