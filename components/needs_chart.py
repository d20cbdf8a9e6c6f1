"""The order by need as a chart on the page, with the key of its colours."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from components import needs_bars, url
from model import needs_words
from model.language import _
from model.needs import Setting
from model.ranking import Ranking
from model.view import View


def show(found: Ranking, chosen: Setting, on_choose: Callable[[str], None]) -> None:
    """The chart and its key; `on_choose` gets the id of an area whose bar was clicked."""
    # Another key after each choice drops the built-in selection, which Python cannot clear.
    key = f"bedarfe_reihenfolge {chosen.areas}"

    def picked() -> None:
        pick = st.session_state[key].selection.get("pick")
        if pick and pick[0].get("area"):
            on_choose(str(pick[0]["area"]))

    st.vega_lite_chart(
        spec=needs_bars.order(found, chosen.areas).on_screen(needs_bars.RIGHT),
        key=key,
        on_select=picked,
        selection_mode="pick",
        theme=None,
        alt=f"{_('Reihenfolge')}: {needs_words.leading(found)}",
    )
    _key(found)


def _key(found: Ranking) -> None:
    """The colours of the indicators, each a link to its theme; what the columns mean."""
    items = "".join(
        f'<li><i style="background:{needs_bars.PAINT[i]}"></i>{_link(part.view)}</li>'
        for i, part in enumerate(found.components)
        if part.weight
    )
    said = _(
        "Balken: Beiträge zum Wert, in Standardabweichungen von der Stadt. Strich: Wert, die Summe "
        "der Beiträge. Spalte „erste {first}“: so oft unter den ersten {first}, wenn Gewichte und "
        "Zufall wechseln. ≈: Platz unsicher, weil Zahlen fehlen."
    ).format(first=found.first)
    st.html(f'<div class="qp-legend qp-parts"><ul>{items}</ul><p>{escape(said)}</p></div>')


def _link(view: View) -> str:
    """The way to the map of an indicator at the period that is weighed."""
    asked = {
        "indikator": view.indicator.id,
        "ebene": view.level.id,
        "zeit": view.selection.period,
    }
    return url.link(view.theme.id, asked, view.indicator.short)
