"""Why numbers cannot be protected, in German."""

from __future__ import annotations

from dataclasses import dataclass

from prepare.disclosure.attack import Infeasible, Undecided
from prepare.disclosure.problem import Unprotectable
from prepare.disclosure.rounding import Unroundable
from prepare.disclosure.system import Places

REFUSED = (Unprotectable, Unroundable, Infeasible, Undecided)
"""Whatever stops protection; each names the `cells` it is about."""
_NAMED = 10
"""So many are named of cells that only hang together with what the solver failed at."""


@dataclass(frozen=True)
class Refusal:
    """What is wrong with a number, by which rule of rules.RULES, and what to do about it."""

    rule: str
    message: str
    remedy: str


_UNPROTECTABLE = Refusal(
    "disclosure_unprotectable",
    "Diese Zahl ist geheim, und keine Wahl weiterer geheimer Zahlen schützt sie.",
    "Gröber gliedern, die Ebene runden oder die Messgröße nicht veröffentlichen.",
)
_INFEASIBLE = Refusal(
    "disclosure_contradiction",
    "Hier widersprechen sich die gelieferten Zahlen; nichts ist prüfbar.",
    "Die Lieferung berichtigen, oder was measures.toml über diese Zahlen sagt.",
)
_UNDECIDED = Refusal(
    "disclosure_undecided",
    "Ob diese Zahl geschützt ist, konnte nicht ausgerechnet werden; sie gilt als ungeschützt.",
    "Gröber gliedern oder die Ebene runden.",
)


def cells(error: Unprotectable | Unroundable | Infeasible | Undecided) -> Places:
    """The cells to name."""
    return error.cells[:_NAMED] if isinstance(error, Undecided) else error.cells


def refusal(error: Exception) -> Refusal:
    """The reason in words, of one of REFUSED."""
    if isinstance(error, Infeasible):
        return _INFEASIBLE
    return _UNDECIDED if isinstance(error, Undecided) else _UNPROTECTABLE
