"""Which age groups add up to which: '6-14' is '6-9' and '10-14', the total is 0 to open end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from model.catalog import TOTAL

Span = tuple[int, int]
"""Ages from (included) to (excluded)."""

OPEN = 1000
"""Beyond every age: where '80+' and the total end."""


def span(age: str) -> Span | None:
    """Ages of '3-5', '20' or '80+'; None for ids that are no age group."""
    if found := re.fullmatch(r"(\d+)-(\d+)", age):
        return int(found[1]), int(found[2]) + 1
    if found := re.fullmatch(r"(\d+)(\+?)", age):
        return int(found[1]), OPEN if found[2] else int(found[1]) + 1
    return None


def sums(ages: Sequence[str], complete: bool, wanted: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(whole, part) pairs among the ages, each whole into its finest parts.

    `wanted` are further wholes, which nobody delivered here. The total is a whole if the ages run
    from 0 to the open end without a gap, or if they are declared to be `complete`.
    """
    spans = {age: found for age in ages if (found := span(age)) is not None}
    pairs = []
    others = {age: found for age in wanted if (found := span(age)) is not None}
    for age, own in (others | spans).items():
        parts = tiling(own, {other: s for other, s in spans.items() if other != age})
        pairs += [(age, part) for part in parts]
    wholes = {whole for whole, _ in pairs}
    finest = [age for age in ages if age not in wholes]
    total = finest if complete else tiling((0, OPEN), spans)
    return pairs + [(TOTAL, part) for part in total]


def tiling(whole: Span, spans: Mapping[str, Span]) -> list[str]:
    """The finest age groups that fill `whole` without gap or overlap; [] if none do."""
    start, end = whole
    by_start: dict[int, list[tuple[int, str]]] = {}
    for age, (begin, stop) in spans.items():
        if start <= begin and stop <= end:
            by_start.setdefault(begin, []).append((stop, age))
    # From the end backwards each start is settled once; trying every chain would take for ever.
    rest: dict[int, list[str]] = {end: []}
    for begin in sorted(by_start, reverse=True):
        finest = [(stop, age) for stop, age in sorted(by_start[begin]) if stop in rest]
        if finest:
            stop, age = finest[0]
            rest[begin] = [age, *rest[stop]]
    return rest.get(start, [])
