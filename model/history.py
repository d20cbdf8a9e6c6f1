"""Where a series starts anew, and what it was called when it did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import polars as pl

from model.catalog import Indicator
from model.language import _

_SHORT = 24
_FAR = 1.5
"""How many usual distances may lie between two periods that still belong together."""


@dataclass(frozen=True)
class Break:
    """An interruption of a series: `period` is the first of the new one, `area` '' means all."""

    area: str
    period: str
    kind: str
    note: str

    @property
    def year(self) -> int:
        """The year the new series starts in."""
        return int(self.period[:4])

    @property
    def interrupts(self) -> bool:
        """Whether values before and after cannot simply be compared; a revision goes back."""
        return self.kind != "revision"

    @property
    def word(self) -> str:
        """What it is about, short: the note's own words before a colon, else the kind."""
        head, colon, _rest = self.note.partition(":")
        if colon and 0 < len(head) <= _SHORT:
            return head.strip()
        return {
            "areas": _("Gebietsänderung"),
            "definition": _("neue Definition"),
            "basis": _("neue Basis"),
            "revision": _("Revision"),
        }[self.kind]

    def concerns(self, area: str) -> bool:
        """Whether the series of that area is interrupted."""
        return self.area in ("", area)


def breaks(frame: pl.DataFrame, indicator: Indicator) -> tuple[Break, ...]:
    """The breaks of an indicator's series, oldest first, from measure, area, period, kind, note."""
    measures = ["", *(term.measure for term in indicator.terms)]
    rows = (
        frame.filter(pl.col("measure").is_in(measures))
        .select("area", "period", "kind", "note")
        .unique()
        .sort("period", "area", "kind", "note")
    )
    return tuple(Break(**row) for row in rows.iter_rows(named=True))


def joined(found: tuple[Break, ...], zones: Mapping[str, Collection[str]]) -> tuple[Break, ...]:
    """The breaks, and for each zone those of its parts, each told once; `zones` are parts by id."""
    own = [
        replace(one, area=zone)
        for zone, parts in zones.items()
        for one in found
        if one.area in parts
    ]
    return tuple(dict.fromkeys((*found, *own)))


def within(
    found: Iterable[Break], areas: Collection[str], periods: Collection[str]
) -> tuple[Break, ...]:
    """The breaks that lie between two of the periods and concern one of the areas."""
    years = sorted(int(period[:4]) for period in periods)
    return tuple(
        b
        for b in found
        if years and years[0] < b.year <= years[-1] and (not b.area or b.area in areas)
    )


def part(found: Iterable[Break]) -> pl.Expr:
    """How many interruptions lie before a row with area and period: rows of one part compare."""
    year = pl.col("period").str.head(4).cast(pl.Int32)
    steps = [
        (year >= b.year) & (pl.lit(not b.area) | (pl.col("area") == b.area))
        for b in found
        if b.interrupts
    ]
    return pl.sum_horizontal(pl.lit(0), *steps).cast(pl.Int8).alias("part")


def gaps(periods: Collection[str]) -> tuple[int, ...]:
    """The years before which periods are missing.

    There the distance from the year before exceeds the rhythm, the median distance of the years,
    by more than half: elections every 4 to 5 years have no gap, 2012 and 2017 among years do.
    """
    years = sorted({int(period[:4]) for period in periods})
    steps = [(year - before, year) for before, year in pairwise(years)]
    rhythm = median(step for step, _year in steps) if steps else 0
    return tuple(year for step, year in steps if step > _FAR * rhythm)
