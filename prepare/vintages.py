"""Vintages: what a cell said before, in the current release or in a file that a later one replaced.

Only numbers have vintages, and only cells that hold a number now: what is withdrawn or suppressed
takes its history with it. Where a number has become a secret, the whole measure and period lose
theirs, for the old sums would tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from model.catalog import Measure
from model.manifest import Descriptions
from prepare import counts, states
from prepare.previous import Previous

SCHEMA = {
    "measure": pl.String,
    **{name: kind for name, kind in counts.SCHEMA.items() if name != "measure"},
    "stand": pl.String,
    "release": pl.String,
    "published": pl.String,
}
"""counts.SCHEMA, the Stand of the file, and the release with its date (null: never published)."""
_EXACT = 1e-6
_SECRET = ("suppressed", "unreliable")
_NOW = pl.col("now")
_VALUE = pl.col("value")


def vintages(
    found: pl.DataFrame,
    earlier: pl.DataFrame,
    told: Descriptions,
    measures: Mapping[str, Measure],
    before: Previous | None,
) -> pl.DataFrame:
    """Every earlier number of every cell (SCHEMA), oldest first; each differs from the next.

    `found` are the counts now and `earlier` those that a later file of the same delivery
    replaced, oldest first (both counts.SCHEMA); `told` describes the deliveries, `measures` are
    the declared ones by id, `before` is the current release. Built again on top of the release
    it gave, the result is the same. A measure that is declared anew, or counted on another
    basis, starts a new history where its number changes: that is no revision.
    """
    replaced = _with_stands(earlier.filter(_VALUE.is_not_null()), told).with_columns(
        release=pl.lit(None, pl.String), published=pl.lit(None, pl.String)
    )
    known, hidden = _empty(), replaced.select(counts.KEYS)
    if before is not None:
        changed = _changed(before, found)
        hidden = pl.concat(
            [hidden, changed.select(counts.KEYS), before.vintages.select(counts.KEYS)]
        )
        anew = _declared_anew(changed, told, measures, before)
        published = _with_stands(changed.join(anew, on=counts.KEYS, how="anti"), before.deliveries)
        known = pl.concat(
            [
                before.vintages.select(SCHEMA.keys()).join(anew, on=counts.KEYS, how="anti"),
                published.with_columns(
                    release=pl.lit(before.id), published=pl.lit(before.published)
                ).select(SCHEMA.keys()),
            ]
        )
    merged = _merged(known, replaced.select(SCHEMA.keys()))
    secret = _secret(hidden, found)
    return _distinct(
        merged.join(secret, on=["measure", "period"], how="anti", maintain_order="left"), found
    )


def revised(found: pl.DataFrame, history: pl.DataFrame) -> pl.DataFrame:
    """The counts, those that are ok and were another number before with the status revised.

    A number that takes the place of a modelled one does not revise it.
    """
    other = history.filter(pl.col("status") != "modelled").join(
        found.select(*counts.KEYS, now="value"), on=counts.KEYS
    )
    cells = other.filter(_differ(_VALUE, _NOW)).select(counts.KEYS).unique()
    return (
        found.join(
            cells.with_columns(again=True), on=counts.KEYS, how="left", maintain_order="left"
        )
        .with_columns(
            status=pl.when(pl.col("again"), pl.col("status") == "ok")
            .then(pl.lit("revised"))
            .otherwise("status")
        )
        .select(counts.SCHEMA.keys())
    )


def with_sums(
    earlier: pl.DataFrame,
    delivered: pl.DataFrame,
    summed: Callable[[pl.DataFrame], pl.DataFrame],
) -> pl.DataFrame:
    """The replaced values and the sums they once made (counts.SCHEMA), oldest first.

    `delivered` are the counts before they are summed up, `summed` adds the sums. A sum is taken
    over what its cells said one correction ago, then two, until all say what they said first.
    """
    ago = earlier.with_columns(ago=pl.int_range(pl.len()).reverse().over(counts.KEYS))
    steps = ago["ago"].max() if ago.height else None
    if not isinstance(steps, int):
        return earlier
    own = delivered.join(earlier, on=["measure", "period"], how="semi")
    state = summed(own)
    sums: list[pl.DataFrame] = []
    for step in range(steps + 1):
        then = ago.filter(pl.col("ago") <= step).sort("ago").unique(counts.KEYS, keep="last")
        kept = own.join(then, on=counts.KEYS, how="anti")
        older = summed(pl.concat([kept, then.drop("ago").select(own.columns)]))
        now = state.select(*counts.KEYS, now="value")
        apart = older.join(now, on=counts.KEYS).filter(_differ(_VALUE, _NOW))
        made = apart.join(own, on=counts.KEYS, how="anti").select(counts.SCHEMA.keys())
        sums.insert(0, made)
        state = older
    return pl.concat([*sums, earlier])


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=SCHEMA)


def _differ(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    return (one - other).abs() > _EXACT


def _changed(before: Previous, found: pl.DataFrame) -> pl.DataFrame:
    """Numbers of the release before whose cell says another number now, or keeps it secret."""
    now = found.lazy().select(
        *counts.KEYS, now="value", status_now="status", delivery_now="delivery"
    )
    return (
        before.counts.filter(_VALUE.is_not_null())
        .join(now, on=counts.KEYS)
        .filter(_differ(_VALUE, _NOW) | pl.col("status_now").is_in(_SECRET))
        .collect()
    )


def _declared_anew(
    changed: pl.DataFrame,
    told: Descriptions,
    measures: Mapping[str, Measure],
    before: Previous,
) -> pl.DataFrame:
    """Keys of changed cells that count something else now."""
    same = [
        name
        for name, declared in measures.items()
        if name in before.measures
        and states.meaning(before.measures[name]) == states.meaning(declared)
    ]
    bases = {name: str(delivery["basis"]) for name, delivery in told.items()}
    old = {name: str(delivery["basis"]) for name, delivery in before.deliveries.items()}
    moved = pl.col("delivery_now").replace(bases) != pl.col("delivery").replace(old)
    return changed.filter(~pl.col("measure").is_in(same) | moved).select(counts.KEYS)


def _with_stands(rows: pl.DataFrame, told: Descriptions) -> pl.DataFrame:
    """Rows with the Stand of the file they come from."""
    stands = pl.DataFrame(
        [
            (delivery, file["name"], file.get("stand"))
            for delivery, description in told.items()
            for file in description["files"]
        ],
        schema={"delivery": pl.String, "file": pl.String, "stand": pl.String},
        orient="row",
    )
    return rows.join(stands, on=["delivery", "file"], how="left", maintain_order="left")


def _merged(known: pl.DataFrame, replaced: pl.DataFrame) -> pl.DataFrame:
    """What is known and the replaced values that are not, each cell in the order of time."""
    order = replaced.with_columns(place=pl.int_range(pl.len()).over(counts.KEYS))
    first = order.group_by(*counts.KEYS, "value").agg(pl.col("place").min())
    placed = (
        known.join(first, on=[*counts.KEYS, "value"], how="left", maintain_order="left")
        # Between two known values that a file holds, a third stays where it was.
        .with_columns(pl.col("place").forward_fill().cum_max().over(counts.KEYS).fill_null(-1))
    )
    new = order.join(known, on=[*counts.KEYS, "value"], how="anti")
    return (
        pl.concat([placed, new.select(placed.columns)])
        .sort(*counts.KEYS, "place", maintain_order=True)
        .drop("place")
    )


def _secret(once: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Measures and periods in which one of the cells that were a number `once` is a secret now."""
    now = found.filter(pl.col("status").is_in(_SECRET))
    return once.join(now, on=counts.KEYS, how="semi").select("measure", "period").unique()


def _distinct(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Rows without repetitions, up to the number of now."""
    now = found.select(*counts.KEYS, now="value")
    cells = rows.join(now, on=counts.KEYS, maintain_order="left")
    following = _VALUE.shift(-1).over(counts.KEYS).fill_null(_NOW)
    repeated = _VALUE.shift(1).over(counts.KEYS)
    return (
        cells.filter(_NOW.is_not_null())
        .filter(_differ(_VALUE, repeated).fill_null(True))
        .filter(_differ(_VALUE, following))
        .select(SCHEMA.keys())
    )
