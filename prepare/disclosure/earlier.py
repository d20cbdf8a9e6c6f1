"""Earlier releases: what they have told already, and which of their cells keep their state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from model.catalog import Catalog
from prepare import counts, inspection, journal, withdrawing
from prepare.disclosure import primary, publications
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

    The log says what was public, also what was rolled back later, or withdrawn: that lies in the
    vault (vault.beside). Without a log all other releases of the folder count. A withdrawn one
    whose kept copy is damaged is gone, as nobody can build it anew; raises PreparationError if
    another one is damaged.
    """
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
    number counts as unchanged, unless it is a zero now that anybody may see. A cell that one of
    them published can be no secret any more and cannot help to hide others: it stays published,
    unless it has become another number that is too small by itself. (If it is too small and
    still the same, it is lost: among those that stay published, and the audit names it.) Cells of
    levels that are rounded are bound to nothing here.
    """
    size = facts.cells.height
    hide, show = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    own = facts.cells.with_columns(small=pl.Series(primary.primary(facts))).with_row_index("cell")
    own = own.filter((pl.col("kind") == "count") & (pl.col("method") == "suppress"))
    for release in before:
        methods = release.catalog.protection.methods
        exact = [level for level, method in methods.items() if not method.startswith("round")]
        then = release.counts.filter(pl.col("level").is_in(exact)).select(
            *counts.KEYS, then="value", status_then="status"
        )
        both = own.join(then, on=counts.KEYS)
        zero = (pl.col("value") == 0) & (pl.col("zeros") == "shown")
        hidden = both.filter((pl.col("status_then") == "suppressed") & ~zero.fill_null(False))
        same = (pl.col("then") - pl.col("value")).abs() < _SAME
        shown = both.filter(
            pl.col("then").is_not_null() & (same.fill_null(False) | ~pl.col("small"))
        )
        hide[hidden["cell"].to_numpy()] = True
        show[shown["cell"].to_numpy()] = True
    return hide & ~show, show


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
