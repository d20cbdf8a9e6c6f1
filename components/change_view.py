"""The view of changes: what it is counted from, map, slopes or groups, dots, table."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from components import (
    canvas,
    change_charts,
    change_painting,
    change_slopes,
    change_tables,
    colours,
    maps,
    reasons,
    tables,
    typology_view,
    url,
)
from loaders import releases
from model import (
    before_after,
    change_sentences,
    change_words,
    changes,
    formats,
    selection,
    signs,
    status,
    wording,
)
from model.changes import Comparison
from model.language import _
from model.selection import START, STEP
from model.view import View

PICTURE_NAMES = {
    "karte": _("Karte"),
    "steigung": _("Linien"),
    "lage": _("Lage und Verlauf"),
}
SINCE_NAMES = {STEP: _("Letzter Schritt"), START: _("Seit Beginn")}


def picture(view: View, release: releases.Release, on_choose: Callable[[str], None]) -> None:
    """Controls, map with legend and dots; or why there is nothing to compare."""
    before = changes.base(view)
    if before is None:
        st.info(_nothing_before(view))
        return
    _since(view, before)
    comparison = changes.between(view, before)
    if comparison.blocked:
        st.info(" ".join(change_sentences.breaks(view, comparison)))
        return
    _lines(change_sentences.together(view, comparison), "qp-change")
    _pictures(view)
    hatched = maps.renderer(view.selection.renderer) == "svg"
    match view.selection.picture:
        case "steigung":
            _slopes(view, comparison, on_choose)
        case "lage":
            typology_view.show(view, comparison, release, on_choose, hatched)
        case _:
            maps.choropleth(view, release, on_choose)
            _legend(view, hatched)
            if comparison.changed:
                _dots(view, comparison, on_choose)
    happened = before_after.between(view, comparison.before, comparison.after)
    for line in [*change_sentences.breaks(view, comparison), *happened]:
        _lines(line, "qp-missing")
    _lines(change_sentences.rule(view.indicator), "qp-missing")


def table(view: View, on_choose: Callable[[str], None]) -> None:
    """Before, after, change, limits and verdict of all areas, and the key to the signs."""
    if before := changes.base(view):
        data = change_tables.current(view, changes.between(view, before))
        tables.show("veraenderungen", data, on_choose)
        reasons.key(view)


def _nothing_before(view: View) -> str:
    if len(changes.periods(view)) == 1:
        return _("Bisher gibt es hier nur einen Zeitpunkt, also noch keine Veränderung.")
    return _(
        "Vor diesem Zeitpunkt gibt es keinen anderen. Wählen Sie oben einen späteren, dann steht "
        "hier die Veränderung."
    )


def _since(view: View, before: str) -> None:
    """What the change is counted from: two quick choices and every earlier period."""
    chosen, reference = view.selection, view.indicator.reference
    earlier = selection.earlier(changes.periods(view), chosen.period)[::-1]
    quick, period = st.container(key="ausgang").columns([1.5, 1], vertical_alignment="bottom")
    with period:
        url.field(
            st.selectbox,
            _("Verglichen mit"),
            "seit",
            before,
            lambda since: url.change(chosen, since=since),
            options=earlier,
            format_func=lambda each: formats.period(each, reference),
        )
    if len(earlier) == 1:
        return
    with quick:
        url.field(
            st.segmented_control,
            _("Zeitraum der Veränderung"),
            "seit schnell",
            chosen.since if chosen.since in selection.SINCE else None,
            lambda since: url.change(chosen, since=since or chosen.since),
            options=selection.SINCE,
            format_func=SINCE_NAMES.__getitem__,
        )


def _pictures(view: View) -> None:
    """How the changes are drawn."""
    chosen = view.selection
    url.field(
        st.segmented_control,
        _("Darstellung"),
        "darstellung",
        chosen.picture,
        lambda picture: url.change(chosen, picture=picture or chosen.picture),
        options=selection.PICTURES,
        format_func=PICTURE_NAMES.__getitem__,
        required=True,
        label_visibility="collapsed",
    )


def _legend(view: View, hatched: bool) -> None:
    """States with colours and how many areas are in each; a press on a reason says why."""
    painted = canvas.painted(view)
    marked = {
        painted.codes[figure.area.id]: figure.area.name
        for figure in reversed(view.chosen)
        if figure.area.id in painted.codes
    }
    items = []
    for code, (kind, _size) in enumerate(change_painting.KEYS):
        count = painted.count(code)
        if not count and code not in painted.always:
            continue
        patterned = hatched and kind in colours.PATTERNS
        colour = colours.PATTERNS[kind] if patterned else painted.fills[code]
        sign = view.sign([kind]) if kind in status.ABSENT and not hatched else ""
        label = (
            reasons.folded(view, kind)
            if kind in signs.SETS["classic"]
            else f"<b>{escape(painted.names[code])}</b>"
        )
        areas = view.level.title if count == 1 else view.level.plural
        mark = f'<br><span class="mark">▲ {escape(marked[code])}</span>' if code in marked else ""
        items.append(
            f'<li><i style="background:{colour}">{escape(sign)}</i><div>{label}'
            f"<span>{count} {escape(areas)}{mark}</span></div></li>"
        )
    note = f" · {view.level.map_note}" if view.level.map_note else ""
    head = f"{escape(change_words.measure(view.indicator))}<b>{escape(note)}</b>"
    st.html(f'<div class="qp-legend"><p>{head}</p><ul>{"".join(items)}</ul></div>')


def _dots(view: View, comparison: Comparison, on_choose: Callable[[str], None]) -> None:
    drawn = change_charts.dots(view, comparison).on_screen()
    _clickable("veraenderung", drawn, view, comparison, on_choose)


def _slopes(view: View, comparison: Comparison, on_choose: Callable[[str], None]) -> None:
    if not comparison.changed:
        st.info(_("Hier gibt es keine zwei Werte, zwischen denen eine Linie stehen könnte."))
        return
    drawn = change_slopes.slopes(view, comparison).on_screen(right=8)
    _clickable("steigung", drawn, view, comparison, on_choose)
    named = " · ".join(wording.initial(line) for line in change_sentences.named(view, comparison))
    _lines(named, "qp-missing")


def _clickable(
    kind: str,
    spec: dict[str, Any],
    view: View,
    comparison: Comparison,
    on_choose: Callable[[str], None],
) -> None:
    # Another key after each choice drops the built-in selection, which Python cannot clear.
    key = f"{kind} {view.selection.areas}"

    def chosen() -> None:
        picked = st.session_state[key].selection.get("pick")
        if picked and picked[0].get("area"):
            on_choose(str(picked[0]["area"]))

    st.vega_lite_chart(
        spec=spec,
        key=key,
        on_select=chosen,
        selection_mode="pick",
        theme=None,
        alt=change_sentences.alternative(view, comparison),
    )


def _lines(text: str, name: str) -> None:
    if text:
        st.html(f'<p class="{name}">{escape(text)}</p>')
