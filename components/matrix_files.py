"""All pairs of a theme's indicators to take along: a row a pair, with what is to be known."""

from __future__ import annotations

import polars as pl

from components import correlations
from components.spreadsheets import Data, Sheet
from documents.document import Table
from loaders import relations, releases
from model import correlation, correlation_words, overlaps, relation, wording
from model.language import _
from model.relation import RANKS, Relation


def data(chosen: Relation, release: releases.Release) -> Data:
    """The pairs for spreadsheets; both coefficients, whichever the matrix shows."""
    fixed = dict.fromkeys((_("Spearman"), _("Pearson")), correlation.DECIMALS)
    sheet = Sheet(_("Werte"), frame(chosen, release), fixed)
    return Data((sheet,), tuple(notes(chosen, release)))


def frame(chosen: Relation, release: releases.Release) -> pl.DataFrame:
    """A row for each pair: both indicators, when, areas, coefficients, and whether chance does."""
    cells = relations.matrix(release, chosen.theme, chosen.level)
    known, measures = release.catalog.indicators, release.catalog.measures
    return pl.DataFrame(
        [
            {
                _("Indikator"): known[x].short,
                _("Zweiter Indikator"): known[y].short,
                _("Zeitpunkt"): _("neueste") if cell.step == relation.NEWEST else cell.step,
                _("Gebiete"): cell.found.n,
                _("Spearman"): _rounded(cell.found.spearman),
                _("Spearman: mehr als Zufall"): _yes(cell.holds),
                _("Pearson"): _rounded(cell.found.pearson),
                _("Pearson: mehr als Zufall"): _yes(cell.linear),
                _("Gemeinsame Basis oder Zählung"): _yes(
                    bool(overlaps.cautions(measures, known[x], known[y]))
                ),
                _("Warum keine Zahl"): correlation_words.lack(cell.found)
                if cell.found.lack
                else "",
            }
            for (x, y), cell in cells.items()
        ],
        schema_overrides={_("Spearman"): pl.Float64, _("Pearson"): pl.Float64},
    )


def on_paper(release: releases.Release, chosen: Relation) -> Table:
    """The pairs with the coefficient the matrix shows."""
    known = release.catalog.indicators
    ranked = chosen.coefficient == RANKS
    heads = (
        *(_("Indikator"), _("Zweiter Indikator")),
        _("Spearman") if ranked else _("Pearson"),
        *(_("Mehr als Zufall"), _("Gebiete")),
    )
    rows = []
    for (x, y), cell in relations.matrix(release, chosen.theme, chosen.level).items():
        own = cell.found.spearman if ranked else cell.found.pearson
        number = correlation_words.number(own.value) if own else correlation_words.lack(cell.found)
        more = _yes(cell.holds if ranked else cell.linear)
        rows.append((known[x].short, known[y].short, number, more, str(cell.found.n)))
    return Table(correlations.title(release, chosen), heads, tuple(rows), frozenset({2, 4}))


def notes(chosen: Relation, release: releases.Release) -> list[tuple[str, str]]:
    """What the pairs are, what many comparisons at once mean, and each indicator's origin."""
    views = relations.newest(release, chosen.theme, chosen.level)
    cells = relations.matrix(release, chosen.theme, chosen.level)
    return [
        (_("Zusammenhänge"), correlations.title(release, chosen)),
        *((_("Vorsicht"), line) for line in correlations.cautions(cells)),
        *(
            (view.indicator.short, line)
            for view in views
            for line in (
                f"{view.indicator.title}, {view.indicator.unit}. {view.indicator.definition}",
                *wording.footer(view),
            )
        ),
    ]


def _rounded(found: correlation.Coefficient | None) -> float | None:
    return None if found is None else round(found.value, correlation.DECIMALS)


def _yes(true: bool) -> str:
    return _("ja") if true else _("nein")
