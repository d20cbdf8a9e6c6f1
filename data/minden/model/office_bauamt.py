"""Bauen und Wohnen: the stock of buildings and dwellings, a sheet per year."""

from __future__ import annotations

from pathlib import Path

import workbook
from districts import DISTRICTS
from minden import Minden
from timeline import YEARS, index
from workbook import Column, Sheet

FIRST = 2012
OFFICE = "Stadt Minden - Bauen und Wohnen"
SOURCE = ("Quelle: Stadt Minden, Bauen und Wohnen, Fortschreibung", workbook.MODELLED)


def write(folder: Path, minden: Minden) -> None:
    """Write `Wohnungsbestand_Minden.xlsx`."""
    years = range(FIRST, YEARS[-1] + 1)
    workbook.write(folder / "Wohnungsbestand_Minden.xlsx", [_stock(minden, y) for y in years])


def _stock(minden: Minden, year: int) -> Sheet:
    t, housing = index(year), minden.housing
    groups = (
        ("Wohngebäude", "Gebäude insgesamt", housing.buildings),
        ("Wohngebäude", "mit 1 oder 2 Wohnungen", housing.buildings_small),
        ("Wohnungen", "Wohnungen insgesamt", housing.dwellings),
        ("Wohnungen", "öffentlich gefördert", housing.subsidised),
        ("Wohnungen", "Wohnfläche in m²", housing.space),
    )
    columns = (
        Column(("Bezirk", ""), [*(district.id for district in DISTRICTS), "Summe"], 8),
        Column(("Name", ""), workbook.names("Stadt Minden"), 24),
        *(Column((g, head), workbook.with_total(v[:, t]), 16) for g, head, v in groups),
    )
    titles = (
        OFFICE,
        "Bestand an Wohngebäuden und Wohnungen nach Stadtbezirken",
        f"Bestand am {workbook.year_end(year)}",
        workbook.MODELLED,
    )
    return Sheet(str(year), titles, columns, SOURCE)
