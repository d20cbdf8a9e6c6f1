"""What became of all areas of a view between two periods, and which of it is more than chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import polars as pl

from model import classes, selection, status, verdicts
from model.areas import Area
from model.catalog import Indicator
from model.chance import Interval
from model.selection import START, STEP
from model.view import Figure, View

Measure = Literal["points", "percent", "unit"]
MOVED = ("risen", "fallen")
TESTED = ("risen", "chance", "fallen")
CHANGED = (*TESTED, "untested")
"""States with a change to tell; only of the tested ones it is known whether chance explains it."""
BLOCKED = ("broken", "from_zero")
STATES = (*CHANGED, *BLOCKED, *status.ABSENT)


@dataclass(frozen=True)
class Shift:
    """What became of one area's number.

    `state` is one of STATES: a verdict; untested; broken, where the series starts anew between
    the periods; from_zero, where a count was zero; or why one of the numbers is missing, the
    graver reason of both. `difference` and `interval` are as `measure_of` says, None without a
    change.
    """

    area: Area
    before: Figure
    after: Figure
    state: str
    difference: float | None = None
    interval: Interval | None = None

    @property
    def moved(self) -> bool:
        """Whether more than chance changed it."""
        return self.state in MOVED


@dataclass(frozen=True)
class Comparison:
    """All areas of a level between two periods, and what they are held against, `beside`.

    The areas are judged together, at a false discovery rate; each of the others alone, as are the
    chosen zones, `joined`.
    """

    before: str
    after: str
    shifts: tuple[Shift, ...]
    beside: tuple[Shift, ...]
    joined: tuple[Shift, ...] = ()

    @property
    def own(self) -> tuple[Shift, ...]:
        """The areas of the level and the chosen zones."""
        return (*self.shifts, *self.joined)

    @property
    def tested(self) -> tuple[Shift, ...]:
        """The areas of the level that were held against chance."""
        return tuple(shift for shift in self.shifts if shift.state in TESTED)

    @property
    def changed(self) -> tuple[Shift, ...]:
        """The areas of the level of which a change can be told."""
        return tuple(shift for shift in self.shifts if shift.state in CHANGED)

    @property
    def blocked(self) -> bool:
        """Whether a break in the series leaves nothing to compare."""
        return not self.changed and any(shift.state == "broken" for shift in self.shifts)

    def of(self, area: str) -> Shift:
        """The shift of an area, of the level, put together or beside it."""
        return next(s for s in (*self.own, *self.beside) if s.area.id == area)

    def count(self, state: str) -> int:
        """How many areas of the level are in that state."""
        return sum(shift.state == state for shift in self.shifts)


def measure_of(indicator: Indicator) -> Measure:
    """How a change is told: percentage points of shares, per cent of counts, else the unit."""
    if indicator.unit == "%":
        return "points"
    balance = any(term.factor < 0 for term in indicator.terms)
    return "unit" if indicator.denominator or indicator.as_delivered or balance else "percent"


def base(view: View) -> str | None:
    """The period the view's change is counted from; None where there is none before."""
    return start(view, view.selection.since)


def start(view: View, since: str) -> str | None:
    """The period that `since` means: one of selection.SINCE, or a period itself."""
    before = selection.earlier(periods(view), view.selection.period)
    if not before:
        return None
    return {STEP: before[-1], START: before[0]}.get(since, since)


def periods(view: View) -> list[str]:
    """All periods of the view's series, ascending."""
    return view.series["period"].unique().sort().to_list()


def between(view: View, before: str) -> Comparison:
    """The areas of a view, and its yardsticks, from the period `before` up to the view's."""
    after = view.selection.period
    rows = {
        (row["area"], row["period"]): row
        for row in view.series.filter(pl.col("period").is_in([before, after])).to_dicts()
    }

    def pair(area: Area) -> tuple[Figure, Figure, bool]:
        old, new = rows[area.id, before], rows[area.id, after]
        return _figure(area, old), _figure(area, new), old["part"] == new["part"]

    own = [pair(figure.area) for figure in view.figures]
    beside, joined = (
        tuple(judged(view.indicator, [pair(figure.area)])[0] for figure in figures)
        for figures in (view.yardsticks, view.zones)
    )
    return Comparison(before, after, judged(view.indicator, own), beside, joined)


