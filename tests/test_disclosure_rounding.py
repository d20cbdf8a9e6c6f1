"""Controlled rounding: multiples next to the number, sums exact, no way back to a number."""

from __future__ import annotations

import csv
import itertools
import os
import subprocess
import sys
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cubes
import server
from cubes import Key
from prepare.disclosure import attack, rounding
from prepare.disclosure.system import Floats, System

ATOMS = server.ROOT.parent / "shared" / "data" / "sdc" / "synthetic_city" / "atoms_450x6x2.csv"
BANDS = {"0-14": ["a0", "a1"], "15-64": ["a2", "a3", "a4"], "65-": ["a5"]}
SEXES = {"total": ["s0", "s1"]}


def numbers(*told: float) -> Floats:
    return np.array(told, dtype=np.float64)


def total_of(parts: int) -> System:
    """Cell 0 is the sum of the others."""
    return cubes.system(parts + 1, [(0, list(range(1, parts + 1)))])


def test_single_cells_go_to_the_nearest_multiple_and_ties_go_down() -> None:
    value = numbers(0, 1, 2, 3, 4, 5, 7, 8, 12)
    free = cubes.system(9, [])
    assert rounding.rounded(free, value, np.full(9, 5.0)).tolist() == [0, 0, 0, 5, 5, 5, 5, 10, 10]
    assert rounding.rounded(free, value, np.full(9, 10.0)).tolist() == [
        *(0, 0, 0, 0, 0, 0, 10, 10, 10)
    ]


def test_parts_that_would_all_go_down_do_not_where_their_total_stays() -> None:
    """2 + 2 + 2 = 6, base 5: 6 stays at 5 or goes to 10, so one part goes up or two do."""
    found = rounding.rounded(total_of(3), numbers(6, 2, 2, 2), np.full(4, 5.0))
    assert found[0] == 5
    assert sorted(found[1:].tolist()) == [0, 0, 5]


def test_multiples_stay_and_the_others_make_up_for_it() -> None:
    """10 = 5 + 4 + 1: 10 and 5 stay, so of 4 and 1 exactly one goes up; 4 is nearer to 5."""
    found = rounding.rounded(total_of(3), numbers(10, 5, 4, 1), np.full(4, 5.0))
    assert found.tolist() == [10, 5, 5, 0]


def test_levels_that_are_not_rounded_stay_and_need_not_add_up() -> None:
    found = rounding.rounded(total_of(2), numbers(7, 3, 4), numbers(0, 5, 5))
    assert found.tolist() == [7, 5, 5]


def test_an_unknown_number_stays_unknown_and_frees_its_sums() -> None:
    found = rounding.rounded(total_of(2), numbers(7, np.nan, 4), np.full(3, 5.0))
    assert found[[0, 2]].tolist() == [5, 5]
    assert np.isnan(found[1])


def test_bases_may_differ_within_one_sum() -> None:
    """24 = 12 + 12 with base 10 above base 5: 20 = 10 + 10 (changes 4 + 2 + 2)."""
    found = rounding.rounded(total_of(2), numbers(24, 12, 12), numbers(10, 5, 5))
    assert found.tolist() == [20, 10, 10]


def test_balances_below_zero_are_rounded_too() -> None:
    found = rounding.rounded(total_of(2), numbers(-1, 3, -4), np.full(3, 5.0))
    assert found.tolist() == [0, 5, -5]


def test_overlapping_bands_are_rounded_jointly() -> None:
    """Ages 1, 2, 2, 1 and the bands (1+2), (2+2), (2+1), total 6, by trying all ways."""
    sums = [(4, [0, 1]), (5, [1, 2]), (6, [2, 3]), (7, [0, 1, 2, 3])]
    value = numbers(1, 2, 2, 1, 3, 4, 3, 6)
    table = cubes.system(8, sums)
    found = rounding.rounded(table, value, np.full(8, 5.0))
    assert (table.rows @ found).tolist() == [0, 0, 0, 0]
    assert float(abs(found - value).sum()) == best(value, sums, 5)


