"""The rows of a file about changes: one an area, with both numbers, the change and its verdict."""

from __future__ import annotations

from typing import Any

import polars as pl

from components import change_tables
from model import change_sentences, change_words, changes, formats, typology
from model.changes import Comparison, Shift
from model.language import _
from model.selection import START, STEP
from model.view import Figure, View

BEFORE, AFTER = _("Wert vorher"), _("Wert nachher")
CHANGE, LOW, HIGH = _("Veränderung"), _("Spanne von"), _("Spanne bis")
_TERMS = {
    STEP: (_("Letzter Schritt seit"), _("Letzter Schritt"), _("Letzter Schritt, Urteil")),
    START: (_("Seit Beginn, ab"), _("Seit Beginn"), _("Seit Beginn, Urteil")),
}
VALUES = (BEFORE, AFTER)
"""Columns in the unit of the indicator."""
AMOUNTS = (CHANGE, LOW, HIGH, *(names[1] for names in _TERMS.values()))
"""Columns in the unit of the change."""


def rows(view: View, found: Comparison) -> pl.DataFrame:
    """All areas of the level and what they are held against, rounded as they are shown."""
    spans = change_tables.asides(view, found)
    told = [_row(view, found, shift, spans) for shift in (*found.own, *found.beside)]
    if groups := typology.shown(view, found):
        told = [
            {**row, _("Lage und Verlauf"): groups.words.get(row[_("Schlüssel")], "")}
            for row in told
        ]
    numbers = dict.fromkeys((*VALUES, *AMOUNTS), pl.Float64)
    kept = {name: kind for name, kind in numbers.items() if name in told[0]}
    return pl.DataFrame(told, schema_overrides=kept, infer_schema_length=None)


def comparison(view: View) -> Comparison | None:
    """What a file of the view compares; None if it is not about changes."""
    before = changes.base(view) if view.selection.view == "veraenderung" else None
    return changes.between(view, before) if before else None


def notes(view: View) -> list[str]:
    """How changes are computed and judged, if the file is about them."""
    found = comparison(view)
    if found is None:
        return []
    said = [change_sentences.together(view, found), change_sentences.rule(view.indicator)]
    return [line for line in (*said, *change_sentences.breaks(view, found)) if line]


def _row(
    view: View, found: Comparison, shift: Shift, spans: dict[str, Comparison]
) -> dict[str, Any]:
    interval, indicator = shift.interval, view.indicator
    row = {
        _("Raumebene"): shift.area.level,
        _("Schlüssel"): shift.area.id,
        _("Gebiet"): shift.area.name,
        _("Indikator"): indicator.title,
        _("Einheit"): indicator.unit,
        _("Zeitpunkt vorher"): found.before,
        BEFORE: _value(view, shift.before),
        _("Zeichen vorher"): view.sign(view.kinds(shift.before)),
        _("Zeitpunkt nachher"): found.after,
        AFTER: _value(view, shift.after),
        _("Zeichen nachher"): view.sign(view.kinds(shift.after)),
        CHANGE: _amount(view, shift.difference),
        _("Einheit der Veränderung"): change_words.unit(indicator),
        LOW: _amount(view, interval.low if interval else None),
        HIGH: _amount(view, interval.high if interval else None),
        _("Urteil"): change_words.verdict(shift),
        _("Grund"): "" if shift.difference is not None else change_words.reason(view, shift),
    }
    for name, other in spans.items():
        since, change, verdict = _TERMS[name]
        own = other.of(shift.area.id)
        row |= {
            since: other.before,
            change: _amount(view, own.difference),
            verdict: change_words.verdict(own),
        }
    return row


def _value(view: View, figure: Figure) -> float | None:
    if figure.value is None:
        return None
    return formats.rounded(figure.value, view.indicator.decimals)


def _amount(view: View, value: float | None) -> float | None:
    return None if value is None else formats.rounded(value, changes.decimals(view.indicator))
