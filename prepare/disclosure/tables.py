"""Everything a release tells, as one system of cells and rows, and what is demanded of it.

Used twice with the same rows: with the true counts before protection, and with the published
ones, null where hidden, by the audit, which knows nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from model.catalog import Catalog
from prepare import counts
from prepare.disclosure import cells as cell_tables
from prepare.disclosure import cuts, parts, propagation, rows, sums, wording
from prepare.disclosure.attack import Demand
from prepare.disclosure.cells import MISSING
from prepare.disclosure.system import Flags, Floats, System


@dataclass(frozen=True, eq=False)
class Facts:
    """The cells of a release (cells.cells, then parts.complements) and the rows among them.

    The place of a cell in `cells` is its number in `system`: first all counts in the order of
    their keys, then what nobody publishes (`kind` part, numerator and complement), whose `value`
    is null unless it follows from the others. The system holds common knowledge only, not the
    values. `names` are those of the areas. Rows that contradict what is told are left out, for
    figures may be rounded or counted on another basis.
    """

    catalog: Catalog
    names: Mapping[str, str]
    cells: pl.DataFrame
    system: System

    @cached_property
    def value(self) -> Floats:
        """The number of each cell; NaN where it is not known."""
        return self.cells["value"].fill_null(np.nan).to_numpy()

    def flags(self, condition: pl.Expr) -> Flags:
        """The cells of which a condition on the columns of `cells` is true."""
        found: Flags = self.cells.select(condition.fill_null(False)).to_series().to_numpy()
        return found


def facts(
    catalog: Catalog, areas: pl.DataFrame, found: pl.DataFrame, *others: pl.DataFrame
) -> Facts:
    """The facts of a release: `areas` is its table of areas, `found` its counts (counts.SCHEMA).

    If `found` holds counts of other releases as well, `others` are their tables of areas: what
    has been merged or split in between adds up to the same in either cut. `catalog.protection`
    names the rule of every measure. Rows depend on which cells there are, never on a hidden value.
    """
    cut = cuts.cuts([areas, *others])
    cells = cell_tables.cells(catalog, cut, found)
    cells = pl.concat([cells, parts.numerators(cells.with_row_index("number"), catalog)])
    added = sums.entries(cells, catalog, cut)
    cells = _with_rests(cells, added).with_row_index("number")
    left = parts.complements(cells, catalog)
    within = (left.rows, parts.holdings(cells, catalog), parts.rates(cells, catalog))
    entries = pl.concat([_numbered(added, cells), *within])
    cells = pl.concat([cells, left.cells]).drop("number")
    names = {area: name for table in (*others, areas) for area, name in _names(table)}
    whole = _with_zeros(Facts(catalog, names, cells, rows.system(cells, entries)))
    cells, kept = whole.cells, rows.without(whole.system, _contradicted(whole))
    value = rows.followed(kept, whole.value, whole.flags(pl.col("kind") == "part"))
    known = cells.with_columns(value=pl.Series(value).fill_nan(None))
    return _with_large_numerators(Facts(catalog, names, known, kept))


def told(own: Facts, values: Floats) -> System:
    """The system for whoever is told these values of the counts; NaN are hidden ones.

    A number stands as it is, or within what a rounding to `base` or of the office (`multiple`)
    leaves; a hidden one is what `floor` says, or more.
    """
    cells = own.cells
    known = ~np.isnan(values)
    rounded = own.flags(~pl.col("open") & pl.col("additive"))
    apart = np.where(rounded, cells["base"].fill_null(1).to_numpy() - 1.0, 0.0)
    multiple = cells["multiple"].fill_null(1).to_numpy()
    apart = np.maximum(apart, np.where(multiple > 1, multiple / 2, 0.0))
    negative = own.system.floor < 0
    low = np.where(known, values - apart, cells["floor"].to_numpy())
    low = np.where(known & ~negative & (apart > 0), np.maximum(low, 0), low)
    high = np.where(known, values + apart, np.inf)
    counted = np.flatnonzero(own.flags(pl.col("kind") == "count"))
    return own.system.told(counted, low[counted], high[counted])


def secret(own: Facts) -> Flags:
    """The cells of a release as published that an attacker must not get close to.

    Counts that are hidden or rounded, numerators that only a rate tells of, and complements, unless
    count and whole are told and leave enough. Not what is open, and not what nobody knows.
    """
    rounded = pl.col("base") > 1
    small = pl.col("value").is_null() | (pl.col("value") < pl.col("k"))
    counted = (pl.col("kind") == "count") & (pl.col("value").is_null() | rounded)
    left = (pl.col("kind") == "complement") & (small | rounded)
    return own.flags(_closed() & (counted | left | (pl.col("kind") == "numerator")))


def demand(own: Facts, hidden: Flags) -> Demand:
    """What an attacker must not get below.

    Of a count, if it is hidden, and of a numerator: its upper bound reaches k, and k values at
    least stay possible (of one rounded to base b: min(k, b) values, and k unless zero is printed).
    The same of complements among the `hidden`, unless they are known to be large enough. Nothing of
    what is open, or what nobody knows.
    """
    counted = own.flags(_closed() & pl.col("kind").is_in(["count", "numerator"]))
    left = own.flags(pl.col("kind") == "complement") & secret(own) & hidden
    k = own.cells["k"].fill_null(0).to_numpy().astype(float)
    base = own.cells["base"].fill_null(1).to_numpy().astype(float)
    rounded = (base > 1) & ~np.isnan(own.value)
    width = np.where(rounded, np.minimum(k, base), k) - 1
    printed_zero = rounded & ((own.value < base) | left)
    made = counted | left
    return Demand(reach=np.where(made & ~printed_zero, k, 0.0), width=np.where(made, width, 0.0))


def _closed() -> pl.Expr:
    """Whether the rules protect a cell, and there is a number to protect."""
    known = ~pl.col("status").is_in(MISSING).fill_null(False)
    return ~pl.col("open") & (pl.col("k") > 0) & pl.col("additive") & known


def sentence(own: Facts, cell: int) -> str:
    """A cell in German: 'Einwohner, Päpinghausen, 31.12.2024, unter 3 Jahre'."""
    return wording.cell(own.catalog, own.names, own.cells.row(cell, named=True))


def equation(own: Facts, row: int) -> str:
    """A row in German: 'Frauen + Männer = insgesamt', each term a `sentence`."""
    one = own.system.rows[[row]].tocoo()
    numbers = one.coords[1]
    terms = [
        (float(factor), sentence(own, int(cell)))
        for factor, cell in zip(one.data, numbers, strict=True)
    ]
    return wording.row(terms, float(own.system.low[row]), float(own.system.high[row]))


def _contradicted(own: Facts) -> Flags:
    """The rows that no numbers within what is told fulfil."""
    return rows.broken(told(own, own.value))


def _with_large_numerators(own: Facts) -> Facts:
    """The facts with those numerators open that are large, or a zero that is shown, for certain.

    What they leave of a whole is open if it is large.
    """
    numerator = own.flags(pl.col("kind") == "numerator")
    if not numerator.any():
        return own
    keys = own.cells.filter(pl.Series(numerator)).select(counts.KEYS)
    of = own.cells.with_row_index("cell").join(keys, on=counts.KEYS, how="semi")["cell"]
    about = np.isin(np.arange(len(numerator)), of.to_numpy())
    tight = propagation.tightened(told(own, own.value))
    large = tight.floor >= own.cells["k"].fill_null(0).to_numpy()
    zero = (tight.ceiling < 1) & own.flags(pl.col("whole") & (pl.col("zeros") == "shown"))
    known = pl.Series(about & (large | numerator & zero))
    return replace(own, cells=own.cells.with_columns(open=pl.col("open") | known))


def _with_zeros(own: Facts) -> Facts:
    """The facts with hidden numbers that can be zero where a row could not hold otherwise.

    An office may hide zeros, even where these are shown.
    """
    hidden = own.flags(pl.col("value").is_null() & (pl.col("floor") > 0))
    zeros = replace(own, cells=_lowered(own, hidden))
    mended = _contradicted(own) & ~_contradicted(zeros)
    return replace(own, cells=_lowered(own, hidden & (abs(own.system.rows).T @ mended > 0)))


def _lowered(own: Facts, cells: Flags) -> pl.DataFrame:
    return own.cells.with_columns(
        floor=pl.when(pl.Series(cells)).then(0.0).otherwise(pl.col("floor"))
    )


def _names(areas: pl.DataFrame) -> list[tuple[str, str]]:
    return areas.select("area", "name").rows()


def _with_rests(cells: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """The cells and those parts of totals that only occur in rows."""
    rests = entries.select(counts.KEYS).unique().join(cells, on=counts.KEYS, how="anti")
    whole = cells.group_by("measure", "period").agg(pl.col("whole").all())
    new = (
        rests.sort(counts.KEYS)
        .join(whole, on=["measure", "period"], maintain_order="left")
        .with_columns(
            kind=pl.lit("part"), additive=pl.lit(True), open=pl.lit(False), floor=pl.lit(0.0)
        )
    )
    return pl.concat([cells, new], how="diagonal")


def _numbered(entries: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Sums (sums.ENTRIES) as parts.ROWS."""
    return (
        entries.join(cells.select(*counts.KEYS, "number"), on=counts.KEYS)
        .with_columns(low=pl.lit(0.0), high=pl.when("more").then(float("inf")).otherwise(0.0))
        .select(parts.ROWS.keys())
    )
