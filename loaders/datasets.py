"""The datasets of a release, as the data catalogue shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from loaders import releases
from loaders.releases import Release


@dataclass(frozen=True)
class File:
    """A file of a delivery; `stand` is its own date, `licence` its own licence line, or ''."""

    name: str
    sha256: str
    stand: str
    licence: str


@dataclass(frozen=True)
class Dataset:
    """A delivery: what it is, from whom, how far it reaches, and its files.

    `stand` is that of the newest file, else the newest period, as an ISO text. `expected` is the
    month of the next delivery ('2027-02') or ''. `themes` use one of its measures.
    """

    id: str
    title: str
    office: str
    source: str
    licence: str
    basis: str
    each_row_is: str
    stand: str
    expected: str
    modelled: bool
    measures: tuple[str, ...]
    periods: tuple[str, ...]
    levels: tuple[str, ...]
    themes: frozenset[str]
    files: tuple[File, ...]

    @property
    def text(self) -> str:
        """Everything a reader may search for."""
        words = (self.title, self.office, self.source, self.each_row_is, self.basis)
        return " ".join((*words, *self.measures, *(file.name for file in self.files)))


@releases.kept(2)
def datasets(release: Release) -> dict[str, Dataset]:
    """Datasets by id, in the order of the release."""
    return {name: _dataset(release, name) for name in release.manifest["deliveries"]}


def examples(known: Iterable[Dataset]) -> tuple[str, ...]:
    """What one could search for: the two shortest names of measures, and that of an office."""
    found = tuple(known)
    measures = {measure for dataset in found for measure in dataset.measures}
    offices = {dataset.office for dataset in found if dataset.office} - measures

    def length(name: str) -> tuple[int, str]:
        return len(name), name

    return (*sorted(measures, key=length)[:2], *sorted(offices, key=length)[:1])


def _dataset(release: Release, name: str) -> Dataset:
    catalog = release.catalog
    told = release.manifest["deliveries"][name]
    source = catalog.sources.get(told["source"])
    files = tuple(
        File(file["name"], file["sha256"], file.get("stand") or "", file.get("licence") or "")
        for file in told["files"]
    )
    newest = max((file.stand for file in files), default="") or max(told["periods"], default="")
    licences = dict.fromkeys(file.licence for file in files if file.licence)
    return Dataset(
        id=name,
        title=told["title"],
        office=told["office"],
        source=source.title if source else "",
        licence="; ".join(licences) or (source.licence if source else ""),
        basis=told["basis"],
        each_row_is=told["each_row_is"],
        stand=newest,
        expected=told.get("next") or "",
        modelled=told["modelled"],
        measures=tuple(catalog.measures[m].title for m in told["measures"]),
        periods=tuple(told["periods"]),
        levels=tuple(catalog.city.level(level).plural for level in told["levels"]),
        themes=frozenset(
            theme.id
            for theme in catalog.themes
            for indicator in theme.indicators
            if {term.measure for term in indicator.terms} & set(told["measures"])
        ),
        files=files,
    )
