"""Several files of one delivery that hold the same cell: the latest counts, the others are kept."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from prepare import counts
from prepare.imprint import File


def latest(found: pl.DataFrame, files: Sequence[File]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Each count once, from the latest file; and all earlier values, oldest first.

    The later `stand` wins, of the same or none the later name. A value that was only delivered
    again is no earlier value: of equal values in a row the first is kept, and none if it is the
    one that counts.
    """
    order = sorted(files, key=lambda file: (file.stand or "", file.name))
    place_of = {file.name: place for place, file in enumerate(order)}
    same = pl.struct("value", "status").rle_id().over(counts.KEYS)
    aged = (
        found.with_columns(rank=pl.col("file").replace_strict(place_of, return_dtype=pl.Int64))
        .sort(*counts.KEYS, "rank", maintain_order=True)
        .with_columns(run=same)
    )
    last = aged.unique(counts.KEYS, keep="last", maintain_order=True)
    earlier = (
        aged.unique([*counts.KEYS, "run"], keep="first", maintain_order=True)
        .filter(pl.col("run") < pl.col("run").max().over(counts.KEYS))
        .select(counts.SCHEMA.keys())
    )
    return last.select(counts.SCHEMA.keys()), earlier
