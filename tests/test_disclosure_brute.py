"""What the audit calls safe, a patient attacker who tries whole numbers cannot solve either."""

from __future__ import annotations

import itertools
import random
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import brute
import cubes
from prepare.disclosure import attack, overheard, rounding, suppression
from prepare.disclosure.problem import Unprotectable
from prepare.disclosure.system import Flags, Floats, System

BEYOND = 12
"""Nobody thinks a cell more than that above the largest number of the table."""


@dataclass(frozen=True, eq=False)
class Table:
    """A small table with all its sums, some cells hidden, and what everybody knows of these."""

    system: System
    sums: list[tuple[int, list[int]]]
    value: Floats
    hidden: Flags
    floor: int
    minimum: int

    @property
    def ceiling(self) -> int:
        return int(self.value.max()) + BEYOND

    @property
    def told(self) -> System:
        low = np.where(self.hidden, self.floor, self.value)
        high = np.where(self.hidden, self.ceiling, self.value)
        return self.system.told(np.arange(len(self.value)), low, high)

    @property
    def demand(self) -> attack.Demand:
        return attack.Demand(
            reach=np.where(self.hidden, float(self.minimum), 0.0),
            width=np.where(self.hidden, float(self.minimum - 1), 0.0),
        )

    def people(self, cell: int, empty: Collection[int]) -> set[int]:
        """The smallest cells that a cell is made of, without those in cells that are empty."""
        return self.smallest(cell) - {part for other in empty for part in self.smallest(other)}

    def smallest(self, cell: int) -> set[int]:
        """The cells that a cell is made of and that are no sums themselves."""
        parts = next((parts for total, parts in self.sums if total == cell), None)
        return {cell} if parts is None else set().union(*map(self.smallest, parts))

    @property
    def attacker(self) -> brute.Attacker:
        spans = [
            (self.floor, self.ceiling) if hidden else (int(number), int(number))
            for number, hidden in zip(self.value.tolist(), self.hidden.tolist(), strict=True)
        ]
        return brute.Attacker(self.sums, spans)


@st.composite
def tables(draw: st.DrawFn, *, more: bool = True) -> Table:
    """Up to 4 x 4 x 2; small numbers are hidden, and with `more` any others beside them."""
    sizes = draw(st.tuples(st.integers(2, 4), st.integers(2, 4), st.integers(1, 2)))
    trees = [
        {"total": [f"{axis}{n}" for n in range(size)] if size > 1 else []}
        for axis, size in zip("abc", sizes, strict=True)
    ]
    atoms = list(itertools.product(*(tree["total"] or ["total"] for tree in trees)))
    numbers = st.sampled_from([0, 0, 1, 1, 2, 2, 3, 4, 5, 7, 11])
    drawn = draw(st.lists(numbers, min_size=len(atoms), max_size=len(atoms)))
    system, value, keys = cubes.cube(trees, dict(zip(atoms, map(float, drawn), strict=True)))
    minimum = draw(st.sampled_from([3, 5]))
    floor = draw(st.sampled_from([0, 1]))  # zeros are public, or small numbers like others
    hidden = (value >= floor) & (value < minimum)
    if more:
        also = draw(st.lists(st.booleans(), min_size=len(value), max_size=len(value)))
        hidden |= np.array(also) & (value >= floor)
    assume(hidden.any())
    return Table(system, cubes.equations(trees, keys), value, hidden, floor, minimum)


def short(table: Table) -> list[int]:
    """The hidden cells that the patient attacker knows more closely than is demanded.

    Each must be able to be as large as the minimum, and keep as many numbers as that; where it
    cannot be smaller, two numbers are enough.
    """
    attacker = table.attacker
    return [
        cell
        for cell in np.flatnonzero(table.hidden).tolist()
        if not attacker.reaches(cell, table.minimum)
        or len(numbers := attacker.possible(cell, enough=table.minimum)) < 2
        or (len(numbers) < table.minimum and numbers[0] < table.minimum)
    ]


def failing(table: Table) -> list[int]:
    """The hidden cells that the audit refuses."""
    found = attack.failing(table.told, table.demand, table.hidden)
    return [int(cell) for cell in found.cells]