def best(value: Floats, sums: list[tuple[int, list[int]]], base: int) -> float | None:
    """The least sum of changes of any rounding that keeps the sums, by trying all ways."""
    ways = []
    for number in value.tolist():
        down = int(number // base * base)
        ways.append([down] if down == number else [down, down + base])
    found = [
        sum(abs(new - old) for new, old in zip(way, value.tolist(), strict=True))
        for way in itertools.product(*ways)
        if all(way[total] == sum(way[part] for part in parts) for total, parts in sums)
    ]
    return min(found, default=None)


@settings(max_examples=60)
@given(data=st.data(), base=st.sampled_from([3, 5, 10]))
def test_the_rounding_is_the_best_there_is(data: st.DataObject, base: int) -> None:
    """Overlapping sums over four parts and their total, against trying all ways."""
    atoms = data.draw(st.lists(st.integers(0, 12), min_size=4, max_size=4))
    groups = data.draw(
        st.lists(
            st.sets(st.integers(0, 3), min_size=2), min_size=1, max_size=4, unique_by=frozenset
        )
    )
    sums = [(4 + n, sorted(group)) for n, group in enumerate(groups)]
    value = numbers(*atoms, *(sum(atoms[part] for part in group) for _, group in sums))
    table = cubes.system(len(value), sums)
    wanted = best(value, sums, base)
    if wanted is None:
        with pytest.raises(rounding.Unroundable):
            rounding.rounded(table, value, np.full(len(value), float(base)))
        return
    found = rounding.rounded(table, value, np.full(len(value), float(base)))
    assert (found % base == 0).all()
    assert (abs(found - value) < base).all()
    assert (table.rows @ found == 0).all()
    assert abs(found - value).sum() == wanted


@settings(max_examples=30)
@given(data=st.data())
def test_a_rounded_table_is_rounded_already(data: st.DataObject) -> None:
    drawn = data.draw(st.lists(st.integers(0, 30), min_size=12, max_size=12))
    trees = [{"city": ["x", "y", "z"]}, {"total": ["p", "q"]}, SEXES]
    leaves = itertools.product("xyz", "pq", SEXES["total"])
    table, value, _ = cubes.cube(trees, dict(zip(leaves, drawn, strict=True)))
    base = np.full(len(value), 5.0)
    found = rounding.rounded(table, value, base)
    assert rounding.rounded(table, found, base).tolist() == found.tolist()


def test_a_rounded_zero_looks_like_a_true_zero() -> None:
    """Bytes and all: -0.0 would print as "-0" and tell that 1 to 4 people are there."""
    found = rounding.rounded(total_of(3), numbers(-2, 0, -1, -1), np.full(4, 5.0))
    assert found.tobytes() == np.zeros(4).tobytes()
    for hidden in range(3):
        found = rounding.rounded(total_of(2), numbers(hidden, 0, hidden), np.full(3, 5.0))
        assert found.tobytes() == np.zeros(3).tobytes()


def test_no_rounding_is_said_with_the_cells_it_concerns() -> None:
    """1, 1, 1 and their pairs 2, 2, 2, base 2: of every two exactly one would have to go up."""
    pairs = [(3, [0, 1]), (4, [0, 2]), (5, [1, 2])]
    with pytest.raises(rounding.Unroundable, match="none keeps all sums") as told:
        rounding.rounded(cubes.system(7, pairs), numbers(1, 1, 1, 2, 2, 2, 1), np.full(7, 2.0))
    assert not told.value.late
    assert told.value.cells.tolist() == [0, 1, 2]


def test_numbers_that_do_not_add_up_are_not_rounded_in_silence() -> None:
    with pytest.raises(rounding.Unroundable) as told:
        rounding.rounded(total_of(2), numbers(20, 5, 5), np.full(3, 5.0))
    assert told.value.cells.tolist() == [0, 1, 2]


def test_too_little_time_is_refused_and_never_half_a_result() -> None:
    with pytest.raises(rounding.Unroundable, match="in time") as told:
        rounding.rounded(total_of(3), numbers(6, 2, 2, 2), np.full(4, 5.0), seconds=0)
    assert told.value.late


@pytest.mark.parametrize(
    ("value", "base"),
    [
        (numbers(1, 2), np.full(3, 5.0)),
        (numbers(1, 2, 3), np.full(2, 5.0)),
        (numbers(1, 2, np.inf), np.full(3, 5.0)),
        (numbers(1, 2, 3), numbers(5, 5, -5)),
        (numbers(1, 2, 3), numbers(5, 5, np.nan)),
    ],
)
def test_mistakes_of_the_caller_are_refused(value: Floats, base: Floats) -> None:
    with pytest.raises(ValueError, match="base"):
        rounding.rounded(cubes.system(3, []), value, base)


def city(measure: str, *, bands: bool, sexes: bool) -> tuple[System, Floats]:
    """The made-up city of 20 districts and 450 areas, by ages or bands, and sexes if asked for."""
    if not ATOMS.is_file():
        pytest.skip("../shared/data/sdc is not there")
    band = {age: band for band, ages in BANDS.items() for age in ages}
    atoms: dict[Key, float] = defaultdict(float)
    areas: dict[str, list[str]] = defaultdict(list)
    with ATOMS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            age = band[row["age"]] if bands else row["age"]
            sex = row["sex"] if sexes else "total"
            atoms[row["area"], age, sex] += int(row[measure])
            if row["area"] not in areas[row["district"]]:
                areas[row["district"]].append(row["area"])
    ages = list(BANDS) if bands else [age for parts in BANDS.values() for age in parts]
    trees = [{"city": list(areas), **areas}, {"total": ages}, SEXES if sexes else {"total": []}]
    table, value, _ = cubes.cube(trees, atoms)
    return table, value


@pytest.mark.parametrize("measure", ["sgb2", "hze"])
@pytest.mark.parametrize(
    ("bands", "sexes", "cells"), [(True, False, 1884), (False, False, 3297), (False, True, 9891)]
)
def test_450_areas_keep_every_sum(measure: str, bands: bool, sexes: bool, cells: int) -> None:
    table, value = city(measure, bands=bands, sexes=sexes)
    assert table.cells == cells
    assert (table.rows @ value == 0).all()
    found = rounding.rounded(table, value, np.full(cells, 5.0), seconds=300)
    assert np.count_nonzero(table.rows @ found) == 0
    assert (found % 5 == 0).all()
    assert abs(found - value).max() <= 4
    assert (found[value % 5 == 0] == value[value % 5 == 0]).all()


def attacked(table: System, found: Floats, base: float) -> attack.Bounds:
    """What somebody makes of rounded numbers: each lies within less than the base, none below 0."""
    low = np.maximum(found - (base - 1), 0)
    return attack.bounds(table.told(np.arange(table.cells), low, found + (base - 1)))


@pytest.mark.parametrize("measure", ["sgb2", "hze"])
@pytest.mark.parametrize(("bands", "cells"), [(True, 1884), (False, 3297)])
def test_no_number_of_450_areas_comes_back(measure: str, bands: bool, cells: int) -> None:
    """Every cell keeps at least 5 possible numbers, and none is known to be 1 or 2."""
    table, value = city(measure, bands=bands, sexes=False)
    found = rounding.rounded(table, value, np.full(cells, 5.0))
    bounds = attacked(table, found, 5)
    assert (bounds.low <= value).all()
    assert (bounds.high >= value).all()
    assert (bounds.high - bounds.low).min() >= 4
    assert not ((bounds.low >= 1) & (bounds.high <= 2)).any()


def test_no_number_of_ages_crossed_with_sexes_comes_back() -> None:
    table, value = made_up()
    found = rounding.rounded(table, value, np.full(len(value), 5.0))
    bounds = attacked(table, found, 5)
    assert (bounds.low <= value).all()
    assert (bounds.high >= value).all()
    assert (bounds.high - bounds.low).min() >= 4


SCRIPT = """
import hashlib, test_disclosure_rounding as t, numpy as np
from prepare.disclosure import rounding
table, value = t.made_up()
found = rounding.rounded(table, value, np.full(len(value), 5.0))
print(hashlib.sha256(found.tobytes()).hexdigest())
"""


def made_up() -> tuple[System, Floats]:
    """30 areas, 5 ages, 2 sexes with small numbers from a fixed seed."""
    random = np.random.default_rng(4)
    areas, ages = [f"{n:02}" for n in range(30)], list("abcde")
    atoms: dict[Key, float] = {
        key: float(random.poisson(3)) for key in itertools.product(areas, ages, SEXES["total"])
    }
    table, value, _ = cubes.cube([{"city": areas}, {"total": ages}, SEXES], atoms)
    return table, value


def test_another_process_rounds_to_the_same_bytes_and_prints_nothing_else() -> None:
    paths = [str(server.ROOT), str(server.ROOT / "tests"), str(server.ROOT / "benchmarks")]
    told = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={"PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert len(told.pop().split()) == 1
