"""Counts of former areas into counts of today's, change by change, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from model import status
from model.catalog import Catalog
from prepare import counts
from prepare.areas import Areas
from prepare.findings import Finding

_EXACT = 1e-6
_ESTIMATED = status.ORDER.index("estimated")
_STEP = ("measure", "from", "to", "weight", "whole", "expected")


def converted(
    found: pl.DataFrame, areas: Areas, catalog: Catalog, findings: list[Finding]
) -> pl.DataFrame:
    """The counts (counts.SCHEMA) with those of former areas turned into today's.

    Whole areas add up exactly and are as doubtful as the worst part; parts by weight are
    `estimated`. What cannot be converted is appended to `findings` and left out.
    """
    if areas.changes.is_empty():
        return found
    for since in sorted(areas.changes["since"].unique()):
        step = areas.changes.filter(pl.col("since") == since)
        found = _changed(found, step, areas, catalog, findings)
    gone = ~pl.col("area").is_in(list(areas.ids))
    findings += _late(found.filter(gone))
    return found.filter(~gone).sort(counts.KEYS)


def _changed(
    found: pl.DataFrame, step: pl.DataFrame, areas: Areas, catalog: Catalog, findings: list[Finding]
) -> pl.DataFrame:
    """The counts after one change; those of its period and later stay as they are."""
    since = step["since"][0]
    file = f"{catalog.city.id}/areas/crosswalk.csv"
    before = found.filter(_before(since))
    resolved = _resolved(step, before["measure"].unique())
    parts = before.join(
        resolved, left_on=["measure", "area"], right_on=["measure", "from"], how="inner"
    )
    rest = found.join(parts, on=counts.KEYS, how="anti")
    parts, lost = _convertible(parts, catalog)
    findings += _not_additive(lost, since, file)
    new = _summed(parts, areas)
    # Zeros that stand for rows nobody delivered add nothing, but say that the rest is nothing.
    zero = pl.col("file").is_null() & (pl.col("value") == 0)
    absent = rest.filter(zero).join(new, on=counts.KEYS, how="semi")
    rest = rest.join(absent, on=counts.KEYS, how="anti")
    filled = new.join(absent, on=counts.KEYS, how="semi")
    whole = pl.concat([filled, new.filter(pl.col("there") == pl.col("expected"))])
    whole = whole.unique(counts.KEYS, maintain_order=True)
    findings += _incomplete(new.join(whole, on=counts.KEYS, how="anti"), since, file)
    findings += _contradictions(rest, whole, since, file)
    fresh = whole.join(rest, on=counts.KEYS, how="anti").select(counts.SCHEMA.keys())
    return pl.concat([rest, fresh])


def _before(since: str) -> pl.Expr:
    """Whether a period ends before `since`; a year ends with December, and begins with January."""
    period = pl.col("period")
    end = pl.when(period.str.len_chars() == 4).then(period + "-12-31").otherwise(period)
    start = f"{since}-01-01" if len(since) == 4 else since
    return end < date.fromisoformat(start).isoformat()


def _resolved(step: pl.DataFrame, measures: pl.Series) -> pl.DataFrame:
    """The change for each measure (_STEP): what is said of the measure goes before what is of all.

    `expected` is the number of former areas that make the new one, `whole` whether none is split.
    """
    own = step.filter(pl.col("measure") != "")
    general = (
        step.filter(pl.col("measure") == "")
        .drop("measure")
        .join(measures.to_frame(), how="cross")
        .join(own, on=["measure", "from"], how="anti")
        .select(step.columns)
    )
    return (
        pl.concat([own, general])
        .with_columns(
            whole=(pl.col("weight") == 1).all().over("measure", "to"),
            expected=pl.len().over("measure", "to"),
        )
        .select(_STEP)
    )


def _convertible(parts: pl.DataFrame, catalog: Catalog) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Parts that make a new count, and those of rates and means, which only can be renamed."""
    additive = [measure.id for measure in catalog.city.measures if measure.additive]
    fits = pl.col("measure").is_in(additive) | (pl.col("whole") & (pl.col("expected") == 1))
    return parts.filter(fits), parts.filter(~fits)


