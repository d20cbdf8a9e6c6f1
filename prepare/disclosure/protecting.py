"""What a release may tell of its counts: rounded, or hidden so that nothing hidden can be told.

Measure after measure, what most indicators need first, each with the least harm given what was
decided before; then everything together goes through the attack. What this leaves open is decided
jointly. Zones come last: where one would tell what others hide, the zone is hidden, not others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from model.catalog import Catalog
from prepare import progress
from prepare.disclosure import (
    attack,
    compositions,
    harm,
    patterns,
    primary,
    rounding,
    rows,
    suppression,
    tables,
)
from prepare.disclosure.patterns import NONE_KNOWN, Patterns
from prepare.disclosure.problem import Unprotectable
from prepare.disclosure.suppression import Pattern
from prepare.disclosure.system import Flags, Floats, Places, System
from prepare.disclosure.tables import Facts

SECONDS = 300.0
"""After this long a measure's pattern is one that is safe, but need not be the best."""


MANY = 400
"""A measure with more cells than this in a period is a large table."""
FEW = 6
"""In large tables, so many areas are looked at, or as many as have something to hide."""


@dataclass(frozen=True, eq=False)
class Frozen:
    """Cells whose state earlier releases have settled: those hidden then, and those told then."""

    hide: Flags
    show: Flags


@dataclass(frozen=True, eq=False)
class Protected:
    """The facts, the counts hidden among their cells, and the numbers told of the others.

    `primary` are those that were too small by themselves.
    """

    facts: Facts
    hidden: Flags
    primary: Flags
    told: Floats

    def released(self, found: pl.DataFrame) -> pl.DataFrame:
        """The counts (counts.SCHEMA, in the order of the facts) as they may be released."""
        size = found.height
        return found.with_columns(
            value=pl.Series(self.told[:size]).fill_nan(None),
            status=pl.when(pl.Series(self.hidden[:size]))
            .then(pl.lit("suppressed"))
            .otherwise("status"),
        )


def protected(
    facts: Facts, frozen: Frozen | None = None, before: Patterns = NONE_KNOWN
) -> Protected:
    """The counts of a city as a release may tell them; patterns found `before` are not sought.

    Raises Unprotectable for cells that nothing protects, rounding.Unroundable where no rounding
    keeps the sums, attack.Infeasible where the counts contradict each other, and attack.Undecided
    where the solver fails.
    """
    work = Work(facts, frozen, before)
    for measure in ordered(facts.catalog):
        progress.tell(f"Geheimhaltung: {facts.catalog.measures[measure].title}")
        work.protect(measure)
    work.join()
    if work.zone.any():
        work.add_zones()
        work.join()
    hidden = (work.hidden | work.primary) & facts.flags(pl.col("kind") == "count")
    told = np.where(hidden, np.nan, work.value)
    return Protected(facts, hidden, work.primary & hidden, told)


def ordered(catalog: Catalog) -> list[str]:
    """All measures, those that most indicators need first, so that the others make way."""
    needed = Counter(
        measure
        for indicator in catalog.indicators.values()
        for measure in {term.measure for term in (*indicator.numerator, *indicator.denominator)}
    )
    return sorted(catalog.measures, key=lambda name: -needed[name])


