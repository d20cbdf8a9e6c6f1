"""What is new in a release: at most five notable things of each district and of the city.

Made from what the release tells, so nothing is told here that is not told there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace

import polars as pl

from model import formats, rates, verdicts
from model.news import MOST, News
from prepare import feed, news_notes, series, states, vintages
from prepare.baseline import Baseline
from prepare.release import Content
from prepare.series import Series, Step
from prepare.states import State

TABLE, FEED = "news.parquet", "feed.xml"
SCHEMA = {
    "area": pl.String,
    "rank": pl.Int64,
    "kind": pl.String,
    "indicator": pl.String,
    "also": pl.String,
    "period_before": pl.String,
    "period": pl.String,
    "before": pl.Float64,
    "after": pl.Float64,
    "difference": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "move": pl.String,
    "mark": pl.String,
    "reason": pl.String,
    "note": pl.String,
}
"""The fields of model.news.News; `also` are ids with spaces between, `rank` counts from 1."""
NOTES = 3
"""How many definitions and revisions an area tells at most while it has changes to tell."""


def told(content: Content, before: Baseline) -> Content:
    """The content with its news against the baseline, as a table and as a feed."""
    now = states.built(content)
    places = series.places(now.catalog, content.frames["areas.parquet"])
    found = [series.series(now, i, places) for i in now.catalog.indicators.values()]
    history = content.frames.get("vintages.parquet", pl.DataFrame(schema=vintages.SCHEMA))
    steps = list(fresh(found, now, before))
    notes = (
        *news_notes.definitions(found, steps, now, before),
        *news_notes.merged(_sized(news_notes.revisions(found, history, now, before))),
    )
    level_of = {area: place.level for area, place in places.items()}
    changes = [
        change
        for level in series.levels(now.catalog)
        for change in real([step for step in steps if level_of[step.area] == level])
    ]
    chosen = {area: _chosen(area, notes, changes) for area in places}
    return replace(
        content,
        frames={**content.frames, TABLE: table(chosen)},
        texts={**content.texts, FEED: feed.text(content, now.catalog, places, chosen)},
    )


def fresh(found: Sequence[Series], now: State, before: Baseline) -> Iterator[Step]:
    """The last steps to periods that are new: later than the baseline's newest of that series.

    Where the baseline has nothing of it, only the newest year of the release is new.
    """
    latest = max((p[-1][:4] for own in found for p in own.periods.values()), default="")
    for own in found:
        known = _newest(own, before.state)
        for level in series.levels(now.catalog):
            periods = own.periods.get(level)
            if periods and (
                periods[-1] > known[level] if level in known else periods[-1][:4] == latest
            ):
                yield from own.steps(level)


def _newest(own: Series, state: State | None) -> Mapping[str, str]:
    """The newest period a state has of a series, by level."""
    if state is None:
        return {}
    rows = rates.values(series.cells(state, own.indicator).lazy(), own.indicator).collect()
    return {level: periods[-1] for level, periods in series.periods(rows).items()}


def real(steps: Sequence[Step]) -> list[News]:
    """The steps by which more than chance changed a number, the most notable first.

    Those of one level are judged together, at one false discovery rate over areas and indicators;
    not over a break, nor between modelled and published numbers. What reads the same as before
    is left out.
    """
    tested = [
        step
        for step in steps
        if step.same
        and None not in (step.before.value, step.after.value)
        and (step.before.status == "modelled") == (step.after.status == "modelled")
    ]
    changes = verdicts.family([(step.indicator, step.before, step.after) for step in tested])
    found = [
        _real(step, change)
        for step, change in zip(tested, changes, strict=True)
        if change.move in ("risen", "fallen") and _reads_differently(step)
    ]
    return _sized(found)


def _reads_differently(step: Step) -> bool:
    places = step.indicator.decimals
    return formats.exact(step.before.value or 0.0, places) != formats.exact(
        step.after.value or 0.0, places
    )


def _real(step: Step, change: verdicts.Change) -> News:
    return News(
        step.area, "real", step.indicator.id, step.period,
        period_before=step.period_before, before=step.before.value, after=step.after.value,
        difference=change.difference,
        low=change.interval.low if change.interval else None,
        high=change.interval.high if change.interval else None,
        move=change.move, mark=series.mark(step.before.status, step.after.status),
    )  # fmt: skip


def size(found: News) -> float:
    """How notable a change is: the least it can be, chance allowed for, by the number's own size.

    That is the limit of the interval nearer to zero (of a revision the difference itself) over
    the mean of both values: a share that rose from 10 to 12 % by 1 to 3 points has 1 / 11. So
    large areas, where chance explains little, gain nothing by that, and rare things nothing by
    being rare.
    """
    limits = [abs(n) for n in (found.low, found.high) if n is not None] or [
        abs(found.difference or 0.0)
    ]
    middle = (abs(found.before or 0.0) + abs(found.after or 0.0)) / 2
    return min(limits) / middle if middle else 0.0


def _sized(found: Sequence[News]) -> list[News]:
    """The largest first; what is equally large in the order of the catalog."""
    return sorted(found, key=size, reverse=True)


def _chosen(area: str, notes: Sequence[News], changes: Sequence[News]) -> list[News]:
    """What an area tells: notes first, and no change that one of them explains."""
    own = [one for one in notes if one.area == area]
    moved = [one for one in changes if one.area == area and not _explained(one, own)]
    room = max(NOTES, MOST - len(moved))
    return [*own[:room], *moved][:MOST]


def _explained(change: News, notes: Sequence[News]) -> bool:
    """Whether a note of the same indicator is about one of the two numbers of a change."""
    return any(
        change.indicator in (note.indicator, *note.also)
        and (note.kind == "definition" or note.period in (change.period, change.period_before))
        for note in notes
    )


def table(chosen: Mapping[str, Sequence[News]]) -> pl.DataFrame:
    """The news (SCHEMA) of all areas, in their order."""
    rows = [
        {**asdict(one), "also": " ".join(one.also), "rank": rank}
        for found in chosen.values()
        for rank, one in enumerate(found, start=1)
    ]
    return pl.DataFrame(rows, schema=SCHEMA)
