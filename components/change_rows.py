"""The rows of a file about changes: one an area, with both numbers, the change and its verdict."""

from __future__ import annotations

from typing import Any

import polars as pl

from components import change_tables
from model import change_words, changes, formats
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


def rows(view: View, comparison: Comparison) -> pl.DataFrame:
    """All areas of the level and what they are held against, rounded as they are shown."""
    spans = change_tables.asides(view, comparison)
    found = [
        _row(view, comparison, shift, spans) for shift in (*comparison.shifts, *comparison.beside)
    ]
    numbers = dict.fromkeys((*VALUES, *AMOUNTS), pl.Float64)
    kept = {name: kind for name, kind in numbers.items() if name in found[0]}
    return pl.DataFrame(found, schema_overrides=kept, infer_schema_length=None)


def _row(
    view: View, comparison: Comparison, shift: Shift, spans: dict[str, Comparison]
) -> dict[str, Any]:
    interval, indicator = shift.interval, view.indicator
    row = {
        _("Raumebene"): shift.area.level,
        _("Schlüssel"): shift.area.id,
        _("Gebiet"): shift.area.name,
        _("Indikator"): indicator.title,
        _("Einheit"): indicator.unit,
        _("Zeitpunkt vorher"): comparison.before,
        BEFORE: _value(view, shift.before),
        _("Zeichen vorher"): view.sign(view.kinds(shift.before)),
        _("Zeitpunkt nachher"): comparison.after,
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
