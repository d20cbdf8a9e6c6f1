"""Patterns found before: the same question gets the same answer without a second search.

A pattern says which cells are hidden and tells nothing of their numbers, but it belongs with the
deliveries, not with what is published. Whatever comes from here is attacked like any other.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from prepare import durable
from prepare.disclosure.attack import Demand
from prepare.disclosure.suppression import Pattern
from prepare.disclosure.system import Flags, Floats, System

ELSEWHERE = "QUARTIERSPULS_PATTERNS"
"""The environment variable that names another folder."""
_METHOD = "1"
"""Changes with the search, so that older answers no longer count."""


@dataclass(frozen=True)
class Patterns:
    """A folder of patterns by the hash of their question; without one, nothing is kept.

    A city may come with patterns of its own (`given`): a demonstration need not search.
    """

    folder: Path | None = None
    given: Path | None = None

    @classmethod
    def beside(cls, vault: Path, given: Path) -> Patterns:
        """Those kept in a vault, or where the environment says, and those a city comes with."""
        return cls(Path(os.environ.get(ELSEWHERE, vault / "patterns")), given)

    def known(self, question: str, cells: int) -> Pattern | None:
        """The answer to a question, if it was found before."""
        places = [place / question for place in (self.given, self.folder) if place is not None]
        told = next((place.read_bytes() for place in places if place.is_file()), None)
        if told is None:
            return None
        flags = np.unpackbits(np.frombuffer(told[9:], dtype=np.uint8))[:cells].astype(bool)
        cost = float(np.frombuffer(told[1:9], dtype=np.float64)[0])
        return Pattern(flags, told[:1] == b"1", cost) if len(flags) == cells else None

    def keep(self, question: str, found: Pattern) -> None:
        """Remember an answer."""
        if self.folder is None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        head = (b"1" if found.optimal else b"0") + np.float64(found.cost).tobytes()
        durable.put(self.folder / question, head + np.packbits(found.hidden).tobytes())


NONE_KNOWN = Patterns()


def question(
    system: System,
    value: Floats,
    flags: tuple[Flags, ...],
    demand: Demand,
    others: tuple[Floats, ...],
) -> str:
    """SHA-256 over everything a pattern depends on, with the solver's version."""
    told = hashlib.sha256(f"{_METHOD} {version('highspy')} {version('scipy')}".encode())
    rows = system.rows
    arrays = (rows.indptr, rows.indices, rows.data, system.low, system.high, system.floor)
    for array in (*arrays, system.ceiling, system.whole, value, *flags, *others):
        told.update(np.ascontiguousarray(array).tobytes() + b"|")
    told.update(demand.reach.tobytes() + demand.width.tobytes())
    return told.hexdigest()
