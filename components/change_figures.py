"""Changes in words and large type: of the chosen areas, or of the city."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import change_tables, colours, panel, zoning
from model import change_sentences, change_words, changes, status, wording
from model.changes import Comparison, Shift
from model.view import Figure, View


def show(view: View) -> None:
    """The chosen areas, or the city, with their change, the short and the long term."""
    before = changes.base(view)
    if before is None:
        panel.figures(view)
        return
    comparison = changes.between(view, before)
    shown = view.chosen or view.in_front
    blocks = "".join(_block(view, comparison, own, place) for place, own in enumerate(shown))
    st.html(f'<section class="qp-figures" aria-live="polite">{blocks}</section>')


def _block(view: View, comparison: Comparison, figure: Figure, place: int) -> str:
    area = figure.area.id
    shift = comparison.of(area)
    colour = colours.CHOSEN[place] if view.chosen else colours.INK
    sentence = escape(change_sentences.sentence(view, shift, comparison))
    terms = "".join(
        f"<li>{escape(wording.initial(change_tables.head(view, name, other)))}: "
        f"<b>{escape(change_words.brief(view, other.of(area)))}</b></li>"
        for name, other in change_tables.asides(view, comparison).items()
    )
    terms = f'<ul class="beside">{terms}</ul>' if terms else ""
    return (
        f'<div class="figure" style="border-color:{colour}"><h2>{escape(shift.area.name)}</h2>'
        f'{_number(view, shift)}<p class="sentence">{sentence}</p>{lacking(view, figure)}'
        f"{terms}</div>"
    )


def lacking(view: View, figure: Figure) -> str:
    """Why a zone has no number now, and the nearest one that has, as HTML; else nothing."""
    if not figure.without:
        return ""
    said = wording.sentence(view.indicator, figure, view.selection.period)
    near = zoning.offer(figure, view.theme.id, view.selection.query(), view.city.city_level)
    return f'<p class="sentence">{escape(said)}</p>{near}'


def _number(view: View, shift: Shift) -> str:
    """A change in large type, its verdict and the marks of both numbers in small."""
    if shift.difference is None:
        return f'<p class="number">{escape(change_words.verdict(shift))}</p>'
    digits = change_words.number(shift, view.indicator)
    marks = [status.words(figure.status) for figure in (shift.before, shift.after)]
    said = ", ".join(dict.fromkeys([change_words.verdict(shift), *marks]))
    return (
        f'<p class="number">{escape(digits)} '
        f'<span class="unit">{escape(change_words.unit(view.indicator))}</span> '
        f'<span class="status">{escape(said)}</span></p>'
    )
