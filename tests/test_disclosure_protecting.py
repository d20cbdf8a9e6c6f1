"""The order in which protection looks at what there is decides nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

import protected_city
from prepare import counts
from prepare.disclosure import protecting, tables
from prepare.disclosure.protecting import Work
from protected_city import Row, found

MANY = [f"v{number:02}" for number in range(20)]
AGES = ("0-5", "6-17", "18-64", "65+")
AREAS = pl.DataFrame(
    [("stadt", "000", "Klein", ""), *(("viertel", area, area, "000") for area in MANY)],
    schema=["level", "area", "name", "parent"],
    orient="row",
)
CASES = [{"id": "cases", "title": "Fälle", "unit": "Personen", "breakdowns": ["age"]}]


def equal_areas() -> pl.DataFrame:
    """Twenty areas alike, but for a 2 in one of them, with all sums."""
    numbers = np.full((20, 4), 20)
    numbers[3, 0] = 2
    rows: list[Row] = [(MANY[i], "cases", int(n), {"age": age})
            for i in range(20) for age, n in zip(AGES, numbers[i], strict=True)]  # fmt: skip
    rows += [(area, "cases", int(n)) for area, n in zip(MANY, numbers.sum(1), strict=True)]
    city = zip(AGES, numbers.sum(0), strict=True)
    rows += [("000", "cases", int(n), {"age": age}) for age, n in city]
    return found(*rows, ("000", "cases", int(numbers.sum())))


def test_areas_alike_are_taken_in_the_same_order_every_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protecting, "MANY", 10)
    catalog = protected_city.catalog(
        rule={"group": False}, counted=CASES, complete={"cases": ("age",)}
    )
    told = equal_areas()
    seen = []
    for seed in range(6):
        shuffled = told.sample(fraction=1, shuffle=True, seed=seed)
        facts = tables.facts(catalog, AREAS, shuffled)
        near = Work(facts, None).near(facts.flags(pl.col("level") != ""))
        areas = set(facts.cells.filter(pl.Series(near))["area"])
        hidden = protecting.protected(facts).released(told.sort(counts.KEYS))
        seen.append((areas, hidden.filter(pl.col("value").is_null()).select("area", "age").rows()))
    assert seen == [seen[0]] * 6
    # the one with the small number, and the first ones by name
    assert seen[0][0] == {"v00", "v01", "v02", "v03", "v04", "v05"}


HELD: list[dict[str, Any]] = [
    {"id": "all", "title": "Alle", "unit": "Personen",
     "holds": [{"measure": "first"}, {"measure": "second"}, {"measure": "third"}]},
    {"id": "first", "title": "Erste", "unit": "Personen"},
    {"id": "second", "title": "Zweite", "unit": "Personen"},
    {"id": "third", "title": "Dritte", "unit": "Personen"},
]  # fmt: skip


@pytest.mark.parametrize("holds_all", [False, True])
def test_what_a_whole_holds_is_hidden_for_each_other(holds_all: bool) -> None:
    """Of 10, 8 and 1 are told: to hide the 1 alone leaves 1 or 2, so the 8 goes as well."""
    counted = [HELD[0] | {"holds_all": holds_all}, *HELD[1:]]
    rows = [("001", "all", 10), ("001", "first", 8), ("001", "second", 1)]
    made = protected_city.facts(*rows, counted=counted, rule={"group": False})
    own = protecting.protected(made)
    hidden = made.cells.filter(pl.Series(own.hidden))
    assert hidden["measure"].to_list() == ["first", "second"]


def test_what_is_left_to_all_together_is_sought_among_what_rows_link() -> None:
    """A number found too closely at the end is protected by a measure that is not hidden yet."""
    rows = [("001", "all", 10), ("001", "first", 8), ("001", "second", 1)]
    work = Work(protected_city.facts(*rows, counted=HELD, rule={"group": False}), None)
    work.join()
    assert work.facts.cells.filter(pl.Series(work.hidden))["measure"].to_list() == [
        "first",
        "second",
    ]
