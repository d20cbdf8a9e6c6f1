"""One reading of a city folder and its deliveries: findings, what was read, what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from model.catalog import Audience
from prepare import build, difference, inspection, overview, publishing, states
from prepare import vault as vaults
from prepare.build import Examined
from prepare.difference import Difference
from prepare.disclosure import earlier
from prepare.disclosure.patterns import Patterns
from prepare.excerpts import Originals
from prepare.failures import ImpossibleError
from prepare.findings import Finding, PreparationError
from prepare.overview import Overview
from prepare.release import Content


@dataclass(frozen=True)
class Run:
    """What was found in `city` and `deliveries`; `seen` is None where declarations are wrong."""

    city: Path
    deliveries: Path
    findings: Sequence[Finding]
    seen: Examined | None

    @property
    def wrong(self) -> bool:
        """Whether an error was found, so that no release can be built."""
        return any(finding.grade == "error" for finding in self.findings)

    @cached_property
    def read(self) -> Overview:
        """What was read, in numbers."""
        return Overview(self.city.name) if self.seen is None else overview.overview(self.seen)

    @property
    def originals(self) -> Originals:
        """The delivered files, to show rows of."""
        read = self.seen.read if self.seen else ()
        return Originals(self.deliveries, [delivery.recipe for delivery in read])

    def content(self, releases: Path, vault: Path | None = None) -> Content:
        """The content of a release for the run's audience, on top of all that was published.

        `releases` shows the last of it; withdrawn ones lie in the vault (by default beside it).

        Raises PreparationError if there are errors or the shown release is damaged,
        ImpossibleError if the pointer is unreadable.
        """
        if self.wrong or self.seen is None:
            raise PreparationError(self.findings)
        catalog = build.ruled(self.seen)
        shown = publishing.shown(releases, catalog.city.id)
        kept = vault or vaults.beside(releases)
        before = earlier.earlier(releases, kept, catalog, self.seen.audience)
        known = Patterns.beside(kept / catalog.city.id, self.city / "patterns")
        return build.content(self.seen, releases / shown if shown else None, before, known)

    def difference(self, releases: Path, against: str | None = None) -> Difference | None:
        """What a release of this would change in the shown one, or in the release `against`.

        None if none was ever published of this city. Raises PreparationError if there are errors
        or the release is unknown or damaged, ImpossibleError if the pointer is unreadable.
        """
        content = self.content(releases)
        after = states.built(content)
        name = against or publishing.shown(releases, content.city)
        if name is None:
            return None
        return difference.difference(states.released(inspection.whole(releases, name)), after)


def run(city: Path, deliveries: Path | None = None, audience: Audience = "public") -> Run:
    """Read and check a city folder and its deliveries (by default those in it) for an audience.

    Raises ImpossibleError if one of the folders is not there.
    """
    files = deliveries or city / "deliveries"
    for folder, kind in ((city, "Stadtordner"), (files, "Ordner der Lieferungen")):
        if not folder.is_dir():
            raise ImpossibleError(f"{kind} nicht gefunden: {folder}")
    findings: list[Finding] = []
    try:
        seen = build.examined(city, files, findings, audience)
    except PreparationError as error:
        findings += [finding for finding in error.findings if finding not in findings]
        return Run(city, files, tuple(findings), None)
    return Run(city, files, tuple(findings), seen)
