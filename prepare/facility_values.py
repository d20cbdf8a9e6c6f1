"""Yearly values of facilities: columns with years as heads, or a long file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

import polars as pl

from prepare import counts, periods, values
from prepare.facility_recipes import YearlyValues
from prepare.facility_tables import FacilityTable
from prepare.findings import Finding, nearest

SCHEMA = {
    "facility": pl.String,
    "period": pl.String,
    "measure": pl.String,
    "value": pl.Float64,
    "status": pl.String,
    **counts.PLACE,
}
_KEYS = ("facility", "measure", "period")
_CELLS = {
    "facility": pl.String,
    "told": pl.String,
    "template": pl.String,
    "text": pl.String,
    "measure": pl.String,
    "row": pl.Int64,
    "column": pl.Int64,
    "head": pl.String,
}


def values_of(
    tables: Sequence[FacilityTable], known: Set[str], findings: list[Finding]
) -> pl.DataFrame:
    """All values (SCHEMA) of the `known` facilities; blank cells are no values.

    What is no number, below zero, there twice or of an unknown facility is noted and left out.
    """
    found = [_values(table, known, findings) for table in tables]
    everything = pl.concat([pl.DataFrame(schema=SCHEMA), *found])
    findings += _doubled(everything)
    return everything.unique(_KEYS, keep="first", maintain_order=True).sort(_KEYS)


def _values(table: FacilityTable, known: Set[str], findings: list[Finding]) -> pl.DataFrame:
    """The sound values of one sheet."""
    recipe = table.recipe
    frames = [pl.DataFrame(schema=_CELLS), *(_cells(table, v) for v in recipe.values)]
    notation = values.Notation(
        signs={**values.SIGNS, **recipe.signs}, plain=recipe.status, decimal=recipe.decimal
    )
    cells = values.with_values(pl.concat(frames), notation)
    kept = []
    for row in cells.to_dicts():
        period = _period(row["told"], row["template"])
        wrong = _wrong(row, period, known)
        if wrong is None:
            kept.append({**row, "period": period})
        else:
            rule, value, words = wrong
            findings.append(table.finding(rule, row["row"], row["head"], value, words))
    return (
        pl.DataFrame(kept, schema={**cells.schema, "period": pl.String})
        .with_columns(file=pl.lit(table.sheet.file), sheet=pl.lit(table.sheet.name))
        .select(SCHEMA.keys())
    )


def _cells(table: FacilityTable, declared: YearlyValues) -> pl.DataFrame:
    """One row per filled cell of the matching columns; `told` and `template` make the period."""
    frames = [pl.DataFrame(schema=_CELLS)]
    # Rows without an id are reported with the facilities themselves, where the file lists them.
    named = (pl.col("facility") != "") | pl.lit(table.recipe.points is None)
    for head, column in sorted(table.heads.items(), key=lambda item: item[1]):
        found = re.fullmatch(declared.heads, head)
        if found is None:
            continue
        constant = declared.period or (found[1] if found.re.groups else "")
        told = table.texts(declared.period_column) if declared.period_column else pl.lit(constant)
        frames.append(
            table.rows.select(
                table.texts(table.recipe.facility).alias("facility"),
                told.alias("told"),
                pl.lit(declared.format).alias("template"),
                pl.col(str(column)).alias("text"),
                pl.lit(declared.measure).alias("measure"),
                "row",
                pl.lit(column, pl.Int64).alias("column"),
                pl.lit(head).alias("head"),
            ).filter(pl.col("text").is_not_null() & named)
        )
    return pl.concat(frames)


def _period(text: str, template: str) -> str | None:
    """The ISO period a text means; None if it means none."""
    try:
        return periods.iso(template.format(text))
    except periods.UnknownPeriod:
        return None


def _wrong(
    row: dict[str, object], period: str | None, known: Set[str]
) -> tuple[str, str, tuple[str, str]] | None:
    """Rule, value and words for what is wrong with a cell; None if nothing is."""
    text, facility = str(row["text"]), str(row["facility"])
    if not facility:
        words = ("Die Kennung der Einrichtung fehlt.", "Ausfüllen oder die Zeile löschen.")
        return "facility_incomplete", text, words
    if facility not in known:
        words = (f'Die Einrichtung "{facility}" steht in keiner Liste.', nearest(facility, known))
        return "facility_unknown", facility, words
    if period is None:
        message = f'"{row["told"]}" ist kein Zeitpunkt.'
        return "period_unknown", str(row["told"]), (message, "heads und format im Rezept prüfen.")
    if row["status"] is None:
        message = f'"{text}" ist weder eine Zahl noch ein vereinbartes Zeichen.'
        return "cell_no_number", text, (message, "Zelle berichtigen oder das Zeichen erklären.")
    if isinstance(row["value"], float) and row["value"] < 0:
        message = f"{text} ist kleiner als null."
        return "facility_negative", text, (message, "Zelle berichtigen.")
    return None


def _doubled(found: pl.DataFrame) -> Iterator[Finding]:
    """Values of the same facility, measure and period after the first."""
    for row in found.filter(~pl.struct(_KEYS).is_first_distinct()).to_dicts():
        yield Finding(
            "cell_doubled",
            row["file"],
            f"Zeile {row['row']}",
            f"{row['facility']}, {row['measure']}, {row['period']} steht schon weiter oben.",
            "Doppelte Zeile oder Spalte löschen.",
            row["sheet"],
            row["row"],
            row["column"],
        )
