"""Changes as a table: before, after, change, limits, verdict, and the short and the long term."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model import change_words, changes, formats, signs, status, typology
from model.changes import Comparison, Shift
from model.language import _
from model.selection import START, STEP
from model.view import Figure, View

_LONG = 30


def current(view: View, comparison: Comparison) -> dict[str, Any]:
    """All areas of the view and what they are held against."""
    indicator = view.indicator
    spans = asides(view, comparison)
    labels = [
        formats.period(period, indicator.reference)
        for period in (comparison.before, comparison.after)
    ]
    groups = typology.shown(view, comparison)
    own = groups.words if groups else {}
    limits = any(shift.interval for shift in (*comparison.own, *comparison.beside))
    columns = [
        {"title": view.level.title},
        *({"title": label, "number": True} for label in labels),
        {"title": _("Veränderung"), "number": True},
        *([{"title": _("Spanne"), "number": True}] if limits else []),
        {"title": _("Urteil"), "line": True},
        *([{"title": _("Lage und Verlauf"), "line": True}] if own else []),
        *({"title": head(view, name, other), "line": True} for name, other in spans.items()),
    ]
    others = [s for s in comparison.beside if s.area.id in {f.area.id for f in view.beside}]
    rows = [
        *(_row(view, shift, spans, own, limits) for shift in comparison.own),
        *(_row(view, shift, spans, own, limits, beside=True) for shift in others),
    ]
    title = f"{indicator.title} ({indicator.unit}): {change_words.measure(indicator)}"
    return {
        "caption": f"{title}, {change_words.span(view, comparison)}",
        "columns": columns,
        "rows": rows,
        "chosen": list(view.selection.areas),
        "height": 620 if len(view.figures) > _LONG else None,
        "whys": {},
    }


def asides(view: View, comparison: Comparison) -> dict[str, Comparison]:
    """The short and the long term, as far as they are not what is shown anyway."""
    found = {name: changes.start(view, name) for name in (STEP, START)}
    seen = {comparison.before}
    told = {}
    for name, before in found.items():
        if before and before not in seen:
            seen.add(before)
            told[name] = changes.between(view, before)
    return told


def head(view: View, name: str, comparison: Comparison) -> str:
    """The short or the long term with its periods: 'letzter Schritt (2023 bis 2024)'."""
    words = {STEP: _("letzter Schritt"), START: _("seit Beginn")}[name]
    return f"{words} ({change_words.span(view, comparison)})"


def _row(
    view: View,
    shift: Shift,
    spans: dict[str, Comparison],
    groups: Mapping[str, str],
    limits: bool,
    beside: bool = False,
) -> dict[str, Any]:
    others = [other.of(shift.area.id) for other in spans.values()]
    word = change_words.verdict(shift)
    if shift.state in changes.BLOCKED:
        word = f"{word} ({change_words.state(shift.state)})"
    interval = shift.interval
    values = [shift.before, shift.after]
    return {
        "id": "" if beside else shift.area.id,
        "kind": "yardstick" if beside else "",
        "cells": [
            shift.area.name,
            *(_value(view, figure) for figure in values),
            change_words.number(shift, view.indicator),
            *([change_words.limits(shift, view.indicator)] if limits else []),
            word,
            *([groups.get(shift.area.id, "")] if groups else []),
            *(change_words.brief(view, other, with_unit=False) for other in others),
        ],
        "sort": [
            shift.area.name,
            *(figure.value for figure in values),
            shift.difference,
            *([interval.low if interval else None] if limits else []),
            word,
            *([groups.get(shift.area.id, "")] if groups else []),
            *(other.difference for other in others),
        ],
        "missing": [place for place, figure in enumerate(values, 1) if figure.value is None],
    }


def _value(view: View, figure: Figure) -> str:
    """A number with its signs, or the word for its absence."""
    if figure.value is None:
        return status.words(figure.status)
    text = formats.number(figure.value, view.indicator.decimals)
    kinds = [kind for kind in view.kinds(figure) if kind not in (signs.ZERO, signs.NEAR_ZERO)]
    return " ".join([text, *([view.sign(kinds)] if kinds else [])])
