"""Gesundheitsamt of the Kreis: the school entry examination, counts beside shares."""

from __future__ import annotations

from pathlib import Path

import workbook
from minden import Minden
from schools import NO_TEETH
from timeline import YEARS, index
from workbook import Cell, Column, Sheet

FIRST = 2014
OFFICE = "Kreis Minden-Lübbecke - Gesundheitsamt"
SOURCE = ("Quelle: Kreis Minden-Lübbecke, Schuleingangsuntersuchung", workbook.MODELLED)


def write(folder: Path, minden: Minden) -> None:
    """Write `Schuleingangsuntersuchung_Minden.xlsx`, a sheet per year."""
    years = range(FIRST, YEARS[-1] + 1)
    sheets = [_examination(minden, year) for year in years]
    workbook.write(folder / "Schuleingangsuntersuchung_Minden.xlsx", sheets)


def _examination(minden: Minden, year: int) -> Sheet:
    t, schools = index(year), minden.schools
    examined = schools.examined[:, t]
    columns = [
        Column(("Stadtbezirk", ""), workbook.labels("Stadt Minden"), 26),
        Column(("Untersuchte Kinder", "Anzahl"), workbook.with_total(examined)),
    ]
    for title, found in (
        ("Früherkennung U8/U9 unvollständig", schools.checkups_missing),
        ("Übergewicht", schools.overweight),
        ("Sprachentwicklung auffällig", schools.language),
        ("Zähne behandlungsbedürftig", schools.teeth),
    ):
        counts: list[Cell] = workbook.zeros_as_dash(workbook.with_total(found[:, t]))
        shares = workbook.percent(found[:, t], examined)
        if found is schools.teeth and year in NO_TEETH:
            counts = shares = ["x"] * len(counts)
        columns.append(Column((title, "Anzahl"), counts, 16))
        columns.append(Column((title, "Anteil in %"), shares, 16))
    titles = (
        OFFICE,
        "Schuleingangsuntersuchung, Kinder mit Wohnort in der Stadt Minden",
        f"Untersuchungsjahr {year}",
        workbook.MODELLED,
    )
    notes = ("- = nichts vorhanden, x = nicht untersucht (Pandemie)", *SOURCE)
    return Sheet(str(year), titles, tuple(columns), notes)
