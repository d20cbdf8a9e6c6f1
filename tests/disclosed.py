"""A city of two districts for tests of disclosure control: its catalog, cells and releases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from model.catalog import Catalog
from prepare import published, vintages
from prepare.disclosure import audit, gate
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.publications import NUMBERS, Published
from prepare.release import Content

AGES = ("0-17", "18-64", "65+")
HIDDEN = None
AREAS = pl.DataFrame(
    [
        ("stadt", "000", "Probe", None, 1),
        ("bezirk", "10", "Nord", "000", 1),
        ("bezirk", "20", "Süd", "000", 2),
    ],
    schema={
        "level": pl.String,
        "area": pl.String,
        "name": pl.String,
        "parent": pl.String,
        "order": pl.Int64,
    },
    orient="row",
)
Table = Mapping[tuple[str, str], float | None]
"""Values by area and age; None is hidden."""


def catalog(minimum: int = 3, method: str = "suppress", zeros: str = "shown") -> Catalog:
    """Cases by age, none of them a part of anything, and one theme that shows them."""
    return Catalog.model_validate(
        {
            "city": {
                "id": "probe",
                "name": "Probe",
                "in_city": "in Probe",
                "title": "Probe",
                "edition": "2025-01",
                "levels": [
                    {"id": "stadt", "title": "Stadt", "plural": "Städte"},
                    {"id": "bezirk", "title": "Bezirk", "plural": "Bezirke"},
                ],
                "city_level": "stadt",
                "default_level": "bezirk",
                "ages": [{"id": age, "title": f"{age} Jahre"} for age in AGES],
                "sources": [{"id": "amt", "title": "Amt", "licence": "CC0 1.0"}],
                "measures": [
                    {"id": "cases", "title": "Fälle", "unit": "Personen", "breakdowns": ["age"]},
                ],
            },
            "themes": [
                {
                    "id": "hilfe",
                    "title": "Hilfe",
                    "order": 1,
                    "lead": "Wer bekommt Hilfe?",
                    "headline": "faelle",
                    "indicators": [
                        {
                            "id": "faelle",
                            "title": "Fälle",
                            "short": "Fälle",
                            "unit": "Personen",
                            "base": "Alle",
                            "numerator": [{"measure": "cases"}],
                            "direction": "neutral",
                            "reference": "year",
                            "definition": "Fälle.",
                            "reading": "{Ort} gab es {zeit} {wert} Fälle.",
                            "counted": "Fälle.",
                            "why": "Planung.",
                            "caution": "Keine.",
                        }
                    ],
                }
            ],
            "protection": {
                "version": "1",
                "minimum_area": 0,
                "methods": {"stadt": method, "bezirk": method},
                "rules": [
                    {
                        "id": "amt",
                        "title": f"Mindestens {minimum}",
                        "preset": "own",
                        "minimum": minimum,
                        "denominator": 100,
                        "zeros": zeros,
                        "group": True,
                    }
                ],
                "sources": {"amt": "amt"},
                "measures": {"cases": "amt"},
            },
        }
    )


def cells(table: Table, period: str = "2024") -> pl.DataFrame:
    """The cells of a table as a release tells them (publications.NUMBERS)."""
    levels = dict(AREAS.select("area", "level").iter_rows())
    rows = [
        {
            "level": levels[area],
            "area": area,
            "period": period,
            "measure": "cases",
            "age": age,
            "sex": "total",
            "nationality": "total",
            "value": value,
            "delivery": "amt",
            "status": "suppressed" if value is None else "ok",
        }
        for (area, age), value in table.items()
    ]
    return pl.DataFrame(rows, schema=NUMBERS)


def table(nord: Sequence[int], sued: Sequence[int], hidden: str = "") -> Table:
    """Both districts by age, with all sums; `hidden` names cells like '10:0-17 000:total'."""
    secret = {tuple(name.split(":")) for name in hidden.split()}
    rows = {"10": nord, "20": sued, "000": [a + b for a, b in zip(nord, sued, strict=True)]}
    return {
        (area, age): None if (area, age) in secret else float(value)
        for area, values in rows.items()
        for age, value in zip((*AGES, "total"), (*values, sum(values)), strict=True)
    }


def told(
    numbers: Table,
    *,
    name: str = "",
    withdrawn: bool = False,
    rules: Catalog | None = None,
    before: pl.DataFrame | None = None,
    figures: pl.DataFrame | None = None,
) -> Published:
    """What a release tells that has this table, as it is kept in memory."""
    return Published(
        name=name,
        digest=name,
        withdrawn=withdrawn,
        catalog=rules or catalog(),
        areas=AREAS,
        counts=cells(numbers),
        before=pl.DataFrame(schema=NUMBERS) if before is None else before,
        figures=pl.DataFrame(schema=published.SCHEMA) if figures is None else figures,
        facilities=pl.DataFrame(
            schema=dict.fromkeys(("facility", "period", "measure", "status"), pl.String)
            | {"value": pl.Float64}
        ),
    )


def content(numbers: Table, report: str | None = None, rules: Catalog | None = None) -> Content:
    """A release with this table; its audit report is made from it unless another is given."""
    declared = rules or catalog()
    frames = {
        "areas.parquet": AREAS,
        "counts/cases.parquet": cells(numbers).drop("measure"),
        "vintages.parquet": pl.DataFrame(schema=vintages.SCHEMA),
        "published.parquet": pl.DataFrame(schema=published.SCHEMA),
    }
    made = gate.text(audit.audit(told(numbers, rules=declared), Earlier()))
    return Content(
        city="probe",
        edition="2025-01",
        audience="public",
        frames=frames,
        texts={"catalog.json": declared.model_dump_json(), "audit.json": report or made},
        periods=("2024", "2024"),
        modelled=False,
        deliveries={},
    )
