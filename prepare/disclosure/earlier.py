"""Earlier releases: what they have told already, and which of their cells keep their state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from model.catalog import Catalog
from prepare import counts, inspection, journal, release_folders, withdrawing
from prepare import vault as vaults
from prepare.disclosure import propagation, publications, tables
from prepare.disclosure.publications import Published
from prepare.disclosure.system import Flags
from prepare.disclosure.tables import Facts
from prepare.findings import PreparationError

_SAME = 1e-6


@dataclass(frozen=True)
class Gone:
    """A release that was public once, and why it cannot be looked at any more (German)."""

    name: str
    why: str


@dataclass(frozen=True, eq=False)
class Earlier:
    """Everything public before: the releases that still lie there, nearest first, and the rest."""

    there: tuple[Published, ...] = ()
    gone: tuple[Gone, ...] = ()


NOTHING = Earlier()


def earlier(
    releases: Path, vault: Path, catalog: Catalog, audience: str, name: str = ""
) -> Earlier:
    """What was published of a city for an audience before the release `name`, or ever.

    Whoever reads the internal releases reads the public ones, too: of these all count. The log
    says what was public, also what was rolled back later, or withdrawn: that lies in the vault
    (vault.beside). Without a log all other releases of the folder count. A withdrawn one whose
    kept copy is damaged is gone, as nobody can build it anew; raises PreparationError if another
    one is damaged.
    """
    found = _beside(releases, vault, catalog, audience, name)
    public = release_folders.public(releases) if audience == "internal" else None
    if public is None:
        return found
    wider = _beside(public, vaults.beside(public), catalog, "public", "")
    there = (replace(each, wider=True) for each in wider.there)
    return Earlier((*found.there, *there), (*found.gone, *wider.gone))


def _beside(releases: Path, vault: Path, catalog: Catalog, audience: str, name: str) -> Earlier:
    """What was published from one folder, for one audience."""
    log = journal.journal(releases)
    names = _published(log, name) if log.entries else inspection.ids(releases)
    there: list[Published] = []
    gone: list[Gone] = []
    for own in names:
        withdrawn = own in log.withdrawn
        folder = vault / withdrawing.KEPT / own if withdrawn else releases / own
        if own == name or not own.startswith(f"{catalog.city.id}-"):
            continue
        if not folder.is_dir():
            gone.append(Gone(own, "Der Ordner fehlt."))
            continue
        try:
            found = inspection.verified(folder, own)
            told = (found.manifest["city"], found.manifest["audience"])
            if told == (catalog.city.id, audience):
                there.append(publications.released(found, withdrawn, catalog))
        except PreparationError:
            if not withdrawn:
                raise
            gone.append(Gone(own, "Die aufbewahrte Kopie ist beschädigt."))
    return Earlier(tuple(there), tuple(gone))


def frozen(facts: Facts, before: Sequence[Published]) -> tuple[Flags, Flags]:
    """The cells that must stay hidden and those that must stay published, as numbers of `facts`.

    A cell that an earlier release hid stays hidden: the release does not say what it hid, so the
    number counts as unchanged, unless it is a zero now that anybody may see, or cannot be what was
    hidden then. A cell that says what one of them said can be no secret any more and cannot help
    to hide others: it stays published. (If it is too small, it is lost, and the audit names it.)
    A number that has become another one is bound to nothing, nor are levels that are rounded, and
    what is hidden from a wider audience need not stay hidden.
    """
    size = facts.cells.height
    hide, show = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    own = facts.cells.with_row_index("cell")
    own = own.filter((pl.col("kind") == "count") & (pl.col("method") == "suppress"))
    for release in before:
        methods = release.catalog.protection.methods
        exact = [level for level, method in methods.items() if not method.startswith("round")]
        then = release.counts.filter(pl.col("level").is_in(exact)).select(
            *counts.KEYS, then="value", status_then="status"
        )
        both = own.join(then, on=counts.KEYS)
        same = (pl.col("then") - pl.col("value")).abs() < _SAME
        changed = both.filter(~same)["period"].unique()
        zero = (pl.col("value") == 0) & (pl.col("zeros") == "shown")
        hidden = both.filter((pl.col("status_then") == "suppressed") & ~zero.fill_null(False))
        hidden = hidden.join(_others(own, release, changed), on="cell", how="anti")
        if not release.wider:
            hide[hidden["cell"].to_numpy()] = True
        show[both.filter(same)["cell"].to_numpy()] = True
    return hide & ~show, show


def _others(own: pl.DataFrame, release: Published, periods: pl.Series) -> pl.DataFrame:
    """The cells (`cell`) whose numbers cannot be those that a release hid in some periods.

    What single rows tell of the hidden ones is enough here.
    """
    cells = release.counts.filter(pl.col("period").is_in(periods.implode()))
    facts = tables.facts(release.catalog, release.areas, cells)
    tight = propagation.tightened(tables.told(facts, facts.value))
    told = facts.cells.with_columns(low=pl.Series(tight.floor), high=pl.Series(tight.ceiling))
    told = told.filter((pl.col("kind") == "count") & (pl.col("status") == "suppressed"))
    outside = (pl.col("value") < pl.col("low") - _SAME) | (pl.col("value") > pl.col("high") + _SAME)
    both = own.join(told.select(*counts.KEYS, "low", "high"), on=counts.KEYS)
    return both.filter(outside).select("cell")


def _published(log: journal.Journal, name: str) -> list[str]:
    """Releases by the time they were published last, the latest first, up to that of `name`."""
    order: dict[str, None] = {}
    for entry in log.entries:
        if entry.release == name:
            break
        if entry.action != "withdraw":
            order.pop(entry.release, None)
            order[entry.release] = None
    return list(reversed(order))
