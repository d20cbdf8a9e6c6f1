"""The audit against worked examples and against an attacker who tries every whole number."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

import disclosed
from disclosed import AGES, Table, table, told
from model.catalog import Catalog
from prepare.disclosure import audit
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.verdict import Report

NORD, SUED = (2, 10, 9), (7, 12, 14)
"""One small number (k = 3): two cases below 18 years in the north. The city has 9, 22, 23; 54."""
SAFE = "10:0-17 10:18-64 20:0-17 20:18-64"


def audited(numbers: Table) -> Report:
    return audit.audit(told(numbers), Earlier())


def by_cell(report: Report, profile: str = "outsider") -> dict[str, tuple[str, float, float]]:
    return {
        leak.cell: (leak.kind, leak.low, leak.high)
        for leak in report.leaks
        if leak.profile == profile
    }


def test_a_safe_pattern_passes_and_is_tallied() -> None:
    report = audited(table(NORD, SUED, SAFE))
    assert report.safe
    [districts] = [t for t in report.tallies if (t.profile, t.level) == ("outsider", "bezirk")]
    # Twelve below 65 in the north, nine below 18 in the city: the small cell is 1 to 8.
    assert (districts.theme, districts.checked, districts.hidden) == ("hilfe", 8, 4)
    assert (districts.exact, districts.narrow, districts.narrowest) == (0, 0, 7)
    [city] = [t for t in report.tallies if (t.profile, t.level) == ("outsider", "stadt")]
    assert (city.checked, city.hidden, city.narrowest) == (4, 0, None)


def test_hiding_the_small_cell_alone_is_refused() -> None:
    """D1: both the city's sum and the district's total give it away."""
    report = audited(table(NORD, SUED, "10:0-17"))
    assert not report.safe
    [leak] = report.leaks
    assert (leak.profile, leak.kind, leak.low, leak.high) == ("outsider", "exact", 2, 2)
    assert "Nord" in leak.cell and "0-17" in leak.cell
    assert leak.equations
    assert "Altersgruppen zusammenfassen" in leak.remedy


def test_a_small_number_that_is_shown_is_refused() -> None:
    report = audited(table(NORD, SUED))
    [leak] = report.leaks
    assert (leak.kind, leak.low) == ("open", 2)


def test_a_narrow_interval_is_refused() -> None:
    """Two hidden cells of three cases together: one has 1 or 2, never 3."""
    report = audited(table((1, 2, 9), (2, 1, 14), SAFE))
    assert {leak[0] for leak in by_cell(report).values()} == {"narrow"}
    assert all(leak[1:] == (1, 2) for leak in by_cell(report).values())


def attacked(numbers: Table) -> dict[tuple[str, str], tuple[int, int]]:
    """The least and greatest whole number of each hidden cell, by trying all there are.

    The city's total has to be told.
    """
    most = int(numbers["000", "total"] or 0)
    atoms = [(area, age) for area in ("10", "20") for age in AGES]
    choices = [
        range(1, most + 1) if numbers[atom] is None else [int(numbers[atom] or 0)] for atom in atoms
    ]
    grid = np.array(list(itertools.product(*choices)))
    values = {atom: grid[:, n] for n, atom in enumerate(atoms)}
    for age in AGES:
        values["000", age] = values["10", age] + values["20", age]
    for area in ("10", "20", "000"):
        values[area, "total"] = sum(values[area, age] for age in AGES)  # type: ignore[assignment]
    fits = np.ones(len(grid), dtype=bool)
    for cell, number in numbers.items():
        fits &= values[cell] >= 1 if number is None else values[cell] == number
    return {
        cell: (int(values[cell][fits].min()), int(values[cell][fits].max()))
        for cell, number in numbers.items()
        if number is None
    }


@pytest.mark.parametrize("seed", range(30))
def test_the_verdict_is_that_of_trying_every_number(seed: int) -> None:
    dice = random.Random(seed)
    nord, sued = ([dice.randint(0, 5) for _ in AGES] for _ in range(2))
    numbers = dict(table(nord, sued))
    atoms = [cell for cell in numbers if cell[0] != "000" and cell[1] != "total"]
    sums = [cell for cell in numbers if cell not in atoms and cell != ("000", "total")]
    for cell in dice.sample(atoms, 3) + dice.sample(sums, dice.randint(0, 2)):
        if numbers[cell]:
            numbers[cell] = None
    expected = sorted(
        ("exact" if low == high else "narrow", low, high)
        for low, high in attacked(numbers).values()
        if high < 3 or high - low < 2
    )
    found = [leak for leak in audited(numbers).leaks if leak.profile == "outsider"]
    assert sorted((leak.kind, leak.low, leak.high) for leak in found if leak.kind != "open") == (
        expected
    )


@pytest.mark.parametrize(("hidden", "kinds"), [("", {"exact"}), ("10 20", set())])
def test_the_rest_of_the_city_is_no_hiding_place(hidden: str, kinds: set[str]) -> None:
    """D24: 54 in the city, 21 and 31 in its districts, so 2 cases belong to no district."""
    whole = disclosed.catalog().model_dump()
    cases, rest = whole["city"]["measures"][0], dict(whole["city"]["measures"][0])
    cases["unallocated"] = rest["id"] = "rest"
    whole["city"]["measures"] = (cases, rest)
    whole["protection"]["measures"]["rest"] = "amt"
    numbers = {("10", "total"): 21.0, ("20", "total"): 31.0, ("000", "total"): 54.0}
    parts = disclosed.cells({key: None if key[0] in hidden else n for key, n in numbers.items()})
    small = disclosed.cells({("000", "total"): None}).with_columns(measure=pl.lit("rest"))
    rules = Catalog.model_validate(whole)
    release = replace(disclosed.told({}, rules=rules), counts=pl.concat([parts, small]))
    report = audit.audit(release, Earlier())
    assert {leak.kind for leak in report.leaks} == kinds
