"""Changes in German words and numbers, the same for the terminal and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from model import formats, status
from model.catalog import BREAKDOWNS, TOTAL
from prepare import sheets
from prepare.changed_cells import KINDS
from prepare.difference import ORDERS, Declared, Difference, ordered, summary

MEANINGS = {
    "gone": "Diese Werte waren veröffentlicht und fehlen jetzt.",
    "definition": "Definition, Basis, Einheit oder Reihe wurde geändert: Der alte und der neue "
    "Wert sind nicht vergleichbar.",
    "revision": "Für denselben Zeitpunkt war schon ein anderer Wert veröffentlicht.",
    "status": "Der Wert ist gleich, nur sein Wertstatus ist ein anderer.",
    "change": "Ein neuer Zeitpunkt einer Reihe, verglichen mit dem Zeitpunkt davor: die "
    "tatsächliche Veränderung.",
    "new": "Diese Reihen waren noch nie veröffentlicht.",
}
WHAT = {"count": "Messgröße", "indicator": "Indikator"}


@dataclass(frozen=True)
class Change:
    """One changed value; all German text, empty where there is nothing to say."""

    subject: str
    cell: str
    before: str
    after: str
    absolute: str
    relative: str
    place: str


@dataclass(frozen=True)
class Kind:
    """All changes of a kind: how many of what, the biggest ones absolutely and relatively."""

    title: str
    meaning: str
    counts: tuple[tuple[str, str, str], ...]
    cells: int
    absolute: tuple[Change, ...]
    relative: tuple[Change, ...]


def kinds(found: Difference, most: int) -> tuple[Kind, ...]:
    """Every kind that occurs, each with at most `most` changes.

    Sums only follow from delivered cells: they are counted, and listed where nothing else is.
    """
    told = summary(found.changes)
    named = []
    for kind in KINDS:
        own = found.changes.filter(pl.col("kind") == kind)
        if own.is_empty():
            continue
        listed = own.filter(pl.col("delivered") | (pl.col("what") == "indicator"))
        listed = own if listed.is_empty() else listed
        biggest = [ordered(listed, by).head(most) for by in ORDERS]
        if kind in ("gone", "new"):
            biggest[1] = biggest[1].clear()  # there is nothing to be a percentage of
        named.append(
            Kind(
                KINDS[kind],
                MEANINGS[kind],
                tuple(
                    (f"{WHAT[row['what']]} {title(found, row['what'], row['id'])}",
                     formats.number(row["cells"]), formats.number(row["delivered"]))
                    for row in told.filter(pl.col("kind") == kind).to_dicts()
                ),
                own.height,
                *(tuple(_change(found, row) for row in rows.to_dicts()) for rows in biggest),
            )
        )  # fmt: skip
    return tuple(named)


def title(found: Difference, what: str, name: str) -> str:
    """The German title of a measure or indicator, as declared now or before."""
    for state in (found.after, found.before):
        known = state.catalog.measures if what == "count" else state.catalog.indicators
        if name in known:
            return known[name].title
    return name


def declared(one: Declared) -> list[str]:
    """What a declaration says now and said before, a line each."""
    return [f"{word}: bisher „{before}“, jetzt „{after}“" for word, before, after in one.changes]


def _change(found: Difference, row: Mapping[str, Any]) -> Change:
    names = {**found.before.areas, **found.after.areas}
    parts = [names.get(row["area"], row["area"]), row["period"]]
    parts += [row[breakdown] for breakdown in BREAKDOWNS if row[breakdown] != TOTAL]
    known = {**found.before.catalog.indicators, **found.after.catalog.indicators}
    decimals = known[row["id"]].decimals if row["what"] == "indicator" else None
    before = _number(row["before"], row["before_status"], decimals)
    compared = f" ({row['compared']})" if row["compared"] else ""
    place = sheets.place(row["sheet"], row["row"], row["column"])
    return Change(
        subject=title(found, row["what"], row["id"]),
        cell=", ".join(parts),
        before=before and f"{before}{compared}",
        after=_number(row["after"], row["after_status"], decimals),
        absolute=_signed(row["absolute"], decimals),
        relative=_signed(row["relative"], 1, 100, f"{formats.NBSP}%"),
        place=", ".join(part for part in (row["file"], place) if part),
    )


def _number(value: float | None, told: str | None, decimals: int | None) -> str:
    if told is None:
        return ""
    if value is None:
        return status.words(told)
    return formats.plain(value) if decimals is None else formats.number(value, decimals)


def _signed(value: float | None, decimals: int | None, per: float = 1, unit: str = "") -> str:
    if value is None:
        return ""
    text = _number(value * per, "ok", decimals)
    return f"{'+' if value > 0 else ''}{text}{unit}"
