"""Indicators against the counts there are: is there anything to show, and of which time?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import polars as pl

from model import rates
from model.catalog import BREAKDOWNS, Catalog, Indicator, Term
from prepare import counts
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


def above(catalog: Catalog, found: pl.DataFrame) -> list[Finding]:
    """Shares above 100 per cent of a whole in the same unit: part and whole do not go together.

    The place is the part's cell; the message names that of the whole.
    """
    units = {measure.id: measure.unit for measure in catalog.city.measures}
    shares = [
        indicator
        for indicator in catalog.indicators.values()
        if indicator.unit == "%"
        and len({units[term.measure] for term in indicator.terms}) == 1
        and all(term.factor > 0 for term in indicator.terms)
    ]
    lazy = [rates.values(found.lazy(), indicator) for indicator in shares]
    return [
        _above(row, indicator, found)
        for indicator, values in zip(shares, pl.collect_all(lazy), strict=True)
        for row in values.filter(pl.col("numerator") > pl.col("denominator")).to_dicts()
    ]


def _above(row: Mapping[str, Any], indicator: Indicator, found: pl.DataFrame) -> Finding:
    part = _cell(row, indicator.numerator, found)
    whole = _cell(row, indicator.denominator, found)
    where = counts.cell(whole) or counts.place(whole)
    return counts.finding(
        "numerator_above",
        part,
        f'{counts.number(row["numerator"])} im Zähler von "{indicator.id}" sind mehr als '
        f"{counts.number(row['denominator'])} im Nenner ({where}).",
        "Beide Zahlen prüfen: gleicher Zeitpunkt, gleiche Abgrenzung, gleiche Grundgesamtheit?",
    )


def _cell(row: Mapping[str, Any], terms: Sequence[Term], found: pl.DataFrame) -> dict[str, Any]:
    """The first cell of the terms for an area and year, preferably one that stands in a file."""
    own = found.filter(
        pl.col("area") == row["area"], pl.col("period").str.head(4) == row["period"][:4]
    )
    cells = pl.concat(
        own.filter(
            pl.col("measure") == term.measure,
            *(pl.col(b).is_in(getattr(term, b)) for b in BREAKDOWNS),
        )
        for term in terms
    )
    return cells.sort(pl.col("file").is_null(), maintain_order=True).row(0, named=True)


def _measures(terms: Iterable[Term]) -> list[str]:
    """Each measure of the terms once."""
    return sorted({term.measure for term in terms})


def _indicators(catalog: Catalog, city: str) -> Iterator[tuple[str, str, Indicator]]:
    """File, table and indicator."""
    for theme in catalog.themes:
        for indicator in theme.indicators:
            place = f'[[indicators]] id = "{indicator.id}"'
            yield f"{city}/catalog/{theme.id}.toml", place, indicator
