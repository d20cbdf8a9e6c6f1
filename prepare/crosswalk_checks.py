"""Checks of crosswalk.csv: areas, weights, periods and kinds, and how the changes follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

import polars as pl

from model.catalog import City
from prepare import periods
from prepare.findings import Finding, nearest

KINDS = ("merged", "split", "renamed")
_EXACT = 1e-6
_Row = Mapping[str, str]


def findings(rows: pl.DataFrame, name: str, table: pl.DataFrame, city: City) -> list[Finding]:
    """Everything wrong with the rows (texts); relations only where the single rows are right."""
    told = rows.to_dicts()
    levels = dict(zip(table["area"], table["level"], strict=True))
    measures = {"", *(measure.id for measure in city.measures)}
    found = [
        Finding(rule, name, f"Zeile {row['row']}", message, remedy)
        for row in told
        for rule, message, remedy in _row(row, told, levels, measures)
    ]
    found += _doubled(rows, name)
    return found or _weights(rows, name) + _kinds(rows, name) + _levels(rows, levels, name)


def _row(
    row: _Row, rows: Sequence[_Row], levels: Mapping[str, str], measures: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Rule, message and remedy for everything wrong in one row."""
    if row["measure"] not in measures:
        message = f'Messgröße "{row["measure"]}" ist nicht vereinbart.'
        yield "measure_unknown", message, nearest(row["measure"], measures - {""})
    if not row["from"] or not row["to"]:
        yield "area_incomplete", "from oder to fehlt.", "Beide Schlüssel eintragen."
    elif row["to"] not in levels:
        later = [r["since"] for r in rows if r["from"] == row["to"] and r["since"] > row["since"]]
        if not later:
            message = f'Das Gebiet "{row["to"]}" gibt es weder heute noch später in from.'
            yield "area_unknown", message, nearest(row["to"], levels)
    if not re.fullmatch(r"(0\.\d+|1(\.0+)?)", row["weight"]) or not float(row["weight"]):
        message = f'"{row["weight"]}" ist kein Gewicht zwischen 0 und 1.'
        yield "number_wrong", message, "Mit Dezimalpunkt schreiben, zum Beispiel 0.35."
    if not periods.is_iso(row["since"]):
        message = f'"{row["since"]}" ist kein Zeitpunkt.'
        yield "period_unknown", message, 'Als "2018" oder "2018-07-01" schreiben.'
    if row["kind"] not in KINDS:
        message = f'kind = "{row["kind"]}" gibt es nicht.'
        yield "crosswalk_kind", message, f"Erlaubt: {', '.join(KINDS)}."


def _doubled(rows: pl.DataFrame, name: str) -> list[Finding]:
    keys = ["measure", "from", "to", "since"]
    return [
        Finding(
            "row_doubled",
            name,
            f"Zeile {row['row']}",
            f"{row['from']} nach {row['to']} ab {row['since']} steht schon weiter oben.",
            "Eine der Zeilen löschen.",
        )
        for row in rows.filter(~pl.struct(keys).is_first_distinct()).to_dicts()
    ]


def _weights(rows: pl.DataFrame, name: str) -> list[Finding]:
    """Areas of which more or less than everything goes somewhere."""
    sums = (
        rows.group_by("measure", "from", "since", maintain_order=True)
        .agg(pl.col("weight").cast(pl.Float64).sum(), pl.col("row").min())
        .filter((pl.col("weight") - 1).abs() > _EXACT)
    )
    return [
        Finding(
            "crosswalk_weights",
            name,
            f"Zeile {row['row']}, Gebiet {row['from']}",
            f"Die Gewichte ab {row['since']} ergeben {row['weight']:.6g} statt 1.",
            "weight so angeben, dass jedes frühere Gebiet ganz verteilt ist.",
        )
        for row in sums.to_dicts()
    ]


def _kinds(rows: pl.DataFrame, name: str) -> list[Finding]:
    """Kinds that the weights and the other rows contradict."""
    told = rows.with_columns(
        whole=pl.col("weight").cast(pl.Float64) == 1,
        parts=pl.len().over("measure", "to", "since"),
    )
    whole, single = pl.col("whole"), pl.col("parts") == 1
    fits = {
        "renamed": whole & single & (pl.col("from") != pl.col("to")),
        "merged": whole,
        "split": ~whole,
    }
    wanted = {
        "renamed": "renamed verlangt genau ein früheres Gebiet mit Gewicht 1",
        "merged": "merged verlangt Gewicht 1",
        "split": "split verlangt ein Gewicht unter 1",
    }
    return [
        Finding(
            "crosswalk_kind",
            name,
            f"Zeile {row['row']}",
            f"{wanted[kind]}.",
            "kind oder weight berichtigen.",
        )
        for kind, fit in fits.items()
        for row in told.filter((pl.col("kind") == kind) & ~fit).to_dicts()
    ]


def _levels(rows: pl.DataFrame, levels: Mapping[str, str], name: str) -> list[Finding]:
    """Changes that go in a circle, or from one level to another."""
    above: dict[str, set[str]] = {}
    for area, to in rows.select("from", "to").iter_rows():
        if area != to:
            above.setdefault(area, set()).add(to)
    try:
        order = list(TopologicalSorter(above).static_order())
    except CycleError as error:
        circle = " → ".join(reversed(error.args[1]))
        message = f"Die Änderungen gehen im Kreis: {circle}."
        remedy = "Jedes frühere Gebiet muss in einem heutigen enden."
        return [Finding("crosswalk_cycle", name, "", message, remedy)]
    known = dict(levels)
    found = []
    for area in order:
        ends = {known[to] for to in above.get(area, ()) if to in known}
        ends |= {levels[area]} if area in levels else set()
        if len(ends) > 1:
            message = f"Das Gebiet {area} ginge in mehrere Raumebenen: {', '.join(sorted(ends))}."
            remedy = "from und to müssen auf derselben Raumebene liegen."
            found.append(Finding("crosswalk_level", name, f"Gebiet {area}", message, remedy))
        known.setdefault(area, min(ends, default=""))
    return found
