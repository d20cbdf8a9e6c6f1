"""The command that lists the files a city wants delivered, and which of them are there."""

from __future__ import annotations

from prepare import catalog, commands, machine
from prepare import expected as expecting
from prepare.commands import OK, City, Deliveries, Json
from prepare.excerpts import printable
from prepare.failures import ImpossibleError
from prepare.overview import plural


def files(city: City, deliveries: Deliveries = None, as_json: Json = False) -> int:
    """Welche Dateien die Rezepte erwarten: Name, Stelle, Lieferung, und wie viele da sind."""
    if not city.is_dir():
        raise ImpossibleError(f"Stadtordner nicht gefunden: {city}")
    declared = catalog.catalog(city)
    found = expecting.expected(city, deliveries or city / "deliveries", declared)
    if as_json:
        commands.print_json(machine.expected(declared.city.id, declared.city.name, found))
        return OK
    for one in found:
        office = f"{one.office}: " if one.office else ""
        there = plural(len(one.files), "Datei", "Dateien")
        print(printable(f"{one.pattern}  {office}{one.title}; {there}"))
    return OK
