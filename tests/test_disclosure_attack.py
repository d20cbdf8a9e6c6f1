"""The attacker finds what can be found, no less and no more: numbers worked out by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attacked_tables import (
    SHARED,
    city,
    nested,
    shown,
    sums,
    table,
    whole_solutions,
    with_shared_data,
)
from prepare.disclosure import attack, overheard
from prepare.disclosure.system import Floats, System

ROOT = Path(__file__).parents[1]


def ranges(system: System, *cells: int, whole: bool = False) -> list[tuple[float, float]]:
    """The attacker's bounds of some cells, with integer programs for all of them or without."""
    many = np.full(system.cells, 1e9)
    near = attack.Demand(many, many) if whole else None
    found = attack.bounds(system, np.array(cells), near)
    return list(zip(found.low.tolist(), found.high.tolist(), strict=True))


def demand(cells: int, minimum: float) -> attack.Demand:
    """What is asked of cells under a rule with a minimum."""
    return attack.Demand(np.full(cells, float(minimum)), np.full(cells, minimum - 1.0))


# Tables


def test_a_cell_hidden_alone_is_computed_from_its_row() -> None:
    system, value = table([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    assert ranges(shown(system, value, [4]), 4) == [(8, 8)]


def test_bounds_of_the_pattern_of_fischetti_and_salazar() -> None:
    """8 + t, 22 - t, 17 - t, 12 + t: no cell falls below 0, so -8 <= t <= 17."""
    system, value = table([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    found = ranges(shown(system, value, [4, 6, 8, 10]), 4, 6, 8, 10)
    assert found == [(0, 25), (5, 30), (0, 25), (4, 29)]


def test_nothing_that_holds_a_cell_leaves_it_endless() -> None:
    told = shown(sums(3, {0: 1, 1: 1, 2: -1}), [4, 0, 0], [1, 2])
    assert ranges(told, 0, 1, 2) == [(4, 4), (0, np.inf), (4, np.inf)]
    assert ranges(told, 0, 1, 2, whole=True) == [(4, 4), (0, np.inf), (4, np.inf)]
    assert len(attack.failing(told, demand(3, 5), np.array([False, True, True]))) == 0


def test_bounds_come_in_the_order_asked_for() -> None:
    system, value = table([[1, 2], [4, 3]])
    assert ranges(shown(system, value, [0, 1, 3, 4]), 8, 3, 0) == [(10, 10), (2, 5), (0, 3)]


@with_shared_data
@pytest.mark.parametrize(
    ("theme", "minimum", "hidden", "exact"),
    [
        ("sgb2", 3, 7, 7),
        ("sgb2", 5, 15, 15),
        ("sgb2", 10, 37, 8),
        ("hze", 3, 67, 45),
        ("hze", 5, 104, 23),
        ("hze", 10, 144, 12),
    ],
)
def test_hiding_small_cells_alone_hides_little(
    theme: str, minimum: int, hidden: int, exact: int
) -> None:
    """The table of 20 x 6 x 2 cells measured in confidentiality.md, section A3."""
    system, value, residents = city(theme)
    small = (value > 0) & (value < minimum)
    told = shown(system, value, np.flatnonzero(small))
    told = told.told(np.arange(system.cells), np.zeros(system.cells), residents)
    found = attack.bounds(told, np.flatnonzero(small))
    assert small.sum() == hidden
    assert np.sum(found.high == found.low) == exact
    assert np.all((found.low <= value[small]) & (value[small] <= found.high))
    failures = attack.failing(told, demand(system.cells, minimum), small)
    assert failures.exact.sum() == exact
    assert failures.low[failures.exact].tolist() == value[failures.cells[failures.exact]].tolist()


# What one publication tells about another


def test_overlapping_ages_give_a_cell_away() -> None:
    """Under 3: 4, 3 to 5: 2 hidden, 6 to 9: 7 hidden with it, all 13; then under 6: 6 as well."""
    ages = sums(5, {0: 1, 1: 1, 2: 1, 3: -1}, {0: 1, 1: 1, 4: -1})
    assert ranges(shown(ages, [4, 2, 7, 13, 6], [1, 2, 4]), 1, 2) == [(0, 9), (0, 9)]
    told = shown(ages, [4, 2, 7, 13, 6], [1, 2])
    assert ranges(told, 1, 2) == [(2, 2), (7, 7)]
    assert attack.giveaways(told, 1).tolist() == [1]
    assert attack.giveaways(told, 2).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("count", "residents", "printed", "decimals", "expected"),
    [
        (2, 40, 5.0, 0, (2, 2)),  # 4.5 to 5.5 % of 40: 1.8 to 2.2
        (3, 400, 1.0, 0, (2, 6)),  # 0.5 to 1.5 % of 400
        (3, 400, 0.8, 1, (3, 3)),  # 0.75 to 0.85 %: 3 to 3.4
        (3, 4000, 0.0, 0, (0, 20)),  # up to 0.5 %
        (3, 4000, 0.1, 1, (2, 6)),  # 0.05 to 0.15 %
        (3, 4000, 0.08, 2, (3, 3)),  # 0.075 to 0.085 %: 3 to 3.4
        (3, 4000, 0.075, 3, (3, 3)),
    ],
)
def test_a_rate_tells_the_count(
    count: int, residents: int, printed: float, decimals: int, expected: tuple[int, int]
) -> None:
    """Numerator hidden, denominator and rate in percent published; half a unit either way."""
    half = 0.5 * 10.0**-decimals
    rate = sums(
        2,
        {0: 100, 1: -(printed - half)},
        {0: 100, 1: -(printed + half)},
        low=[0, -np.inf],
        high=[np.inf, 0],
    )
    assert ranges(shown(rate, [count, residents], [0]), 0) == [expected]


def test_a_rounded_denominator_does_not_help() -> None:
    """2 of 41 are 4.9 %, and 41 is printed as 40, so 38 to 42.

    100 n = 4.85 to 4.95 % of 38 to 42 is 184.3 to 207.9, so n = 2; persons are whole, so N is
    200 / 4.95 to 200 / 4.85 = 40.4 to 41.2, which is 41; fractions of persons leave 38 to 42.
    """
    rate = sums(2, {0: 100, 1: -4.85}, {0: 100, 1: -4.95}, low=[0, -np.inf], high=[np.inf, 0])
    told = rate.told(np.array([1]), np.array([38.0]), np.array([42.0]))
    assert ranges(told, 0, 1) == [(2, 2), (38, 42)]
    assert ranges(told, 0, 1, whole=True) == [(2, 2), (41, 41)]


def test_a_change_tells_the_level_before() -> None:
    """9 this year and 7 more than last year: 2. Only the change, of at most 9: 0 to 2."""
    change = sums(3, {0: 1, 1: -1, 2: -1})
    assert ranges(shown(change, [9, 2, 7], [1]), 1) == [(2, 2)]
    told = shown(change, [9, 2, 7], [0, 1]).told(np.array([0]), np.zeros(1), np.array([9.0]))
    assert ranges(told, 0, 1) == [(7, 9), (0, 2)]


def test_a_change_in_percent_tells_the_level_before() -> None:
    """9 now, printed as 350.0 % more: 100 (9 - n) is 349.95 to 350.05 % of n, so n = 2."""
    change = sums(2, {0: 100, 1: -449.95}, {0: 100, 1: -450.05}, low=[0, -np.inf], high=[np.inf, 0])
    assert ranges(shown(change, [9, 2], [1]), 1) == [(2, 2)]


def test_a_mean_of_three_years_and_two_of_them_tell_the_third() -> None:
    """5, 5 and 2: mean 4.0 says the sum is 11.85 to 12.15; mean 4 says 10.5 to 13.5."""
    one_decimal = sums(3, {0: 1, 1: 1, 2: 1}, low=[11.85], high=[12.15])
    assert ranges(shown(one_decimal, [5, 5, 2], [2]), 2) == [(2, 2)]
    no_decimal = sums(3, {0: 1, 1: 1, 2: 1}, low=[10.5], high=[13.5])
    assert ranges(shown(no_decimal, [5, 5, 2], [2]), 2) == [(1, 3)]


def test_the_complement_is_a_cell_like_any_other() -> None:
    """29 of 30: one is not. 30 of 30: nobody is not, which is known of each of the 30."""
    part = sums(3, {0: 1, 1: 1, 2: -1})
    assert ranges(shown(part, [29, 1, 30], [1]), 1) == [(1, 1)]
    assert ranges(shown(part, [30, 0, 30], [1]), 1) == [(0, 0)]
    failures = attack.failing(
        shown(part, [30, 0, 30], [1]), demand(3, 3), np.array([False, True, False])
    )
    assert (failures.cells.tolist(), failures.exact.tolist()) == ([1], [True])


def test_a_total_can_tell_that_nearly_all_are_counted() -> None:
    """40 in two districts with 30 and 12 residents: at least 28 of 30, so at most 2 are not."""
    districts = sums(
        5, {0: 1, 1: 1, 2: -1}, {0: 1, 3: 1}, {1: 1, 4: 1}, low=[0, 30, 12], high=[0, 30, 12]
    )
    told = shown(districts, [29, 11, 40, 1, 1], [0, 1, 3, 4])
    assert ranges(told, 0, 1, 3, 4) == [(28, 30), (10, 12), (0, 2), (0, 2)]
    failures = attack.failing(told, demand(5, 3), np.array([1, 1, 0, 1, 1], dtype=bool))
    assert failures.cells.tolist() == [3, 4]
    assert (failures.reach.tolist(), failures.width.tolist()) == ([3, 3], [2, 2])
    assert not failures.exact.any()


# Who is alone in a cell


def test_who_is_alone_in_a_rectangle_learns_the_other_three() -> None:
    """1 2 / 4 3, all hidden: who is the 1 knows 2, 4 and 3, of which 2 is below 3.

    The cell of 2 might hold one person for all that is told, who would learn 2 4 / ..; the two
    others cannot: 4 - 1 = 3 would leave the first row with less than nothing.
    """
    system, value = table([[1, 2], [4, 3]])
    told = shown(system, value, [0, 1, 3, 4])
    hidden = np.isin(np.arange(9), [0, 1, 3, 4])
    assert attack.singletons(told, hidden, np.full(9, 3.0)) == [(0, 1, 2.0), (1, 0, 2.0)]
    assert attack.singletons(told, hidden, np.full(9, 2.0)) == []
    assert len(attack.failing(told, demand(9, 3), hidden)) == 0


def test_what_everybody_knows_is_not_learned_by_being_alone() -> None:
    system, value = table([[1, 2], [4, 3]])
    told = shown(system, value, [0, 1])
    assert attack.singletons(told, np.isin(np.arange(9), [0, 1]), np.full(9, 3.0)) == []


# Cases other programs got wrong


def published_case(name: str) -> Any:
    return json.loads((SHARED / "published_small_cases.json").read_text())[name]


def two_trees(name: str) -> tuple[list[str], System, Floats]:
    """Regions below counties and below groups, with one total over both."""
    case = published_case(name)
    regions = dict(zip(case["region"], case["n"], strict=True))
    trees = (case["county"], case["group"])
    names = ["Total", *sorted({code for tree in trees for code in tree}), *regions]
    rows = []
    number = dict(regions)
    for tree in trees:
        rows.append({names.index("Total"): -1.0} | {names.index(one): 1.0 for one in set(tree)})
        for code in sorted(set(tree)):
            own = [region for region, of in zip(regions, tree, strict=True) if of == code]
            rows.append({names.index(code): -1.0} | {names.index(one): 1.0 for one in own})
            number[code] = sum(regions[region] for region in own)
    number["Total"] = sum(regions.values())
    return names, sums(len(names), *rows), np.array([number[one] for one in names], dtype=float)


@with_shared_data
def test_linked_tables_protected_one_after_the_other() -> None:
    """sdcTools/UserSupport 136: K = 16 - 7 - (L + M) of its county, and L + M = 6 are all BIG."""
    names, system, value = two_trees("issue136")
    hidden = [names.index(one) for one in "ABKLM"]
    told = shown(system, value, hidden)
    assert ranges(told, *hidden) == [(0, 4), (0, 4), (3, 3), (0, 6), (0, 6)]
    assert len(attack.giveaways(told, names.index("K"))) == 2
    together = shown(system, value, [*hidden, names.index("N")])
    assert ranges(together, names.index("K"), names.index("N")) == [(0, 10), (0, 10)]


@with_shared_data
def test_linked_tables_with_one_region_in_a_county() -> None:
    """133: A 11 and B 7 are BIG 18, I 3, J 9, K 4 small 16; A + I and J + K are counties, B is one.

    Hiding A, I, J, K: A = 18 - 7, then I = 14 - 11. Hiding I, J, K and their two counties:
    I + J + K = 16 is all that is left of them, and A + I is 11 more than I.
    """
    names, system, value = two_trees("issue133")
    own = [names.index(one) for one in "AIJK"]
    assert ranges(shown(system, value, own), *own) == [(11, 11), (3, 3), (0, 13), (0, 13)]
    wider = [names.index(one) for one in ("I", "J", "K", "county-1", "county-10")]
    assert ranges(shown(system, value, wider), *wider) == [
        (0, 16),
        (0, 16),
        (0, 16),
        (11, 27),
        (0, 16),
    ]


@with_shared_data
def test_three_singletons() -> None:
    """135: row 1 is A 1, B 1, M 1 (and H 7 shown), row 2 A 1, M 2, no B; A, B and M totals hidden.

    Three hidden cells that are at least 1 add up to 3, so all know they are 1. If they may be 0,
    nobody knows; but who is alone in B is its total, and in row 2 A and M are 3 together.
    """
    case = published_case("issue135")
    inner = np.array(case["values"], dtype=float).reshape(2, 5)
    system, value = table(inner.tolist())
    hidden = [0, 1, 3, 6, 9, 12, 13, 15]  # of rows of 6: A B H M W and the sum
    if_zero = shown(system, value, hidden)
    assert ranges(if_zero, *hidden) == [(0, 3)] * 5 + [(0, 6), (0, 3), (0, 6)]
    flags = np.isin(np.arange(18), hidden)
    found = attack.singletons(if_zero, flags, np.full(18, 3.0))
    assert found == [(1, 13, 1.0), (6, 9, 2.0), (9, 6, 2.0), (13, 1, 1.0)]
    at_least_one = shown(system, value, hidden, floor=1)
    assert ranges(at_least_one, *hidden) == [(1, 1)] * 3 + [(1, 2)] * 2 + [(2, 3), (1, 1), (2, 3)]


# Demands, contradictions, whole numbers


def test_failing_names_what_falls_short() -> None:
    """Two hidden, 1 + 4 = 5: each 0..5; k = 5 is reached, but a width of 6 is not there."""
    told = shown(sums(3, {0: 1, 1: 1, 2: -1}), [1, 4, 5], [0, 1])
    hidden = np.array([True, True, False])
    met = attack.Demand(np.array([5.0, 5, 0]), np.array([5.0, 5, 0]))
    assert len(attack.failing(told, met, hidden)) == 0
    asked = attack.Demand(np.array([6.0, 5, 0]), np.array([0.0, 6, 0]))
    found = attack.failing(told, asked, hidden)
    assert found.cells.tolist() == [0, 1]
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0], [5, 5])
    assert (found.reach.tolist(), found.width.tolist()) == ([6, 5], [0, 6])
    nothing = attack.Demand(np.zeros(3), np.zeros(3))
    assert len(attack.failing(told, nothing, hidden)) == 0


def test_whole_numbers_leave_less_than_fractions() -> None:
    """2a + 2b + c = 5 with all at most 2: c is odd, so 1, where fractions leave 0 to 2."""
    odd = sums(3, {0: 2, 1: 2, 2: 1}, low=[5], high=[5], ceiling=2)
    assert ranges(odd, 2) == [(0, 2)]
    assert ranges(odd, 0, 1, 2, whole=True) == [(0, 2), (0, 2), (1, 1)]
    failures = attack.failing(odd, demand(3, 2), np.ones(3, dtype=bool))
    assert failures.cells.tolist() == [2] and failures.exact.all()
    assert attack.giveaways(odd, 2).tolist() == [0]


def test_contradictions_are_refused() -> None:
    """5 + 7 is not 13; 2 + 2 is not 5; 2a is not 5; pairs of 1 make three halves."""
    with pytest.raises(attack.Infeasible) as caught:
        attack.bounds(shown(sums(3, {0: 1, 1: 1, 2: -1}), [5, 7, 13], []))
    assert caught.value.cells.tolist() == [0, 1, 2]
    impossible = [
        sums(2, {0: 1, 1: 1}, low=[5], high=[5], ceiling=2),
        sums(1, {0: 2}, low=[5], high=[5]),
        sums(3, {0: 1, 1: 1}, {1: 1, 2: 1}, {0: 1, 2: 1}, low=[1] * 3, high=[1] * 3),
        sums(1).told(np.zeros(1, dtype=np.int64), np.array([3.0]), np.array([2.0])),
        sums(2, {0: 2, 1: 2}, low=[3], high=[3]),
        sums(2, {0: 2, 1: -2}, low=[1], high=[1]),
    ]
    for system in impossible:
        with pytest.raises(attack.Infeasible):
            attack.failing(system, demand(system.cells, 2), np.ones(system.cells, dtype=bool))


def test_an_attack_says_nothing_and_repeats_itself() -> None:
    """HiGHS greets on standard output unless it is told not to, which would spoil --json."""
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from attacked_tables import shown, table\n"
        "from prepare.disclosure import attack\n"
        "system, value = table([[1, 2, 4], [4, 3, 2], [2, 2, 1]])\n"
        "found = attack.bounds(shown(system, value, [0, 1, 2, 4, 5, 6, 8, 9, 10]))\n"
        "sys.stderr.write(repr((found.low.tolist(), found.high.tolist())))\n"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True)
    system, value = table([[1, 2, 4], [4, 3, 2], [2, 2, 1]])
    found = attack.bounds(shown(system, value, [0, 1, 2, 4, 5, 6, 8, 9, 10]))
    assert run.stdout == b""
    assert run.stderr.decode() == repr((found.low.tolist(), found.high.tolist()))