def test_the_patient_attacker_solves_a_table_by_hand() -> None:
    """1 2 | 5 and 2 3 | 7, below 3 5 | 12; the four parts but the 5 and the 7 are hidden.

    Rows a+b = 3, c+d = 5, columns a+c = 3, b+d = 5: a = 1 makes 1 2 / 2 3, a = 2 makes 2 1 / 1 4.
    """
    sums = [(4, [0, 1]), (5, [2, 3]), (6, [0, 2]), (7, [1, 3])]
    spans = [(1, 40)] * 4 + [(3, 3), (5, 5), (3, 3), (5, 5)]
    attacker = brute.Attacker(sums, spans)
    assert [attacker.possible(cell) for cell in range(4)] == [[1, 2], [1, 2], [1, 2], [3, 4]]
    assert attacker.reaches(3, 4)
    assert not attacker.reaches(3, 5)
    assert attacker.possible(3, known={0: 1}) == [3]
    assert attacker.possible(3, enough=1) == [3]
    assert not attacker.fits({0: 3})


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(table=tables())
def test_the_audit_refuses_what_the_patient_attacker_knows_too_well(table: Table) -> None:
    assert failing(table) == short(table)


@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much])
@given(table=tables(more=False), order=st.randoms(use_true_random=False))
def test_what_the_audit_calls_safe_has_many_solutions(table: Table, order: random.Random) -> None:
    """Cells are hidden one after another until the audit is content; then the attacker tries."""
    left = [cell for cell in range(len(table.value)) if table.value[cell] >= table.floor]
    order.shuffle(left)
    while failing(table) and left:
        hidden = table.hidden.copy()
        hidden[left.pop()] = True
        table = replace(table, hidden=hidden)
    assume(not failing(table))
    assert short(table) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much])
@given(table=tables(), base=st.sampled_from([3, 5]))
def test_every_rounded_number_stays_one_of_many(table: Table, base: int) -> None:
    """Possible are the true number, the rounded one and base - 1 numbers above it."""
    assume(len(table.value) <= 36)
    told = rounding.rounded(table.system, table.value, np.full(len(table.value), float(base)))
    spans = [(max(int(number) - base + 1, 0), int(number) + base - 1) for number in told]
    attacker = brute.Attacker(table.sums, spans)
    for cell, number in enumerate(table.value.astype(int).tolist()):
        possible = [more for more in range(base) if attacker.fits({cell: int(told[cell]) + more})]
        assert len(possible) == base
        assert attacker.fits({cell: number})


@settings(max_examples=15, suppress_health_check=[HealthCheck.filter_too_much])
@given(table=tables(more=False))
def test_what_suppression_hides_has_many_solutions(table: Table) -> None:
    """The demand holds for every cell, whatever ends up hidden; the attacker tries the result."""
    size = len(table.value)
    assume(size <= 36)
    common = table.system.told(np.arange(size), np.zeros(size), np.full(size, float(table.ceiling)))
    minimum = np.full(size, float(table.minimum))
    try:
        found = suppression.pattern(
            common,
            table.value,
            table.hidden,
            fixed=table.value < table.floor,
            absent=np.zeros(size, dtype=bool),
            demand=attack.Demand(minimum, minimum - 1),
            weight=np.ones(size),
            floor=np.full(size, float(table.floor)),
            seconds=1,
        )
    except Unprotectable:
        return
    assert (found.hidden | ~table.hidden).all()
    assert short(replace(table, hidden=found.hidden)) == []


@settings(max_examples=20, suppress_health_check=[HealthCheck.filter_too_much])
@given(table=tables())
def test_who_counts_as_one_himself_learns_what_the_audit_says(table: Table) -> None:
    """The audit's list of (who is 1, whom he learns, what number), against trying.

    Of a part of his own group he learns nothing of others.
    """
    assume(len(table.value) <= 36)
    minimum = np.full(len(table.value), float(table.minimum))
    told = overheard.overheard(table.told, table.hidden, minimum)
    attacker = table.attacker
    hidden = np.flatnonzero(table.hidden).tolist()
    secret = [cell for cell in hidden if len(attacker.possible(cell, enough=2)) > 1]
    seen = np.flatnonzero(~table.hidden & (table.value == 0)).tolist()
    computed = [cell for cell in hidden if cell not in secret and attacker.fits({cell: 0})]
    sure, allowed = set(), set()
    for himself in hidden:
        if attacker.fits({himself: 1}):
            for other in secret:
                numbers = attacker.possible(other, known={himself: 1}, enough=2)
                if other != himself and len(numbers) == 1 and numbers[0] < table.minimum:
                    pair = (himself, other, float(numbers[0]))
                    empty = [*seen, *computed]
                    if not table.people(other, seen) <= table.people(himself, seen):
                        allowed.add(pair)
                    if not table.people(other, empty) <= table.people(himself, empty):
                        sure.add(pair)
    assert told == sorted(told)
    assert sure <= set(told) <= allowed