def single(view: View, area: str, before: str, after: str) -> Shift:
    """What became of one area of a view's series between any two periods, judged alone."""
    rows = {
        row["period"]: row
        for row in view.series.filter(
            pl.col("area") == area, pl.col("period").is_in([before, after])
        ).to_dicts()
    }
    old, new = rows[before], rows[after]
    here = next(f.area for f in (*view.own, *view.yardsticks) if f.area.id == area)
    pair = _figure(here, old), _figure(here, new), old["part"] == new["part"]
    return judged(view.indicator, [pair])[0]


def judged(indicator: Indicator, pairs: Sequence[tuple[Figure, Figure, bool]]) -> tuple[Shift, ...]:
    """What became of areas, judged together at a false discovery rate of 5 %.

    Each has two figures, and whether both are of one part of their series.
    """
    whole = [(before, after) for before, after, same in pairs if same and not _gaps(before, after)]
    found = dict(zip(whole, _verdicts(indicator, tuple(whole)), strict=True))
    return tuple(
        Shift(before.area, before, after, *_told(indicator, before, after, same, found))
        for before, after, same in pairs
    )


def judged_alone(indicator: Indicator, before: Figure, after: Figure) -> Shift:
    """What became of a number between two figures of one part of its series."""
    return judged(indicator, [(before, after, True)])[0]


def comparable_since(view: View) -> str | None:
    """The first period no break parts from the view's, for any area; None if there is none."""
    rows = view.series.filter(pl.col("level") == view.level.id)
    now = rows.filter(pl.col("period") == view.selection.period).select("area", "part")
    same = rows.join(now, on=["area", "part"]).filter(pl.col("period") < view.selection.period)
    return min(same["period"], default=None)


def decimals(indicator: Indicator) -> int:
    """With how many decimals a change is told; per cent of counts with one."""
    return 1 if measure_of(indicator) == "percent" else indicator.decimals


def limit(indicator: Indicator, comparison: Comparison) -> float:
    """Half of the largest change that may be coloured, as a short number; 0 if there is none."""
    told = [shift.difference for shift in comparison.changed if shift.state != "chance"]
    largest = max((abs(difference) for difference in told if difference is not None), default=0.0)
    return classes.short(largest / 2, decimals(indicator))


def _figure(area: Area, row: Mapping[str, Any]) -> Figure:
    names = ("value", "status", "numerator", "denominator", "first")
    return Figure(area, *(row[name] for name in names))


@lru_cache(maxsize=256)
def _verdicts(
    indicator: Indicator, pairs: tuple[tuple[Figure, Figure], ...]
) -> tuple[verdicts.Change, ...]:
    """The verdicts on pairs, kept: whoever presses a district looks at the same ones again."""
    return verdicts.changes(indicator, pairs)


def _gaps(before: Figure, after: Figure) -> list[str]:
    """Why numbers are missing, the gravest reason first."""
    found = [figure.status for figure in (before, after) if figure.value is None]
    return sorted(found, key=status.ORDER.index, reverse=True)


def _told(
    indicator: Indicator,
    before: Figure,
    after: Figure,
    same: bool,
    found: Mapping[tuple[Figure, Figure], verdicts.Change],
) -> tuple[str, float | None, Interval | None]:
    if gaps := _gaps(before, after):
        return gaps[0], None, None
    if not same:
        return "broken", None, None
    difference = _difference(indicator, before.value, after.value)
    if difference is None:
        return "from_zero", None, None
    change = found[before, after]
    if change.move == "incomparable":
        return "untested", difference, None
    return change.move, difference, change.interval


def _difference(indicator: Indicator, before: float | None, after: float | None) -> float | None:
    if before is None or after is None:
        return None
    if measure_of(indicator) != "percent":
        return after - before
    return 100 * (after - before) / before if before else None
