"""How the score of each chosen area comes about: its contributions, and that they add up."""

from __future__ import annotations

from html import escape
from typing import Any

import streamlit as st

from components import colours, tables
from components.profiles import PAGE as DISTRICT
from model import formats, needs_words, remarks, standardised
from model.language import _
from model.needs import Setting
from model.ranking import Place, Ranking


def show(found: Ranking, chosen: Setting) -> None:
    """For each chosen area how its score comes about; the contributions add up to it."""
    for number, place in enumerate(found.chosen(chosen.areas)):
        _heading(found, place, colours.CHOSEN[number])
        heads = [
            _("Indikator"),
            _("Wert"),
            _("Stadt"),
            _("Standardisiert"),
            _("Gewicht"),
            _("Anteil hier"),
            _("Beitrag"),
        ]
        shown = _contributions(found, place)
        tables.plain(
            f"bedarfe_beitraege {number}",
            tables.listing(
                _("So kommt der Wert zustande: {area}").format(area=place.area.name),
                heads,
                shown,
                numbers=range(1, len(heads)),
            ),
        )


def _heading(found: Ranking, place: Place, paint: str) -> None:
    address = f"./{DISTRICT}?gebiet={escape(place.area.id)}"
    often = ""
    if place.standing:
        often = " " + _(
            "Unter den ersten {first} ist das Gebiet in {weights} der zufälligen Gewichtungen, und "
            "in {both} der Versuche, wenn auch der Zufall mitspielt."
        ).format(
            first=found.first,
            weights=needs_words.often(place.standing.weights),
            both=needs_words.often(place.standing.both),
        )
    said = f"{needs_words.placed(found, place)}.{often}"
    link = escape(_("Seite des Gebiets"))
    st.html(
        f'<div class="qp-figures"><div class="figure" style="border-color:{paint}">'
        f'<h2>{escape(place.area.name)}</h2><p class="sentence">{escape(said)} '
        f'<a href="{address}" target="_self">{link}</a></p></div></div>'
    )


def _contributions(found: Ranking, place: Place) -> list[dict[str, Any]]:
    """A row for each indicator, then the sum; printed contributions add up to the printed sum."""
    shown = standardised.printed(place.score.contributions)
    there = sum(part.weight for part, own, _f in found.cells(place) if own is not None)
    rows = []
    for (part, own, figure), told in zip(found.cells(place), shown, strict=True):
        decimals = part.view.indicator.decimals
        counts = own is not None and place.score.total is not None and there > 0
        cells = [
            part.view.indicator.short,
            remarks.signed(part.view, figure, unit=True),
            formats.quantity(part.city, part.view.indicator),
            needs_words.number(own),
            str(part.weight),
            f"{formats.number(100 * part.weight / there, 1)}{formats.NBSP}%" if counts else "–",
            needs_words.number(None if told is None else float(told)),
        ]
        sort = [
            cells[0],
            figure.value,
            formats.rounded(part.city, decimals),
            own,
            part.weight,
            part.weight if counts else None,
            None if told is None else float(told),
        ]
        missing = [1] if figure.value is None else []
        rows.append({"id": "", "kind": "", "cells": cells, "sort": sort, "missing": missing})
    total = needs_words.number(place.score.total)
    whole = str(sum(part.weight for part in found.components))
    cells = [_("Summe"), "", "", "", whole, "", total]
    sort = [cells[0], None, None, None, None, None, place.score.total]
    return [*rows, {"id": "", "kind": "yardstick", "cells": cells, "sort": sort}]
