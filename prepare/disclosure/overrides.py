"""Other rules to try out, as they are written on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model.protection import Protection, Rule
from prepare import validation
from prepare.failures import ImpossibleError
from prepare.findings import nearest

_REASON = "Zur Probe."


def overridden(own: Protection, minimum: Iterable[str], method: Iterable[str]) -> Protection:
    """The protection with other minima of sources (SOURCE=K) and methods of levels (LEVEL=M).

    Raises ImpossibleError for what is not there, PreparationError for what is not allowed.
    """
    sources, methods, rules = (
        dict(own.sources),
        {**own.methods},
        [rule.model_dump() for rule in own.rules],
    )
    try:
        for source, told in _pairs(minimum, sources, "--minimum"):
            rule = own.by_id[sources[source]]
            rules.append(_other(rule, f"{rule.id}_{source}", int(told)))
            sources[source] = str(rules[-1]["id"])
        told_methods: dict[str, Any] = {**methods, **dict(_pairs(method, methods, "--method"))}
    except ValueError:
        raise ImpossibleError("--minimum braucht eine ganze Zahl: QUELLE=5") from None
    data = own.model_dump() | {"rules": rules, "sources": sources, "methods": told_methods}
    data["reason"] = own.reason or _REASON
    return validation.checked(Protection, data, "--minimum, --method")


def _other(rule: Rule, name: str, minimum: int) -> dict[str, Any]:
    told = rule.model_dump() | {"id": name, "minimum": minimum, "preset": "own"}
    return told | {"reason": rule.reason or _REASON}


def _pairs(
    words: Iterable[str], known: Mapping[str, object], option: str
) -> Iterable[tuple[str, str]]:
    for word in words:
        name, _, told = word.partition("=")
        if not told:
            raise ImpossibleError(f"{option} {word}: Es fehlt, was gelten soll, wie NAME=WERT.")
        if name not in known:
            raise ImpossibleError(f'{option}: "{name}" ist unbekannt. {nearest(name, known)}')
        yield name, told
