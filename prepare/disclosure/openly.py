"""Numbers that are shown although the rules call them too small."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from model.catalog import Catalog
from prepare import counts
from prepare.disclosure import histories, primary, tables, wording
from prepare.disclosure.publications import Published
from prepare.disclosure.verdict import Leak
from prepare.disclosure.views import View

_REMEDY = "Mit den Regeln der Geheimhaltung neu bauen."


def leaks(view: View, release: Published, name: str) -> list[Leak]:
    """Counts shown exactly that `primary` would hide: small ones, and small rests of a whole.

    `view` is that of the release itself, `name` says which it is (German). Of a rest, the count
    or the whole may be told by another release.
    """
    facts = view.facts
    flags = pl.Series(primary.primary(facts))
    known = facts.cells.with_row_index("cell").filter(flags & pl.col("value").is_not_null())
    rests = known.filter(pl.col("kind") == "complement")
    own = release.counts.select(counts.KEYS)
    place = ["level", "area", "period"]
    touched = [
        rests.join(own, on=[*place, "measure"], how="semi"),
        rests.join(own, left_on=[*place, "of"], right_on=[*place, "measure"], how="semi"),
    ]
    counted = known.filter(pl.col("kind") == "count").join(own, on=counts.KEYS, how="semi")
    shown = pl.concat([counted, *touched]).unique("cell").sort("cell")
    return [
        Leak(
            profile="group" if row["kind"] == "complement" else "outsider",
            kind="open",
            view=name,
            cell=tables.sentence(facts, row["cell"]),
            low=row["value"],
            high=row["value"],
            equations=(),
            remedy=_REMEDY,
        )
        for row in shown.to_dicts()
    ]


def exact(release: Published, name: str) -> list[Leak]:
    """Earlier numbers told exactly on levels whose numbers are rounded."""
    names = dict(release.areas.select("area", "name").iter_rows())
    return [
        Leak(
            profile="outsider",
            kind="open",
            view=name,
            cell=wording.cell(release.catalog, names, {**row, "of": None}),
            low=row["value"],
            high=row["value"],
            equations=(),
            remedy=_REMEDY,
        )
        for row in histories.exact(release.before, release.catalog).to_dicts()
    ]


def facilities(release: Published) -> tuple[Leak, ...]:
    """Values of facilities below the minimum of their measure's rule."""
    small = primary.facilities_hidden(release.facilities, release.catalog)
    return tuple(
        Leak(
            profile="outsider",
            kind="open",
            view="Werte der Einrichtungen",
            cell=facility(release.catalog, row),
            low=row["value"],
            high=row["value"],
            equations=(),
            remedy=_REMEDY,
        )
        for row in release.facilities.filter(small).to_dicts()
    )


def facility(catalog: Catalog, row: Mapping[str, Any]) -> str:
    """A value of a facility in German."""
    title = catalog.measures[row["measure"]].title
    return f"{title}, Einrichtung {row['facility']}, {row['period']}"
