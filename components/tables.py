"""Tables a browser, a screen reader and a spreadsheet all read: real HTML, German numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

import streamlit as st

from components import web
from model import formats, remarks, signs, status, wording
from model.language import _
from model.view import Figure, View

_LONG = 30
_FEW = 8
"""How many rows of text are shown at full length."""
_LIMIT = 620
"""Pixels a table takes that has more."""

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

    _table(key=key, data=_hinted(data), on_chosen_change=chosen)


def plain(key: str, data: dict[str, Any]) -> None:
    """Show a table whose rows lead nowhere."""
    _table(key=key, data=_hinted(data))


def _hinted(data: dict[str, Any]) -> dict[str, Any]:
    """With what is said while columns lie beyond the edge."""
    return {**data, "hint": _("Mehr Spalten: zur Seite schieben →")}


def current(view: View) -> dict[str, Any]:
    """All areas of the view at its period: value, what was published first, counts, signs, status.

    Values and counts are numbers or the word for their absence; a press on a status says why.
    """
    indicator = view.indicator
    again = any(figure.first is not None for figure in (*view.own, *view.yardsticks))
    ratio = bool(indicator.denominator)
    columns = [
        {"title": view.level.title},
        # On a phone the caption tells the indicator, and the head only the unit.
        {
            "title": f"{indicator.short} ({indicator.unit})",
            "brief": indicator.unit,
            "number": True,
        },
        {"title": _("Zeichen"), "sign": True},
        *([{"title": _("zuerst veröffentlicht"), "number": True}] if again else []),
        *(
            [{"title": _("Zähler"), "number": True}, {"title": _("Nenner"), "number": True}]
            if ratio
            else []
        ),
        {"title": _("Status")},
    ]
    rows = [
        *(_row(view, figure, figure.area.id, again) for figure in view.own),
        *(_row(view, figure, "", again) for figure in view.compared),
    ]
    return {
        "caption": wording.title(view),
        "columns": columns,
        "rows": rows,
        "chosen": list(view.selection.areas),
        "height": height(view),
        "whys": _whys(view, rows),
    }


def series(view: View) -> dict[str, Any]:
    """All areas by all periods of the indicator, one column a period; breaks between columns.

    Numbers carry their signs behind them; where there is none, its sign stands alone.
    """
    periods = view.series["period"].unique().sort(descending=True).to_list()
    cells = {(r["area"], r["period"]): r for r in view.series.iter_rows(named=True)}
    rows = []
    for figure in (*view.own, *view.yardsticks):
        found = [cells[figure.area.id, period] for period in periods]
        marks = [view.row_kinds(cell) for cell in found]
        own = figure in view.own
        rows.append(
            {
                "id": figure.area.id if own else "",
                "kind": _kind(view, figure),
                "cells": [figure.area.name, *map(partial(_text, view), found, marks)],
                "sort": [figure.area.name, *(cell["value"] for cell in found)],
                "missing": [i + 1 for i, cell in enumerate(found) if cell["value"] is None],
                "broken": [
                    i + 1
                    for i, (new, old) in enumerate(pairwise(found))
                    if new["part"] != old["part"]
                ],
                "why": {
                    i + 1: _why(view, kinds, figure.area.level, cell["denominator"])
                    for i, (cell, kinds) in enumerate(zip(found, marks, strict=True))
                    if kinds
                },
            }
        )
    return {
        "caption": _("{title}: alle Zeitpunkte, {unit}").format(
            title=view.indicator.title, unit=view.indicator.unit
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
        "height": height(view),
        "whys": _whys(view, rows),
    }


def listing(
    caption: str, heads: Sequence[str], rows: list[dict[str, Any]], numbers: Sequence[int] = ()
) -> dict[str, Any]:
    """Rows of text as a table; `numbers` are the places of number columns.

    Many rows have a limited height. On a phone each row is stacked, its cells behind their heads.
    """
    return {
        "caption": caption,
        "columns": [{"title": head, "number": i in numbers} for i, head in enumerate(heads)],
        "rows": rows,
        "chosen": [],
        "height": _LIMIT if len(rows) > _FEW else None,
        "texts": True,
    }


def height(view: View) -> int | None:
    """A limit for long tables; a city's districts are shown at full length."""
    return _LIMIT if len(view.figures) > _LONG else None


def _kind(view: View, figure: Figure) -> str:
    """How a row is set: an area or zone plainly, what it is held against apart from it."""
    if figure in view.own:
        return ""
    return "yardstick" if figure in view.beside else "neighbour"


def _row(view: View, figure: Figure, row_id: str, again: bool) -> dict[str, Any]:
    decimals = view.indicator.decimals
    kinds = view.kinds(figure)
    rounded = view.safeguard.rounds(figure.area.level)
    meant = [signs.words(kind, rounded) for kind in kinds]
    word = ", ".join(dict.fromkeys([status.words(figure.status), *meant]))
    value = (
        status.words(figure.status)
        if figure.value is None
        else formats.number(figure.value, decimals)
    )
    first = "" if figure.first is None else formats.number(figure.first, decimals)
    ratio = bool(view.indicator.denominator)
    why = _why(view, kinds, figure.area.level, figure.denominator)
    cells = [
        figure.area.name,
        value,
        view.sign(kinds),
        *([first] if again else []),
        *([_count(view, figure, name) for name in ("numerator", "denominator")] if ratio else []),
        word,
    ]
    return {
        "id": row_id,
        "kind": _kind(view, figure),
        "cells": cells,
        "sort": [
            figure.area.name,
            figure.value,
            view.sign(kinds),
            *([figure.first] if again else []),
            *([figure.numerator, figure.denominator] if ratio else []),
            word,
        ],
        "missing": [1] if figure.value is None else [],
        # The sign says why, and so does the word for it.
        "why": dict.fromkeys((2, len(cells) - 1), why) if kinds else {},
    }


def _count(view: View, figure: Figure, name: str) -> str:
    """A numerator or denominator, else the sign of its own reason."""
    count, reason = getattr(figure, name), getattr(figure, f"{name}_status")
    return view.sign([reason or "not_collected"]) if count is None else formats.plain(count)


def _text(view: View, cell: dict[str, Any], kinds: Sequence[str]) -> str:
    # A zero is told by its sign alone, as in printed tables.
    bare = cell["value"] is None or {signs.ZERO, signs.NEAR_ZERO} & set(kinds)
    return " ".join(part for part in ("" if bare else cell["text"], view.sign(kinds)) if part)


def _why(view: View, kinds: Sequence[str], level: str, denominator: float | None) -> str:
    """The key of what a press says: marks, level, and whether too few people are behind."""
    few = (
        "unreliable" in kinds
        and denominator is not None
        and denominator < view.safeguard.denominator
    )
    return " ".join([level, *kinds, *(["few"] if few else [])])


def _whys(view: View, rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, str]]:
    """What a press on each kind of sign says, each once: its words and the reason."""
    told = {}
    for key in dict.fromkeys(key for row in rows for key in row["why"].values()):
        level, *kinds = key.split(" ")
        few = 1.0 if "few" in kinds else None
        kinds = [kind for kind in kinds if kind != "few"]
        rounded = view.safeguard.rounds(level)
        told[key] = {
            "words": ", ".join(signs.words(kind, rounded) for kind in kinds),
            "text": remarks.why(view.safeguard, kinds, level, few),
        }
    return told
