"""Spatial patterns of a release, as prepare found them."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from loaders.releases import Release
from model.clusters import FILE, KINDS, Pattern


@lru_cache(maxsize=256)
def of(release: Release, indicator: str, level: str) -> Pattern | None:
    """The pattern of an indicator at a level; None where none was tested."""
    if FILE not in release.manifest["files"]:
        return None
    rows = release.table(FILE).filter(
        (pl.col("indicator") == indicator) & (pl.col("level") == level)
    )
    whole = rows.filter(pl.col("area") == "").to_dicts()
    if not whole:
        return None
    told = whole[0]
    found = rows.filter(pl.col("significant") & (pl.col("area") != ""))
    return Pattern(
        period=told["period"],
        areas=told["areas"],
        alone=told["alone"],
        moran=told["moran"],
        expected=told["expected"],
        p=told["p"],
        permutations=told["permutations"],
        clusters={
            kind: tuple(areas)
            for kind in KINDS
            if (areas := found.filter(pl.col("kind") == kind)["area"].to_list())
        },
    )
