"""Indicators against the counts there are: is there anything to show, and of which time?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

import polars as pl

from model import rates
from model.catalog import Catalog, Indicator, Term
from prepare.findings import Finding

_LENGTHS = {"date": len("2024-12-31"), "year": len("2024"), "school_year": len("2024")}
_WORDS = {len("2024-12-31"): "Stichtage", len("2024"): "Jahre"}


def empty(catalog: Catalog, found: pl.DataFrame, city: str) -> list[Finding]:
    """Indicators without a value anywhere: there would be nothing to show."""
    filled = set(found.filter(pl.col("value").is_not_null())["measure"])
    return [
        Finding(rule, file, place, message, remedy)
        for file, place, indicator in _indicators(catalog, city)
        for rule, message, remedy in _emptiness(indicator, found, filled)
    ]


def _emptiness(
    indicator: Indicator, found: pl.DataFrame, filled: Set[str]
) -> Iterator[tuple[str, str, str]]:
    """Rule, message and remedy for everything that leaves the indicator empty."""
    missing = [measure for measure in _measures(indicator.terms) if measure not in filled]
    for measure in missing:
        message = f'Für die Messgröße "{measure}" gibt es keine Werte; der Indikator bleibt leer.'
        yield "measure_empty", message, "Den Indikator entfernen oder die Messgröße liefern."
    values = rates.values(found.lazy(), indicator).select("value").collect()["value"]
    if not missing and values.is_null().all():
        message = "In keinem Gebiet sind zur selben Zeit alle Teile der Formel geliefert."
        remedy = "Den Indikator entfernen, oder Ausprägungen und Zeitpunkte berichtigen."
        yield "indicator_empty", message, remedy


def references(catalog: Catalog, found: pl.DataFrame, city: str) -> list[Finding]:
    """Indicators that mix reference dates and years where they must not.

    The numerator has the kind of `reference`. A denominator is of the same year whatever its
    kind (births of 2024 per residents of 31.12.2024), but all its terms are of one kind.
    """
    periods = found.select("measure", pl.col("period").str.len_chars().alias("length")).unique()
    lengths = {
        measure: set(own["length"])
        for (measure,), own in periods.partition_by("measure", as_dict=True).items()
    }
    return [
        Finding(rule, file, f'{place}, Schlüssel "{key}"', message, remedy)
        for file, place, indicator in _indicators(catalog, city)
        for rule, key, message, remedy in _mixtures(indicator, lengths)
    ]


def _mixtures(
    indicator: Indicator, lengths: Mapping[str, Set[int]]
) -> Iterator[tuple[str, str, str, str]]:
    """Rule, key, message and remedy for all that is of the wrong kind."""
    for measure in _measures(indicator.numerator):
        for length in sorted(lengths.get(measure, set()) - {_LENGTHS[indicator.reference]}):
            message = f'reference = "{indicator.reference}", aber "{measure}" zählt '
            remedy = "reference oder period im Rezept berichtigen."
            yield "reference_differs", "reference", f"{message}{_WORDS[length]}.", remedy
    kinds = {m: lengths[m] for m in _measures(indicator.denominator) if m in lengths}
    if len(set().union(*kinds.values())) > 1:
        told = [f'"{m}" {_WORDS[length]}' for m in kinds for length in sorted(kinds[m])]
        message = f"Der Nenner mischt Stichtage und Jahre: Es zählt {', '.join(told)}."
        remedy = "Messgrößen einer Art nehmen oder period im Rezept berichtigen."
        yield "reference_mixed", "denominator", message, remedy


def _measures(terms: Iterable[Term]) -> list[str]:
    """Each measure of the terms once."""
    return sorted({term.measure for term in terms})


def _indicators(catalog: Catalog, city: str) -> Iterator[tuple[str, str, Indicator]]:
    """File, table and indicator."""
    for theme in catalog.themes:
        for indicator in theme.indicators:
            place = f'[[indicators]] id = "{indicator.id}"'
            yield f"{city}/catalog/{theme.id}.toml", place, indicator
