"""An order by need as tables of all areas: places, standardised values, contributions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components import tables, url
from model import formats, needs_words, standardised, status
from model.language import _
from model.needs import Setting
from model.ranking import Place, Ranking
from model.standardised import Component
from model.view import Figure

_LONG, _LIMIT = 30, 620
"""Areas from which on a table is limited, and its pixels then."""
Choose = Callable[[str], None]


def places(found: Ranking, chosen: Setting, on_choose: Choose) -> None:
    """All areas with rank, score, and how often they are among the first; a press chooses one."""
    tables.show("bedarfe_plaetze", ranked(found, chosen), on_choose)


def ranked(found: Ranking, chosen: Setting) -> dict[str, Any]:
    """A row for each area: rank, score, how often it is among the first, what it lacks."""
    first = found.first
    heads = [
        _("Platz"),
        _("Wert"),
        _("erste {first}: andere Gewichte").format(first=first),
        _("erste {first}: Zufall").format(first=first),
        _("erste {first}: beides").format(first=first),
        _("Plätze (90 %)"),
    ]
    columns = [
        *({"title": head, "number": True} for head in heads),
        {"title": _("Fehlende Zahlen"), "line": True},
    ]
    rows = [_place(place) for place in found.places]
    return _table(_("Reihenfolge, und wie sicher sie ist"), found, columns, rows, chosen)


def standards(found: Ranking, chosen: Setting, on_choose: Choose) -> None:
    """All areas by all indicators, standardised; the reason where there is no number."""
    caption = _(
        "Standardisierte Werte: Abstand zur Stadt in Standardabweichungen, plus heißt mehr Bedarf"
    )
    rows = [
        _row(
            place,
            [
                needs_words.number(own) if own is not None else _reason(part, figure)
                for part, own, figure in found.cells(place)
            ],
            place.standards,
        )
        for place in found.places
    ]
    titles = [f"{part.view.indicator.short} ({_stand(part)})" for part in found.components]
    data = _table(caption, found, _numbers(titles), rows, chosen)
    tables.show("bedarfe_standard", data, on_choose)


def contributions(found: Ranking, chosen: Setting, on_choose: Choose) -> None:
    """What the bars of the chart say: all contributions with their sum, folded."""
    folder = st.expander(
        _("Alle Beiträge als Tabelle"), key="bedarfe_alle_beitraege", on_change=url.stay
    )
    if folder.open:
        with folder:
            tables.show("bedarfe_beitraege", shares(found, chosen), on_choose)


def shares(found: Ranking, chosen: Setting) -> dict[str, Any]:
    """A row for each area: what each indicator adds to or takes from its score, and the sum."""
    rows = []
    for place in found.places:
        shown = standardised.printed(place.score.contributions)
        parts = [None if share is None else float(share) for share in shown]
        cells = [
            _reason(part, figure) if own is None else needs_words.number(share)
            for (part, own, figure), share in zip(found.cells(place), parts, strict=True)
        ]
        total = place.score.total
        rows.append(_row(place, [*cells, needs_words.number(total)], [*parts, total]))
    titles = [
        f"{part.view.indicator.short} ({formats.number(found.share(part))}{formats.NBSP}%)"
        for part in found.components
    ]
    caption = _("Beiträge zum Wert; in Klammern der Anteil am Gewicht, wenn keine Zahl fehlt")
    return _table(caption, found, _numbers([*titles, _("Wert")]), rows, chosen)


def _table(
    caption: str,
    found: Ranking,
    columns: Sequence[dict[str, Any]],
    rows: Sequence[dict[str, Any]],
    chosen: Setting,
) -> dict[str, Any]:
    return {
        "caption": caption,
        "columns": [{"title": found.level.title}, *columns],
        "rows": list(rows),
        "chosen": list(chosen.areas),
        "height": _LIMIT if len(rows) > _LONG else None,
        "whys": {},
    }


def _numbers(titles: Sequence[str]) -> list[dict[str, Any]]:
    return [{"title": title, "number": True} for title in titles]


def _row(place: Place, cells: Sequence[str], sort: Sequence[float | None]) -> dict[str, Any]:
    return {
        "id": place.area.id,
        "kind": "",
        "cells": [place.area.name, *cells],
        "sort": [place.area.name, *sort],
        "missing": [i + 1 for i, own in enumerate(sort) if own is None],
    }


def _place(place: Place) -> dict[str, Any]:
    standing = place.standing
    shares = (standing.weights, standing.chance, standing.both) if standing else (None,) * 3
    rank = "–" if place.rank is None else f"{'' if place.score.complete else '≈'}{place.rank}"
    return {
        "id": place.area.id,
        "kind": "",
        "cells": [
            place.area.name,
            rank,
            needs_words.number(place.score.total),
            *("–" if share is None else needs_words.often(share) for share in shares),
            needs_words.span(place),
            needs_words.gaps(place, brief=True),
        ],
        "sort": [
            place.area.name,
            place.rank,
            place.score.total,
            *shares,
            standing.low if standing else None,
            needs_words.gaps(place, brief=True),
        ],
        "missing": [1, 2, 3, 4, 5, 6] if standing is None else [],
    }


def _reason(part: Component, figure: Figure) -> str:
    """Why there is no number, as sign and word."""
    return f"{part.view.sign(part.view.kinds(figure))} {status.label(figure.status)}"


def _stand(part: Component) -> str:
    return formats.period(part.view.selection.period, part.view.indicator.reference)
