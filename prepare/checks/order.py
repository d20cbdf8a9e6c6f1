"""Checks of where values stand: rows moved, mixed up or exchanged, columns exchanged."""

from __future__ import annotations

from typing import Any

import polars as pl

from prepare import counts
from prepare.checks import usual
from prepare.findings import Finding

_MOVES = (1, -1, 2, -2, 3, -3)
_ROWS = 6
_REMEDY = "Spalte in der Datei neben die eines anderen Jahres legen und mit ihren Namen abgleichen."
_PLACE = list(counts.PLACE)
_SHEET = ["file", "sheet", *usual.COLUMN]


def findings(cells: pl.DataFrame) -> tuple[list[Finding], pl.DataFrame]:
    """Findings on delivered values (usual.frame), and the places (counts.PLACE) they explain."""
    compared = cells.filter(pl.col("usual").is_not_null()).sort("file", "sheet", "column", "row")
    found: list[Finding] = []
    explained = [compared.select(_PLACE).clear()]
    for check in (_columns_swapped, _shifted, _shuffled, _swapped):
        told, places = check(compared)
        found += told
        explained.append(places.select(_PLACE))
        compared = compared.join(places, on=_PLACE, how="anti")
    return found, pl.concat(explained)


_Told = tuple[list[Finding], pl.DataFrame]


def _shifted(cells: pl.DataFrame) -> _Told:
    """Columns that fit their series much better when moved by some rows."""
    moved = cells.with_columns(
        (pl.col("log") - pl.col("usual").shift(by).over(_SHEET)).alias(f"by{by}") for by in _MOVES
    )
    best = pl.min_horizontal(f"by{by}" for by in _MOVES)
    wrong = (
        moved.group_by(_SHEET)
        .agg(
            pl.len().alias("areas"),
            pl.col("off").abs().median(),
            pl.col("noise").median(),
            *(pl.col(f"by{by}").abs().median() for by in _MOVES),
        )
        .filter(
            pl.col("areas") >= _ROWS,
            pl.col("off") > 3 * pl.col("noise"),
            best < 0.3 * pl.col("off"),
            best < 1.5 * pl.col("noise"),
        )
        .with_columns(by=pl.coalesce(pl.when(best == pl.col(f"by{by}")).then(by) for by in _MOVES))
        .select(*_SHEET, "areas", "by")
    )
    return _told(
        "rows_shifted",
        cells,
        wrong,
        lambda row: (
            f"Die Werte passen zu den anderen Zeitpunkten, wenn man sie um "
            f"{abs(row['by'])} {'Zeile' if abs(row['by']) == 1 else 'Zeilen'} nach "
            f"{'oben' if row['by'] > 0 else 'unten'} rückt."
        ),
    )


def _shuffled(cells: pl.DataFrame) -> _Told:
    """Columns whose areas rank quite otherwise than in the other periods, which agree."""
    kind = [key for key in usual.COLUMN if key != "period"]
    ranked = (
        cells.group_by(_SHEET)
        .agg(
            pl.len().alias("areas"),
            pl.corr("log", "usual", method="spearman").alias("like"),
            (pl.col("off") - pl.col("common")).abs().median().alias("off"),
            pl.col("noise").median(),
        )
        .filter(pl.col("areas") >= _ROWS)
        .with_columns(others=pl.col("like").median().over(kind))
    )
    wrong = ranked.filter(
        pl.col("others") > 0.9, pl.col("like") < 0.5, pl.col("off") > 3 * pl.col("noise")
    )
    return _told(
        "rows_shuffled",
        cells,
        wrong.select(*_SHEET, "areas"),
        lambda row: (
            f"Die {row['areas']} Gebiete stehen hier in ganz anderer Rangfolge als zu den "
            "anderen Zeitpunkten; vielleicht ist die Spalte anders sortiert."
        ),
    )


def _swapped(cells: pl.DataFrame) -> _Told:
    """Two areas in neighbouring rows of a column, each with the other's value."""
    own = pl.col("off") - pl.col("common")
    after = {name: pl.col(name).shift(-1).over(_SHEET) for name in ("log", "usual", "noise")}
    noise = pl.max_horizontal(pl.col("noise"), after["noise"])
    crossed = [
        (pl.col("log") - after["usual"] - pl.col("common")).abs(),
        (after["log"] - pl.col("usual") - pl.col("common")).abs(),
    ]
    apart = (pl.col("usual") - after["usual"]).abs()
    pair = (own.abs() > 4 * noise) & (apart > 4 * noise)
    for difference in crossed:
        pair &= (difference < 3 * noise) & (difference < 0.3 * own.abs())
    marked = cells.with_columns(
        first=pair.fill_null(False), other=pl.col("area").shift(-1).over(_SHEET)
    ).with_columns(second=pl.col("first").shift(1).over(_SHEET).fill_null(False))
    found = [
        counts.finding(
            "rows_swapped",
            row,
            f"Die Werte von {row['area']} und {row['other']} in der nächsten Zeile sind "
            "offenbar vertauscht.",
            _REMEDY,
        )
        for row in marked.filter("first").to_dicts()
    ]
    return found, marked.filter(pl.col("first") | pl.col("second"))


def _columns_swapped(cells: pl.DataFrame) -> _Told:
    """Two neighbouring columns of a sheet, each with the other's values."""
    line = ["file", "sheet", "row", "area", "level", "period"]
    beside = cells.sort("file", "sheet", "row", "column").with_columns(
        pl.col(name).shift(-1).over(line).alias(f"{name}_next")
        for name in ("log", "usual", "column", "measure", "age", "sex")
    )
    wrong = (
        beside.filter(pl.col("column_next") == pl.col("column") + 1)
        .with_columns(
            crossed=pl.max_horizontal(
                (pl.col("log") - pl.col("usual_next")).abs(),
                (pl.col("log_next") - pl.col("usual")).abs(),
            )
        )
        .group_by(*_SHEET, "column", "column_next")
        .agg(
            pl.len().alias("areas"),
            pl.col("off").abs().median(),
            pl.col("noise").median(),
            pl.col("crossed").median(),
            pl.col("measure_next", "age_next", "sex_next").first(),
        )
        .filter(
            pl.col("areas") >= _ROWS,
            pl.col("off") > 4 * pl.col("noise"),
            pl.col("crossed") < 0.3 * pl.col("off"),
            pl.col("crossed") < 1.5 * pl.col("noise"),
        )
    )
    found, places = _told(
        "columns_swapped",
        cells,
        wrong.select(*_SHEET, "areas"),
        lambda row: "Diese Spalte und die rechts daneben sind offenbar vertauscht.",
    )
    second = wrong.select("file", "sheet", "period", column="column_next")
    more = cells.join(second, on=["file", "sheet", "period", "column"], how="semi")
    return found, pl.concat([places.select(_PLACE), more.select(_PLACE)])


def _told(
    rule: str, cells: pl.DataFrame, wrong: pl.DataFrame, message: Any
) -> tuple[list[Finding], pl.DataFrame]:
    """One finding per wrong column, at its first cell, and all its cells."""
    places = cells.join(wrong, on=_SHEET)
    first = places.unique(_SHEET, keep="first", maintain_order=True).sort(_PLACE)
    return [counts.finding(rule, row, message(row), _REMEDY) for row in first.to_dicts()], places
