"""The order in which protection looks at what there is decides nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest

import protected_city
from prepare import counts
from prepare.disclosure import attack, protecting, tables
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


# Rates whose numerator nobody delivers


@pytest.mark.parametrize(
    ("residents", "share", "told"),
    [
        (230, 0.9, None),  # it is 2
        (2300, 0.2, None),  # 4 or 5
        (2300, 0.0, None),  # 0 or 1
        (230, 0.0, 0.0),  # nobody, as anybody may know
        (230, 9.1, 9.1),  # 21
        (2300, 0.3, 0.3),  # 6 to 8
        (230, 99.6, None),  # all but one
        (2300, 99.0, 99.0),  # all but 22 to 24
    ],
)
def test_a_rate_of_a_small_count_that_nobody_delivers_is_hidden(
    residents: int, share: float, told: float | None
) -> None:
    made = protected_city.facts(("001", "residents", residents), ("001", "share", share))
    assert made.cells.select("measure", "kind").rows() == [
        ("residents", "count"),
        ("share", "count"),
        ("benefits", "numerator"),
        ("benefits", "complement"),
    ]
    rows = found(("001", "residents", residents), ("001", "share", share)).sort(counts.KEYS)
    safe = protecting.protected(made).released(rows)
    assert safe["value"].to_list() == [residents, told]
    again = tables.facts(made.catalog, protected_city.AREAS, safe)
    secret = tables.secret(again)
    assert secret[2:].any() == (told is None)
    assert not len(attack.failing(tables.told(again, again.value), tables.demand(again, secret),
                                  secret))  # fmt: skip


def test_a_rate_that_is_public_and_tells_a_small_count_is_public_too() -> None:
    told = [("001", "residents", 230), ("001", "share", 0.9, {"delivery": "published"})]
    made = protected_city.facts(*told)
    assert not tables.secret(made).any() and not protecting.protected(made).hidden.any()


def test_a_rate_that_shows_a_small_count_is_found_in_what_is_published() -> None:
    made = protected_city.facts(("001", "residents", 230), ("001", "share", 0.9))
    secret = tables.secret(made)
    failures = attack.failing(tables.told(made, made.value), tables.demand(made, secret), secret)
    assert [tables.sentence(made, int(cell)) for cell in failures.cells] == [
        "Beziehende, Au, 31.12.2024"
    ]
    assert (failures.low.tolist(), failures.high.tolist()) == ([2], [2])
