"""What leaks from a view, in words: the cell, the equations behind it, and what would help."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model.catalog import BREAKDOWNS, TOTAL
from prepare.disclosure import tables
from prepare.disclosure.attackers import Outcome
from prepare.disclosure.coarser import DETAILS
from prepare.disclosure.verdict import Kind, Leak, Profile

_EQUATIONS = 6
EXPLAINED = 50
"""So many leaks of a view come with the equations behind them."""


def leaks(found: Outcome, name: str) -> list[Leak]:
    """Everything that fails in an outcome, in words; `name` says which view it is (German).

    The first EXPLAINED come with the equations that give them away.
    """
    told = [_contradiction(found, int(cell), name) for cell in found.contradictory[:1]]
    told += [_leak(found, int(n), "exact", name) for n in np.flatnonzero(found.exact)]
    told += [_leak(found, int(n), "narrow", name) for n in np.flatnonzero(found.narrow)]
    told += [_single(found, *single, name) for single in found.singles]
    cells = [*found.contradictory[:1], *found.guarded[found.exact], *found.guarded[found.narrow]]
    cells += [other for _, other, _ in found.singles]
    return [
        replace(leak, equations=leak.equations + _equations(found, int(cell)))
        for leak, cell in zip(told[:EXPLAINED], cells, strict=False)
    ] + told[EXPLAINED:]


def profile(found: Outcome, cell: int) -> Profile:
    """Whose knowledge a cell is about: complements are what groups are afraid of."""
    return "group" if found.view.facts.cells["kind"][cell] == "complement" else "outsider"


def _leak(found: Outcome, place: int, kind: Kind, name: str) -> Leak:
    cell = int(found.guarded[place])
    return Leak(
        profile=profile(found, cell),
        kind=kind,
        view=name,
        cell=tables.sentence(found.view.facts, cell),
        low=float(found.bounds.low[place]),
        high=float(found.bounds.high[place]),
        equations=(),
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
        equations=(f"Wer weiß: {knows} = 1",),
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
    rows = [int(row) for row in found.giveaways(cell)]
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