# Against trying every whole number


@st.composite
def small_tables(draw: st.DrawFn) -> System:
    """A table of up to 3 x 3 small numbers, some of the cells published."""
    height, width = draw(st.integers(1, 3)), draw(st.integers(2, 3))
    top = 2 if height * width > 6 else 3
    row = st.lists(st.integers(0, top), min_size=width, max_size=width)
    system, value = table(draw(st.lists(row, min_size=height, max_size=height)))
    floor = draw(st.integers(0, 1))
    hidden = draw(st.sets(st.integers(0, len(value) - 1), min_size=1, max_size=9))
    own = [cell for cell in sorted(hidden) if value[cell] >= floor]
    total = np.isin(np.arange(len(value)) % (width + 1), width) | (value > top)
    total[-width - 1 :] = True
    most = np.where(total, 9.0 * top, float(top))
    return shown(system, value, own, floor).told(np.arange(len(value)), np.zeros(len(value)), most)


@st.composite
def crooked_systems(draw: st.DrawFn) -> System:
    """Two equations or inequalities between four cells with factors for which whole is not easy."""
    rows = [{cell: draw(st.integers(-2, 3)) for cell in range(4)} for _ in range(2)]
    value = [draw(st.integers(0, 3)) for _ in range(4)]
    right = [sum(row[cell] * value[cell] for cell in row) for row in rows]
    slack = draw(st.integers(0, 2))
    return sums(4, *rows, low=right, high=[one + slack for one in right], ceiling=3)


