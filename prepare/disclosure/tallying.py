"""How many cells were checked, and how far attackers get, by profile, theme and level."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
import polars as pl

from prepare.disclosure import alternatives
from prepare.disclosure.attackers import Outcome
from prepare.disclosure.verdict import Profile, Tally

_BY = ("theme", "level")


def tallies(found: Outcome) -> list[Tally]:
    """The tallies of one view: complements for groups, all other cells for the rest."""
    theme = alternatives.themes(found.view.catalog)
    width = found.bounds.high - found.bounds.low
    secret = pl.DataFrame(
        {"cell": found.guarded, "exact": found.exact, "narrow": found.narrow, "width": width}
    ).cast({"cell": pl.UInt32})
    cells = (
        found.view.facts.cells.with_row_index("cell")
        .with_columns(theme=pl.col("measure").replace_strict(theme, default=""))
        .join(secret, on="cell", how="left", maintain_order="left")
        .with_columns(secret=pl.col("exact").is_not_null())
        .filter(pl.col("value").is_not_null() | pl.col("secret"))
    )
    counted = cells.filter(pl.col("kind") == "count")
    singles = np.array([other for _, other, _ in found.singles], dtype=np.uint32)
    alone = counted.with_columns(
        exact=pl.col("cell").is_in(singles.tolist()), narrow=pl.lit(False), width=pl.lit(None)
    )
    return [
        *_told("outsider", counted),
        *_told("singleton", alone),
        *_told("group", cells.filter(pl.col("kind") == "complement")),
    ]


def together(found: Sequence[Tally]) -> tuple[Tally, ...]:
    """The tallies of all years, added up by profile, theme and level."""
    told = []
    ordered = sorted(found, key=_key)
    for (profile, theme, level), group in groupby(ordered, key=_key):
        own = list(group)
        widths = [tally.narrowest for tally in own if tally.narrowest is not None]
        told.append(
            Tally(
                profile,
                theme,
                level,
                checked=sum(tally.checked for tally in own),
                hidden=sum(tally.hidden for tally in own),
                exact=sum(tally.exact for tally in own),
                narrow=sum(tally.narrow for tally in own),
                narrowest=min(widths, default=None),
            )
        )
    return tuple(told)


def _told(profile: Profile, cells: pl.DataFrame) -> list[Tally]:
    summed = cells.group_by(_BY).agg(
        checked=pl.len(),
        hidden=pl.col("secret").sum(),
        exact=pl.col("exact").sum(),
        narrow=pl.col("narrow").sum(),
        narrowest=pl.col("width").min(),
    )
    return [Tally(profile, **row) for row in summed.sort(_BY).to_dicts()]


def _key(tally: Tally) -> tuple[Profile, str, str]:
    return tally.profile, tally.theme, tally.level
