"""How many cells were checked, and how far attackers get, by profile, theme and level."""

from __future__ import annotations

import numpy as np
import polars as pl

from prepare.disclosure import alternatives, compositions
from prepare.disclosure.attackers import Outcome
from prepare.disclosure.verdict import Profile, Tally

_BY = ("theme", "level")


def tallies(found: Outcome) -> tuple[Tally, ...]:
    """The tallies of one view: complements for groups, all other cells for the rest."""
    theme = alternatives.themes(found.view.facts.catalog)
    width = found.bounds.high - found.bounds.low
    secret = pl.DataFrame(
        {"cell": found.guarded, "exact": found.exact, "narrow": found.narrow, "width": width}
    ).cast({"cell": pl.UInt32})
    cells = (
        found.view.facts.cells.with_row_index("cell")
        .with_columns(
            theme=pl.col("measure").replace_strict(theme, default=""),
            level=pl.col("level").map_elements(compositions.level, return_dtype=pl.String),
        )
        .join(secret, on="cell", how="left", maintain_order="left")
        .with_columns(secret=pl.col("exact").is_not_null())
        .filter(pl.col("value").is_not_null() | pl.col("secret"))
    )
    counted = cells.filter(pl.col("kind") == "count")
    singles = np.array([other for _, other, _ in found.singles], dtype=np.uint32)
    alone = counted.with_columns(
        exact=pl.col("cell").is_in(singles.tolist()), narrow=pl.lit(False), width=pl.lit(None)
    )
    return (
        *_told("outsider", counted),
        *_told("singleton", alone),
        *_told("group", cells.filter(pl.col("kind") == "complement")),
    )


def _told(profile: Profile, cells: pl.DataFrame) -> list[Tally]:
    summed = cells.group_by(_BY).agg(
        checked=pl.len(),
        hidden=pl.col("secret").sum(),
        exact=pl.col("exact").sum(),
        narrow=pl.col("narrow").sum(),
        narrowest=pl.col("width").filter(pl.col("width").is_finite()).min(),
    )
    return [Tally(profile, **row) for row in summed.sort(_BY).to_dicts()]
