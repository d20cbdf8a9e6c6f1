"""The signs of official tables: which mark a figure carries, and what each of them means.

Statuses are kept as words; a sign is only their shape in a table. The classic set is that of
DIN 55301 (withdrawn in 2020, still in use), the letters are those of the statistical office of
Niedersachsen since. Neither has a sign for figures of a model; ours is "m".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from model import formats, status
from model.language import _

SignSet = Literal["classic", "letters"]

ZERO, NEAR_ZERO = "zero", "near_zero"
_MARKS = {"preliminary": "p", "revised": "r", "estimated": "s", "modelled": "m"}
SETS: Mapping[str, Mapping[str, str]] = {
    "classic": {
        ZERO: "-",
        NEAR_ZERO: "0",
        "suppressed": ".",
        "unreliable": "/",
        "not_collected": "…",
        "not_meaningful": "x",
        **_MARKS,
    },
    "letters": {
        ZERO: "0",
        NEAR_ZERO: "k",
        "suppressed": "g",
        "unreliable": "u",
        "not_collected": "t",
        "not_meaningful": "x",
        **_MARKS,
    },
}
"""The one place that says which sign stands for what, in the order of legends."""


def kinds(
    name: str,
    value: float | None,
    decimals: int = 0,
    *,
    rounded: bool = False,
    revised: bool = False,
) -> tuple[str, ...]:
    """What a figure is marked with: why it is missing, that it is zero, how sure it is.

    `name` is its status. A number of a level that is `rounded` to multiples gets one mark for
    nothing and for rounded to nothing, so that nobody learns which of them it is.
    """
    if value is None:
        return (name,)
    found = [name] if name in _MARKS else []
    # Few numbers are small enough to be worth the exact look.
    if abs(value) < 1 and formats.exact(value, decimals) == 0:
        found.insert(0, NEAR_ZERO if rounded or value else ZERO)
    return tuple(dict.fromkeys([*found, *(["revised"] if revised else [])]))


def text(found: Sequence[str], chosen: str) -> str:
    """The signs of a figure, as they stand in a column of their own; empty for a plain number."""
    return " ".join(SETS[chosen][kind] for kind in found)


def words(kind: str, rounded: bool = False) -> str:
    """What a sign means, in a few words."""
    if kind == ZERO:
        return _("genau null")
    if kind == NEAR_ZERO:
        return (
            _("null oder auf null gerundet")
            if rounded
            else _("nicht genau null, aber gerundet null")
        )
    return status.words(kind)


def reason(kind: str, rounded: bool = False) -> str:
    """What a sign means, as a sentence."""
    if kind == ZERO:
        return _("Der Wert ist genau null. Das ist eine Zahl wie jede andere.")
    if kind == NEAR_ZERO and rounded:
        return _("Der Wert ist null oder so nahe daran, dass er auf null gerundet wurde.")
    if kind == NEAR_ZERO:
        return _("Der Wert ist nicht genau null, aber so nahe daran, dass gerundet null dasteht.")
    return status.reason(kind)


def legend(
    chosen: str, only: Collection[str] | None = None, rounded: bool = False
) -> list[tuple[str, str, str]]:
    """Kind, sign and meaning of all signs of a set, or of those in `only`."""
    return [
        (kind, sign, words(kind, rounded))
        for kind, sign in SETS[chosen].items()
        if (only is None or kind in only) and not (rounded and only is None and kind == ZERO)
    ]
