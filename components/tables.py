"""Tables a browser, a screen reader and a spreadsheet all read: real HTML, German numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl
import streamlit as st

from components import web
from loaders import areas, releases
from model import formats, status, wording
from model.language import _
from model.view import Figure, View

_LONG = 30
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
    """All areas of the view at its period: value, counts behind it, status."""
    indicator = view.indicator
    ratio = bool(indicator.denominator)
    columns = [
        {"title": view.level.title},
        {"title": f"{indicator.short} ({indicator.unit})", "number": True},
        *(
            [{"title": _("Zähler"), "number": True}, {"title": _("Nenner"), "number": True}]
            if ratio
            else []
        ),
        {"title": _("Status")},
    ]
    rows = [
        *(_row(view, figure, figure.area.id) for figure in view.figures),
        *(_row(view, figure, "") for figure in view.yardsticks),
    ]
    return {
        "caption": wording.title(view),
        "columns": columns,
        "rows": rows,
        "chosen": list(view.selection.areas),
        "height": _height(view),
    }


def series(view: View) -> dict[str, Any]:
    """All areas by all periods of the indicator, one column a period."""
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
                "kind": "" if own else "yardstick",
                "cells": [figure.area.name, *(_text(view, cell) for cell in found)],
                "sort": [figure.area.name, *((cell or {}).get("value") for cell in found)],
                "missing": [i + 1 for i, c in enumerate(found) if c is None or c["value"] is None],
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


def deliveries(release: releases.Release) -> dict[str, Any]:
    """The deliveries of a release: what, from whom, on which basis, how far, which licence."""
    sources = release.catalog.sources
    rows = []
    for delivery in release.manifest["deliveries"].values():
        source = sources.get(delivery["source"])
        periods = delivery["periods"]
        cells = [
            delivery["title"],
            delivery["office"],
            delivery["each_row_is"],
            delivery["basis"],
            _span(periods),
            _("Modellwerte") if delivery["modelled"] else _("veröffentlicht"),
            source.licence if source else "",
        ]
        rows.append({"id": "", "cells": cells, "sort": cells})
    heads = (
        _("Datensatz"),
        _("Stelle"),
        _("Eine Zeile ist"),
        _("Basis"),
        _("Zeitraum"),
        _("Status"),
        _("Lizenz"),
    )
    return _listing(_("Datensätze dieser Veröffentlichung"), heads, rows)


def indicators(release: releases.Release) -> dict[str, Any]:
    """All indicators with theme, unit and definition."""
    rows = []
    for theme in release.catalog.themes:
        for indicator in theme.indicators:
            cells = [indicator.title, theme.title, indicator.unit, indicator.definition]
            rows.append({"id": "", "cells": cells, "sort": cells})
    heads = (_("Indikator"), _("Thema"), _("Einheit"), _("Definition"))
    return _listing(_("Indikatoren dieser Veröffentlichung"), heads, rows)


def published(release: releases.Release, figures: pl.DataFrame) -> dict[str, Any]:
    """Published single figures with basis and source."""
    names = {
        area: found.name
        for level in areas.by_level(release).values()
        for area, found in level.items()
    }
    rows = []
    for row in figures.iter_rows(named=True):
        cells = [
            names.get(row["area"], row["area"]),
            row["title"],
            _period_words(row["period"]),
            f"{formats.plain(row['value'])}{formats.NBSP}{row['unit']}",
            row["basis"],
            row["source"],
        ]
        sort = [cells[0], cells[1], row["period"], row["value"], cells[4], cells[5]]
        rows.append({"id": "", "cells": cells, "sort": sort})
    heads = (_("Gebiet"), _("Angabe"), _("Zeitpunkt"), _("Wert"), _("Basis"), _("Quelle"))
    return _listing(_("Einzelangaben mit Quelle"), heads, rows)


def _listing(caption: str, heads: tuple[str, ...], rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = [{"title": head} for head in heads]
    return {"caption": caption, "columns": columns, "rows": rows, "chosen": [], "height": 620}


def _span(periods: list[str]) -> str:
    if not periods:
        return ""
    first, last = (_period_words(period) for period in (min(periods), max(periods)))
    return first if first == last else _("{first} bis {last}").format(first=first, last=last)


def _period_words(period: str) -> str:
    return formats.period(period, "date")


def _height(view: View) -> int | None:
    """A limit for long tables; a city's districts are shown at full length."""
    return 620 if len(view.figures) > _LONG else None


def _row(view: View, figure: Figure, row_id: str) -> dict[str, Any]:
    decimals = view.indicator.decimals
    counts = [figure.numerator, figure.denominator] if view.indicator.denominator else []
    value = (
        formats.number(figure.value, decimals)
        if figure.value is not None
        else status.words(figure.status)
    )
    return {
        "id": row_id,
        "kind": "" if row_id else "yardstick",
        "cells": [
            figure.area.name,
            value,
            *(status.sign(figure.status) or "…" if c is None else formats.plain(c) for c in counts),
            status.words(figure.status),
        ],
        "sort": [figure.area.name, figure.value, *counts, status.words(figure.status)],
        "missing": [1] if figure.value is None else [],
    }


def _text(view: View, cell: dict[str, Any] | None) -> str:
    if cell is None:
        return status.words("not_collected")
    if cell["value"] is None:
        return status.words(cell["status"])
    published = view.whole.modelled and cell["status"] != "modelled"
    return str(cell["text"]) + (PUBLISHED if published else "")
