"""Several releases together: what the new one gives away of an earlier one, and the reverse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from prepare import counts
from prepare.disclosure import attackers, histories, joint, leaking, openly, tables, views, wording
from prepare.disclosure.attackers import Outcome
from prepare.disclosure.publications import Published
from prepare.disclosure.verdict import Leak, Lost

_VALUE = pl.col("value")
_SAME = 1e-6
_CELL = [key for key in counts.KEYS if key != "level"]
_FACILITY = ["facility", "measure", "period"]


@dataclass(frozen=True, eq=False)
class Then:
    """What later releases do to an earlier one.

    `leaks` are cells it hid that it would still hide alone; `lost` cells it gave away by itself
    and that are hidden now; `opened` counts the cells it hid and the new release shows.
    """

    leaks: list[Leak]
    lost: list[Lost]
    opened: int
    revised: int


def different(own: Published, before: Sequence[Published]) -> list[Published]:
    """The releases that say something else than `own` and those before them."""
    found: list[Published] = []
    for other in before:
        same = (each.withdrawn == other.withdrawn and _equal(each, other) for each in found)
        if other.counts.height and not _equal(other, own) and not any(same):
            found.append(other)
    return found


def shown(now: Outcome, own: Published, others: Sequence[Published], refused: bool) -> list[Lost]:
    """Cells hidden in `own` that one of the others simply shows."""
    if not others:
        return []
    known = np.flatnonzero(now.view.known)
    by = pl.concat(
        other.counts.filter(_VALUE.is_not_null()).select(*counts.KEYS, by=pl.lit(other.name))
        for other in others
    ).unique(counts.KEYS, keep="first", maintain_order=True)
    told = (
        now.view.facts.cells.with_row_index("cell")[known]
        .filter(pl.col("kind") == "count")
        .join(own.counts, on=counts.KEYS, how="semi", maintain_order="left")
        .join(by, on=counts.KEYS, maintain_order="left")
    )
    return [
        Lost(by, tables.sentence(now.view.facts, cell), refused)
        for cell, by in told.select("cell", "by").iter_rows()
    ]


def repeated(own: Published, true: pl.DataFrame, others: Sequence[Published]) -> list[Lost]:
    """Cells hidden in `own` of which others tell, or told before, the `true` number."""
    hidden = own.counts.filter(pl.col("status") == "suppressed").select(counts.KEYS)
    now = true.join(hidden, on=counts.KEYS, how="semi").select(*counts.KEYS, now="value")
    names = dict(own.areas.select("area", "name").iter_rows())
    return [
        Lost(other.name, wording.cell(own.catalog, names, {**row, "of": None}), not other.withdrawn)
        for other in others
        for row in now.join(_numbers(other), on=_CELL, maintain_order="left")
        .filter((pl.col("now") - _VALUE).abs() < _SAME)
        .unique(counts.KEYS, maintain_order=True)
        .to_dicts()
    ]


def _numbers(other: Published) -> pl.DataFrame:
    """Every exact number of a cell that a release tells, now or as an earlier one."""
    cells = pl.concat([other.counts, other.before])
    exact = cells.filter(_VALUE.is_not_null() & ~histories.rounded(other.catalog))
    return pl.concat([exact, other.figures.filter(pl.col("measure") != "")], how="diagonal").select(
        *_CELL, "value"
    )


def facilities(own: Published, others: Sequence[Published]) -> list[Lost]:
    """Values of facilities hidden in `own` that one of the others shows."""
    hidden = own.facilities.filter(pl.col("status") == "suppressed").select(_FACILITY)
    return [
        Lost(other.name, openly.facility(own.catalog, row), not other.withdrawn)
        for other in others
        for row in other.facilities.filter(_VALUE.is_not_null())
        .join(hidden, on=_FACILITY, how="semi", maintain_order="left")
        .to_dicts()
    ]


def withdrawn(now: Outcome, own: Published, others: Sequence[Published]) -> list[Lost]:
    """Cells safe in `now` that withdrawn releases have given away."""
    everything = attackers.outcome(views.view(own, others))
    gone = [other for other in others if other.withdrawn]
    known = {_which(leak) for leak in leaking.leaks(now, "")}
    found = shown(everything, own, gone, refused=False)
    for leak in leaking.leaks(everything, ""):
        if _which(leak) not in known:
            found.append(Lost(gone[0].name, leak.cell, refused=False))
    return found


def then(other: Published, own: Published, standing: Sequence[Published]) -> Then:
    """The view of an earlier release, seen by those who have all others, too."""
    rest = [own, *(each for each in standing if each is not other)]
    years = _years_apart(other, own)
    if not years:
        return Then([], [], 0, 0)
    joint = attackers.outcome(views.view(other, rest, years))
    alone = attackers.outcome(views.view(other, [], years))
    by_itself = leaking.leaks(alone, "")
    known = {_which(leak) for leak in by_itself}
    name = f"der frühere Datenstand {other.name}"
    leaks = [leak for leak in leaking.leaks(joint, name) if _which(leak) not in known]
    hidden = _sentences(alone, own)
    lost = [Lost(other.name, leak.cell, True) for leak in by_itself if leak.cell in hidden]
    return Then(leaks, lost, _opened(other, own), joint.revised)


def earlier_values(own: Published) -> Iterator[Published]:
    """The release as it would read with what its cells said one correction ago, two, and so on."""
    for then in histories.ago(own.counts, own.before):
        yield replace(own, counts=then, figures=own.figures.clear())


def _sentences(alone: Outcome, own: Published) -> set[str]:
    """The cells of a view that `own` hides, in words."""
    secret = own.counts.filter(pl.col("status") == "suppressed").select(counts.KEYS)
    cells = alone.view.facts.cells.with_row_index("cell").join(secret, on=counts.KEYS, how="semi")
    return {tables.sentence(alone.view.facts, cell) for cell in cells["cell"]}


def _opened(other: Published, own: Published) -> int:
    hidden = other.counts.filter(pl.col("status") == "suppressed")
    return own.counts.filter(_VALUE.is_not_null()).join(hidden, on=counts.KEYS, how="semi").height


def _equal(one: Published, other: Published) -> bool:
    """Whether two releases tell an attacker the same."""
    same = one.counts.select(told := [*counts.KEYS, "value"]).equals(other.counts.select(told))
    return (
        same
        and one.figures.equals(other.figures)
        and one.facilities.equals(other.facilities)
        and joint.relations(one.catalog) == joint.relations(other.catalog)
    )


def _years_apart(one: Published, other: Published) -> list[str]:
    """The years of which one release says what the other does not."""
    told = [*counts.KEYS, "value"]
    own = one.counts.select(told).join(
        other.counts.select(told), on=told, how="anti", nulls_equal=True
    )
    return own["period"].str.head(4).unique().sort().to_list()


def _which(leak: Leak) -> tuple[str, str, str]:
    """What is known: of a cell that is too narrow alone, it may be exact together."""
    return leak.profile, leak.kind, leak.cell
