"""The readers on original files: exports of the Landesdatenbank, and a workbook of 2014.

Expected values were read off the files by eye, and all cells a second way by the csv module.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pytest

from originals import ITNRW, LICENCE, RAW, STAND, delivered, lines, value

pytestmark = pytest.mark.skipif(not RAW.is_dir(), reason="../shared/data/raw_formats is not there")

LAND, KREIS, MINDEN = "05", "05770", "05770024"
SEX = {"Insgesamt": "total", "männlich": "m", "weiblich": "w"}
YEARS = {f"{age} bis unter {age + 1} Jahre": str(age) for age in range(1, 90)}


@dataclass(frozen=True)
class Original:
    """A file, its recipe, and what is known of it: exact values, extent, date, licence."""

    file: str
    table: dict[str, Any]
    values: dict[tuple[str, ...], float | None]
    """By area, measure, and then age, sex, nationality where they are no total."""
    stand: str
    heads: int
    """Rows before the data."""
    numbers: tuple[int, ...]
    """Columns read, from 1."""
    key: int = 2
    licence: str = "© IT.NRW, Düsseldorf, 2026."
    period: str = "2024-12-31"
    signs: dict[str, str] = field(default_factory=dict)


ORIGINALS = [
    Original(
        "2023/12411-02-03-4.csv",
        {
            **ITNRW,
            "head_rows": [6],
            "ignore": [3],
            "cells": {
                "measure": "residents",
                "sex": {"head": 1, "values": SEX},
                "age": {
                    "column": 4,
                    "values": {
                        "6 bis unter 10 Jahre": "6-9",
                        "10 bis unter 15 Jahre": "10-14",
                        "15 bis unter 18 Jahre": "15-17",
                        "18 bis unter 20 Jahre": "18-19",
                        "Insgesamt": "total",
                    },
                },
            },
        },
        {
            (LAND, "residents"): 18017520,
            (KREIS, "residents"): 320925,
            (KREIS, "residents", "6-9", "m"): 6755,
            (KREIS, "residents", "18-19", "w"): 3095,
        },
        "2025-12-18",
        6,
        (5, 6, 7),
        licence="© Statistische Ämter des Bundes und der Länder, Deutschland, 2025. Dieses Werk",
        period="2023-12-31",
    ),
    Original(
        "2023/22517-02i.csv",
        {
            **ITNRW,
            "head_rows": [6, 7, 8, 9],
            "ignore": [3],
            "totals": {"JH05770024": MINDEN},
            "area": {"column": 2, "outside": "ignore", "known": r"^(JH)?\d{2,8}$"},
            "cells": {
                "measure": {
                    "head": [2, 3],
                    "ignore": "^Eingliederungshilfe",
                    "values": {
                        "Insgesamt / In Anspruch genommene erzieh. Hilfen": "help",
                        "Insgesamt / Begonnene erzieher. Hilfen/Beratungen": "help_begun",
                    },
                }
            },
        },
        {
            (LAND, "help"): 298454,
            (KREIS, "help"): 3975,
            (KREIS, "help_begun"): 1934,
            (MINDEN, "help"): 852,
            (MINDEN, "help_begun"): 290,
        },
        "2025-11-27",
        9,
        (4, 5),
        licence="© IT.NRW, Düsseldorf, 2025.",
        period="2023",
    ),
    Original(
        "2023/22811-01i.csv",
        {
            **ITNRW,
            "head_rows": [6, 7],
            "period": {"head": 2},
            "area": {"column": 1, "outside": "ignore", "known": r"^\d{2,8}$"},
            "ignore": [2],
            "cells": {"measure": "minimum_income_rate"},
        },
        {
            (LAND, "minimum_income_rate"): 11.1,
            (KREIS, "minimum_income_rate"): 9.6,
            (MINDEN, "minimum_income_rate"): 15.2,
        },
        "2025-12-18",
        7,
        (3,),
        key=1,
        licence="© IT.NRW, Düsseldorf, 2025.",
        period="2023",
    ),
    Original(
        "2024/12411-09i.csv",
        {
            **ITNRW,
            "head_rows": [5, 6, 7, 8],
            "ignore": [3],
            "cells": {
                "measure": "residents",
                "age": {
                    "head": 3,
                    "values": {
                        "Insgesamt": "total",
                        "unter 1 Jahr": "0",
                        **YEARS,
                        "90 Jahre und mehr": "90+",
                    },
                },
            },
        },
        {
            (LAND, "residents"): 18034454,
            (KREIS, "residents"): 320557,
            (KREIS, "residents", "0"): 2722,
            (KREIS, "residents", "3"): 3203,
        },
        "2026-02-16",
        8,
        tuple(range(4, 96)),
    ),
    Original(
        "2024/12411-15i.csv",
        {
            **ITNRW,
            "head_rows": [3, 4, 5],
            "ignore": [3],
            "cells": {
                "measure": {
                    "head": 2,
                    "values": {
                        "Bevölkerungsstand (Basis Zensus 2022 und früher)": "residents",
                        "Bodenfläche (Katasterfläche) in qkm": "km2",
                        "Bevölkerungsdichte": "density",
                    },
                }
            },
        },
        {
            (LAND, "residents"): 18034454,
            (LAND, "km2"): 34112.44,
            (KREIS, "residents"): 320557,
            (MINDEN, "residents"): 84013,
            (MINDEN, "km2"): 101.12,
            (MINDEN, "density"): 830.8,
        },
        "2026-01-19",
        5,
        (4, 5, 6),
    ),
    Original(
        "2024/12521-03i.csv",
        {
            **ITNRW,
            "head_rows": [6, 7, 8],
            "ignore": [3, 5],
            "cells": {
                "measure": {
                    "column": 4,
                    "values": {"1": "europe", "2": "africa", "3": "america", "4": "asia"},
                    "ignore": r"^(5|9|\d{2,3})$",
                },
                "sex": {"head": 2, "values": SEX},
            },
        },
        {
            (LAND, "europe"): 2228230,
            (KREIS, "europe"): 24170,
            (KREIS, "europe", "total", "m"): 12590,
            (KREIS, "asia", "total", "w"): 5735,
        },
        "2026-02-09",
        8,
        (6, 7, 8),
    ),
    Original(
        "2024/13111-54i.csv",
        {
            **ITNRW,
            "head_rows": [7],
            "ignore": [4],
            "area": {
                "column": 2,
                "values": {"Nordrhein-Westfalen": LAND, "Minden-Lübbecke, Kreis": KREIS},
                "outside": "ignore",
                "known": r"^\D{3,}$",
            },
            "cells": {
                "measure": {
                    "head": 1,
                    "values": {
                        "Insgesamt": "employed",
                        "ohne beruflichen Ausbildungsabschluss": "employed_untrained",
                    },
                    "ignore": "^(ohne Schul|mit|Abschluss|Ausbildung)",
                },
                "nationality": {"column": 3, "values": {"": "total"}, "ignore": "."},
            },
        },
        {
            (LAND, "employed"): 7390826,
            (KREIS, "employed"): 136623,
            (KREIS, "employed_untrained"): 21045,
        },
        "2026-01-15",
        7,
        (5, 11),
    ),
    Original(
        "2024/22161-08i.csv",
        {
            **ITNRW,
            "head_rows": [6, 7, 8],
            "area": {
                "column": 2,
                "values": {"Nordrhein-Westfalen": LAND, "Westfalen-Lippe": "055-059"},
                "outside": "ignore",
                "known": r"^\D+$",
            },
            "only": {"1": r"2024$", "3": "^Insgesamt$"},
            "ignore": [3],
            "cells": {
                "measure": {
                    "column": 4,
                    "values": {
                        "Insgesamt": "integration_help",
                        "Leistungen zur Teilhabe an Bildung": "integration_help_school",
                    },
                    "ignore": "^(Leistungen zur [mS]|Leistungen zur Teilhabe am|Sonstige)",
                },
                "age": {
                    "head": 2,
                    "values": {
                        "Insgesamt": "total",
                        "unter 7 Jahre": "0-6",
                        "7 bis unter 18 Jahre": "7-17",
                        "18 bis unter 25 Jahre": "18-24",
                        "25 bis unter 50 Jahre": "25-49",
                        "50 bis unter 65 Jahre": "50-64",
                        "65 Jahre und mehr": "65+",
                    },
                },
            },
        },
        {
            ("055-059", "integration_help"): 115300,
            ("055-059", "integration_help", "7-17"): 8325,
            ("055-059", "integration_help_school"): 8615,
            (LAND, "integration_help_school", "65+"): 0,
        },
        "2026-02-16",
        8,
        tuple(range(5, 12)),
    ),
    Original(
        "2024/22517-02i.csv",
        {
            **ITNRW,
            "head_rows": [6, 7, 8, 9],
            "ignore": [3],
            "totals": {"JH05770024": MINDEN},
            "area": {"column": 2, "outside": "ignore", "known": r"^(JH)?\d{2,8}$"},
            "cells": {
                "measure": {
                    "head": [2, 3],
                    "ignore": "/ Begonnene|§ (32|33|34|35|35a) ",
                    "values": {
                        f"{kind} / In Anspruch genommene erzieh. Hilfen": measure
                        for kind, measure in {
                            "Insgesamt": "help",
                            "Hilfe zur Erziehung § 27 SGB VIII": "help_27",
                            "Erziehungsberatung § 28 SGB VIII": "help_28",
                            "Soziale Gruppenarbeit § 29 SGB VIII": "help_29",
                            "Einzelbetreuung § 30 SGB VIII": "help_30",
                            "Sozialpädagogische Familienhilfe § 31 SGB VIII": "help_31",
                        }.items()
                    },
                }
            },
        },
        {
            (LAND, "help"): 311197,
            (KREIS, "help"): 4270,
            (MINDEN, "help"): 893,
            (MINDEN, "help_27"): 47,
            (MINDEN, "help_28"): 0,
            (MINDEN, "help_31"): 250,
        },
        "2026-01-19",
        9,
        (4, 6, 8, 10, 12, 14),
        period="2024",
    ),
    Original(
        "2024/22542-06i.csv",
        {
            **ITNRW,
            "head_rows": [7, 8],
            "ignore": [3],
            "cells": {
                "measure": {
                    "head": 1,
                    "values": {
                        "§13 Abs. 2 3 SGB VIII Jugendsozialarbeit; "
                        "Sozialpädagogisch begleitetes Wohnen": "groups_13",
                        "§34 SGB VIII Heimerziehung, sonstige betreute Wohnform": "groups_34",
                    },
                    "ignore": "^(§(19|27|32|35|41|42)|SGB IX|Einst|Gesich)",
                }
            },
        },
        {
            (LAND, "groups_13"): 151,
            (LAND, "groups_34"): 2801,
            (KREIS, "groups_13"): 0,
            (KREIS, "groups_34"): 43,
        },
        "2025-12-23",
        8,
        (4, 8),
        licence="© IT.NRW, Düsseldorf, 2025.",
        period="2024",
    ),
    Original(
        "2024/22811-05i.csv",
        {
            **ITNRW,
            "head_rows": [6, 7, 8, 9],
            "ignore": [3, 6],
            "cells": {
                "measure": {
                    "head": [2, 3],
                    "values": {
                        "Gesamtregelleistung (ALG II/Sozialgeld) nach dem SGB II": "sgb2",
                        "Insgesamt": "minimum_income",
                        "Hilfe zum Lebensunterhalt außerhalb von Einrichtungen nach dem SGB XII": (
                            "subsistence"
                        ),
                        "Grundsicherung im Alter und bei Erwerbsminderung nach dem SGB XII"
                        " / Insgesamt": "basic_income",
                        "Grundsicherung im Alter und bei Erwerbsminderung nach dem SGB XII"
                        " / im Alter": "basic_income_old",
                        "Grundsicherung im Alter und bei Erwerbsminderung nach dem SGB XII"
                        " / bei Erwerbsminderung": "basic_income_ill",
                        "Regelleistungen nach dem Asylbewerberleistungsgesetz": "asylum",
                    },
                }
            },
        },
        {
            (LAND, "minimum_income"): 1997154,
            (KREIS, "minimum_income"): 30602,
            (MINDEN, "sgb2"): 10322,
            (MINDEN, "minimum_income"): 12637,
            (MINDEN, "basic_income_ill"): 780,
            (MINDEN, "asylum"): 385,
        },
        "2026-01-02",
        9,
        (4, 5, 7, 8, 9, 10, 11),
        period="2024",
    ),
]
IDS = [original.file for original in ORIGINALS]


@pytest.mark.parametrize("original", ORIGINALS, ids=IDS)
def test_itnrw_export_as_downloaded(original: Original) -> None:
    ids = [LAND, KREIS, MINDEN, "055-059"]
    found, findings = delivered(
        RAW / "ldb_nrw", ids, original.table, files=original.file, stand=STAND, licence=LICENCE
    )
    assert findings == []
    assert set(found.counts["period"]) == {original.period}
    for (area, measure, *categories), expected in original.values.items():
        keys = dict(zip(("age", "sex", "nationality"), [*categories, *["total"] * 3], strict=False))
        assert value(found, area, measure=measure, **keys) == expected
    [file] = found.files
    assert (file.name, file.stand) == (original.file, original.stand)
    assert file.licence is not None
    assert file.licence.startswith(original.licence)
    assert file.licence.endswith("Datenlizenz Deutschland - Namensnennung - Version 2.0.")


KEYED = [original for original in ORIGINALS if original.file not in (IDS[5], IDS[6], IDS[7])]
"""Files whose rows are areas by key, all of them read."""


@pytest.mark.parametrize("original", KEYED, ids=[original.file for original in KEYED])
def test_every_cell_of_every_area_is_read(original: Original) -> None:
    rows = [row for row in lines(RAW / "ldb_nrw" / original.file)[original.heads :]]
    rows = rows[: [row[0][:5] for row in rows].index("_____")]
    ids = {row[original.key - 1] for row in rows}
    found, findings = delivered(
        RAW / "ldb_nrw", ids | {MINDEN}, original.table, files=original.file
    )
    assert findings == []
    expected = {
        (number, column): None if text in (".", "/", "x", "...") else german(text)
        for number, row in enumerate(rows, start=original.heads + 1)
        for column, text in enumerate(row, start=1)
        if column in original.numbers
    }
    read = {(row, column): told for row, column, told in
            found.counts.select("row", "column", "value").iter_rows()}  # fmt: skip
    assert read == expected


def german(text: str) -> float:
    """A number of these files, which group no thousands."""
    return 0.0 if text == "-" else float(text.replace(",", "."))


def test_what_the_recipe_does_not_know_of_an_original_is_an_error() -> None:
    table = ITNRW | {"head_rows": [3, 4, 5], "cells": {"measure": "residents"}, "ignore": [3, 5, 6]}
    table["area"] = {"column": 2, "outside": "ignore", "known": r"^\d{2,5}$"}
    _, findings = delivered(RAW / "ldb_nrw", [LAND], table, files="2024/12411-15i.csv")
    assert {finding.rule for finding in findings} == {"area_unknown"}
    assert len(findings) == 383  # the municipalities, whose keys have eight digits
    [minden] = [finding for finding in findings if finding.value == MINDEN]
    assert (minden.row, minden.column) == (342, 2)


def test_kreise_that_a_title_calls_gemeinden() -> None:
    """12411-09i says 'Gemeinden' and holds none: a city that waits for its row gets nothing."""
    [original] = [o for o in ORIGINALS if o.file == "2024/12411-09i.csv"]
    found, findings = delivered(RAW / "ldb_nrw", [MINDEN], original.table, files=original.file)
    assert (found.counts.height, findings) == (0, [])


def test_two_years_of_one_table_from_two_files() -> None:
    table = next(o.table for o in ORIGINALS if o.file == "2023/22517-02i.csv")
    labels = table["cells"]["measure"] | {"ignore": "§"}
    found, findings = delivered(
        RAW / "ldb_nrw",
        [LAND, KREIS, MINDEN],
        table | {"cells": {"measure": labels}},
        files="*/22517-02i.csv",
        stand=STAND,
    )
    assert findings == []
    assert [file.stand for file in found.files] == ["2025-11-27", "2026-01-19"]
    assert value(found, MINDEN, measure="help", period="2023") == 852
    assert value(found, MINDEN, measure="help", period="2024") == 893


def test_workbook_of_2014() -> None:
    """Months as merged heads, one city in a cell, years as rows."""
    found, findings = delivered(
        RAW / "ldb_nrw",
        ["05315"],
        {
            "head_rows": [7, 8, 9],
            "end": r"^(\(|_{5,}|Durch das Gesetz)",
            "expect": {"A4": "^Arbeitslose", "A6": "^Jahr$"},
            "period": {"column": 1, "format": "{}-12-31"},
            "area": {"cell": "A5", "values": {"Köln, krfr. Stadt": "05315"}},
            "cells": {
                "measure": {
                    "head": 1,
                    "values": {"Dezember (31.)": "unemployed"},
                    "ignore": "^(?!Dezember)",
                },
                "sex": {"head": 3, "values": SEX},
            },
        },
        files="13211-03ir_koeln_arbeitslose.xls",
        stand=STAND,
        signs={"": "not_collected"},
    )
    assert findings == []
    assert found.files[0].stand == "2014-07-21"
    everything = found.counts.filter(pl.col("period") == "2013-12-31")
    assert everything.sort("sex").select("sex", "value").rows() == DECEMBER_2013


DECEMBER_2013 = [("m", 28118.0), ("total", 51706.0), ("w", 23588.0)]