class Work:
    """The protection under way: which cells are hidden so far."""

    def __init__(self, facts: Facts, frozen: Frozen | None, before: Patterns = NONE_KNOWN) -> None:
        none = np.zeros(facts.cells.height, dtype=bool)
        settled = frozen or Frozen(none, none)
        self.facts = facts
        self.before = before
        self.decided = none
        self.primary = primary.primary(facts)
        self.fixed = primary.fixed(facts) | settled.show
        self.hidden = (self.primary | settled.hide) & ~self.fixed
        rounded = facts.flags((pl.col("base") > 1) & ~pl.col("open"))
        self.value = _rounded(facts, rounded)
        self.absent = primary.absent(facts) | rounded
        self.system = _knowing(facts, rounded, self.value)
        self.measure = facts.cells["measure"].to_numpy()
        self.rests = facts.flags((pl.col("kind") == "complement") | ~pl.col("additive"))
        self.linked = abs(facts.system.rows).T.tocsr()
        self.zone = facts.flags(compositions.zoned())
        self.apart = self.linked.T @ self.zone > 0
        self.zones = False
        self.demand = tables.demand(facts, np.ones_like(none))
        self.weight = harm.weights(facts.cells, facts.catalog)
        self.floor = facts.cells["floor"].to_numpy()
        self.period = facts.cells["period"].fill_null("").to_numpy()

    def protect(self, measure: str) -> None:
        """Hide of one measure what must be; if that is not enough, of others as well.

        First of those it belongs to, then of all that rows link with what stays unprotected. Its
        complements, and rates made of it, count as its own. Raises Unprotectable.
        """
        own = (self.measure == measure) & ~self.zone
        free = own | (self.rests & (self.linked @ (self.linked.T @ own) > 0))
        while True:
            try:
                self.hide(free)
                break
            except Unprotectable as error:
                wider = self.wholes(free) | self.of(self.measure[error.cells])
                if not (wider & ~free).any():
                    wider = free | self.beside(error.cells)
                if not (wider & ~free).any():
                    raise
                free = free | wider
        self.decided = self.decided | own

    def wholes(self, free: Flags) -> Flags:
        """The cells of all that the measures of some cells are part of."""
        measures = self.facts.catalog.measures
        names = [t.measure for m in np.unique(self.measure[free]) for t in measures[m].part_of]
        return self.of(names)

    def beside(self, cells: Places) -> Flags:
        """The cells of all measures that a row links with some cells."""
        flags = np.isin(np.arange(len(self.measure)), cells)
        linked = self.linked @ (self.linked.T @ flags) > 0
        return self.of(np.unique(self.measure[linked]))

    def of(self, measures: ArrayLike) -> Flags:
        """The cells of some measures; those of zones once it is their turn."""
        found: Flags = np.isin(self.measure, measures) & (self.zones | ~self.zone)
        return found

    def add_zones(self) -> None:
        """Measure after measure, hide of zones what must be; what else is hidden stays so.

        What zones alone do not settle is left to `join`.
        """
        self.zones, self.decided = True, ~self.zone
        for measure in ordered(self.facts.catalog):
            own = self.zone & (self.measure == measure)
            for free in (own, self.zone) if own.any() else ():
                try:
                    self.choose(free, np.ones_like(free))
                    break
                except Unprotectable:
                    continue
            self.decided = self.decided | own

    def join(self) -> None:
        """Decide anew, all measures together, wherever the attack still finds something."""
        while len(cells := self.found()):
            component = next(c for c in self.open().components() if np.isin(cells, c).any())
            free = self.of(np.unique(self.measure[component]))
            if not (self.more(free) or self.more(free | self.beside(cells))):
                raise Unprotectable(cells)

    def more(self, free: Flags) -> bool:
        """Whether more could be hidden among the `free` cells, and now is."""
        before = self.hidden.sum()
        try:
            self.hide(free)
        except Unprotectable:
            return False
        return bool(self.hidden.sum() > before)

    def hide(self, free: Flags) -> None:
        """Choose what to hide among the `free` cells.

        What was decided before stays, and stays protected; of what was not, nobody knows anything
        yet. In large tables only areas with something to hide, and a few small ones, are looked
        at, unless that is not enough. Raises Unprotectable.
        """
        try:
            self.choose(free, self.near(free))
        except Unprotectable:
            self.choose(free, np.ones_like(free))

    def near(self, free: Flags) -> Flags:
        """The cells worth looking at: all, or in large tables those of a few areas."""
        if free.sum() / max(len(np.unique(self.period[free])), 1) <= MANY:
            return np.ones_like(free)
        own = free & self.facts.flags(pl.col("kind") == "count") & ~self.fixed
        cells = self.facts.cells.filter(pl.Series(own)).with_columns(
            hidden=pl.Series(self.hidden[own])
        )
        sizes = (
            cells.filter(pl.col("level") != self.facts.catalog.city.city_level)
            .group_by("level", "area", "period")
            .agg(pl.col("hidden").any(), pl.col("value").max())
            .sort(
                *("hidden", "value", "level", "area", "period"),
                descending=[True, *[False] * 4],
                nulls_last=True,
            )
            .with_columns(place=pl.int_range(pl.len()).over("level", "period"))
            .filter(pl.col("hidden") | (pl.col("place") < FEW))
        )
        place = ["level", "area", "period"]
        cells = self.facts.cells.select(place).join(
            sizes.with_columns(near=True), on=place, how="left", maintain_order="left"
        )
        found: Flags = cells["near"].fill_null(False).to_numpy()
        return found

    def choose(self, free: Flags, near: Flags) -> None:
        """Choose among the free cells that are near. Raises Unprotectable.

        Where none of them is hidden by itself, nothing is; but a zone may tell what others hide.
        """
        known = free | self.decided
        hidden, absent = self.hidden & known, self.absent | ~known
        asked = hidden if self.zones else free & hidden
        if not asked.any():
            return
        settled = self.fixed | ~free | ~near
        shown = np.flatnonzero(settled & ~hidden & ~absent & ~np.isnan(self.value))
        system = self.seen(self.system).told(shown, self.value[shown], self.value[shown])
        parts = [p for p in system.components() if asked[p].any() and free[p].any()]
        if not parts:
            return
        cells: Places = np.sort(np.concatenate(parts))
        with _among(cells):
            found = self.pattern(system.part(cells), cells, hidden, absent, known)
        self.hidden[cells[found.hidden]] = True

    def pattern(
        self, part: System, cells: Places, hidden: Flags, absent: Flags, known: Flags
    ) -> Pattern:
        """The pattern of some cells, `part` being their system: found before, or sought now."""
        flags = (hidden[cells], self.fixed[cells], absent[cells])
        value, weight = self.value[cells], self.weight[cells]
        # Of what is not decided yet, a zero may be shown later.
        floor = np.where(known, self.floor, np.minimum(self.floor, 0.0))[cells]
        demand = self.demand.of(cells)
        question = patterns.question(part, value, flags, demand, (weight, floor))
        found = self.before.known(question, len(cells))
        if found is None:
            found = suppression.pattern(
                part, value, *flags, demand, weight, floor=floor, seconds=SECONDS
            )
            self.before.keep(question, found)
        return found

    def open(self) -> System:
        """What everybody knows once all that is not hidden has been told."""
        return self.seen(tables.told(self.facts, np.where(self.hidden, np.nan, self.value)))

    def seen(self, system: System) -> System:
        """A system without what zones add up to, until it is their turn."""
        return system if self.zones or not self.apart.any() else rows.without(system, self.apart)

    def found(self) -> Places:
        """The hidden cells that an attacker knows too closely."""
        demand = tables.demand(self.facts, self.hidden)
        try:
            return attack.failing(self.open(), demand, self.hidden).cells
        except attack.Undecided as error:
            raise attack.Undecided(str(error), np.flatnonzero(self.hidden)) from error


@contextmanager
def _among(cells: Places) -> Iterator[None]:
    """What fails in here is about these cells, by their places among them."""
    try:
        yield
    except (Unprotectable, attack.Infeasible) as error:
        raise type(error)(cells[error.cells]) from error
    except attack.Undecided as error:
        raise attack.Undecided(str(error), cells) from error


def _rounded(facts: Facts, rounded: Flags) -> Floats:
    """The numbers told of all cells that are not hidden: exact ones, or rounded ones."""
    if not rounded.any():
        return facts.value
    base = np.where(rounded, facts.cells["base"].to_numpy(), 0).astype(float)
    return rounding.rounded(facts.system, facts.value, base)


def _knowing(facts: Facts, rounded: Flags, value: Floats) -> System:
    """The common knowledge, once the rounded numbers are told."""
    cells = np.flatnonzero(rounded & facts.flags(pl.col("kind") == "count") & ~np.isnan(value))
    told = tables.told(facts, np.where(rounded, value, np.nan))
    return facts.system.told(cells, told.floor[cells], told.ceiling[cells])
