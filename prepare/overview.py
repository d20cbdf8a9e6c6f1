"""What a run has read, in numbers a person checks against the files: deliveries and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from model import formats, signs
from model.catalog import BREAKDOWNS, TOTAL
from prepare.findings import Finding
from prepare.rules import GRADES

if TYPE_CHECKING:  # geopandas takes seconds to import; help need not wait
    from prepare.build import Examined

Counted = dict[str, int]


@dataclass(frozen=True)
class Read:
    """One delivery as read: its files, how many values, which periods and measures (titles)."""

    id: str
    title: str
    office: str
    source: str
    files: tuple[str, ...]
    stands: tuple[str, ...]
    periods: tuple[str, ...]
    measures: tuple[str, ...]
    values: int


@dataclass(frozen=True)
class Total:
    """A measure's value for the whole city by year, as German text with a sign where missing."""

    measure: str
    title: str
    unit: str
    by_year: dict[str, str]


@dataclass(frozen=True)
class Overview:
    """A whole run. Empty deliveries and totals: declarations had errors, so nothing was read."""

    city: str
    deliveries: tuple[Read, ...] = ()
    totals: tuple[Total, ...] = ()

    @property
    def files(self) -> int:
        """How many different files were read."""
        return len({name for delivery in self.deliveries for name in delivery.files})

    @property
    def values(self) -> int:
        """How many values the files hold."""
        return sum(delivery.values for delivery in self.deliveries)


def overview(seen: Examined) -> Overview:
    """What was read of a city folder and its deliveries."""
    titles = {m.id: m.title for m in seen.catalog.city.measures}
    read = tuple(
        Read(
            id=delivery.recipe.id,
            title=delivery.recipe.title,
            office=delivery.recipe.office,
            source=seen.catalog.sources[delivery.recipe.source].title,
            files=tuple(file.name for file in delivery.files),
            stands=tuple(sorted({file.stand for file in delivery.files if file.stand})),
            periods=tuple(delivery.counts["period"].unique().sort()),
            measures=tuple(titles[m] for m in delivery.counts["measure"].unique().sort()),
            values=delivery.counts["file"].count(),
        )
        for delivery in seen.read
    )
    return Overview(seen.catalog.city.name, read, tuple(_totals(seen)))


def counted(findings: Iterable[Finding]) -> Counted:
    """Number of findings by grade, all grades named."""
    found = Counter(finding.grade for finding in findings)
    return {grade: found[grade] for grade in GRADES}


def sentence(findings: Sequence[Finding], read: Overview) -> str:
    """The whole run in a line: '3 Fehler, 2 Warnungen, 14 Hinweise; 21 Dateien, 32.890 Werte'."""
    told = counted(findings)
    words = (
        plural(told["error"], "Fehler", "Fehler"),
        plural(told["warning"], "Warnung", "Warnungen"),
        plural(told["hint"], "Hinweis", "Hinweise"),
    )
    files = plural(read.files, "Datei", "Dateien")
    values = plural(read.values, "Wert", "Werte")
    return f"{', '.join(words)}; {files}, {values} gelesen"


def plural(number: int, one: str, many: str) -> str:
    """A number with its noun: '1 Datei', '1.234 Dateien'."""
    return f"{formats.number(number)} {one if number == 1 else many}"


def _totals(seen: Examined) -> list[Total]:
    """City values without breakdown of every measure, in the order they are declared."""
    whole = seen.found.filter(
        pl.col("level") == seen.catalog.city.city_level,
        *(pl.col(breakdown) == TOTAL for breakdown in BREAKDOWNS),
    ).sort("period")
    rows = whole.partition_by("measure", as_dict=True)
    return [
        Total(
            measure.id,
            measure.title,
            measure.unit,
            {
                row["period"][:4]: signs.SETS["classic"][row["status"]]
                if row["value"] is None
                else formats.plain(row["value"])
                for row in rows[(measure.id,)].iter_rows(named=True)
            },
        )
        for measure in seen.catalog.city.measures
        if (measure.id,) in rows
    ]
