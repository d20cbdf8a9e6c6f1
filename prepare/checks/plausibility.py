"""All checks of delivered values against each other, on the counts with their places."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from model.catalog import Catalog
from prepare import counts
from prepare.checks import ages, basis, order, repetition, series, shares, usual
from prepare.deliveries import Delivery
from prepare.findings import Finding


def findings(
    read: Sequence[Delivery], found: pl.DataFrame, catalog: Catalog, breaks: pl.DataFrame
) -> list[Finding]:
    """Warnings and hints on values; `found` are all counts before sums are added (counts.SCHEMA).

    `breaks` (series_breaks.SCHEMA) are those the city declares.
    A cell that one check explains is left out by the next.
    """
    cells = usual.frame(found, catalog)
    moved, explained = order.findings(cells)
    unexplained = cells.join(explained, on=list(counts.PLACE), how="anti")
    return (
        repetition.findings(cells)
        + moved
        + series.findings(unexplained)
        + basis.findings(read, cells, catalog, breaks)
        + shares.findings(found, catalog)
        + ages.findings(found)
    )
