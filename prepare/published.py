"""Published figures: taken over exactly, each with its source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from model.catalog import BREAKDOWNS, PUBLISHED, TOTAL, Catalog
from prepare import counts, periods, textfiles
from prepare.findings import Finding, nearest, refuse

if TYPE_CHECKING:  # commands that read no geometry start without what reads it
    from prepare.areas import Areas

FILE = "published.csv"
SCHEMA = {
    "area": pl.String,
    "period": pl.String,
    "indicator": pl.String,
    "measure": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "title": pl.String,
    "basis": pl.String,
    "source": pl.String,
    **dict.fromkeys(BREAKDOWNS, pl.String),
}
ROW = {"row": pl.Int64}
"""Where a figure stands in published.csv."""


def published(path: Path, name: str, catalog: Catalog, areas: Areas) -> pl.DataFrame:
    """The figures of published.csv (SCHEMA and ROW); empty if there is no such file.

    Raises PreparationError with all findings.
    """
    if not path.exists():
        return pl.DataFrame(schema={**SCHEMA, **ROW})
    sheet = textfiles.sheet(path, name, delimiter=",")
    heads = sheet.texts(1)
    refuse(
        [
            Finding("column_missing", name, "Zeile 1", f'Die Spalte "{c}" fehlt.', "Ergänzen.")
            for c in SCHEMA
            if c not in heads.values()
        ]
        + textfiles.repeated(heads.values(), name)
    )
    columns = {head: str(number) for number, head in heads.items()}
    rows = (
        sheet.cells.filter(pl.col("row") > 1)
        .select("row", *(pl.col(columns[c]).fill_null("").alias(c) for c in SCHEMA))
        .with_columns(pl.col(b).replace("", TOTAL) for b in BREAKDOWNS)
    )
    refuse(
        [
            Finding(rule, name, f"Zeile {row['row']}, Spalte {column}", message, remedy)
            for row in rows.to_dicts()
            for rule, column, message, remedy in _wrong(row, catalog, areas)
        ]
        + _doubled(rows, name)
    )
    return rows.with_columns(pl.col("value").cast(pl.Float64)).select(*SCHEMA, *ROW)


def _wrong(
    row: Mapping[str, str], catalog: Catalog, areas: Areas
) -> Iterator[tuple[str, str, str, str]]:
    """Rule, column, message and remedy for everything wrong in one row."""
    known: dict[str, set[str]] = {
        "area": set(areas.ids),
        "measure": {"", *catalog.measures},
        "indicator": {"", *catalog.indicators},
    }
    for key in BREAKDOWNS:
        known[key] = {TOTAL, *(category.id for category in catalog.city.categories(key))}
    for key, ids in known.items():
        if row[key] not in ids:
            rule = f"{'category' if key in BREAKDOWNS else key}_unknown"
            yield rule, key, f'"{row[key]}" ist nicht vereinbart.', nearest(row[key], ids - {""})
    if not periods.is_iso(row["period"]):
        remedy = 'Als "2024" oder "2024-12-31" schreiben.'
        yield "period_unknown", "period", f'"{row["period"]}" ist kein Zeitpunkt.', remedy
    if not re.fullmatch(r"-?\d+(\.\d+)?", row["value"]):
        remedy = "Mit Dezimalpunkt schreiben, zum Beispiel 21.9."
        yield "number_wrong", "value", f'"{row["value"]}" ist keine Zahl.', remedy
    if not row["source"]:
        yield "source_missing", "source", "Die Quelle fehlt.", "Quelle angeben."
    if row["measure"] and row["indicator"]:
        remedy = "Eine Zählung nennt measure, eine Quote indicator."
        yield "published_both", "indicator", "measure und indicator stehen beide da.", remedy


def _doubled(rows: pl.DataFrame, name: str) -> list[Finding]:
    """Figures of one measure or indicator that stand twice for the same area and period."""
    keys = ["area", "period", "measure", *BREAKDOWNS, "indicator"]
    named = rows.filter((pl.col("measure") != "") | (pl.col("indicator") != ""))
    return [
        Finding(
            "row_doubled",
            name,
            f"Zeile {row['row']}",
            f'"{row["measure"] or row["indicator"]}" steht für Gebiet {row["area"]}, '
            f"{row['period']} schon weiter oben.",
            "Eine Zeile behalten, die andere ohne measure und indicator führen.",
        )
        for row in named.filter(~pl.struct(keys).is_first_distinct()).to_dicts()
    ]


def taken_over(
    found: pl.DataFrame, figures: pl.DataFrame, areas: Areas, findings: list[Finding]
) -> pl.DataFrame:
    """Counts in which every published count stands exactly, with the status ok.

    A delivered value must be equal (else it is appended to `findings`); a missing one is added.
    An added one, and a modelled one that is confirmed, cite the publication and no longer the
    delivery, whose licence is not theirs.
    """
    exact = (
        figures.filter(pl.col("measure") != "")
        .join(areas.table.select("area", "level"), on="area", how="left", maintain_order="left")
        .with_columns(
            status=pl.lit("ok"),
            delivery=pl.lit(PUBLISHED),
            file=pl.lit(FILE),
            sheet=pl.lit(""),
            column=pl.lit(None, pl.Int64),
        )
        .select(counts.SCHEMA.keys())
    )
    beside = found.join(
        exact.select(*counts.KEYS, published="value", published_row="row"),
        on=counts.KEYS,
        how="left",
        maintain_order="left",
    )
    known = pl.col("published").is_not_null()
    findings += [
        counts.finding(
            "published_differs",
            row,
            f"Geliefert ist {counts.number(row['value'])}, veröffentlicht "
            f"{counts.number(row['published'])}. So in {FILE}, Zeile {row['published_row']}.",
            "Lieferung oder published.csv berichtigen; beide müssen gleich sein.",
        )
        for row in beside.filter(known & pl.col("value").ne_missing(pl.col("published"))).to_dicts()
    ]
    cited = known & (pl.col("status") == "modelled")
    confirmed = beside.with_columns(
        status=pl.when(known).then(pl.lit("ok")).otherwise("status"),
        delivery=pl.when(cited).then(pl.lit(PUBLISHED)).otherwise("delivery"),
        file=pl.when(cited).then(pl.lit(FILE)).otherwise("file"),
        sheet=pl.when(cited).then(pl.lit("")).otherwise("sheet"),
        row=pl.when(cited).then("published_row").otherwise("row"),
        column=pl.when(~cited).then("column"),
    ).drop("published", "published_row")
    return pl.concat([confirmed, exact.join(found, on=counts.KEYS, how="anti")]).sort(counts.KEYS)
