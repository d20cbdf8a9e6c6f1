"""What the order by need hangs on: each indicator left out, and which of them go together."""

from __future__ import annotations

import streamlit as st

from components import tables, url
from model import formats, needs_words
from model.language import _
from model.ranking import Pair, Ranking, Without


def without(left_out: tuple[Without, ...], found: Ranking) -> None:
    """What becomes of the first ones without each indicator."""
    before = {place.area.id: place.rank for place in found.places}
    rows = []
    for one in left_out:
        moves = [
            abs(rank - own)
            for area, rank in one.ranks.items()
            if rank is not None and (own := before[area]) is not None
        ]
        cells = [
            one.component.view.indicator.short,
            needs_words.without(one, found.first),
            str(max(moves, default=0)),
        ]
        rows.append(
            {"id": "", "kind": "", "cells": cells, "sort": [*cells[:2], max(moves, default=0)]}
        )
    heads = [_("Ohne diesen Indikator"), _("Was sich ändert"), _("Größter Wechsel in Plätzen")]
    tables.plain(
        "bedarfe_ohne", tables.listing(_("Ein Indikator weniger"), heads, rows, numbers=(2,))
    )


def pairs(every: tuple[Pair, ...]) -> None:
    """How far every two indicators go together, folded."""
    title = _("Wie sehr gehen zwei Indikatoren zusammen?")
    folder = st.expander(title, key="bedarfe_zusammen", on_change=url.stay)
    if folder.open:
        with folder:
            _pairs(every, title)


def _pairs(every: tuple[Pair, ...], title: str) -> None:
    rows = []
    for pair in every:
        r = formats.number(pair.r, 2)
        cells = [pair.one.view.indicator.short, pair.other.view.indicator.short, r, str(pair.areas)]
        rows.append(
            {"id": "", "kind": "", "cells": cells, "sort": [*cells[:2], pair.r, pair.areas]}
        )
    heads = [_("Indikator"), _("und Indikator"), _("r (Pearson)"), _("Gebiete mit beiden")]
    tables.plain(
        "bedarfe_paare",
        tables.listing(title, heads, rows, numbers=(2, 3)),
    )
