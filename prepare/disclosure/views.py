"""What an attacker sees: the cells of one release, and what all others add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from prepare import counts
from prepare.disclosure import figures, joint, tables
from prepare.disclosure.publications import Published
from prepare.disclosure.system import Flags, Floats, Places, System
from prepare.disclosure.tables import Facts


@dataclass(frozen=True, eq=False)
class View:
    """One release, as `alone` tells it and as others add to it.

    `cells`, `low` and `high` are what other releases tell of cells this one leaves open, and
    `said` the figures (rows of published.parquet) printed beside the counts. `guarded` are the
    cells that have to stay secret; in `ones` somebody is alone, as far as is known here.
    """

    facts: Facts
    alone: System
    guarded: Flags
    cells: Places
    low: Floats
    high: Floats
    said: figures.Rows
    ones: Flags

    @property
    def known(self) -> Flags:
        """The guarded cells that another release simply shows."""
        flags = np.zeros(self.alone.cells, dtype=bool)
        flags[self.cells[self.low == self.high]] = True
        return flags & self.guarded

    def system(self) -> System:
        """Everything that is told, together."""
        return figures.added(self.alone.told(self.cells, self.low, self.high), self.said)

    def knowing(self, alone: pl.DataFrame) -> View:
        """The view with the counts (counts.KEYS) in which somebody is, or may be, alone."""
        own = self.facts.cells.select((*counts.KEYS, "kind")).join(
            alone.select(*counts.KEYS, kind=pl.lit("count"), one=pl.lit(True)),
            on=[*counts.KEYS, "kind"],
            how="left",
            maintain_order="left",
        )
        return replace(self, ones=own["one"].fill_null(False).to_numpy())

    def tied(self, cells: Places) -> Places:
        """The cells that hang together with some open ones, as long as others tell nothing.

        Where none is open, the cells themselves.
        """
        own = figures.added(self.alone, self.said).components()
        found = [part for part in own if np.isin(part, cells).any()]
        return np.unique(np.concatenate([*found, cells]))

    def without(self, cells: Places) -> View:
        """The view without what other releases and figures tell of some cells."""
        return self.keeping(~np.isin(self.cells, cells), self.said.apart(cells))

    def keeping(self, bounds: Flags, rows: Flags) -> View:
        """The view with some of the bounds that others tell, and some of the rows of figures."""
        return replace(
            self,
            cells=self.cells[bounds],
            low=self.low[bounds],
            high=self.high[bounds],
            said=self.said.keeping(rows),
        )

    def loosened(self, cells: Places) -> View:
        """The view without the rows of some cells, whose own numbers contradict each other."""
        touched = np.flatnonzero(np.diff(self.alone.rows[:, cells].indptr) > 0)
        low, high = self.alone.low.copy(), self.alone.high.copy()
        low[touched], high[touched] = -np.inf, np.inf
        return replace(self, alone=replace(self.alone, low=low, high=high))


def view(own: Published, others: Sequence[Published], years: Sequence[str] = ()) -> View:
    """What one release tells, with what `others` (nearest first) tell of the same.

    Cells that only others have belong to it: a total of them may be what gives a cell away. So do
    the relations they declare and the figures they print.
    Only those of some `years` are guarded, if any are named.
    """
    there = pl.concat([own.counts, *(_beside(own, others))])
    catalog = joint.catalog(own.catalog, (other.catalog for other in others))
    facts = tables.facts(catalog, own.areas, there, *(other.areas for other in others))
    mine = facts.cells.select((*counts.KEYS, "kind")).join(
        own.counts.select(*counts.KEYS, "value", kind=pl.lit("count")),
        on=[*counts.KEYS, "kind"],
        how="left",
        maintain_order="left",
    )
    alone = tables.told(facts, _floats(mine["value"]))
    known = (pl.col("kind") == "complement") & pl.col("value").is_not_null()
    demanded = tables.secret(facts) & ~facts.flags(known & (pl.col("base") <= 1))
    if years:
        demanded &= facts.flags(pl.col("period").str.head(4).is_in(years))
    cells, low, high = _added(facts, alone, others)
    return View(
        facts=facts,
        alone=alone,
        guarded=demanded & ~alone.settled,
        cells=cells,
        low=low,
        high=high,
        said=figures.united(
            figures.rows(each.catalog, facts, each.figures, ~alone.settled)
            for each in (own, *others)
        ),
        ones=np.zeros(alone.cells, dtype=bool),
    )


def bounds(release: Published) -> pl.DataFrame:
    """What a release tells of its cells: keys, `low` and `high` of every number it shows."""
    facts = tables.facts(release.catalog, release.areas, release.counts)
    told = tables.told(facts, _floats(facts.cells["value"]))
    return facts.cells.with_columns(low=pl.Series(told.floor), high=pl.Series(told.ceiling)).filter(
        (pl.col("kind") == "count") & pl.col("value").is_not_null()
    )


def _beside(own: Published, others: Sequence[Published]) -> list[pl.DataFrame]:
    """The cells that `own` has not, each as the nearest of the others tells it."""
    if not others:
        return []
    found = pl.concat(other.counts for other in others)
    there = found.unique(counts.KEYS, keep="first", maintain_order=True)
    return [there.join(own.counts, on=counts.KEYS, how="anti", maintain_order="left")]


def _added(
    facts: Facts, alone: System, others: Sequence[Published]
) -> tuple[Places, Floats, Floats]:
    """Open cells of which others tell something, with the bounds that follow.

    Each release narrows what the nearer ones leave; where that is impossible, the number has
    been corrected in between, and the nearer release counts.
    """
    floor, ceiling = alone.floor.copy(), alone.ceiling.copy()
    keyed = facts.cells.with_row_index("cell").filter(pl.col("kind") == "count")
    keyed = keyed.select("cell", *counts.KEYS)
    for other in others:
        both = keyed.join(bounds(other), on=counts.KEYS, maintain_order="left")
        cells = both["cell"].to_numpy().astype(np.int64)
        low = np.maximum(floor[cells], _floats(both["low"]))
        high = np.minimum(ceiling[cells], _floats(both["high"]))
        fits = (low <= high) & ~alone.settled[cells]
        floor[cells[fits]], ceiling[cells[fits]] = low[fits], high[fits]
    narrowed = np.flatnonzero((floor > alone.floor) | (ceiling < alone.ceiling))
    return narrowed, floor[narrowed], ceiling[narrowed]


def _floats(series: pl.Series) -> Floats:
    return series.cast(pl.Float64).fill_null(np.nan).to_numpy()
