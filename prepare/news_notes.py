"""News that explain why numbers read differently: series that begin anew, corrected numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

import polars as pl

from model import formats, history
from model.history import Break
from model.news import CATALOG, News
from prepare import counts, series
from prepare.baseline import Baseline
from prepare.series import Series, Step
from prepare.states import State


def definitions(
    found: Sequence[Series], fresh: Sequence[Step], now: State, before: Baseline
) -> list[News]:
    """What is counted differently than before, in every area that has such a number.

    A break is told where the step over it is `fresh`, or the baseline did not know it; an
    indicator's formula where the baseline had another. What has one cause in an area is told
    once, by the first indicator it concerns.
    """
    new = {(step.indicator.id, step.area) for step in fresh}
    told = [
        one
        for own in found
        for one in (*_breaks(own, new, before), *_declared_anew(own, now, before))
    ]
    return merged(told)


def _breaks(own: Series, new: Collection[tuple[str, str]], before: Baseline) -> Iterator[News]:
    """The breaks within the last steps of a series that are `new`, or that nobody knew of."""
    told = history.breaks(before.state.breaks, own.indicator) if before.state else None
    for step in (step for level in own.periods for step in own.steps(level)):
        fresh = (own.indicator.id, step.area) in new
        for found in own.breaks:
            unknown = told is not None and not any(_is_same(found, one) for one in told)
            if step.after.value is not None and _lies_in(found, step) and (fresh or unknown):
                yield News(
                    step.area, "definition", own.indicator.id, found.period,
                    reason=found.kind, note=found.note,
                )  # fmt: skip


def _declared_anew(own: Series, now: State, before: Baseline) -> Iterator[News]:
    """The newest numbers of an indicator, if the baseline had another formula for it."""
    name = own.indicator.id
    old = before.state.formula(name) if before.state else {}
    if old and old != now.formula(name):
        for (area, period), (figure, _part) in own.figures.items():
            if figure.value is not None and period == own.periods[figure.area.level][-1]:
                yield News(area, "definition", name, period, reason=CATALOG)


def _lies_in(found: Break, step: Step) -> bool:
    years = int(step.period_before[:4]), int(step.period[:4])
    return found.interrupts and found.concerns(step.area) and years[0] < found.year <= years[1]


def _is_same(one: Break, other: Break) -> bool:
    """Whether two breaks are the same, whatever words they have."""
    return (one.area, one.period, one.kind) == (other.area, other.period, other.kind)


def merged(told: Sequence[News]) -> list[News]:
    """The news with one for each area and cause, which names the other indicators."""
    causes: dict[tuple[str, ...], News] = {}
    for one in told:
        period = "" if one.reason == CATALOG else one.period
        cause = one.area, one.reason, one.note, period
        first = causes.setdefault(cause, one)
        if one.indicator not in (first.indicator, *first.also):
            causes[cause] = replace(first, also=(*first.also, one.indicator))
    return list(causes.values())


def revisions(
    found: Sequence[Series], earlier: pl.DataFrame, now: State, before: Baseline
) -> list[News]:
    """Values that were published differently since the baseline, the newest one of each series.

    `earlier` (vintages.SCHEMA) has the earlier numbers that may be told; what was a modelled one
    was no publication. Only values that read differently count, and of what the baseline showed
    by the same formula. The `reason` are the corrected measures, with spaces between.
    """
    cells = (
        earlier.filter(pl.col("release").is_in(list(before.seen)), pl.col("status") != "modelled")
        .unique(counts.KEYS, keep="first", maintain_order=True)
        .select(*counts.KEYS, old="value", old_status="status")
    )
    touched = set(cells["measure"])
    concerned = [own for own in found if touched & {t.measure for t in own.indicator.terms}]
    return [one for own in concerned for one in _revisions(own, cells, now, before.state)]


def _revisions(own: Series, cells: pl.DataFrame, now: State, shown: State | None) -> list[News]:
    """The newest revision of each area's series, among what was `shown` where that is known."""
    known = _values(own, shown) if shown else None
    if shown and shown.formula(own.indicator.id) != now.formula(own.indicator.id):
        return []
    then = (
        series.cells(now, own.indicator)
        .join(cells, on=counts.KEYS, how="left", maintain_order="left")
        .with_columns(value=pl.coalesce("old", "value"), status=pl.coalesce("old_status", "status"))
    )
    newest: dict[str, News] = {}
    for row in series.values(then, now.catalog, own.indicator).sort("period").to_dicts():
        area, period, old = row["area"], row["period"], row["value"]
        figure, _part = own.figures.get((area, period), (None, 0))
        if figure is None or figure.value is None or old is None:
            continue
        if known is not None and known.get((area, period)) is None:
            continue
        places = own.indicator.decimals
        if formats.exact(figure.value, places) != formats.exact(old, places):
            newest[area] = News(
                area, "revision", own.indicator.id, period,
                before=old, after=figure.value, difference=figure.value - old,
                move="risen" if figure.value > old else "fallen",
                mark=series.mark(row["status"], figure.status),
                reason=" ".join(_corrected(then, area, period)),
            )  # fmt: skip
    return list(newest.values())


def _values(own: Series, shown: State) -> dict[tuple[str, str], float | None]:
    """What a state shows of an indicator it has, by area and period."""
    indicator = shown.catalog.indicators.get(own.indicator.id)
    if indicator is None:
        return {}
    rows = series.values(series.cells(shown, indicator), shown.catalog, indicator)
    return {
        (area, period): value
        for area, period, value in rows.select("area", "period", "value").iter_rows()
    }


def _corrected(then: pl.DataFrame, area: str, period: str) -> list[str]:
    """The measures of an area and period that were published differently."""
    rows = then.filter(
        pl.col("area") == area, pl.col("period") == period, pl.col("old_status").is_not_null()
    )
    return rows["measure"].unique().sort().to_list()
