"""The attacker finds what can be found, no less and no more: numbers worked out by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import sparse

from prepare.disclosure import attack
from prepare.disclosure.system import Flags, Floats, System


def system(rows: list[list[float]], right: list[float], cells: int, high: float = np.inf) -> System:
    """Equations between whole cells that are not negative."""
    return System(
        rows=sparse.csr_array(np.array(rows, dtype=float).reshape(len(right), cells)),
        low=np.array(right, dtype=float),
        high=np.array(right, dtype=float),
        floor=np.zeros(cells),
        ceiling=np.full(cells, high),
        whole=np.ones(cells, dtype=bool),
    )


def table(value: Floats) -> System:
    """A table with its margins: the last row and column are the sums of the others."""
    places = np.arange(value.size).reshape(value.shape)
    rows = []
    for line in (*places, *places.T):
        row = np.zeros(value.size)
        row[line[:-1]], row[line[-1]] = 1, -1
        rows.append(row.tolist())
    return system(rows, [0.0] * len(rows), value.size)


def with_margins(inner: list[list[int]]) -> Floats:
    value = np.array(inner, dtype=float)
    value = np.vstack([value, value.sum(axis=0)])
    return np.hstack([value, value.sum(axis=1, keepdims=True)])


def published(of: System, value: Floats, hidden: Flags) -> System:
    shown = np.flatnonzero(~hidden.ravel())
    return of.told(shown, value.ravel()[shown], value.ravel()[shown])


def test_a_cell_hidden_alone_is_computed_from_its_row() -> None:
    value = with_margins([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    hidden = value == 8
    found = attack.bounds(published(table(value), value, hidden), np.flatnonzero(hidden))
    assert (found.low.tolist(), found.high.tolist()) == ([8], [8])


def test_bounds_of_the_pattern_of_fischetti_and_salazar() -> None:
    """Hidden 8 22 / 17 12: with t = the 8 moved by t, rows and columns leave -8 <= t <= 17."""
    value = with_margins([[20, 50, 10], [8, 19, 22], [17, 32, 12]])
    hidden = np.isin(value, (8, 12, 17, 22)) & (np.arange(16).reshape(4, 4) % 4 < 3)
    found = attack.bounds(published(table(value), value, hidden), np.flatnonzero(hidden))
    assert found.low.tolist() == [0, 5, 0, 4]
    assert found.high.tolist() == [25, 30, 25, 29]


def test_nothing_that_holds_a_cell_leaves_it_endless() -> None:
    free = system([[1, 1, -1]], [0], 3).told(np.array([0]), np.array([4.0]), np.array([4.0]))
    found = attack.bounds(free)
    assert found.low.tolist() == [4, 0, 4]
    assert found.high.tolist() == [4, np.inf, np.inf]


def test_contradictions_are_refused() -> None:
    """5 + 7 is not 13; 3 of at most 2 and 2; and no two equal whole numbers make 5."""
    five_seven_thirteen = np.array([5.0, 7, 13])
    sums = system([[1, 1, -1]], [0], 3).told(np.arange(3), *[five_seven_thirteen] * 2)
    with pytest.raises(attack.Infeasible) as caught:
        attack.bounds(sums)
    assert caught.value.cells.tolist() == [0, 1, 2]
    with pytest.raises(attack.Infeasible):
        attack.bounds(system([[1, 1]], [5], 2, high=2))
    with pytest.raises(attack.Infeasible):
        attack.bounds(system([[2]], [5], 1))
    with pytest.raises(attack.Infeasible):
        attack.bounds(system([[1, 1, 0], [0, 1, 1], [1, 0, 1]], [1, 1, 1], 3))


def test_failing_names_what_falls_short() -> None:
    """Two hidden 1 + 4 = 5: each 0..5; k = 5 is reached, but a width of 6 is not there."""
    value = np.array([1.0, 4.0, 5.0])
    told = published(system([[1, 1, -1]], [0], 3), value, np.array([True, True, False]))
    hidden = np.array([True, True, False])
    met = attack.Demand(np.array([5.0, 5, 0]), np.array([5.0, 5, 0]))
    assert len(attack.failing(told, met, hidden)) == 0
    asked = attack.Demand(np.array([6.0, 5, 0]), np.array([0.0, 6, 0]))
    found = attack.failing(told, asked, hidden)
    assert found.cells.tolist() == [0, 1]
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0], [5, 5])
    assert found.exact.tolist() == [False, False]


def test_whole_numbers_leave_less_than_fractions() -> None:
    """2a + 2b + c = 5 with c at most 2 and a, b at most 2: c is odd, so 1, not 0..2."""
    odd = system([[2, 2, 1]], [5], 3, high=2)
    assert attack.bounds(odd).high[2] == 2
    near = attack.Demand(np.full(3, 2.0), np.full(3, 1.0))
    found = attack.bounds(odd, near=near)
    assert (found.low.tolist(), found.high.tolist()) == ([0, 0, 1], [2, 2, 1])
    failures = attack.failing(odd, near, np.ones(3, dtype=bool))
    assert failures.cells.tolist() == [2] and failures.exact.all()


def brute(of: System, top: int) -> Floats:
    """All whole solutions with cells up to `top`."""
    every = np.array(list(itertools.product(range(top + 1), repeat=of.cells)), dtype=float)
    sums = every @ of.rows.toarray().T
    fits = np.all((sums >= of.low - 1e-9) & (sums <= of.high + 1e-9), axis=1)
    fits &= np.all((every >= of.floor) & (every <= of.ceiling), axis=1)
    return every[fits]
