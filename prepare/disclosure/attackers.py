"""The attackers on one view: what they can work out, against what has to stay secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from prepare.disclosure import attack, corrections, knowledge, overheard, tables
from prepare.disclosure.attack import Bounds, Demand
from prepare.disclosure.ranges import Ranges
from prepare.disclosure.system import Flags, Places, System
from prepare.disclosure.views import View

_NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Outcome:
    """What the attackers get from a view, after corrections in it have been set aside.

    `bounds` are those of the cells `guarded`, in their order; `singles` are (who knows that this
    cell is one, learns that that cell is, this). `revised` counts the cells that another release
    tells otherwise; `contradictory` are cells that the release's own numbers leave nothing for.
    """

    view: View
    system: System
    guarded: Places
    bounds: Bounds
    demand: Demand
    singles: Sequence[tuple[int, int, float]]
    revised: int
    contradictory: Places

    @property
    def exact(self) -> Flags:
        """Of the guarded cells, those that are worked out exactly."""
        flags: Flags = self.bounds.high - self.bounds.low < _NEAR
        return flags & ~self.large_rest

    @property
    def large_rest(self) -> Flags:
        """Of the guarded cells, complements known to be large enough: nobody hides them."""
        rest = self.view.facts.flags(pl.col("kind") == "complement")[self.guarded]
        flags: Flags = rest & (self.bounds.low >= self.demand.reach[self.guarded] - _NEAR)
        return flags

    @property
    def narrow(self) -> Flags:
        """Of the guarded cells, those that are not exact but closer than demanded."""
        excess = self.demand.of(self.guarded).excess(self.bounds.low, self.bounds.high)
        flags: Flags = (excess < -_NEAR) & ~self.exact & ~self.large_rest
        return flags

    @cached_property
    def components(self) -> list[Places]:
        """The cells that hang together by all that is told."""
        return self.system.components()

    def giveaways(self, cell: int) -> Places:
        """The rows of the system that give a cell away."""
        own = next((part for part in self.components if cell in part), None)
        if own is None:
            return np.zeros(0, dtype=np.int64)
        touching = np.flatnonzero(np.diff(self.system.rows[:, own].indptr) > 0)
        place = int(np.flatnonzero(own == cell)[0])
        found: Places = touching[attack.giveaways(self.system.part(own), place)]
        return found


def outcome(view: View) -> Outcome:
    """Attack everything that is told together.

    Where numbers contradict each other, a correction lies between two releases: as little as
    possible of what the others tell is set aside (corrections.doubted), or, where no fractions
    contradict each other, all they tell of those cells. If the release contradicts itself there,
    no attacker can be asked, and the cells are named instead.
    """
    revised, apart = 0, np.zeros(0, dtype=np.int64)
    while True:
        system = view.system()
        guarded = view.guarded & ~view.known
        guarded[apart] = False
        try:
            _check_consistent(system, guarded)
            return _attacked(view, system, guarded, revised, apart)
        except knowledge.Infeasible as error:
            cells = view.tied(error.cells)
            rest = corrections.doubted(view, error.cells) or view.without(cells)
            revised += len(view.cells) - len(rest.cells)
            if len(rest.cells) == len(view.cells) and len(rest.said.of) == len(view.said.of):
                apart = np.union1d(apart, cells)
                rest = rest.loosened(cells)
            view = rest


def _check_consistent(system: System, guarded: Flags) -> None:
    """Raise knowledge.Infeasible where no numbers fit; much faster than to look for all bounds."""
    tight = knowledge.knowledge(system)
    for component, _, part in knowledge.parts(tight, np.flatnonzero(guarded)):
        with knowledge.among(component):
            Ranges(part)


def _attacked(view: View, system: System, guarded: Flags, revised: int, apart: Places) -> Outcome:
    cells = np.flatnonzero(guarded)
    demand = tables.demand(view.facts, guarded)
    found = attack.bounds(system, cells, demand)
    minimum = view.facts.cells["k"].fill_null(0).cast(float).to_numpy()
    singles = overheard.overheard(system, guarded, minimum, view.ones) if view.ones.any() else []
    return Outcome(view, system, cells, found, demand, singles, revised, apart)
