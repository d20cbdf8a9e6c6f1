"""Those who belong to the city but to none of its areas: delivered, or what is left over.

Registers hold people whose address no area can be told of, so a city counts a little more than its
areas together. A measure says so by naming, in `unallocated`, the measure that holds them.
"""

from __future__ import annotations

import polars as pl

from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import counts
from prepare.findings import Finding

_KEYS = [*counts.KEYS]


def added(
    parts: pl.DataFrame,
    sums: pl.DataFrame,
    found: pl.DataFrame,
    catalog: Catalog,
    findings: list[Finding],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The parts of the city with those who belong to no area, and the latter where left over.

    `parts` has a row per area under the keys of the city and how many are `expected`, `sums` are
    what they make (counts.SCHEMA). Where the number of those in no area was delivered, it is one
    part more. Where it was not but the city was, the difference is; a city smaller than its areas
    gets none, for the caller to report. Where neither was, it is a zero that is `estimated`. What
    was derived is appended to `findings`.
    """
    names = {m.id: m.unallocated for m in catalog.city.measures if m.unallocated is not None}
    told = _beside(sums.filter(pl.col("measure").is_in(list(names))), found, names)
    left = told.filter("left").with_columns(
        value=pl.col("city") - pl.col("value"),
        status=pl.col("city_status"),
        delivery=pl.col("city_delivery"),
    )
    unknown = told.filter("unknown")
    findings += _left_over(left.filter(pl.col("value") > 0), catalog)
    findings += _unknown(unknown, catalog)
    delivered = told.filter("delivered").with_columns(value="rest", status="rest_status")
    guessed = unknown.with_columns(value=pl.lit(0.0), status=pl.lit("estimated"))
    more = pl.concat([_counts(frame) for frame in (delivered, left, guessed)])
    renamed = pl.col("measure").replace_strict(names, default=None, return_dtype=pl.String)
    return _together(parts, more), _counts(left.with_columns(renamed.alias("measure")))


def _together(parts: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """The parts of each sum, and one more of those that have one."""
    own = [name for name in parts.columns if name not in counts.SCHEMA]
    first = parts.unique(_KEYS, keep="first", maintain_order=True)
    joined = more.join(first.select(*_KEYS, *own), on=_KEYS, how="inner")
    one = more.select(*_KEYS, more=pl.lit(1))
    return (
        pl.concat([parts, joined.select(parts.columns)])
        .join(one, on=_KEYS, how="left", maintain_order="left")
        .with_columns(expected=pl.col("expected") + pl.col("more").fill_null(0))
        .drop("more")
    )


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(counts.nowhere()).select(counts.SCHEMA.keys())


def _beside(sums: pl.DataFrame, found: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """Sums with what was delivered beside them: `rest` and the `city` itself.

    `delivered`: the rest was; `left`: it is what the city has more; `unknown`: nobody can tell.
    """
    back = {rest: measure for measure, rest in names.items()}
    rests = found.filter(pl.col("measure").is_in(list(back))).select(
        *(pl.col(key) for key in _KEYS if key != "measure"),
        measure=pl.col("measure").replace_strict(back, return_dtype=pl.String),
        rest="value",
        rest_status="status",
        delivered=pl.lit(True),
    )
    city = found.select(*_KEYS, city="value", city_status="status", city_delivery="delivery")
    return (
        sums.join(rests, on=_KEYS, how="left")
        .join(city, on=_KEYS, how="left")
        .with_columns(pl.col("delivered").fill_null(False))
        .with_columns(
            left=~pl.col("delivered") & (pl.col("city") >= pl.col("value")).fill_null(False),
            unknown=~pl.col("delivered") & pl.col("city_delivery").is_null(),
        )
    )


def _left_over(left: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """One finding per measure and period whose city counts more than its areas."""
    return [
        Finding(
            "unallocated",
            f"Lieferung {row['city_delivery']}",
            f'{row["period"]}, Messgröße "{row["measure"]}"',
            f"Die Stadt zählt mehr als ihre Gebiete zusammen: {row['told']}. Sie werden als "
            f'"{catalog.measures[row["measure"]].unallocated}" geführt.',
            "Nur prüfen, ob die Differenz so klein ist, wie die liefernde Stelle sie beschreibt.",
        )
        for row in _told(left, pl.format("{}: {}", _category(), _number("value")), "city_delivery")
    ]


def _unknown(unknown: pl.DataFrame, catalog: Catalog) -> list[Finding]:
    """One finding per measure and period where the city is only the sum of its areas."""
    return [
        Finding(
            "unallocated_unknown",
            f"Lieferung {row['delivery']}",
            f'{row["period"]}, Messgröße "{row["measure"]}"',
            f'Weder die Stadt noch "{catalog.measures[row["measure"]].unallocated}" ist '
            f"geliefert; der Stadtwert ist die Summe der Gebiete: {row['told']}. Er gilt als "
            "geschätzt.",
            "Die Stadtsumme nachfordern.",
        )
        for row in _told(unknown, pl.format("{}: {}", _category(), _number("value")), "delivery")
    ]


def _told(frame: pl.DataFrame, words: pl.Expr, delivery: str) -> list[dict[str, str]]:
    return (
        frame.sort(_KEYS)
        .with_columns(told=words)
        .group_by("measure", "period", maintain_order=True)
        .agg(pl.col("told").str.join(", "), pl.col(delivery).min())
        .to_dicts()
    )


def _category() -> pl.Expr:
    """The categories of a row; "insgesamt" if there are none."""
    parts = [pl.when(pl.col(b) != TOTAL).then(pl.col(b)) for b in BREAKDOWNS]
    joined = pl.concat_str(parts, separator=" ", ignore_nulls=True)
    return pl.when(joined == "").then(pl.lit("insgesamt")).otherwise(joined)


def _number(column: str) -> pl.Expr:
    return pl.col(column).round(0).cast(pl.Int64).cast(pl.String)
