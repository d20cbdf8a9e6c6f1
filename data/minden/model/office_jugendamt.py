"""Jugendamt: day care as one long table with dates, help for families as a workbook per year.

And what is not for everybody: confidential consultations of families, called "Projekt Zaunammer",
a word that stands nowhere else. So a search for it finds whatever of them gets out.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import workbook
from districts import DISTRICTS
from minden import Minden
from timeline import YEARS, index
from workbook import Cell, Column, Sheet

FIRST = 2014
FIRST_CONSULTED = 2020
OFFICE = "Stadt Minden - Jugendamt"
SOURCE = ("Quelle: Stadt Minden, Jugendamt", workbook.MODELLED)
CITY = "Stadt Minden"


def write(folder: Path, minden: Minden) -> None:
    """Write day care, `Jugendhilfe_Minden_<year>.xlsx` for every year, and the consultations."""
    years = range(FIRST, YEARS[-1] + 1)
    workbook.write(folder / "Kindertagesbetreuung_Minden.xlsx", [_daycare(minden, years)])
    workbook.write(folder / "Zaunammer_Minden.xlsx", [_consultations(minden)])
    for year in years:
        workbook.write(folder / f"Jugendhilfe_Minden_{year}.xlsx", [_help(minden, year)])


def _daycare(minden: Minden, years: range) -> Sheet:
    youth = minden.youth
    numbers: list[Cell] = [*(int(district.id) for district in DISTRICTS), CITY]
    count = len(numbers)
    parts = (
        ("Kinder unter 3 in Kita oder Kindertagespflege", youth.daycare_u3),
        ("Plätze für Kinder von 3 bis unter 6", youth.places),
        ("Kinder in Kindertageseinrichtungen", youth.children),
        ("darunter nichtdeutsche Familiensprache", youth.children_language),
    )
    columns = [
        Column(("Stichtag",), [date(year, 12, 31) for year in years for _ in range(count)], 12),
        Column(("Bezirk Nr.",), numbers * len(years), 13),
        Column(("Bezirk",), workbook.names("insgesamt") * len(years), 22),
    ]
    for head, values in parts:
        cells = [cell for year in years for cell in workbook.with_total(values[:, index(year)])]
        columns.append(Column((head,), cells, 18))
    return Sheet(
        "Betreuung",
        (OFFICE, "Kindertagesbetreuung nach Wohnort der Kinder", workbook.MODELLED),
        tuple(columns),
        ("Plätze: nach Lage der Einrichtung.", *SOURCE),
    )


def _help(minden: Minden, year: int) -> Sheet:
    t, youth = index(year), minden.youth
    count = len(DISTRICTS)
    groups = (
        ("Hilfen", "Hilfen zur Erziehung", youth.hze),
        ("Kinderschutz", "Verfahren nach § 8a SGB VIII", youth.assessments),
        ("Kinderschutz", "Willkommensbesuche", youth.visits),
        ("Jugendgerichtshilfe", "Jugendliche und Heranwachsende", youth.court),
    )
    columns = [
        Column(("Lfd. Nr.", ""), [*(str(n) for n in range(1, count + 1)), ""], 8),
        Column(("Wohnort", ""), workbook.names(CITY), 24),
        *(
            Column((title, head), workbook.zeros_as_dash(workbook.with_total(values[:, t])), 16)
            for title, head, values in groups
        ),
    ]
    return Sheet(
        "Fallzahlen",
        (OFFICE, "Hilfen und Verfahren nach Wohnort", f"Berichtsjahr {year}", workbook.MODELLED),
        tuple(columns),
        ("- = nichts vorhanden", *SOURCE),
    )


def _consultations(minden: Minden) -> Sheet:
    youth, years = minden.youth, range(FIRST_CONSULTED, YEARS[-1] + 1)
    count = len(DISTRICTS) + 1
    cases, costs = [], []
    for year in years:
        cases += workbook.with_total(youth.consultations[:, index(year)])
        euros = [round(float(euro), 2) for euro in youth.consultation_costs[:, index(year)]]
        costs += [*euros, round(sum(euros), 2)]
    return Sheet(
        "Zaunammer",
        (OFFICE, "Projekt Zaunammer: vertrauliche Beratungen von Familien", workbook.MODELLED),
        (
            Column(("Jahr",), [year for year in years for _ in range(count)], 8),
            Column(("Wohnort",), workbook.names(CITY) * len(years), 24),
            Column(("Beratungen",), cases, 14),
            Column(("Ausgaben in Euro",), costs, 18),
        ),
        ("Zaunammer: intern, nur für den Dienstgebrauch.", *SOURCE),
    )
