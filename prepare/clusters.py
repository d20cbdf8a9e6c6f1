"""Spatial patterns of each indicator at its newest period, from what the release itself tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from model import rates, safeguards
from model.catalog import Catalog, Indicator
from model.chance import ALPHA
from model.clusters import FEWEST
from prepare import autocorrelation
from prepare.shapes import Shapes

SCHEMA = {
    "indicator": pl.String,
    "level": pl.String,
    "period": pl.String,
    "area": pl.String,
    "kind": pl.String,
    "moran": pl.Float64,
    "expected": pl.Float64,
    "p": pl.Float64,
    "significant": pl.Boolean,
    "areas": pl.Int64,
    "alone": pl.Int64,
    "permutations": pl.Int64,
}
"""A row an area, and one for the whole level, whose area and kind are ''.

`areas` are those in the test, `alone` those left out because nobody beside them has a value;
`significant` is a discovery among the areas, for the level a p-value of at most 5 %.
"""
_DIGITS = 6
"""Beyond these a sum may differ from one processor to another, and with it the release's id."""


def clusters(
    counts: Mapping[str, pl.DataFrame], catalog: Catalog, shapes: Mapping[str, Shapes]
) -> pl.DataFrame:
    """The patterns (SCHEMA) of all rates, shares and means, at every level with polygons.

    `counts` are those of the release by measure. Numbers of areas say how large areas are, so
    plain counts have no pattern worth a test. Areas without a value are not there at all.
    """
    rows = [
        row
        for level, own in shapes.items()
        if len(own.ids) >= FEWEST
        for row in _level(level, own, counts, catalog)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _level(
    level: str, shapes: Shapes, counts: Mapping[str, pl.DataFrame], catalog: Catalog
) -> Iterator[tuple[Any, ...]]:
    near = autocorrelation.neighbours(shapes.polygons)
    for indicator in catalog.indicators.values():
        if indicator.denominator or indicator.as_delivered:
            period, values = _newest(indicator, level, counts, catalog)
            known = [place for place, area in enumerate(shapes.ids) if area in values]
            yield from _rows(indicator, level, period, values, shapes.ids, near, known)


def _rows(
    indicator: Indicator,
    level: str,
    period: str,
    values: Mapping[str, float],
    ids: Sequence[str],
    near: autocorrelation.Neighbours,
    known: Sequence[int],
) -> Iterator[tuple[Any, ...]]:
    """The rows of one indicator; none where few areas have a value, or all have the same."""
    linked, beside = autocorrelation.among(near, known)
    own = [values[ids[place]] for place in linked]
    if len(own) < FEWEST or len(set(own)) == 1:
        return
    found = autocorrelation.autocorrelation(own, beside)
    size = (len(own), len(known) - len(own), found.permutations)
    head = (indicator.id, level, period)
    moran, expected = round(found.moran, _DIGITS), round(found.expected, _DIGITS)
    yield (*head, "", "", moran, expected, found.p, found.p <= ALPHA, *size)
    for number, place in enumerate(linked):
        told = found.kinds[number], round(float(found.local[number]), _DIGITS), None
        yield (*head, ids[place], *told, float(found.local_p[number]), found.found[number], *size)


def _newest(
    indicator: Indicator, level: str, counts: Mapping[str, pl.DataFrame], catalog: Catalog
) -> tuple[str, dict[str, float]]:
    """The newest period of a level with rows, and its values by area, the missing ones left out."""
    measures = sorted({term.measure for term in indicator.terms} & counts.keys())
    if not measures:
        return "", {}
    rows = pl.concat(
        counts[name].lazy().with_columns(measure=pl.lit(name)) for name in measures
    ).filter(pl.col("level") == level)
    least = safeguards.fewest(catalog, indicator)
    found = rates.values(rows, indicator, least).collect()
    if found.is_empty():
        return "", {}
    period = str(found["period"].max())
    now = found.filter((pl.col("period") == period) & pl.col("value").is_not_null())
    return period, dict(now.select("area", "value").iter_rows())
