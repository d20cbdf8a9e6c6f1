"""List of facilities: one sheet with a row per facility, one with a row per facility and year."""

from __future__ import annotations

from pathlib import Path

import facilities as facilities_
import workbook
from facilities import YEARS
from workbook import Column, Sheet
from youth import Youth

TITLES = ("Stadt Minden - Jugendamt", "Einrichtungen für Kinder und Jugendliche", workbook.MODELLED)
SOURCE = ("Quelle: Stadt Minden, Jugendamt", workbook.MODELLED)


def write(folder: Path, areas: Path, youth: Youth) -> None:
    """Write `Einrichtungen_Minden.xlsx`; `areas` is the folder with the districts' polygons."""
    found = facilities_.facilities(areas, youth)
    listed = Sheet(
        "Einrichtungen",
        TITLES,
        (
            Column(("Nr.",), [each.id for each in found], 8),
            Column(("Einrichtung",), [each.name for each in found], 40),
            Column(("Art",), [each.kind for each in found], 14),
            Column(("Anschrift",), [each.address for each in found], 24),
            Column(("Bezirk",), [each.district for each in found], 20),
            Column(("Länge",), [each.lon for each in found], 12),
            Column(("Breite",), [each.lat for each in found], 12),
            *(
                Column(
                    (f"Plätze {year}",),
                    [each.places[index] if each.places else "" for each in found],
                    12,
                )
                for index, year in enumerate(YEARS)
            ),
        ),
        SOURCE,
    )
    rows = [(each, index) for each in found for index in range(len(each.taken))]
    taken = Sheet(
        "Belegung",
        TITLES,
        (
            Column(("Nr.",), [each.id for each, _ in rows], 8),
            Column(("Stichtag",), [workbook.year_end(YEARS[index]) for _, index in rows], 12),
            Column(("Belegt",), [each.taken[index] for each, index in rows], 12),
        ),
        SOURCE,
    )
    workbook.write(folder / "Einrichtungen_Minden.xlsx", [listed, taken])