@settings(max_examples=60)
@given(st.one_of(small_tables(), crooked_systems()))
def test_bounds_are_those_of_all_whole_solutions(system: System) -> None:
    every = whole_solutions(system)
    least, most = every.min(axis=0), every.max(axis=0)
    loose = attack.bounds(system)
    assert np.all(loose.low <= least) and np.all(loose.high >= most)
    found = ranges(system, *range(system.cells), whole=True)
    assert found == list(zip(least.tolist(), most.tolist(), strict=True))
    for minimum in (2, 3):
        width = np.where(least >= minimum, 1, minimum - 1)
        short = (most < minimum) | (most - least < width)
        failures = attack.failing(system, demand(system.cells, minimum), np.full(len(short), True))
        assert failures.cells.tolist() == np.flatnonzero(short).tolist()
        assert failures.exact.tolist() == (most == least)[short].tolist()


@settings(max_examples=60)
@given(st.one_of(small_tables(), crooked_systems()))
def test_who_is_alone_learns_what_all_whole_solutions_leave(system: System) -> None:
    every = whole_solutions(system)
    open_to_all = every.max(axis=0) > every.min(axis=0)
    hidden = system.ceiling > system.floor
    expected = []
    for cell in np.flatnonzero(hidden & open_to_all):
        own = every[every[:, cell] == 1]
        for other in np.flatnonzero(hidden & open_to_all) if len(own) else ():
            if other != cell and len(np.unique(own[:, other])) == 1 and own[0, other] < 3:
                expected.append((int(cell), int(other), float(own[0, other])))
    assert attack.singletons(system, hidden, np.full(system.cells, 3.0)) == expected


