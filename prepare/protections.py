"""A city's protection.toml: the rules for each audience, and the rule of each measure."""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path

import polars as pl

from model.catalog import Catalog, City
from model.entries import Entry
from model.manifest import Descriptions
from model.protection import Protection
from prepare import protection_checks, tomlfiles, validation
from prepare.findings import Finding, PreparationError, refuse

FILE = "protection.toml"


class Protections(Entry):
    """The rules of a city by audience."""

    public: Protection
    internal: Protection

    def of(self, audience: str) -> Protection:
        """The rules for an audience; KeyError if there is no such audience."""
        return {"public": self.public, "internal": self.internal}[audience]


def protections(folder: Path, city: City) -> Protections:
    """The rules of a city folder for all audiences. Raises PreparationError with all findings."""
    name = f"{folder.name}/{FILE}"
    data = tomlfiles.data(folder / FILE, name)
    found = validation.checked(Protections, data, name)
    findings: list[Finding] = []
    for audience in Protections.model_fields:
        findings += protection_checks.findings(found.of(audience), f"[{audience}]", name, city)
    refuse(findings)
    return found


def protection(folder: Path, city: City, audience: str) -> Protection:
    """The rules of a city folder for one audience. Raises PreparationError."""
    found = protections(folder, city)
    if audience not in Protections.model_fields:
        known = ", ".join(Protections.model_fields)
        message = f'Für "{audience}" gibt es keine Regeln.'
        name = f"{folder.name}/{FILE}"
        raise PreparationError(
            [Finding("key_missing", name, f"[{audience}]", message, f"Möglich sind: {known}.")]
        )
    return found.of(audience)


def resolved(
    catalog: Catalog,
    counts: pl.DataFrame,
    told: Descriptions,
    complete: Set[tuple[str, str]],
) -> Protection:
    """The protection of a catalog with the rule of every measure, as a release carries it.

    A measure has the rule declared for it, or that of the sources of its deliveries at protected
    levels (anywhere, if it has none there), of several what they demand together. `counts`
    (counts.SCHEMA) say which deliveries a measure has, `told` their sources; `complete` are
    (measure, breakdown) pairs whose categories are everything.
    """
    own = catalog.protection
    sources = _sources(catalog, counts, told)
    everywhere = frozenset(own.sources.values())
    found = {
        measure: own.strictest(
            frozenset(own.sources[s] for s in sources.get(measure, ())) or everywhere
        )
        for measure in catalog.measures.keys() - own.measures.keys()
    }
    made = {rule.id: rule for rule in found.values() if rule.id not in own.by_id}
    measures = {
        measure: own.measures.get(measure) or found[measure].id for measure in catalog.measures
    }
    names = sorted({measure for measure, _ in complete} & catalog.measures.keys())
    whole = {name: tuple(sorted(b for m, b in complete if m == name)) for name in names}
    rules = (*own.rules, *(made[name] for name in sorted(made)))
    told = own.model_dump() | {"measures": measures, "complete": whole, "rules": rules}
    return Protection.model_validate(told)


def _sources(catalog: Catalog, counts: pl.DataFrame, told: Descriptions) -> dict[str, set[str]]:
    """The sources of each measure: at protected levels, or anywhere if there are none."""
    methods = catalog.protection.methods
    covered = [level for level, method in methods.items() if method != "none"]
    found: dict[str, set[str]] = {}
    for where in (pl.col("level").is_in(covered), pl.lit(True)):
        pairs = counts.filter(where).select("measure", "delivery").unique().rows()
        for measure in {m for m, _ in pairs} - found.keys():
            deliveries = {d for m, d in pairs if m == measure and d in told}
            found[measure] = {_source(told[delivery]) for delivery in deliveries}
    for delivery in told.values():  # of facilities alone
        for measure in set(delivery["measures"]) - found.keys():
            found[measure] = {_source(delivery)}
    return found


def _source(delivery: Mapping[str, object]) -> str:
    return str(delivery["source"])
