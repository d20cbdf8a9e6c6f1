"""A relation to take along: table and picture, each saying what it is and where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from components import exports, relating, relation_tables, scatter_picture, url
from loaders import releases
from loaders.relations import Pairing
from model import correlation_words, formats, overlaps, remarks, status, wording
from model.language import _
from model.relation import AXES, Relation

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def downloads(pair: Pairing, chosen: Relation, release: releases.Release) -> None:
    """Table and picture as files, each made only when somebody asks for it."""
    folder = st.expander(_("Herunterladen"), key="zusammenhang_dateien", on_change="rerun")
    if not folder.open:
        return
    link = f"{st.context.url or ''}?{url.query_string(chosen.query())}"
    told = notes(pair, release, link)
    measures = release.catalog.measures
    lines = [text for _name, text in told]

    def drawn() -> dict[str, Any]:
        return scatter_picture.picture(pair, chosen, measures)

    kinds: list[tuple[str, str, str, Callable[[], bytes]]] = [
        (
            _("Tabelle (XLSX)"),
            "xlsx",
            _XLSX,
            lambda: exports.workbook(frame(pair), _decimals(pair), told),
        ),
        (
            _("Tabelle (CSV)"),
            "csv",
            "text/csv",
            lambda: exports.written(frame(pair), _decimals(pair), lines),
        ),
        (_("Bild (PNG)"), "png", "image/png", lambda: exports.png(drawn())),
        (_("Bild (SVG)"), "svg", "image/svg+xml", lambda: exports.svg(drawn())),
    ]
    with folder:
        for column, (label, ending, mime, content) in zip(st.columns(4), kinds, strict=True):
            column.download_button(
                label,
                content,
                file_name=f"{_file_name(pair)}.{ending}",
                mime=mime,
                on_click="ignore",
                key=f"zusammenhang {ending}",
                width="stretch",
            )


def frame(pair: Pairing) -> pl.DataFrame:
    """A row an area: key, name, both values with sign and status, residents."""
    known = {figure.area.id: figure for figure in pair.y.figures}
    both = [(figure, known[figure.area.id]) for figure in pair.x.figures]
    columns: dict[str, Any] = {
        _("Schlüssel"): [x.area.id for x, _y in both],
        _("Gebiet"): [x.area.name for x, _y in both],
    }
    for place, (axis, view) in enumerate(zip(_axes(pair), pair.views, strict=True)):
        own = [figures[place] for figures in both]
        decimals = view.indicator.decimals
        columns[axis] = pl.Series(
            [None if f.value is None else formats.rounded(f.value, decimals) for f in own],
            dtype=pl.Float64,
        )
        columns[_("{axis}: Zeichen").format(axis=axis)] = [view.sign(view.kinds(f)) for f in own]
        columns[_("{axis}: Status").format(axis=axis)] = [status.words(f.status) for f in own]
    residents = [pair.residents.get(x.area.id) for x, _y in both]
    columns[_("Einwohner")] = pl.Series(residents, dtype=pl.Float64)
    return pl.DataFrame(columns)


def notes(pair: Pairing, release: releases.Release, link: str) -> list[tuple[str, str]]:
    """What a file says of both indicators, of the coefficients and of their limits."""
    x, y = pair.x.indicator, pair.y.indicator
    found = pair.found
    return [
        *(
            (axis, f"{view.indicator.title}, {view.indicator.unit}. {view.indicator.definition}")
            for axis, view in zip(_axes(pair), pair.views, strict=True)
        ),
        *((_("Zusammenhang"), text) for text in correlation_words.numbers(found)),
        (_("Zusammenhang"), correlation_words.together(x, y, found)),
        (
            _("Zusammenhang"),
            correlation_words.counted(found, len(pair.x.figures), pair.x.level.plural),
        ),
        *(
            (_("Vorsicht"), text)
            for text in (
                correlation_words.few(found),
                *overlaps.cautions(release.catalog.measures, x, y),
            )
            if text
        ),
        (_("Vorsicht"), correlation_words.limits()),
        *(
            (axis, line)
            for axis, view in zip(_axes(pair), pair.views, strict=True)
            for line in wording.footer(view)
        ),
        *((_("Zeichen"), line) for line in remarks.key(pair.x)),
        (_("Link"), link),
    ]


def _axes(pair: Pairing) -> list[str]:
    """What both columns are called; two indicators may have one short title."""
    return [f"{axis}: {head}" for axis, head in zip(AXES, relation_tables.heads(pair), strict=True)]


def _decimals(pair: Pairing) -> dict[str, int]:
    own = {a: v.indicator.decimals for a, v in zip(_axes(pair), pair.views, strict=True)}
    return {**own, _("Einwohner"): 0}


def _file_name(pair: Pairing) -> str:
    closed = "intern_" if pair.x.internal else ""
    period = pair.x.selection.period
    ids = f"{pair.x.indicator.id}_{pair.y.indicator.id}_{pair.x.level.id}_{period}"
    return f"{closed}{relating.PAGE}_{ids}_{pair.x.release}"