def test_nested_tables_add_up_in_each_dimension() -> None:
    """Total = d1 + d2 and d1 = d1a + d1b, so of d1a hidden with d2 nothing is left."""
    keys = [("Total",), ("d1",), ("d2",), ("d1a",), ("d1b",)]
    above = [{"d1": "Total", "d2": "Total", "d1a": "d1", "d1b": "d1"}]
    told = shown(nested(keys, above), [9, 5, 4, 2, 3], [2, 3])
    assert ranges(told, 2, 3) == [(4, 4), (2, 2)]


def test_equal_numbers_of_other_people_are_no_excuse() -> None:
    """2 3 | 5, 4 2 | 6, below 6 5 | 11: the corners are always equal, and yet two groups."""
    system, value = table([[2, 3], [4, 2]])
    hidden = [0, 1, 3, 4]
    flags = np.isin(np.arange(9), hidden)
    found = overheard.overheard(shown(system, value, hidden), flags, np.full(9, 3.0))
    assert found == [(0, 4, 1.0), (1, 3, 2.0), (3, 1, 0.0), (4, 0, 1.0)]


def test_who_is_alone_learns_nothing_of_a_total_without_others() -> None:
    """2 0 | 2, 4 3 | 7, below 6 3 | 9: the first row is its first cell, for the zero is shown."""
    system, value = table([[2, 0], [4, 3]])
    hidden = [0, 2, 6, 8]
    told, flags = shown(system, value, hidden), np.isin(np.arange(9), hidden)
    assert attack.singletons(told, flags, np.full(9, 3.0)) == [(0, 2, 1.0), (2, 0, 1.0)]
    assert overheard.overheard(told, flags, np.full(9, 3.0)) == []


def test_a_cell_of_which_nothing_is_demanded_is_not_looked_at() -> None:
    asked = attack.Demand(reach=np.array([0.0, 3.0, 0.0]), width=np.array([0.0, 0.0, 2.0]))
    assert asked.made.tolist() == [False, True, True]
