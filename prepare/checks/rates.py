"""Checks of rates a table carries beside the counts they are made of."""

from __future__ import annotations

import polars as pl

from prepare import values
from prepare.ratios import Ratio
from prepare.reading import Reading, Unreadable

_EXACT = 1e-6


def disagreeing(read: Reading, rows: pl.DataFrame, decimal: str) -> None:
    """Rates that differ from per * numerator / denominator of their own row."""
    if not read.table.ratios:
        return
    body = read.body().filter(pl.col("row").is_in(rows["row"].unique().implode()))
    for ratio in read.table.ratios:
        try:
            _ratio(read, body, ratio, decimal)
        except Unreadable:
            continue  # the missing column is noted


def _ratio(read: Reading, body: pl.DataFrame, ratio: Ratio, decimal: str) -> None:
    column = read.column(ratio.rate)
    text = pl.col(str(column)).str.strip_suffix("%").str.strip_chars()
    places = text.str.extract(rf"\{decimal}(\d+)$").str.len_chars().fill_null(0)
    half = pl.max_horizontal(0.5 * pl.lit(10.0).pow(-places.cast(pl.Float64)), pl.lit(_EXACT))
    sums = {
        name: pl.sum_horizontal(
            *(values.number(pl.col(str(read.column(c))), decimal) for c in told), ignore_nulls=False
        )
        for name, told in (("above", ratio.numerator), ("below", ratio.denominator))
    }
    wrong = (
        body.select("row", told=str(column), rate=values.number(text, decimal), half=half, **sums)
        .with_columns(exact=ratio.per * pl.col("above") / pl.col("below"))
        .filter(
            pl.col("below") != 0,
            (pl.col("rate") - pl.col("exact")).abs() > (ratio.tolerance or pl.col("half")) + _EXACT,
        )
    )
    for row in wrong.to_dicts():
        exact = f"{row['exact']:.4g}".replace(".", ",")
        read.note(
            "ratio_disagrees",
            f"Geliefert ist {row['told']}, aus den Zahlen der Zeile folgt {exact}.",
            "Quote und Zahlen abgleichen; gerechnet wird mit den Zahlen.",
            row["row"],
            column,
        )
