"""All pairs of a theme's indicators to take along: a row a pair, with what is to be known."""

from __future__ import annotations

import polars as pl

from components import correlations, downloads, exports, relating
from components.downloads import File
from loaders import relations, releases
from model import correlation, correlation_words, overlaps, relation, wording
from model.language import _
from model.relation import Relation


def files(chosen: Relation, release: releases.Release, link: str) -> list[File]:
    """The table as files; both coefficients, whichever the matrix shows."""
    told = notes(chosen, release, link)
    closed = "intern_" if release.internal else ""
    name = f"{closed}{relating.PAGE}_{chosen.theme}_{chosen.level}_{release.id}"

    fixed = dict.fromkeys((_("Spearman"), _("Pearson")), correlation.DECIMALS)

    def xlsx() -> bytes:
        return exports.workbook([(_("Werte"), frame(chosen, release), fixed)], told)

    def csv() -> bytes:
        return exports.separated(frame(chosen, release), fixed, [text for _name, text in told])

    return [
        File(_("Tabelle (XLSX)"), f"{name}.xlsx", downloads.XLSX, xlsx),
        File(_("Tabelle (CSV)"), f"{name}.csv", downloads.CSV, csv),
    ]


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


def notes(chosen: Relation, release: releases.Release, link: str) -> list[tuple[str, str]]:
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
        (_("Link"), link),
    ]


def _rounded(found: correlation.Coefficient | None) -> float | None:
    return None if found is None else round(found.value, correlation.DECIMALS)


def _yes(true: bool) -> str:
    return _("ja") if true else _("nein")
