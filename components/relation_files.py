"""A relation as a table to take along, saying what it is and where it comes from."""

from __future__ import annotations

from typing import Any

import polars as pl

from components import exports, relating, relation_tables
from components.spreadsheets import Data, Sheet
from loaders import releases
from loaders.relations import Pairing
from model import correlation_words, formats, overlaps, remarks, status, wording
from model.language import _
from model.relation import AXES


def data(pair: Pairing, release: releases.Release) -> Data:
    """The table for spreadsheets."""
    sheet = Sheet(_("Werte"), frame(pair), _decimals(pair))
    return Data((sheet,), tuple(notes(pair, release)))


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


def notes(pair: Pairing, release: releases.Release) -> list[tuple[str, str]]:
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
    ]


def _axes(pair: Pairing) -> list[str]:
    """What both columns are called; two indicators may have one short title."""
    return [f"{axis}: {head}" for axis, head in zip(AXES, relation_tables.heads(pair), strict=True)]


def _decimals(pair: Pairing) -> dict[str, int]:
    own = {a: v.indicator.decimals for a, v in zip(_axes(pair), pair.views, strict=True)}
    return {**own, _("Einwohner"): 0}


def name(pair: Pairing) -> str:
    """What the files of a relation are called: both indicators, level, period and release."""
    x, y = pair.views
    ids = (x.indicator.id, y.indicator.id, x.level.id, x.selection.period)
    return exports.named(x.internal, relating.PAGE, *ids, x.release)
