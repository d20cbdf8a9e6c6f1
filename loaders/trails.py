"""Where a number comes from: its cells, the parts of sums, what each cell said before."""

from __future__ import annotations

import polars as pl

from loaders import areas, history, indicators
from loaders.releases import Release
from model import trail
from model.catalog import AREAS, BREAKDOWNS, ZONE, Indicator, Term
from model.trail import Cell, Trail, Vintage


def trail_of(release: Release, indicator: Indicator, level: str, area: str, period: str) -> Trail:
    """The cells behind a value. A denominator is the newest one of the same year."""
    found = indicators.values(release, indicator).filter(
        pl.col("level") == level, pl.col("area") == area, pl.col("period") == period
    )
    value, status = found.select("value", "status").row(0)
    here = (pl.col("level") == level) & (pl.col("area") == area)
    below = _cells(release, indicator.denominator, here & _same_year(period))
    periods = sorted({cell.period for cell in below}, reverse=True)
    known = (
        trail.terms((cell for cell in below if cell.period == newest), indicator.denominator)
        for newest in periods
    )
    return Trail(
        value=value,
        status=status,
        numerator=trail.terms(
            _cells(release, indicator.numerator, here & (pl.col("period") == period)),
            indicator.numerator,
        ),
        denominator=next((cells for cells in known if cells), ()),
    )


def parts(release: Release, cell: Cell) -> tuple[Cell, ...]:
    """What a sum is made of, one level down; nothing for a cell that stands in a file.

    A zone is made of its parts, also where one of them has no number.
    A release does not say how its sums came about. So these are cells that add up to it: of its
    categories, or of the areas within; rather those that were delivered.
    """
    same = [pl.col(breakdown) == getattr(cell, breakdown) for breakdown in BREAKDOWNS]
    everything = _rows(release, cell.measure).filter(pl.col("period") == cell.period)
    if cell.level == ZONE:
        own = areas.by_level(release)[ZONE][cell.area].parts
        return tuple(_as_cells(everything.filter(pl.col("area").is_in(own), *same)))
    if cell.file is not None or cell.delivery == AREAS:
        return ()
    here = everything.filter(pl.col("level") == cell.level, pl.col("area") == cell.area)
    groups = trail.categories(cell, _as_cells(here))
    for level, known in areas.by_level(release).items():
        below = [area.id for area in known.values() if area.parent == cell.area]
        within = everything.filter(pl.col("level") == level, pl.col("area").is_in(below), *same)
        inside = {part.area: part for part in _as_cells(within)}
        if below and len(inside) == len(below):
            groups.append([inside[area] for area in below])
    return trail.summands(cell, groups)


def vintages(release: Release, cell: Cell) -> tuple[Vintage, ...]:
    """What a cell said before, oldest first."""
    found = history.vintages(release).filter(
        pl.col(name) == getattr(cell, name) for name in history.CELL
    )
    columns = ("value", "status", "delivery", "file", "row", "column", "stand", "release")
    return tuple(
        Vintage(**row) for row in found.select(*columns, "published").iter_rows(named=True)
    )


def _same_year(period: str) -> pl.Expr:
    return pl.col("period").str.head(4) == period[:4]


def _cells(release: Release, wanted: tuple[Term, ...], where: pl.Expr) -> list[Cell]:
    measures = dict.fromkeys(term.measure for term in wanted)
    return [
        cell for measure in measures for cell in _as_cells(_rows(release, measure).filter(where))
    ]


def _rows(release: Release, measure: str) -> pl.LazyFrame:
    found = release.table(f"counts/{measure}.parquet").lazy()
    return found.with_columns(measure=pl.lit(measure))


def _as_cells(rows: pl.LazyFrame) -> list[Cell]:
    return [Cell(**row) for row in rows.collect().iter_rows(named=True)]
