"""Tables a browser, a screen reader and a spreadsheet all read: real HTML, German numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import streamlit as st

from components import web
from model import formats, status, wording
from model.language import _
from model.view import Figure, View

_LONG = 30
REVISED = "\N{NO-BREAK SPACE}r"
PUBLISHED = "\N{NO-BREAK SPACE}\N{MODIFIER LETTER SMALL V}"

_table = st.components.v2.component(
    "quartierspuls_table",
    html='<div class="table"></div>',
    css=web.stylesheet("table.css"),
    js=web.loader("table.js"),
)


def show(key: str, data: dict[str, Any], on_choose: Callable[[str], None]) -> None:
    """Show a table; `on_choose` gets the id of a row whose name was pressed."""

    def chosen() -> None:
        on_choose(str(st.session_state[key].chosen))

    _table(key=key, data=data, on_chosen_change=chosen)


def plain(key: str, data: dict[str, Any]) -> None:
    """Show a table whose rows lead nowhere."""
    _table(key=key, data=data)


def current(view: View) -> dict[str, Any]:
    """All areas of the view at its period: value, what was published first, counts, status."""
    indicator = view.indicator
    again = any(figure.first is not None for figure in (*view.figures, *view.yardsticks))
    ratio = bool(indicator.denominator)
    columns = [
        {"title": view.level.title},
        {"title": f"{indicator.short} ({indicator.unit})", "number": True},
        *([{"title": _("zuerst veröffentlicht"), "number": True}] if again else []),
        *(
            [{"title": _("Zähler"), "number": True}, {"title": _("Nenner"), "number": True}]
            if ratio
            else []
        ),
        {"title": _("Status")},
    ]
    rows = [
        *(_row(view, figure, figure.area.id, again) for figure in view.figures),
        *(_row(view, figure, "", again) for figure in view.compared),
    ]
    return {
        "caption": wording.title(view),
        "columns": columns,
        "rows": rows,
        "chosen": list(view.selection.areas),
        "height": _height(view),
    }


def series(view: View) -> dict[str, Any]:
    """All areas by all periods of the indicator, one column a period; breaks between columns."""
    periods = view.series["period"].unique().sort(descending=True).to_list()
    cells = {(r["area"], r["period"]): r for r in view.series.iter_rows(named=True)}
    marked = view.whole.modelled and view.whole.published
    rows = []
    for figure in (*view.figures, *view.yardsticks):
        found = [cells.get((figure.area.id, period)) for period in periods]
        own = figure.area.level == view.level.id
        rows.append(
            {
                "id": figure.area.id if own else "",
                "kind": _kind(view, figure),
                "cells": [figure.area.name, *(_text(view, cell) for cell in found)],
                "sort": [figure.area.name, *((cell or {}).get("value") for cell in found)],
                "missing": [i + 1 for i, c in enumerate(found) if c is None or c["value"] is None],
                "broken": [
                    i + 1
                    for i, (new, old) in enumerate(pairwise(found))
                    if new and old and new["part"] != old["part"]
                ],
            }
        )
    return {
        "caption": _("{title}: alle Zeitpunkte, {unit}").format(
            title=view.indicator.title, unit=view.indicator.unit
        )
        + (
            _(" ({mark} veröffentlicht, sonst Modellwert)").format(mark=PUBLISHED) if marked else ""
        ),
        "columns": [
            {"title": view.level.title},
            *(
                {"title": formats.period(p, view.indicator.reference), "number": True}
                for p in periods
            ),
        ],
        "rows": rows,
        "chosen": list(view.selection.areas),
        "height": _height(view),
    }


def listing(
    caption: str, heads: Sequence[str], rows: list[dict[str, Any]], numbers: Sequence[int] = ()
) -> dict[str, Any]:
    """Rows of text as a table of limited height; `numbers` are the places of number columns."""
    return {
        "caption": caption,
        "columns": [{"title": head, "number": i in numbers} for i, head in enumerate(heads)],
        "rows": rows,
        "chosen": [],
        "height": 620,
        "texts": True,
    }


def _height(view: View) -> int | None:
    """A limit for long tables; a city's districts are shown at full length."""
    return 620 if len(view.figures) > _LONG else None


def _kind(view: View, figure: Figure) -> str:
    """How a row is set: an area of the level plainly, what it is held against apart from it."""
    if figure.area.level == view.level.id:
        return ""
    return "yardstick" if figure in view.beside else "neighbour"


def _row(view: View, figure: Figure, row_id: str, again: bool) -> dict[str, Any]:
    decimals = view.indicator.decimals
    counts = [figure.numerator, figure.denominator] if view.indicator.denominator else []
    value = (
        formats.number(figure.value, decimals) + (REVISED if figure.revised else "")
        if figure.value is not None
        else status.words(figure.status)
    )
    first = "" if figure.first is None else formats.number(figure.first, decimals)
    return {
        "id": row_id,
        "kind": _kind(view, figure),
        "cells": [
            figure.area.name,
            value,
            *([first] if again else []),
            *(status.sign(figure.status) or "…" if c is None else formats.plain(c) for c in counts),
            status.words(figure.status),
        ],
        "sort": [
            figure.area.name,
            figure.value,
            *([figure.first] if again else []),
            *counts,
            status.words(figure.status),
        ],
        "missing": [1] if figure.value is None else [],
    }


def _text(view: View, cell: dict[str, Any] | None) -> str:
    if cell is None:
        return status.words("not_collected")
    if cell["value"] is None:
        return status.words(cell["status"])
    published = view.whole.modelled and cell["status"] != "modelled"
    again = cell["first"] is not None or cell["status"] == "revised"
    return str(cell["text"]) + (PUBLISHED if published else "") + (REVISED if again else "")
