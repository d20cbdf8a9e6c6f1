"""How the categories of a breakdown make up each other, overlapping age groups included."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from model.catalog import TOTAL
from prepare import age_spans
from prepare.age_spans import OPEN, Span

Pattern = list[tuple[int, str, float]]
"""Entries (row, category, coefficient) of rows that are zero; '~1' is a part nobody counts."""

HELPER = "~"
"""Begins the name of a part that no category is."""


def pattern(
    breakdown: str, told: Sequence[str], categories: Sequence[str], complete: bool
) -> Pattern:
    """The rows among the categories `told` of one breakdown and their total.

    `categories` are all there are; if all are told, or if what is told is declared `complete`,
    they make the total. Otherwise the total may hold more.
    """
    if breakdown == "age":
        return ages(told, complete)
    return _split([*told], complete or set(categories) <= set(told), 0)


def ages(told: Sequence[str], complete: bool) -> Pattern:
    """The rows among age groups and the total, which runs from 0 to the open end.

    Age limits cut life into stretches. Stretches that lie in the same groups are one part: an age
    group that is just this part, or one nobody counts. Every other group is the sum of its parts.
    If what is told is `complete`, there is nobody in stretches outside of all groups.
    """
    spans = {age: found for age in told if (found := age_spans.span(age)) is not None}
    odd = [age for age in told if age not in spans]
    if odd and complete:
        wholes = {whole for whole, _ in age_spans.sums(told, False) if whole != TOTAL}
        finest = [age for age in told if age not in wholes]
        return _renumbered([_split(finest, True, 0), _within(spans, True, total=False)])
    return _renumbered([_within(spans, complete), *(_split([age], False, 0) for age in odd)])


def _within(spans: dict[str, Span], complete: bool, total: bool = True) -> Pattern:
    """The rows among groups of known limits; with the total if wanted."""
    groups = spans | ({TOTAL: (0, OPEN)} if total else {})
    limits = sorted({limit for span in groups.values() for limit in span})
    parts: dict[frozenset[str], None] = {}
    for start, end in itertools.pairwise(limits):
        inside = frozenset(age for age, (a, b) in groups.items() if a <= start and end <= b)
        if inside and not (complete and inside == {TOTAL}):
            parts[inside] = None
    of = {age: [part for part in parts if age in part] for age in groups}
    names: dict[frozenset[str], str] = {}
    for age in [*spans, *groups]:
        if len(of[age]) == 1:
            names.setdefault(of[age][0], age)
    for number, part in enumerate(parts):
        names.setdefault(part, f"{HELPER}{number}")
    rows: Pattern = []
    for number, (age, own) in enumerate(of.items()):
        if [names[part] for part in own] != [age]:
            rows.append((number, age, 1.0))
            rows += [(number, names[part], -1.0) for part in own]
    return rows


def _split(parts: list[str], complete: bool, number: int) -> Pattern:
    """The total as the sum of parts, and of others if they are not everything."""
    told = parts if complete else [*parts, f"{HELPER}rest_{'_'.join(parts)}"]
    return [(number, TOTAL, 1.0), *((number, part, -1.0) for part in told)]


def _renumbered(patterns: Sequence[Pattern]) -> Pattern:
    """Several patterns as one, with different numbers for different rows."""
    found: Pattern = []
    for place, own in enumerate(patterns):
        found += [(len(patterns) * number + place, age, factor) for number, age, factor in own]
    return found
