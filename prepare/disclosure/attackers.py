"""The attackers on one view: what they can work out, against what has to stay secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.catalog import BREAKDOWNS, TOTAL
from prepare.disclosure import attack, knowledge, tables
from prepare.disclosure.attack import Bounds, Demand
from prepare.disclosure.coarser import DETAILS
from prepare.disclosure.ranges import Ranges
from prepare.disclosure.system import Flags, Places, System
from prepare.disclosure.verdict import Kind, Leak, Profile
from prepare.disclosure.views import View

_NEAR = 1e-6
_EQUATIONS = 6


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
        return flags

    @property
    def narrow(self) -> Flags:
        """Of the guarded cells, those that are not exact but closer than demanded."""
        reach, width = self.demand.reach[self.guarded], self.demand.width[self.guarded]
        short = self.bounds.high < reach - _NEAR
        short |= self.bounds.high - self.bounds.low < width - _NEAR
        flags: Flags = short & ~self.exact
        return flags


def outcome(view: View) -> Outcome:
    """Attack everything that is told together.

    Where numbers contradict each other, a correction lies between two releases: what the
    others tell of those cells is set aside. If the release contradicts itself there, no
    attacker can be asked, and the cells are named instead.
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
            rest = view.without(cells)
            revised += len(view.cells) - len(rest.cells)
            if len(rest.cells) == len(view.cells) and len(rest.said.of) == len(view.said.of):
                apart = np.union1d(apart, cells)
                rest = rest.loosened(cells)
            view = rest


def leaks(found: Outcome, name: str) -> list[Leak]:
    """Everything that fails in an outcome, in words; `name` says which view it is (German)."""
    told = [_contradiction(found, int(cell), name) for cell in found.contradictory[:1]]
    told += [_leak(found, int(n), "exact", name) for n in np.flatnonzero(found.exact)]
    told += [_leak(found, int(n), "narrow", name) for n in np.flatnonzero(found.narrow)]
    return told + [_single(found, *single, name) for single in found.singles]


def profile(found: Outcome, cell: int) -> Profile:
    """Whose knowledge a cell is about: complements are what groups are afraid of."""
    return "group" if found.view.facts.cells["kind"][cell] == "complement" else "outsider"


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
    singles = attack.singletons(system, guarded, minimum)
    return Outcome(view, system, cells, found, demand, singles, revised, apart)


def _leak(found: Outcome, place: int, kind: Kind, name: str) -> Leak:
    cell = int(found.guarded[place])
    return Leak(
        profile=profile(found, cell),
        kind=kind,
        view=name,
        cell=tables.sentence(found.view.facts, cell),
        low=float(found.bounds.low[place]),
        high=float(found.bounds.high[place]),
        equations=_equations(found, cell),
        remedy=remedy(found, cell),
    )


def _single(found: Outcome, one: int, other: int, value: float, name: str) -> Leak:
    knows = tables.sentence(found.view.facts, one)
    return Leak(
        profile="singleton",
        kind="exact",
        view=name,
        cell=tables.sentence(found.view.facts, other),
        low=value,
        high=value,
        equations=(f"Wer weiß: {knows} = 1", *_equations(found, other)),
        remedy=remedy(found, other),
    )


def _contradiction(found: Outcome, cell: int, name: str) -> Leak:
    return Leak(
        profile="outsider",
        kind="contradiction",
        view=name,
        cell=tables.sentence(found.view.facts, cell),
        low=0,
        high=0,
        equations=(),
        remedy="Die veröffentlichten Zahlen widersprechen sich; neu bauen.",
    )


def _equations(found: Outcome, cell: int) -> tuple[str, ...]:
    """The rows that give a cell away, at most six of them."""
    facts, own = found.view.facts, len(found.view.alone.low)
    rows = [int(row) for row in attack.giveaways(found.system, cell)]
    told = [
        tables.equation(facts, row) if row < own else found.view.said.words[row - own]
        for row in rows[:_EQUATIONS]
    ]
    more = len(rows) - len(told)
    return (*told, f"und {more} weitere") if more else tuple(told)


def remedy(found: Outcome, cell: int) -> str:
    """What to make coarser so that a cell is safe (German)."""
    row = found.view.facts.cells.row(cell, named=True)
    details = [DETAILS[breakdown] for breakdown in BREAKDOWNS if row[breakdown] != TOTAL]
    levels = {level.id: level.plural for level in found.view.facts.catalog.city.levels}
    level = levels.get(row["level"], row["level"])
    if len(details) > 1:
        return f"{' und '.join(details)} nicht kreuzen (Ebene {level}), oder mehr ausblenden."
    if row["age"] != TOTAL:
        return f"Altersgruppen zusammenfassen (Ebene {level}), oder mehr ausblenden."
    if details:
        return f"{details[0]} weglassen (Ebene {level}), oder mehr ausblenden."
    return f"Die Ebene {level} runden oder weglassen, oder mehr ausblenden."
