"""One catalog for several releases: all that any of them names, and all that any of them relates.

What the release itself declares goes first. What only another one names keeps the rule and the
method that it had there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from model.catalog import Catalog, Category, City, Level, Measure
from model.protection import Open, Protection, Rule

Declared = TypeVar("Declared", Level, Category, Measure)
Model = TypeVar("Model", City, Measure, Protection, Rule)


def catalog(own: Catalog, others: Iterable[Catalog]) -> Catalog:
    """The catalog `own` with what others add to it; the nearest of them first."""
    for other in others:
        if other != own:
            own = _with(own, other)
    return own


def relations(own: Catalog) -> dict[str, tuple[Any, ...]]:
    """What a catalog says about each measure and others, and about its own categories."""
    complete = own.protection.complete
    return {
        m.id: (m.part_of, m.holds, m.holds_all, m.rate, m.unallocated, complete.get(m.id))
        for m in own.city.measures
    }


def _with(own: Catalog, other: Catalog) -> Catalog:
    return Catalog.model_construct(
        city=_city(own.city, other.city),
        themes=own.themes,
        protection=_protection(own, other),
    )


def _city(own: City, other: City) -> City:
    theirs = {measure.id: measure for measure in other.measures}
    told = [_related(mine, theirs.get(mine.id, mine)) for mine in own.measures]
    return _changed(
        own,
        {
            "levels": _united(own.levels, other.levels),
            "measures": _united(told, other.measures),
            # Ages say themselves what they add up to.
            "ages": _united(own.ages, other.ages),
            "sexes": _fewer(own.sexes, other.sexes),
            "nationalities": _fewer(own.nationalities, other.nationalities),
        },
    )


def _fewer(own: tuple[Category, ...], others: tuple[Category, ...]) -> tuple[Category, ...]:
    """The categories that make a total in both releases."""
    there = {one.id for one in others}
    fewer = tuple(one for one in own if one.id in there)
    return fewer if there and len(fewer) == len(there) else own


def _united(own: Sequence[Declared], others: Sequence[Declared]) -> tuple[Declared, ...]:
    """All of both, each of the others behind the one it stands behind there."""
    found, place = list(own), 0
    for one in others:
        at = next((n for n, known in enumerate(found) if known.id == one.id), None)
        if at is None:
            found.insert(place, one)
        place = (place if at is None else at) + 1
    return tuple(found)


def _related(own: Measure, other: Measure) -> Measure:
    """A measure with the relations that another release declares for it as well."""
    if own.additive != other.additive:
        return own
    parts = own
    if set(own.holds) == set(other.holds):
        parts = own if own.holds_all else other
    elif other.holds and not own.holds_all:
        parts = other if other.holds_all or not own.holds else own
    told = {
        "part_of": tuple(dict.fromkeys((*own.part_of, *other.part_of))),
        "holds": parts.holds,
        "holds_all": parts.holds_all,
        "unallocated": own.unallocated or other.unallocated,
        "rate": own.rate or other.rate,
    }
    return _changed(own, told)


def _protection(own: Catalog, other: Catalog) -> Protection:
    mine, theirs = own.protection, other.protection
    new = sorted(theirs.measures.keys() - mine.measures.keys())
    renamed = {theirs.measures[name]: f"{theirs.measures[name]}/{len(mine.rules)}" for name in new}
    rules = [_changed(theirs.by_id[old], {"id": name}) for old, name in renamed.items()]
    measures = {name: renamed[theirs.measures[name]] for name in new}
    complete = {name: theirs.complete[name] for name in new if name in theirs.complete}
    elsewhere = [
        Open.model_construct(measure=one.measure, levels=levels, reason=one.reason)
        for one in theirs.public
        for levels in [tuple(v for v in one.levels if _new(one.measure, v, mine))]
        if levels
    ]
    return _changed(
        mine,
        {
            "rules": (*mine.rules, *rules),
            "measures": {**mine.measures, **measures},
            "complete": {**mine.complete, **complete},
            "methods": {**theirs.methods, **mine.methods},
            "public": (*mine.public, *elsewhere),
        },
    )


def _new(measure: str, level: str, known: Protection) -> bool:
    return measure not in known.measures or level not in known.methods


def _changed(own: Model, told: dict[str, Any]) -> Model:
    """A declaration with other values; what it has worked out of the old ones is forgotten."""
    return type(own).model_construct(**(dict(own) | told))
