"""How far chance alone moves what a chart shows: the switch above it, the sentences below."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import swings, url
from model import fluctuation
from model.language import _
from model.view import View


def switch(view: View) -> None:
    """Intervals on or off, where a chart can draw them."""
    if not swings.offered(view):
        return
    url.field(
        st.toggle,
        _("Zufallsschwankung zeigen"),
        "intervalle",
        view.selection.intervals,
        lambda shown: url.change(view.selection, intervals=shown),
    )


def notes(view: View) -> None:
    """What the intervals mean, and for each chosen area what was counted."""
    said = swings.notes(view)
    if not said:
        return
    unit = fluctuation.unit_of(view.city, view.indicator)
    said += [
        fluctuation.sentence(
            view.indicator, figure, unit, rounded=view.safeguard.rounds(figure.area.level)
        )
        for figure in view.chosen
    ]
    lines = "".join(f"<p>{escape(line)}</p>" for line in said)
    st.html(f'<div class="qp-missing qp-notes" aria-live="polite">{lines}</div>')
