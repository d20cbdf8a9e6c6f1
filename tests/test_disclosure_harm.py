"""How much is lost when a number is hidden, by hand on the small city."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import small_city
from prepare import catalog as catalogs
from prepare.disclosure import harm, protecting

CELLS = pl.DataFrame(
    [
        ("bezirk", "2023-12-31", "residents", "total", "total", "total", 99.0),
        ("bezirk", "2024-12-31", "residents", "total", "total", "total", 99.0),
        ("stadt", "2024-12-31", "residents", "total", "total", "total", 99.0),
        ("bezirk", "2024-12-31", "residents", "0-5", "total", "total", 9.0),
        ("bezirk", "2024-12-31", "residents", "6-17", "w", "total", 9.0),
        ("bezirk", "2024", "births", "total", "total", "total", 0.0),
        ("bezirk", "2024", "births", "total", "total", "total", None),
    ],
    schema=["level", "period", "measure", "age", "sex", "nationality", "value"],
    orient="row",
)


def test_what_more_indicators_need_is_hidden_last(tmp_path: Path) -> None:
    """Residents are two indicators' numerator and denominator, their youngest one's numerator."""
    catalog = catalogs.catalog(small_city.write(tmp_path))
    found = harm.weights(CELLS, catalog)
    # 5 for a district above its quarters, 1 + indicators, 2 for the newest year, 1.1 for 99 people
    assert found == pytest.approx(
        [16.5, 33, 165, 5 * 2 * 0.1 * 2 * 1.05, 5 * 1 * 0.01 * 2 * 1.05, 10, 10]
    )
    # residents come first: births are no indicator's, and named before or after they stay behind
    assert protecting.ordered(catalog)[0] == "residents"


def test_periods_without_a_year_weigh_like_the_first(tmp_path: Path) -> None:
    catalog = catalogs.catalog(small_city.write(tmp_path))
    first = CELLS.head(1)
    cells = pl.concat([CELLS.head(2), *(first.with_columns(period=pl.lit(p, pl.String))
                                        for p in ("", "Q1-2024", None))])  # fmt: skip
    assert harm.weights(cells, catalog) == pytest.approx([16.5, 33, 16.5, 16.5, 16.5])
    assert harm.weights(cells.tail(3), catalog) == pytest.approx([16.5] * 3)
