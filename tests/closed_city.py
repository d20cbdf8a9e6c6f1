"""The small city with figures that are for its own offices only, all under the word Wendehals.

They come in every place there is: in a file with public ones and in one of their own, in a public
theme and in one of their own, among published figures, breaks, rules, facilities and interventions.
"""

from __future__ import annotations

from pathlib import Path

import small_city

WORD = "Wendehals"
MEASURES = """
[[measures]]
id = "wendehals_cases"
title = "Fälle Wendehals"
unit = "Fälle"
audiences = ["internal"]

[[measures]]
id = "wendehals_costs"
title = "Kosten Wendehals"
unit = "Euro"
audiences = ["internal"]

[[measures]]
id = "places"
title = "Plätze"
unit = "Plätze"
"""
SOURCE = """
[[sources]]
id = "wendehals"
title = "Projekt Wendehals"
licence = "nur intern"
"""
BIRTHS = """
[[indicators]]
id = "{id}"
title = "{title}"
short = "{title}"
unit = "{unit}"
base = "Alle"
numerator = [{{ measure = "{measure}" }}]
decimals = {decimals}
direction = "neutral"
reference = "year"
definition = "Gezählt."
reading = "{{Ort}} waren es {{zeit}} {{wert}}."
counted = "Gezählt."
why = "Planung."
caution = "Keine."
"""
THEME = """
id = "wendehals"
title = "Wendehals"
order = 2
lead = "Was kostet Wendehals?"
headline = "wendehals_kosten"
"""
MIXED = """
id = "mischung"
title = "Geburten und mehr"
office = "Bürgeramt"
source = "amt"
basis = "Wohnort"
each_row_is = "ein Viertel im Jahr"
files = "mischung.csv"

[[tables]]
head_rows = [1]
period = { column = "Jahr" }
area = { column = "Viertel" }
totals = { "Klein" = "000" }
[tables.cells.measure]
head = 1
values = { "Geburten" = "births", "Fälle" = "wendehals_cases" }
"""
OWN = """
id = "wendehals"
title = "Kosten Wendehals"
office = "Wendehals"
source = "wendehals"
basis = "Wendehals"
each_row_is = "ein Viertel im Jahr"
files = "wendehals.csv"

[[tables]]
head_rows = [1]
period = { column = "Jahr" }
area = { column = "Viertel" }
totals = { "Klein" = "000" }
cells = { measure = "wendehals_costs" }
"""
FACILITIES = """
[[types]]
id = "kita"
title = "Kita"
plural = "Kitas"

[[recipes]]
id = "kitas"
title = "Kitas"
office = "Jugendamt"
source = "amt"
basis = "Lage"
each_row_is = "eine Kita"
files = "kitas.csv"
facility = "Nr"

[recipes.points]
name = "Name"
type = "kita"
address = "Ort"
area = "Viertel"

[[recipes.values]]
heads = 'Plätze (\\\\d{4})'
measure = "places"

[[recipes.values]]
heads = 'Fälle (\\\\d{4})'
measure = "wendehals_cases"
"""
PUBLISHED = """area,period,indicator,measure,value,unit,title,basis,source,age,sex,nationality
000,2024,,births,100,Geburten,Geburten,Wohnort,Presse,,,
000,2024,,wendehals_cases,118,Fälle,Wendehals,Wohnort,Bericht Wendehals,,,
000,2024,wendehals_kosten,,7,Euro,Wendehals,Wohnort,Bericht Wendehals,,,
"""
BREAKS = """measure,area,period,kind,note
births,,2024,definition,Seit 2024 anders gezählt.
wendehals_cases,,2024,definition,Seit 2024 mit Wendehals.
"""
INTERVENTIONS = """
[[interventions]]
id = "w"
title = "Mehr Wendehals"
office = "Amt"
goal = "Mehr Wendehals."
start = "2024-01-01"
areas = ["001"]
criteria = [{ indicator = "wendehals_faelle", period = "2024", at_least = 10 }]

[[interventions]]
id = "fest"
title = "Fest"
office = "Amt"
goal = "Alle feiern."
start = "2024-01-01"
"""
DELIVERED = {
    "mischung.csv": "Viertel;Jahr;Geburten;Fälle\n"
    "001;2024;10;11\n002;2024;20;21\n003;2024;30;37\n004;2024;40;49\nKlein;2024;100;118\n",
    "wendehals.csv": "Viertel;Jahr;Euro\n"
    "001;2024;1001,11\n002;2024;2002,22\n003;2024;3003,33\n004;2024;4004,44\nKlein;2024;10011,10\n",
    "kitas.csv": "Nr;Name;Ort;Viertel;Plätze 2024;Fälle 2024\nK1;Sonne;Weg 1;001;40;12\n",
}


def write(root: Path) -> Path:
    """Write the city folder 'klein' with its deliveries below `root`."""
    folder = small_city.write(root)
    add(folder / "measures.toml", MEASURES)
    add(folder / "city.toml", SOURCE)
    cases = {"id": "wendehals_faelle", "measure": "wendehals_cases", "unit": "Fälle"}
    costs = {"id": "wendehals_kosten", "measure": "wendehals_costs", "unit": "Euro"}
    births = {"id": "geburten", "measure": "births", "unit": "Geburten"}
    add(folder / "catalog/leben.toml", BIRTHS.format(**births, title="Geburten", decimals=0))
    add(folder / "catalog/leben.toml", BIRTHS.format(**cases, title="Fälle Wendehals", decimals=0))
    add(
        folder / "catalog/wendehals.toml",
        THEME + BIRTHS.format(**costs, title="Kosten Wendehals", decimals=2),
    )
    for name, text in (
        ("recipes/mischung.toml", MIXED),
        ("recipes/wendehals.toml", OWN),
        ("facilities.toml", FACILITIES.replace("\\\\", "\\")),
        ("published.csv", PUBLISHED),
        ("breaks.csv", BREAKS),
        ("interventions.toml", INTERVENTIONS),
    ):
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    for name, text in DELIVERED.items():
        (folder / "deliveries" / name).write_text(text, encoding="utf-8")
    protection = folder / "protection.toml"
    text = protection.read_text(encoding="utf-8")
    text = text.replace('amt = "offen", ', 'amt = "offen", wendehals = "vogel", ')
    for audience in ("public", "internal"):
        text = text.replace(
            f"[[{audience}.rules]]",
            f'[[{audience}.rules]]\nid = "vogel"\ntitle = "Wendehals"\npreset = "public"\n'
            f'reason = "Wendehals"\n\n[[{audience}.rules]]',
        )
    protection.write_text(text, encoding="utf-8")
    return folder


def add(path: Path, text: str) -> None:
    """Append to a file, which is made if it is not there."""
    with path.open("a", encoding="utf-8") as file:
        file.write(text)
