"""The maps beside each other as a table and as sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from components import colours, layout, plates, tables
from loaders.mapsets import Sheet
from model import caveats, formats, remarks, signs, wording
from model.language import _
from model.mapset import MapSet
from model.view import Figure, View


def show(sheet: Sheet, chosen: MapSet, on_choose: Callable[[str], None]) -> None:
    """All areas by all maps; a press on an area chooses it."""
    tables.show("karten_tabelle", table(sheet, chosen), on_choose)


def table(sheet: Sheet, chosen: MapSet) -> dict[str, Any]:
    """A row for each area and yardstick, a column for each map; signs as in every table."""
    first, whys = sheet.views[0], dict[tuple[str, str], str]()
    own = [figure.area for figure in first.own]
    rows = [row(sheet.views, area.id, "", whys) for area in own]
    rows += [row(sheet.views, area, "yardstick", whys) for area in beside(sheet.views)]
    return {
        "caption": caption(sheet, chosen),
        "columns": [
            {"title": first.level.title},
            *({"title": head, "number": True} for head in _heads(sheet.views, chosen)),
        ],
        "rows": rows,
        "chosen": list(chosen.areas),
        "height": tables.height(first),
        "whys": {key: {"words": words, "text": text} for (words, text), key in whys.items()},
    }


def caption(sheet: Sheet, chosen: MapSet) -> str:
    """What the maps show together."""
    if chosen.periods:
        indicator = sheet.views[0].indicator
        return f"{indicator.title}, {indicator.unit}"
    if len(sheet.views) == 1:
        return wording.title(sheet.views[0])
    return _("{plural} in allen Karten").format(plural=sheet.views[0].level.plural)


def sentences(sheet: Sheet, chosen: MapSet) -> None:
    """The chosen areas in sentences, one for each map; the maps themselves in words, folded."""
    blocks = "".join(_block(sheet.views, place) for place in range(len(chosen.areas)))
    if blocks:
        layout.section(_("In Sätzen"))
        st.html(f'<div class="qp-figures qp-plates">{blocks}</div>')
    words = "".join(
        f"<p>{escape(wording.alternative(_('Karte'), view))}</p>" for view in sheet.views
    )
    name = escape(_("Die Karten in Worten"))
    st.html(f'<div class="qp-explain"><details><summary>{name}</summary>{words}</details></div>')


def said(sheet: Sheet, chosen: MapSet) -> list[str]:
    """The same sentences in a row."""
    places = range(len(chosen.areas))
    return [_sentence(view, view.chosen[place]) for place in places for view in sheet.views]


def history(sheet: Sheet) -> None:
    """What interrupts the series of the areas in the table, and what was corrected."""
    own = [figure.area.id for figure in sheet.views[0].own]
    areas = [*own, *beside(sheet.views)]
    said = [line for view in sheet.distinct for line in caveats.sentences(view, areas)]
    if lines := "".join(f"<p>{escape(line)}</p>" for line in dict.fromkeys(said)):
        st.html(f'<div class="qp-history">{lines}</div>')


def _block(views: Sequence[View], place: int) -> str:
    name = views[0].chosen[place].area.name
    told = "".join(
        f'<p class="sentence">{escape(_sentence(v, v.chosen[place]))}</p>' for v in views
    )
    paint = colours.CHOSEN[place]
    return f'<div class="figure" style="border-color:{paint}"><h3>{escape(name)}</h3>{told}</div>'


def _sentence(view: View, figure: Figure) -> str:
    rounded = view.safeguard.rounds(figure.area.level)
    said = wording.sentence(view.indicator, figure, view.selection.period, rounded)
    # Without a number a sentence does not say what it would be about.
    return said if figure.value is not None else f"{view.indicator.short}: {said}"


def _heads(views: Sequence[View], chosen: MapSet) -> list[str]:
    if chosen.periods:
        return [plates.title(view, chosen) for view in views]
    return [
        f"{view.indicator.short}, {view.indicator.unit} "
        f"({formats.period(view.selection.period, view.indicator.reference)})"
        for view in views
    ]


def beside(views: Sequence[View]) -> list[str]:
    """City, Kreis and Land by id, where one of the views has a number for them."""
    known = [figure for view in views for figure in view.beside if figure.value is not None]
    order = [figure.area.id for view in views for figure in view.beside]
    return [area for area in dict.fromkeys(order) if area in {f.area.id for f in known}]


def row(
    views: Sequence[View], area: str, kind: str, whys: dict[tuple[str, str], str]
) -> dict[str, Any]:
    """The row of an area with its figure in each view; `whys` collects what a press on signs says.

    `kind` is '' for areas that can be chosen, else how the row is set.
    """
    found = [_figure(view, area) for view in views]
    name = next(figure.area.name for figure in found if figure)
    cells = [cell(view, figure) for view, figure in zip(views, found, strict=True)]
    reasons = [why(view, figure) for view, figure in zip(views, found, strict=True)]
    return {
        "id": "" if kind else area,
        "kind": kind,
        "cells": [name, *cells],
        "sort": [name, *(figure.value if figure else None for figure in found)],
        "missing": [i + 1 for i, f in enumerate(found) if not f or f.value is None],
        "why": {
            i + 1: whys.setdefault(reason, str(len(whys)))
            for i, reason in enumerate(reasons)
            if reason
        },
    }


def _figure(view: View, area: str) -> Figure | None:
    known = {figure.area.id: figure for figure in (*view.own, *view.yardsticks)}
    return known.get(area)


def _kinds(view: View, figure: Figure | None) -> tuple[str, ...]:
    return view.kinds(figure) if figure else ("not_collected",)


def cell(view: View, figure: Figure | None) -> str:
    """A number with its signs, or the sign for its absence."""
    kinds = _kinds(view, figure)
    # A zero is told by its sign alone, as in printed tables.
    value = figure.value if figure else None
    bare = {signs.ZERO, signs.NEAR_ZERO} & set(kinds)
    text = "" if bare or value is None else formats.number(value, view.indicator.decimals)
    return " ".join(part for part in (text, view.sign(kinds)) if part)


def why(view: View, figure: Figure | None) -> tuple[str, str] | None:
    """What a press on a sign says: its words and the reason."""
    kinds = _kinds(view, figure)
    if not kinds:
        return None
    level = figure.area.level if figure else view.level.id
    rounded = view.safeguard.rounds(level)
    words = ", ".join(signs.words(kind, rounded) for kind in kinds)
    count = figure.denominator if figure else None
    return words, remarks.why(view.safeguard, kinds, level, count)
