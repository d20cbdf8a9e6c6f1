"""Bürgerbüro: one workbook per year, from the register."""

from __future__ import annotations

from pathlib import Path

import workbook
from minden import Minden
from population import BANDS, STARTS
from timeline import FIRST_DELIVERED, YEARS, index
from workbook import Column, Sheet

OFFICE = "Stadt Minden - Bürgerbüro"
SOURCE = ("Quelle: Stadt Minden, Bürgerbüro (Melderegister)", workbook.MODELLED)
LABELS = Column(("Stadtbezirk", ""), workbook.labels(), 26)


def write(folder: Path, minden: Minden) -> None:
    """Write `Einwohner_Minden_<year>-12-31.xlsx` for every year."""
    for year in range(FIRST_DELIVERED, YEARS[-1] + 1):
        sheets = [
            _stock(minden, year),
            _nationality(minden, year),
            _residences(minden, year),
            _features(minden, year),
            _households(minden, year),
            _movement(minden, year),
        ]
        workbook.write(folder / f"Einwohner_Minden_{year}-12-31.xlsx", sheets)


def band_titles() -> list[str]:
    """Heads of the age groups, as the office writes them."""
    ends = [*STARTS[1:], None]
    titles = []
    for band, start, end in zip(BANDS, STARTS, ends, strict=True):
        if start == 0:
            titles.append(f"unter {end} Jahre")
        elif end is None:
            titles.append(f"{start} Jahre und älter")
        elif "-" not in band:
            titles.append(f"{start} Jahre")
        else:
            titles.append(f"{start} bis unter {end} Jahre")
    return titles


def _titles(subject: str, when: str) -> tuple[str, ...]:
    return (OFFICE, subject, when, workbook.MODELLED)


def _date(year: int) -> str:
    return f"Stichtag {workbook.year_end(year)}"


def _stock(minden: Minden, year: int) -> Sheet:
    people = minden.population.people[:, index(year)]
    groups = [("Insgesamt", people.sum(axis=1))]
    groups += [(title, people[:, b]) for b, title in enumerate(band_titles())]
    columns = [LABELS]
    for title, by_sex in groups:
        for head, values in (
            ("männlich", by_sex[:, 0]),
            ("weiblich", by_sex[:, 1]),
            ("zusammen", by_sex.sum(axis=1)),
        ):
            columns.append(Column((title, head), workbook.with_total(values), 10))
    subject = "Einwohner mit Hauptwohnsitz nach Stadtbezirken, Altersgruppen und Geschlecht"
    return Sheet("Bestand", _titles(subject, _date(year)), tuple(columns), SOURCE)


def _plain(
    name: str, titles: tuple[str, ...], columns: list[tuple[str, list[workbook.Cell]]], *notes: str
) -> Sheet:
    label = Column(("Stadtbezirk",), workbook.labels(), 26)
    told = [Column((head,), cells, 17) for head, cells in columns]
    return Sheet(name, titles, (label, *told), (*notes, *SOURCE))


def _nationality(minden: Minden, year: int) -> Sheet:
    t = index(year)
    main, foreign = minden.population.main[:, t], minden.population.foreign[:, t]
    return _plain(
        "Staatsangehörigkeit",
        _titles("Einwohner mit Hauptwohnsitz nach Staatsangehörigkeit", _date(year)),
        [
            ("Deutsche", workbook.with_total(main - foreign)),
            ("Ausländer", workbook.with_total(foreign)),
            ("Insgesamt", workbook.with_total(main)),
            ("Ausländeranteil in %", workbook.percent(foreign, main)),
        ],
        "Personen mit deutscher und weiterer Staatsangehörigkeit zählen als Deutsche.",
    )


def _residences(minden: Minden, year: int) -> Sheet:
    t = index(year)
    main, both = minden.population.main[:, t], minden.population.with_secondary[:, t]
    return _plain(
        "Wohnsitze",
        _titles("Einwohner nach Art des Wohnsitzes", _date(year)),
        [
            ("Hauptwohnsitz", workbook.with_total(main)),
            ("Nebenwohnsitz", workbook.with_total(both - main)),
            ("Haupt- und Nebenwohnsitz", workbook.with_total(both)),
        ],
    )


def _features(minden: Minden, year: int) -> Sheet:
    t, population = index(year), minden.population
    return _plain(
        "Struktur",
        _titles("Weitere Merkmale der Einwohner mit Hauptwohnsitz", _date(year)),
        [
            ("Summe der Lebensjahre", workbook.with_total(population.life_years[:, t])),
            ("Wohndauer über 5 Jahre", workbook.with_total(population.five_years[:, t])),
            ("Migrationshintergrund", workbook.with_total(population.migration[:, t])),
            (
                "unter 18 Jahre mit Migrationshintergrund",
                workbook.with_total(population.minors_migration[:, t]),
            ),
        ],
        "Migrationshintergrund: aus dem Melderegister geschätzt.",
    )


def _households(minden: Minden, year: int) -> Sheet:
    t, households = index(year), minden.households
    return _plain(
        "Haushalte",
        _titles("Haushalte nach Art (Haushaltegenerierung)", _date(year)),
        [
            ("Haushalte insgesamt", workbook.with_total(households.all[:, t])),
            ("Einpersonenhaushalte", workbook.with_total(households.single[:, t])),
            ("mit Kindern unter 18", workbook.with_total(households.with_children[:, t])),
            ("mit 3 und mehr Kindern", workbook.with_total(households.three_children[:, t])),
            ("Alleinerziehende", workbook.with_total(households.lone_parent[:, t])),
            (
                "Kinder bei Alleinerziehenden",
                workbook.with_total(households.minors_lone_parent[:, t]),
            ),
        ],
    )


def _movement(minden: Minden, year: int) -> Sheet:
    t, movement = index(year), minden.movement
    groups = (
        ("Natürliche Bewegung", ("Geburten", movement.births), ("Sterbefälle", movement.deaths)),
        (
            "Über die Stadtgrenze",
            ("Zuzüge von außerhalb", movement.moves_in),
            ("Fortzüge nach außerhalb", movement.moves_out),
        ),
        (
            "Zwischen den Stadtbezirken",
            ("Zuzüge aus Stadtbezirken", movement.moves_within_in),
            ("Fortzüge in Stadtbezirke", movement.moves_within_out),
        ),
        (
            "Kinder unter 6 Jahren",
            ("Zuzüge unter 6", movement.moves_in_u6),
            ("Fortzüge unter 6", movement.moves_out_u6),
        ),
    )
    columns = [LABELS]
    for title, (head, plus), (other, minus) in groups:
        columns.append(Column((title, head), workbook.with_total(plus[:, t])))
        columns.append(Column((title, other), workbook.with_total(minus[:, t])))
        columns.append(Column((title, "Saldo"), workbook.with_total(plus[:, t] - minus[:, t]), 8))
    titles = _titles("Bevölkerungsbewegungen nach Stadtbezirken", f"Kalenderjahr {year}")
    note = "Die Salden ergeben wegen Nachmeldungen und Berichtigungen nicht genau die Veränderung."
    return Sheet("Bewegungen", titles, tuple(columns), (note, *SOURCE))
