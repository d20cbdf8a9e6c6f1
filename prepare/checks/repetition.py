"""Checks of values that stand twice: another year's, another column's, the same in every row."""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL
from prepare import counts
from prepare.checks import usual
from prepare.findings import Finding

_TELLING = 15.0
"""Sum of ln(1 + value) above which equal columns are no accident: five values of 20."""
_ONE_COLUMN = list(usual.COLUMN)
_MOST = pl.col("most").struct.field("value")
_KIND = [key for key in usual.COLUMN if key != "period"]


def findings(cells: pl.DataFrame) -> list[Finding]:
    """Findings on delivered values (usual.frame)."""
    columns = _columns(cells)
    return (
        _of_another_period(columns)
        + _of_another_column(columns)
        + _zero(columns)
        + _constant(columns)
        + _many(cells, columns)
    )


def _columns(cells: pl.DataFrame) -> pl.DataFrame:
    """One row per column of five or more areas, with its first cell and all its values."""
    by_area = (
        cells.sort("area")
        .group_by(_ONE_COLUMN)
        .agg(
            pl.col("value").cast(pl.String).str.join("|").alias("values"),
            pl.col("area").str.join("|").alias("areas"),
            pl.len().alias("count"),
            pl.col("value").n_unique().alias("different"),
            pl.col("value").sum().alias("sum"),
            pl.col("value").log1p().sum().alias("told"),
            pl.col("value").value_counts(sort=True).first().alias("most"),
        )
    )
    return (
        usual.first(cells)
        .join(by_area.filter(pl.col("count") >= usual.MANY), on=_ONE_COLUMN)
        .sort("file", "sheet", "column", "row")
    )


def _of_another_period(columns: pl.DataFrame) -> list[Finding]:
    """Columns with exactly the values of an earlier period; one finding per sheet and measure."""
    telling = columns.filter(pl.col("told") > _TELLING, pl.col("different") >= usual.MANY - 1)
    again = (
        telling.sort("period")
        .with_columns(earlier=pl.col("period").first().over(*_KIND, "areas", "values"))
        .filter(pl.col("earlier") != pl.col("period"))
        .with_columns(often=pl.len().over("file", "sheet", "measure", "period"))
        .sort("file", "sheet", "row", "column")
        .unique(["file", "sheet", "measure", "period"], keep="first", maintain_order=True)
    )
    return [
        counts.finding(
            "period_repeated",
            row,
            f"Alle {row['count']} Gebiete haben genau die Werte von {row['earlier']} "
            f"({_columns_said(row['often'])}).",
            "Prüfen, ob statt der neuen die alte Spalte oder Datei geliefert wurde.",
        )
        for row in again.to_dicts()
    ]


def _columns_said(count: int) -> str:
    return "eine Spalte" if count == 1 else f"{count} Spalten"


def _of_another_column(columns: pl.DataFrame) -> list[Finding]:
    """Different things counted with exactly the same values for one period."""
    telling = columns.filter(pl.col("told") > 2 * _TELLING, pl.col("different") >= usual.MANY - 1)
    what = pl.concat_str(
        [pl.col("measure"), *(pl.col(b).replace(TOTAL, None) for b in BREAKDOWNS)],
        separator=" ",
        ignore_nulls=True,
    )
    same = ["level", "period", "areas", "values"]
    twice = (
        telling.with_columns(what=what)
        .with_columns(first=pl.col("what").first().over(same), often=pl.len().over(same))
        .filter(pl.col("often") > 1, pl.col("what") != pl.col("first"))
    )
    # Where another period shows the same, one is a part that happens to be the whole.
    lasting = (
        telling.with_columns(what=what)
        .with_columns(often=pl.len().over(same))
        .group_by(_KIND)
        .agg((pl.col("often") > 1).mean().alias("mostly"))
    )
    copied = twice.join(lasting, on=_KIND).filter(pl.col("mostly") < 0.5)
    return [
        counts.finding(
            "column_copied",
            row,
            f"Alle {row['count']} Gebiete haben genau die Werte von {row['first']}.",
            "Prüfen, ob eine Spalte versehentlich doppelt eingefügt wurde.",
        )
        for row in copied.to_dicts()
    ]


def _zero(columns: pl.DataFrame) -> list[Finding]:
    """Columns of nothing but zeros, where the other periods have counts."""
    wrong = columns.with_columns(usually=pl.col("sum").median().over(_KIND)).filter(
        pl.col("sum") == 0, pl.col("usually") >= 20
    )
    return [
        counts.finding(
            "column_zero",
            row,
            f"Alle {row['count']} Gebiete haben null; zu den anderen Zeitpunkten zusammen etwa "
            f"{row['usually']:.0f}.",
            "Klären, ob die Zahlen fehlen; nicht Erhobenes mit … statt mit 0 liefern.",
        )
        for row in wrong.to_dicts()
    ]


def _constant(columns: pl.DataFrame) -> list[Finding]:
    """The same number in every row."""
    constant = columns.filter(pl.col("different") == 1, _MOST >= 5)
    return [
        counts.finding(
            "column_constant",
            row,
            f"Alle {row['count']} Gebiete haben denselben Wert {counts.number(row['value'])}.",
            "Prüfen, ob beim Ausfüllen ein Wert nach unten gezogen wurde.",
        )
        for row in constant.to_dicts()
    ]


def _many(cells: pl.DataFrame, columns: pl.DataFrame) -> list[Finding]:
    """The same large number in remarkably many rows, at the first of them."""
    many = columns.select(
        *_ONE_COLUMN, "count", "different", value=_MOST, often=pl.col("most").struct.field("count")
    ).filter(
        pl.col("different") > 1,
        pl.col("value") >= 100,
        pl.col("often") >= pl.max_horizontal(pl.lit(4), pl.col("count") / 3),
    )
    first = usual.first(cells.join(many, on=[*_ONE_COLUMN, "value"]))
    return [
        counts.finding(
            "values_repeated",
            row,
            f"{row['often']} von {row['count']} Gebieten haben diesen Wert.",
            "Prüfen, ob Werte kopiert oder stark gerundet wurden.",
        )
        for row in first.sort("file", "sheet", "column", "row").to_dicts()
    ]
