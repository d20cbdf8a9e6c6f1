"""Figures printed beside the counts: a rate of a city binds its numerator and denominator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from model.catalog import BREAKDOWNS, Catalog, Term
from prepare import counts
from prepare.disclosure.parts import decimals
from prepare.disclosure.system import Flags, Places, System
from prepare.disclosure.tables import Facts

Cell = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Rows:
    """Inequalities `low` <= coefficients of cells <= `high`, one mapping each, and their words."""

    of: tuple[Mapping[int, float], ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    words: tuple[str, ...] = ()

    def apart(self, cells: Places) -> Flags:
        """Which rows touch none of some cells."""
        some = set(cells.tolist())
        return np.array([some.isdisjoint(row) for row in self.of], dtype=bool)

    def keeping(self, keep: Flags) -> Rows:
        """Some of the rows."""
        places = np.flatnonzero(keep)
        return Rows(
            tuple(self.of[n] for n in places),
            tuple(self.low[n] for n in places),
            tuple(self.high[n] for n in places),
            tuple(self.words[n] for n in places),
        )


def rows(catalog: Catalog, facts: Facts, figures: pl.DataFrame, unsettled: Flags) -> Rows:
    """What the printed figures say of cells, one of which at least is `unsettled`.

    A rate p printed with a unit of u in its last digit says that per * numerator lies within
    (p - u/2) and (p + u/2) times the denominator. The last digit is that of the number, or of
    the indicator if it has more.
    """
    of = {
        tuple(row[key] for key in counts.KEYS[1:]): row["cell"]
        for row in facts.cells.with_row_index("cell").filter(pl.col("kind") == "count").to_dicts()
    }
    found: list[tuple[dict[int, float], float, float, str]] = []
    for figure in figures.to_dicts():
        found += _counted(figure, of) if figure["measure"] else _rate(catalog, figure, of)
    found = [row for row in found if unsettled[list(row[0])].any()]
    return Rows(*(tuple(column) for column in zip(*found, strict=True)))


def united(found: Iterable[Rows]) -> Rows:
    """What several releases print, each inequality once."""
    rows = {
        (tuple(sorted(of.items())), low, high): (of, low, high, words)
        for own in found
        for of, low, high, words in zip(own.of, own.low, own.high, own.words, strict=True)
    }
    return Rows(*(tuple(column) for column in zip(*rows.values(), strict=True)))


def added(system: System, said: Rows) -> System:
    """The system with the rows of figures below its own."""
    if not said.of:
        return system
    places = [(n, cell, x) for n, row in enumerate(said.of) for cell, x in row.items()]
    at, cells, factors = (np.array(column) for column in zip(*places, strict=True))
    more = sparse.csr_array((factors, (at, cells)), shape=(len(said.of), system.cells))
    return replace(
        system,
        rows=sparse.csr_array(sparse.vstack([system.rows, more])),
        low=np.concatenate([system.low, said.low]),
        high=np.concatenate([system.high, said.high]),
    )


def _counted(
    figure: Mapping[str, Any], of: Mapping[Cell, int]
) -> Iterator[tuple[dict[int, float], float, float, str]]:
    """A count that is printed as such."""
    cell = of.get(_key(figure, figure["measure"], *(figure[b] for b in BREAKDOWNS)))
    if cell is not None:
        value = float(figure["value"])
        yield {cell: 1.0}, value, value, _words(figure)


def _rate(
    catalog: Catalog, figure: Mapping[str, Any], of: Mapping[Cell, int]
) -> Iterator[tuple[dict[int, float], float, float, str]]:
    """A rate of counts that are there: two inequalities."""
    indicator = catalog.indicators.get(figure["indicator"])
    if indicator is None or not indicator.denominator:
        return
    above = _terms(indicator.numerator, figure, of)
    below = _terms(indicator.denominator, figure, of)
    if above is None or below is None:
        return
    value = float(figure["value"])
    half = 0.5 * 10.0 ** -max(decimals(value), indicator.decimals)
    for edge, low, high in ((value - half, 0.0, np.inf), (value + half, -np.inf, 0.0)):
        row = {cell: indicator.per * factor for cell, factor in above.items()}
        for cell, factor in below.items():
            row[cell] = row.get(cell, 0.0) - edge * factor
        yield row, low, high, _words(figure)


def _terms(
    terms: Sequence[Term], figure: Mapping[str, Any], of: Mapping[Cell, int]
) -> dict[int, float] | None:
    """The cells of a sum with their factors; None if one is not there."""
    found: dict[int, float] = {}
    for term in terms:
        for age in term.age:
            for sex in term.sex:
                for nationality in term.nationality:
                    cell = of.get(_key(figure, term.measure, age, sex, nationality))
                    if cell is None:
                        return None
                    found[cell] = found.get(cell, 0.0) + term.factor
    return found


def _key(figure: Mapping[str, Any], measure: str, *categories: str) -> Cell:
    return (figure["area"], figure["period"], measure, *categories)


def _words(figure: Mapping[str, Any]) -> str:
    number = f"{figure['value']:.10g}".replace(".", ",")
    return f"{figure['title']} {number} {figure['unit']} ({figure['source']})"
