"""The small city with rules that protect, and counts made by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

import polars as pl

import small_city
from model.catalog import Catalog
from prepare import counts
from prepare.disclosure import tables
from prepare.disclosure.tables import Facts

AREAS = pl.DataFrame(
    [
        ("kreis", "900", "Kreis Groß", ""),
        ("stadt", "000", "Klein", "900"),
        ("bezirk", "10", "Nord", "000"),
        ("bezirk", "20", "Süd", "000"),
        ("viertel", "001", "Au", "10"),
        ("viertel", "002", "Berg", "10"),
        ("viertel", "003", "Tal", "20"),
        ("viertel", "004", "Wall", "20"),
    ],
    schema=["level", "area", "name", "parent"],
    orient="row",
)
LEVELS = dict(AREAS.select("area", "level").rows())
DAY = "2024-12-31"
MEASURES: list[dict[str, Any]] = [
    {"id": "residents", "title": "Einwohner", "unit": "Personen",
     "breakdowns": ["age", "sex"], "unallocated": None},
    {"id": "benefits", "title": "Beziehende", "unit": "Personen", "breakdowns": ["age", "sex"],
     "part_of": [{"measure": "residents"}]},
    {"id": "young", "title": "Kinder in Betreuung", "unit": "Personen",
     "part_of": [{"measure": "residents", "age": ["0-5"]}]},
    {"id": "jobs", "title": "Beschäftigte", "unit": "Personen", "unallocated": "jobs_elsewhere"},
    {"id": "jobs_elsewhere", "title": "Beschäftigte ohne Adresse", "unit": "Personen"},
    {"id": "share", "title": "Quote", "unit": "%", "additive": False,
     "rate": {"numerator": [{"measure": "benefits"}],
              "denominator": [{"measure": "residents"}], "decimals": 1}},
    {"id": "mean", "title": "Saldo", "unit": "Jahre", "additive": False},
]  # fmt: skip

Row = tuple[Any, ...]
"""Area, measure, value, then what differs from: status ok, total of everything, DAY."""


def catalog(
    rule: dict[str, Any] | None = None,
    methods: dict[str, str] | None = None,
    counted: Sequence[dict[str, Any]] = MEASURES,
    **protection: Any,
) -> Catalog:
    """The catalog with one rule for everything (by default: register, 5) but the levels."""
    city = tomllib.loads(small_city.CITY) | {"measures": counted}
    city["ages"] += [{"id": "0-2", "title": "unter 3"}, {"id": "3-5", "title": "3 bis unter 6"}]
    levels = dict.fromkeys(("stadt", "bezirk", "viertel"), "suppress") | {"kreis": "none"}
    own = {"id": "amt", "title": "Amt", "preset": "register"} | (rule or {})
    rules = {
        "version": "1",
        "minimum_area": 0,
        "reason": "Amtlich",
        "methods": levels | (methods or {}),
        "rules": [own],
        "sources": {"amt": "amt"},
        "measures": {measure["id"]: "amt" for measure in counted},
    }
    return Catalog.model_validate(
        {
            "city": city,
            "themes": [tomllib.loads(small_city.THEME)],
            "protection": rules | protection,
        }
    )


def found(*rows: Row, **keys: str) -> pl.DataFrame:
    """Counts (counts.SCHEMA) of rows; `keys` differ for all of them, a fourth item for one."""
    told = []
    for area, measure, value, *own in rows:
        row = {
            **{"level": LEVELS.get(area, "viertel"), "area": area, "measure": measure},
            **{"age": "total", "sex": "total", "nationality": "total", "period": DAY},
            **{"value": value, "status": "ok" if value is not None else "suppressed"},
            **{"delivery": "bestand"},
        }
        told.append({**row, **keys, **(own[0] if own else {})})
    return pl.DataFrame(told, schema=counts.SCHEMA)


def facts(*rows: Row, **options: Any) -> Facts:
    """The facts of some counts under `catalog(**options)`."""
    return tables.facts(catalog(**options), AREAS, found(*rows))


def place(facts: Facts, kind: str = "count", **keys: str) -> int:
    """The number of the one cell with these keys, everything else being a total."""
    totals = {"age": "total", "sex": "total", "nationality": "total", "kind": kind}
    wanted = [pl.col(key) == value for key, value in {**totals, **keys}.items()]
    [number] = facts.cells.with_row_index("n").filter(wanted)["n"].to_list()
    return int(number)


def equations(facts: Facts) -> list[str]:
    """All rows in words, sorted."""
    return sorted(tables.equation(facts, row) for row in range(len(facts.system.low)))
