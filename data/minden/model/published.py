"""The published figures as anchors of the model.

They are read from `published.csv` and, where IT.NRW publishes them, from its delivery.
"""

from __future__ import annotations

import csv
from pathlib import Path

from areas import CITY
from timeline import YEARS

FILE = Path(__file__).parents[1] / "published.csv"
OFFICIAL = Path(__file__).parents[1] / "deliveries" / "itnrw" / "vergleichswerte.csv"
MEASURES = {
    "Gesamtregelleistung nach dem SGB II": "sgb2_persons",
    "Grundsicherung im Alter nach dem SGB XII": "sgb12_65",
    "Regelleistungen nach dem Asylbewerberleistungsgesetz": "asylblg",
    "Mindestsicherungsleistungen insgesamt": "minimum_benefits",
    "In Anspruch genommene Hilfen": "hze",
}
"""What of IT.NRW's figures the model starts from."""

with FILE.open(encoding="utf-8", newline="") as _file:
    _ROWS = tuple(csv.DictReader(_file))
with OFFICIAL.open(encoding="utf-8", newline="") as _file:
    _OFFICIAL = tuple(csv.DictReader(_file, delimiter=";"))


def counts(measure: str, nationality: str = "") -> dict[tuple[str, int], int]:
    """Published counts of a measure without further breakdown: (area, year) -> value."""
    return {
        (row["area"], int(row["period"][:4])): int(row["value"])
        for row in _ROWS
        if row["measure"] == measure
        and (row["nationality"], row["age"], row["sex"]) == (nationality, "", "")
    }


def city(measure: str, nationality: str = "") -> dict[int, int]:
    """Published counts of the whole city: year -> value."""
    found = counts(measure, nationality)
    official = {
        int(row["stichtag"][:4]): int(row["wert"])
        for row in _OFFICIAL
        if row["gebiet"] == CITY and MEASURES.get(row["messgroesse"]) == measure
    }
    return official | {year: value for (area, year), value in found.items() if area == CITY}


def listed(title: str) -> dict[tuple[str, int], int]:
    """Published figures without a measure, by the start of their title: (area, year) -> value."""
    return {
        (row["area"], int(row["period"][:4])): int(row["value"])
        for row in _ROWS
        if row["title"].startswith(title) and not row["measure"] and row["period"]
    }


def within(figures: dict[tuple[str, int], int]) -> dict[tuple[str, int], int]:
    """Only figures of districts in the model's years."""
    return {
        (area, year): value
        for (area, year), value in figures.items()
        if area != CITY and year in YEARS
    }
