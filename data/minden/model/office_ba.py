"""Statistics of the Bundesagentur für Arbeit: a sheet per reference date, small counts hidden."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import suppression
import workbook
from areas import CITY
from districts import DISTRICTS
from minden import Minden
from timeline import YEARS, index
from workbook import Cell, Column, Sheet

FIRST = 2012
OFFICE = "Statistik der Bundesagentur für Arbeit"
SIGNS = (
    "* Zahlenwerte von 1 oder 2 und Werte, aus denen sie sich errechnen ließen, sind geheim.",
    "- nichts vorhanden",
    "Quelle: Statistik der Bundesagentur für Arbeit (Aufbau nachgebildet)",
    workbook.MODELLED,
)
RLB = "Regelleistungsberechtigte (RLB)"
AGES = (
    "unter 3 Jahre",
    "3 bis unter 6 Jahre",
    "6 bis unter 15 Jahre",
    "15 bis unter 18 Jahre",
    "18 bis unter 25 Jahre",
    "25 bis unter 55 Jahre",
    "55 Jahre und älter",
)


def write(folder: Path, minden: Minden) -> None:
    """Write the three workbooks."""
    years = range(FIRST, YEARS[-1] + 1)
    for name, sheet in (
        ("SGBII_Stadtbezirke", _sgb2),
        ("Arbeitslose_Stadtbezirke", _unemployed),
        ("Beschaeftigte_Wohnort_Stadtbezirke", _employed),
    ):
        sheets = [sheet(minden, year) for year in years]
        workbook.write(folder / f"{name}_{CITY}.xlsx", sheets)


def _sgb2(minden: Minden, year: int) -> Sheet:
    t, benefits = index(year), minden.benefits
    persons = benefits.sgb2[:, t]
    families, workers = "Bedarfsgemeinschaften (BG) mit Kindern", "Erwerbsfähige (ELB)"
    heads = [(RLB, "Insgesamt"), *((RLB, age) for age in AGES)]
    heads += [
        (families, "BG mit Kindern"),
        (families, "mit 3 und mehr Kindern"),
        (families, "Alleinerziehende"),
        (workers, "ELB insgesamt"),
        (workers, "erwerbstätige ELB"),
    ]
    table = np.column_stack(
        [
            persons.sum(axis=1),
            persons,
            benefits.households_children[:, t],
            benefits.households_three_children[:, t],
            benefits.households_lone_parent[:, t],
            benefits.employable[:, t],
            benefits.working[:, t],
        ]
    )
    parts = {0: tuple(range(1, len(AGES) + 1))}
    return _sheet(
        "Grundsicherung für Arbeitsuchende nach Gemeindeteilen", year, heads, table, parts
    )


def _unemployed(minden: Minden, year: int) -> Sheet:
    t, benefits = index(year), minden.benefits
    heads = [
        ("Arbeitslose", "Insgesamt"),
        ("Arbeitslose", "15 bis unter 25 Jahre"),
        ("Arbeitslose", "Langzeitarbeitslose"),
    ]
    table = np.column_stack(
        [
            benefits.unemployed[:, t],
            benefits.unemployed_young[:, t],
            benefits.unemployed_long[:, t],
        ]
    )
    return _sheet("Arbeitslose nach Gemeindeteilen", year, heads, table)


def _employed(minden: Minden, year: int) -> Sheet:
    heads = [("Sozialversicherungspflichtig Beschäftigte", "15 bis unter 65 Jahre")]
    table = minden.benefits.employed[:, [index(year)]]
    return _sheet("Beschäftigte am Wohnort nach Gemeindeteilen", year, heads, table)


def _sheet(
    subject: str,
    year: int,
    heads: list[tuple[str, str]],
    table: NDArray,
    sums: dict[int, tuple[int, ...]] | None = None,
) -> Sheet:
    """Key and name in one cell, the city first, then the districts with hidden counts as '*'."""
    keys: list[Cell] = [f"{CITY} Minden, Stadt"]
    keys += [f"{CITY}-{district.id} {district.name}" for district in DISTRICTS]
    mask = suppression.hidden(table, sums)
    columns = [Column(("Region", ""), keys, 34)]
    for c, head in enumerate(heads):
        told: list[Cell] = [int(table[:, c].sum())]
        told += ["*" if mask[d, c] else int(table[d, c]) for d in range(len(table))]
        columns.append(Column(head, workbook.zeros_as_dash(told), 13))
    titles = (
        OFFICE,
        subject,
        "Gebietsstand: Stadt Minden, 19 Stadtbezirke",
        f"Berichtsmonat: Dezember {year}, Datenstand: April {year + 1}",
        workbook.MODELLED,
    )
    return Sheet(f"{year}12", titles, tuple(columns), SIGNS)
