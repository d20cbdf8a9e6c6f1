"""Indicators against the counts there are: is there anything to show, and of which time?"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from model.catalog import Catalog, Indicator, Term
from prepare.findings import Finding

_LENGTHS = {"date": len("2024-12-31"), "year": len("2024"), "school_year": len("2024")}
_WORDS = {len("2024-12-31"): "Stichtage", len("2024"): "Jahre"}


def empty(catalog: Catalog, found: pl.DataFrame, city: str) -> list[Finding]:
    """Indicators that stay empty because a measure has no values at all."""
    filled = set(found["measure"].unique())
    return [
        Finding(
            "measure_empty",
            file,
            place,
            f'Für die Messgröße "{term.measure}" gibt es keine Werte; der Indikator bleibt leer.',
            "Lieferung und Rezept ergänzen.",
        )
        for file, place, _, term in _terms(catalog, city)
        if term.measure not in filled
    ]


def references(catalog: Catalog, found: pl.DataFrame, city: str) -> list[Finding]:
    """Indicators that speak of dates where their numerator counts years, or the reverse."""
    lengths = {
        (measure, length)
        for measure, length in found.select("measure", pl.col("period").str.len_chars())
        .unique()
        .iter_rows()
    }
    return [
        Finding(
            "reference_differs",
            file,
            f'{place}, Schlüssel "reference"',
            f'reference = "{indicator.reference}", aber "{term.measure}" zählt {_WORDS[length]}.',
            "reference oder period im Rezept berichtigen.",
        )
        for file, place, indicator, term in _terms(catalog, city)
        if term in indicator.numerator
        for length in sorted(_WORDS)
        if (term.measure, length) in lengths and length != _LENGTHS[indicator.reference]
    ]


def _terms(catalog: Catalog, city: str) -> Iterator[tuple[str, str, Indicator, Term]]:
    """File, table, indicator and term; each measure of an indicator once."""
    for theme in catalog.themes:
        for indicator in theme.indicators:
            once = {term.measure: term for term in reversed(indicator.terms)}
            for measure in sorted(once):
                place = f'[[indicators]] id = "{indicator.id}"'
                yield f"{city}/catalog/{theme.id}.toml", place, indicator, once[measure]
