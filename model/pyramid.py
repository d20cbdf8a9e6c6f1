"""The age pyramid: how the people of an area are spread over ages and sexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from model.catalog import TOTAL

OPEN_YEARS = 15
"""So many years an open last group ("80 Jahre und älter") is drawn with."""
SEXES = ("m", "w")


@dataclass(frozen=True)
class Bar:
    """One age group of one sex: `share` is its part of all people, None if `status` says why.

    `first` and `end` are ages, the end not included.
    """

    age: str
    sex: str
    first: int
    end: int
    share: float | None
    status: str

    @property
    def per_year(self) -> float | None:
        """The share by single year of age, so that wide groups do not look larger than they are."""
        return None if self.share is None else self.share / (self.end - self.first)


def bars(counts: pl.DataFrame, area: str, period: str) -> tuple[Bar, ...]:
    """The bars of an area, youngest first, women and men; none if ages by sex are not told.

    `counts` are those of the residents (area, period, age, sex, nationality, value, status).
    """
    own = counts.filter(
        pl.col("area") == area, pl.col("period") == period, pl.col("nationality") == TOTAL
    )
    cells = {(age, sex): (value, status) for age, sex, value, status in own.select(
        "age", "sex", "value", "status"
    ).iter_rows()}  # fmt: skip
    everybody = cells.get((TOTAL, TOTAL), (None, ""))[0]
    ages = _partition([age for age, sex in cells if sex == SEXES[0]])
    if not everybody or not ages:
        return ()
    return tuple(
        Bar(age, sex, first, end, None if value is None else value / everybody, status)
        for age, (first, end) in ages.items()
        for sex in SEXES
        for value, status in [cells.get((age, sex), (None, "not_collected"))]
    )


def share(bars: Sequence[Bar], first: int, end: int) -> float | None:
    """The part of all people between two ages; None where a group is unknown or divided."""
    crossing = any(bar.first < cut < bar.end for bar in bars for cut in (first, end))
    held = [bar.share for bar in bars if first <= bar.first < end]
    known = [part for part in held if part is not None]
    return sum(known) if held and not crossing and len(known) == len(held) else None


def _partition(ages: list[str]) -> dict[str, tuple[int, int]]:
    """Ages that follow each other without overlapping, the finest where several would fit."""
    spans = {age: span for age in ages if (span := _span(age))}
    found: dict[str, tuple[int, int]] = {}
    reached = 0
    for age, (first, end) in sorted(spans.items(), key=lambda one: one[1]):
        if first >= reached:
            found[age], reached = (first, end), end
    return found


def _span(age: str) -> tuple[int, int] | None:
    """'0-2' is 0 to 3, '20' is 20 to 21, '80+' ends after OPEN_YEARS; other words are no ages."""
    told = re.fullmatch(r"(\d+)(?:-(\d+)|(\+))?", age)
    if not told:
        return None
    first = int(told[1])
    if told[3]:
        return first, first + OPEN_YEARS
    return first, int(told[2] or first) + 1
