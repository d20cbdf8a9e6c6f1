"""Schulbüro: pupils by residence, a sheet per school year, and a list of leavers."""

from __future__ import annotations

from pathlib import Path

import workbook
from districts import DISTRICTS
from minden import Minden
from timeline import YEARS, index
from workbook import Cell, Column, Sheet

FIRST = 2014
OFFICE = "Stadt Minden - Schulbüro"
SOURCE = ("Quelle: Stadt Minden, Schulbüro, amtliche Schuldaten", workbook.MODELLED)


def write(folder: Path, minden: Minden) -> None:
    """Write both workbooks."""
    years = range(FIRST, YEARS[-1] + 1)
    pupils = [_pupils(minden, year) for year in years]
    workbook.write(folder / "Schuelerzahlen_nach_Wohnort.xlsx", pupils)
    workbook.write(folder / "Schulabgaenge.xlsx", [_leavers(minden, years)])


def _pupils(minden: Minden, year: int) -> Sheet:
    t, schools = index(year), minden.schools
    rest = schools.transitions - schools.to_gymnasium - schools.to_secondary
    groups = (
        (
            "Alle Schulen",
            ("Schülerinnen und Schüler", schools.pupils),
            ("mit Förderbedarf L, Sp, ES", schools.pupils_support),
            ("nichtdeutsche Familiensprache", schools.pupils_language),
        ),
        (
            "Grundschulen",
            ("Grundschulkinder", schools.primary),
            ("davon im offenen Ganztag", schools.primary_allday),
        ),
        (
            "Übergang nach Klasse 4",
            ("Übergänge insgesamt", schools.transitions),
            ("Gymnasium", schools.to_gymnasium),
            ("Haupt- und Sekundarschule", schools.to_secondary),
            ("übrige Schulformen", rest),
        ),
    )
    columns = [Column(("Wohnort", ""), workbook.names("Minden insgesamt"), 24)]
    for title, *parts in groups:
        columns += [Column((title, h), workbook.with_total(v[:, t]), 15) for h, v in parts]
    school_year = f"{year}/{(year + 1) % 100:02d}"
    return Sheet(
        f"{year}-{(year + 1) % 100:02d}",
        (
            OFFICE,
            f"Schülerinnen und Schüler nach Wohnort, Schuljahr {school_year}",
            f"Stichtag 15.10.{year}",
            workbook.MODELLED,
        ),
        tuple(columns),
        ("L, Sp, ES: Lernen, Sprache, emotionale und soziale Entwicklung.", *SOURCE),
    )


def _leavers(minden: Minden, years: range) -> Sheet:
    """A list with a row for each kind of leaving; kinds with nobody have no row."""
    rows: list[tuple[int, str, str, int]] = []
    for year in years:
        for d, district in enumerate(DISTRICTS):
            total = int(minden.schools.leavers[d, index(year)])
            without = int(minden.schools.leavers_without[d, index(year)])
            rows.append((year, district.name, "insgesamt", total))
            if without:
                rows.append((year, district.name, "ohne Ersten Schulabschluss", without))
            if total > without:
                rows.append((year, district.name, "mit Abschluss", total - without))
    cells: list[list[Cell]] = [list(column) for column in zip(*rows, strict=True)]
    # Years are labels, not amounts: no thousands separator.
    cells[0] = [str(year) for year in cells[0]]
    heads = ("Jahr", "Wohnort", "Abschluss", "Anzahl")
    widths = (8, 24, 28, 10)
    return Sheet(
        "Abgänge",
        (OFFICE, "Schulabgänge aus allgemeinbildenden Schulen nach Wohnort", workbook.MODELLED),
        tuple(
            Column((head,), column, width)
            for head, column, width in zip(heads, cells, widths, strict=True)
        ),
        SOURCE,
    )
