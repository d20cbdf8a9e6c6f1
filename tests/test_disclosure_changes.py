"""Releases whose areas, categories, measures or relations have changed in between."""

from __future__ import annotations

from typing import Any

import polars as pl

import protected_city
from model.catalog import Catalog
from prepare import counts, published
from prepare.disclosure import audit, publications
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.publications import NUMBERS, Published
from prepare.disclosure.verdict import Report
from protected_city import AREAS, found

RULE = {"preset": "own", "minimum": 5, "denominator": 0, "zeros": "shown", "group": False}
COUNTED = [{"id": "jobs", "title": "Fälle", "unit": "Personen", "breakdowns": ["age"]}]


def catalog(*counted: dict[str, Any], **rule: Any) -> Catalog:
    return protected_city.catalog(rule=RULE | rule, counted=counted or COUNTED)


def told(rules: Catalog, numbers: pl.DataFrame, name: str = "", **other: pl.DataFrame) -> Published:
    nothing = {
        "areas": AREAS,
        "before": pl.DataFrame(schema=NUMBERS),
        "figures": pl.DataFrame(schema=published.SCHEMA),
        "facilities": pl.DataFrame(schema=publications.FACILITIES),
    }
    cells = numbers.select(list(NUMBERS)).sort(counts.KEYS)
    return Published(name, name, False, rules, counts=cells, **(nothing | other))


def together(new: Published, *before: Published) -> Report:
    return audit.audit(new, Earlier(before))


def exact(report: Report) -> dict[str, float]:
    """What is worked out exactly in the new release."""
    return {
        leak.cell: leak.low
        for leak in report.leaks
        if (leak.kind, leak.view) == ("exact", "dieser Datenstand")
    }


def quarters(*names: str) -> pl.DataFrame:
    city = [("stadt", "000", "Klein", "")]
    rows = [*city, *(("viertel", name, f"Viertel {name}", "000") for name in names)]
    return pl.DataFrame(rows, schema=AREAS.schema, orient="row")


def test_the_sums_of_the_release_hold_after_areas_have_been_merged() -> None:
    merged = found(("000", "jobs", 40), ("12", "jobs", None), ("3", "jobs", 38))
    new = told(catalog(), merged, areas=quarters("12", "3"))
    then = found(("000", "jobs", 46), ("1", "jobs", 9), ("2", "jobs", 7), ("3", "jobs", 30))
    old = told(
        catalog(),
        then.with_columns(period=pl.lit("2023-12-31")),
        "klein-2024-11-11111111",
        areas=quarters("1", "2", "3"),
    )
    assert exact(together(new)) == {"Fälle, Viertel 12, 31.12.2024": 2}
    assert exact(together(new, old)) == {"Fälle, Viertel 12, 31.12.2024": 2}
