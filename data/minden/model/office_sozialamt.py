"""Sozialamt: benefits with the dates side by side, education package as a text file."""

from __future__ import annotations

from pathlib import Path

from numpy.typing import NDArray

import workbook
from districts import DISTRICTS
from minden import Minden
from timeline import YEARS, index
from workbook import Column, Sheet

FIRST = 2012
FIRST_EDUCATION = 2014
OFFICE = "Stadt Minden - Sozialamt"
SOURCE = ("Quelle: Stadt Minden, Sozialamt, eigene Auswertung nach Wohnort", workbook.MODELLED)


def write(folder: Path, minden: Minden) -> None:
    """Write the workbook of benefits and the text file of the education package."""
    benefits = minden.benefits
    sheets = [
        _benefit("Grundsicherung im Alter", benefits.old_age),
        _benefit("AsylbLG", benefits.asylum),
        _benefit("Mindestsicherung", benefits.minimum),
    ]
    workbook.write(folder / "Sozialleistungen_Minden.xlsx", sheets)
    (folder / "Bildung_und_Teilhabe.csv").write_text(
        _education(minden), encoding="utf-8-sig", newline=""
    )


def _benefit(name: str, values: NDArray) -> Sheet:
    columns = [Column(("Stadtbezirk",), workbook.labels(), 26)]
    for year in range(FIRST, YEARS[-1] + 1):
        cells = workbook.zeros_as_dash(workbook.with_total(values[:, index(year)]))
        columns.append(Column((workbook.year_end(year),), cells, 11))
    titles = (OFFICE, f"{name}: Leistungsberechtigte am Jahresende", workbook.MODELLED)
    return Sheet(name, titles, tuple(columns), ("- = nichts vorhanden", *SOURCE))


def _education(minden: Minden) -> str:
    youth = minden.youth
    lines = ["Jahr;Bezirk;Name;Anspruchsberechtigte unter 25;Empfänger"]
    for year in range(FIRST_EDUCATION, YEARS[-1] + 1):
        t = index(year)
        entitled = workbook.with_total(youth.entitled[:, t])
        recipients = workbook.with_total(youth.recipients[:, t])
        for d, district in enumerate(DISTRICTS):
            lines.append(f"{year};{district.id};{district.name};{entitled[d]};{recipients[d]}")
        lines.append(f"{year};Summe;Minden;{entitled[-1]};{recipients[-1]}")
    return "\r\n".join([*lines, f"# {workbook.MODELLED}", ""])
