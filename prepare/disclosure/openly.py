"""Numbers that are shown although the rules call them too small."""

from __future__ import annotations

import polars as pl

from prepare.disclosure import primary, tables
from prepare.disclosure.publications import Published
from prepare.disclosure.verdict import Leak

_REMEDY = "Mit den Regeln der Geheimhaltung neu bauen."


def leaks(release: Published) -> list[Leak]:
    """Counts shown exactly that `primary` would hide: small ones, and small rests of a whole."""
    facts = tables.facts(release.catalog, release.areas, release.counts)
    flags = pl.Series(primary.primary(facts))
    shown = facts.cells.with_row_index("cell").filter(
        flags & pl.col("value").is_not_null() & (pl.col("method") == "suppress")
    )
    return [
        Leak(
            profile="group" if row["kind"] == "complement" else "outsider",
            kind="open",
            view="dieser Datenstand",
            cell=tables.sentence(facts, row["cell"]),
            low=row["value"],
            high=row["value"],
            equations=(),
            remedy=_REMEDY,
        )
        for row in shown.to_dicts()
    ]


def facilities(release: Published) -> tuple[Leak, ...]:
    """Values of facilities below the minimum of their measure's rule."""
    protection = release.catalog.protection
    found = []
    for row in release.facilities.filter(pl.col("value").is_not_null()).to_dicts():
        rule = protection.rule(row["measure"])
        least = 0 if rule.zeros == "protected" else 1
        if least <= row["value"] < rule.minimum:
            title = release.catalog.measures[row["measure"]].title
            cell = f"{title}, Einrichtung {row['facility']}, {row['period']}"
            view = "Werte der Einrichtungen"
            value = row["value"]
            found.append(Leak("outsider", "open", view, cell, value, value, (), _REMEDY))
    return tuple(found)
