"""Whether what an audience may know hangs on what it may not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from model.catalog import Audience, City, Measure, Theme
from model.protection import Protection
from prepare import audiences
from prepare.findings import Finding

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def findings(city: City, themes: Iterable[Theme], name: str) -> list[Finding]:
    """What an audience may know that needs what it may not: in the file of measures, `name`."""
    measures = {measure.id: measure for measure in city.measures}
    found = []
    for measure in measures.values():
        for key, other in _needed(measure):
            lacking = _lacking(measure, measures.get(other))
            if lacking:
                place = f'[[measures]] id = "{measure.id}", Schlüssel "{key}"'
                found.append(_mixed(name, place, other, lacking))
    for each in themes:
        file = f"{name.partition('/')[0]}/catalog/{each.id}.toml"
        for audience in AUDIENCES:
            known = {m.id for m in measures.values() if audience in m.audiences}
            left = {indicator.id for indicator in audiences.theme(each, known).indicators}
            if left and each.headline not in left:
                place = 'Schlüssel "headline"'
                found.append(_mixed(file, place, each.headline, [audience]))
    return found


def residents(city: City, protection: Protection, audience: str, name: str) -> list[Finding]:
    """Whether the rules for an audience, in the file `name`, name residents it may not know."""
    named = [measure for measure in city.measures if measure.id == protection.residents]
    if not protection.minimum_area or all(audience in measure.audiences for measure in named):
        return []
    return [_mixed(name, f'[{audience}], Schlüssel "residents"', protection.residents, [audience])]


def _needed(measure: Measure) -> Iterator[tuple[str, str]]:
    """Keys of a measure that name others, with their names."""
    if measure.unallocated:
        yield "unallocated", measure.unallocated
    yield from (("part_of", term.measure) for term in measure.part_of)
    yield from (("holds", term.measure) for term in measure.holds)
    if measure.rate:
        yield from (("rate", t.measure) for t in measure.rate.numerator + measure.rate.denominator)


def _lacking(measure: Measure, other: Measure | None) -> list[Audience]:
    """The audiences that know a measure and not the one it needs."""
    return [a for a in measure.audiences if other is not None and a not in other.audiences]


def _mixed(file: str, place: str, other: str, lacking: Sequence[str]) -> Finding:
    return Finding(
        "audience_mixed",
        file,
        place,
        f'"{other}" ist für {", ".join(lacking)} nicht bestimmt, wird aber dort gebraucht.',
        "audiences in measures.toml angleichen oder etwas anderes nennen.",
    )
