"""Those who belong to the city but to none of its areas: delivered, or what is left over.

Registers hold people whose address no area can be told of, so a city counts a little more than its
areas together. A measure says so by naming, in `unallocated`, the measure that holds them.
"""

from __future__ import annotations

import polars as pl

from model import status
from model.catalog import BREAKDOWNS, TOTAL, Catalog
from prepare import counts
from prepare.findings import Finding

_CITY = ["period", *BREAKDOWNS]
_KEYS = [*counts.KEYS]


def settled(
    sums: pl.DataFrame, found: pl.DataFrame, catalog: Catalog, findings: list[Finding]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Sums over the city's areas with those who belong to none, and the latter where left over.

    Both are counts (counts.SCHEMA). Where their number was delivered it is added. Where it was not
    but the city was, the difference is their number; a city smaller than its areas stays as it is,
    for the caller to report. Where neither was delivered, the sum is `estimated`. What was derived
    is appended to `findings`.
    """
    names = {m.id: m.unallocated for m in catalog.city.measures if m.unallocated is not None}
    own = pl.col("measure").is_in(list(names))
    parts = _beside(sums.filter(own), found, names)
    left = parts.filter("left").with_columns(rest=pl.col("city") - pl.col("value"))
    findings += _left_over(left.filter(pl.col("rest") > 0), catalog)
    findings += _unknown(parts.filter("unknown"), catalog)
    worst = (
        pl.when("delivered")
        .then(pl.max_horizontal(status.severity(), "rest_severity"))
        .when("unknown")
        .then(pl.max_horizontal(status.severity(), pl.lit(status.ORDER.index("estimated"))))
        .otherwise(status.severity())
    )
    whole = (
        parts.filter(~pl.col("delivered") | pl.col("rest").is_not_null())
        .with_columns(
            severity=worst,
            value=pl.when("left")
            .then("city")
            .otherwise(pl.col("value") + pl.col("rest").fill_null(0)),
        )
        .with_columns(status=status.named("severity"))
    )
    rests = left.with_columns(
        measure=pl.col("measure").replace_strict(names, return_dtype=pl.String),
        value="rest",
        delivery="city_delivery",
    )
    return pl.concat([sums.filter(~own), _counts(whole)]), _counts(rests)


def _counts(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(counts.SCHEMA.keys())


def _beside(sums: pl.DataFrame, found: pl.DataFrame, names: dict[str, str]) -> pl.DataFrame:
    """Sums with what was delivered beside them: `rest` and the `city` itself.

    `delivered`: the rest was; `left`: it is what the city has more; `unknown`: nobody can tell.
    """
    back = {rest: measure for measure, rest in names.items()}
    rests = found.filter(pl.col("measure").is_in(list(back))).select(
        *(pl.col(key) for key in _KEYS if key != "measure"),
        measure=pl.col("measure").replace_strict(back, return_dtype=pl.String),
        rest="value",
        rest_severity=status.severity(),
        delivered=pl.lit(True),
    )
    city = found.select(*_KEYS, city="value", city_delivery="delivery")
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
        for row in _told(left, pl.format("{}: {}", _category(), _number("rest")), "city_delivery")
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
