"""The numbers of a release before they are written: what is too small is hidden, safely."""

from __future__ import annotations

import polars as pl

from model.catalog import Catalog
from prepare import counts, progress
from prepare.disclosure import earlier, primary, protecting, refusals, tables
from prepare.disclosure.earlier import Earlier
from prepare.disclosure.patterns import Patterns
from prepare.disclosure.protecting import Frozen
from prepare.disclosure.refusals import REFUSED
from prepare.findings import Finding, PreparationError

_HIDDEN = pl.lit("suppressed")


def counts_told(
    catalog: Catalog, areas: pl.DataFrame, found: pl.DataFrame, before: Earlier, known: Patterns
) -> pl.DataFrame:
    """The counts (counts.SCHEMA) as a release may tell them after all that was public `before`.

    Hidden ones are null and suppressed; patterns `known` from before are not sought again.
    Raises PreparationError with every number that no choice of hidden ones protects, or that
    nothing can be found out about.
    """
    progress.tell("Geheimhaltung")
    own = found.sort(counts.KEYS)
    facts = tables.facts(catalog, areas, own)
    frozen = Frozen(*earlier.frozen(facts, before.there))
    try:
        return protecting.protected(facts, frozen, known).released(own)
    except REFUSED as error:
        why = refusals.refusal(error)
        cells = [tables.sentence(facts, int(cell)) for cell in refusals.cells(error)]
        raise PreparationError(
            Finding(why.rule, "protection.toml", cell, why.message, why.remedy) for cell in cells
        ) from error


def facilities_told(values: pl.DataFrame, catalog: Catalog) -> pl.DataFrame:
    """The values of facilities (facility_values.SCHEMA), those too small null and suppressed."""
    small = primary.facilities_hidden(values, catalog)
    return values.with_columns(
        value=pl.when(~small).then("value"), status=pl.when(small).then(_HIDDEN).otherwise("status")
    )