def _summed(parts: pl.DataFrame, areas: Areas) -> pl.DataFrame:
    """One row per new count, with `there` of `expected` former areas; places only if renamed."""
    keys = [key for key in counts.KEYS if key not in ("level", "area")]
    renamed = (pl.col("expected") == 1) & pl.col("whole")
    severity = status.severity()
    doubt = pl.when(pl.col("weight") < 1).then(pl.max_horizontal(severity, pl.lit(_ESTIMATED)))
    missing = pl.col("value").is_null().any()
    return (
        parts.with_columns(severity=doubt.otherwise(severity))
        .group_by("to", *keys)
        .agg(
            (pl.col("value") * pl.col("weight")).sum().alias("sum"),
            missing.alias("missing"),
            pl.col("severity").max(),
            pl.col("delivery").min(),
            pl.len().cast(pl.Int64).alias("there"),
            pl.col("expected").first().cast(pl.Int64),
            *(pl.when(renamed).then(name).first().alias(name) for name in counts.PLACE),
        )
        .with_columns(
            value=pl.when(~pl.col("missing")).then("sum"), status=status.named("severity")
        )
        .rename({"to": "area"})
        .join(areas.levels, on="area", how="left")
        .select(*counts.SCHEMA, "there", "expected")
    )


def _late(left: pl.DataFrame) -> list[Finding]:
    """Counts of areas that were no more at that time."""
    return [
        Finding(
            "crosswalk_late",
            f"Lieferung {row['delivery']}",
            f"Gebiet {row['area']}",
            f"Das Gebiet gab es {', '.join(row['period'])} nicht mehr.",
            "since in areas/crosswalk.csv prüfen oder das heutige Gebiet liefern.",
        )
        for row in left.group_by("delivery", "area")
        .agg(pl.col("period").unique().sort())
        .sort("delivery", "area")
        .to_dicts()
    ]


def _not_additive(lost: pl.DataFrame, since: str, file: str) -> list[Finding]:
    return [
        Finding(
            "crosswalk_not_additive",
            file,
            f"Gebiet {area}, ab {since}",
            f'Die Messgröße "{measure}" ist eine Quote oder ein Mittelwert und lässt sich nicht '
            "zusammenfassen oder aufteilen; frühere Werte bleiben weg.",
            "Zähler und Nenner liefern oder die Quote neu berechnen lassen.",
        )
        for measure, area in lost.select("measure", "to").unique().sort("measure", "to").iter_rows()
    ]


def _incomplete(short: pl.DataFrame, since: str, file: str) -> Iterator[Finding]:
    told = (
        short.group_by("measure", "area")
        .agg(pl.col("period").unique().sort().str.join(", "), pl.col("there", "expected").first())
        .sort("measure", "area")
    )
    for row in told.to_dicts():
        yield Finding(
            "crosswalk_incomplete",
            file,
            f"Gebiet {row['area']}, ab {since}",
            f'"{row["measure"]}" ({row["period"]}): Werte für {row["there"]} von '
            f"{row['expected']} früheren Gebieten; ohne Wert gelassen.",
            "Die fehlenden Gebiete nachliefern.",
        )


def _contradictions(
    rest: pl.DataFrame, new: pl.DataFrame, since: str, file: str
) -> Iterator[Finding]:
    """New counts that were delivered too, and differently."""
    apart = (pl.col("value") - pl.col("value_new")).abs() > _EXACT
    one_missing = pl.col("value").is_null() != pl.col("value_new").is_null()
    both = rest.join(new, on=counts.KEYS, suffix="_new").filter(apart | one_missing)
    for row in both.sort(counts.KEYS).to_dicts():
        told = [
            f"{value:.10g}" if value is not None else doubt
            for value, doubt in (
                (row["value"], row["status"]),
                (row["value_new"], row["status_new"]),
            )
        ]
        yield Finding(
            "crosswalk_both",
            file,
            counts.place(row),
            f"Geliefert ist {told[0]}, aus früheren Gebieten umgerechnet {told[1]}.",
            f"Gab es {row['area']} schon vor {since}, dafür eine Zeile mit from = to ergänzen; "
            "sonst klären, welche Lieferung gilt.",
        )
