"""The view of changes: what it is counted from, map with legend, dots with limits, table."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from components import (
    canvas,
    change_charts,
    change_painting,
    change_tables,
    colours,
    maps,
    panel,
    reasons,
    tables,
    url,
)
from loaders import releases
from model import (
    change_sentences,
    change_words,
    changes,
    formats,
    selection,
    signs,
    status,
    wording,
)
from model.changes import Comparison, Shift
from model.language import _
from model.selection import START, STEP
from model.view import View

SINCE_NAMES = {STEP: _("Letzter Schritt"), START: _("Seit Beginn")}


def picture(view: View, release: releases.Release, on_choose: Callable[[str], None]) -> None:
    """Controls, map with legend and dots; or why there is nothing to compare."""
    before = changes.base(view)
    if before is None:
        st.info(
            _(
                "Vor diesem Zeitpunkt gibt es keinen anderen. Wählen Sie oben einen späteren, "
                "dann steht hier die Veränderung."
            )
        )
        return
    _since(view, before)
    comparison = changes.between(view, before)
    if comparison.blocked:
        st.info(" ".join(change_sentences.breaks(view, comparison)))
        return
    _lines(change_sentences.together(view, comparison), "qp-change")
    maps.choropleth(view, release, on_choose)
    _legend(view, hatched=maps.renderer(view.selection.renderer) == "svg")
    for line in change_sentences.breaks(view, comparison):
        _lines(line, "qp-missing")
    if comparison.changed:
        _dots(view, comparison, on_choose)
    _lines(change_sentences.rule(view.indicator), "qp-missing")


def figures(view: View) -> None:
    """The chosen areas, or the city, with their change, the short and the long term."""
    before = changes.base(view)
    if before is None:
        panel.figures(view)
        return
    comparison = changes.between(view, before)
    shown = [figure.area.id for figure in (view.chosen or view.in_front)]
    blocks = "".join(_block(view, comparison, area, place) for place, area in enumerate(shown))
    st.html(f'<section class="qp-figures" aria-live="polite">{blocks}</section>')


def table(view: View, on_choose: Callable[[str], None]) -> None:
    """Before, after, change, limits and verdict of all areas, and the key to the signs."""
    if before := changes.base(view):
        data = change_tables.current(view, changes.between(view, before))
        tables.show("veraenderungen", data, on_choose)
        reasons.key(view)


def _since(view: View, before: str) -> None:
    """What the change is counted from: two quick choices and every earlier period."""
    chosen, reference = view.selection, view.indicator.reference
    earlier = selection.earlier(changes.periods(view), chosen.period)[::-1]
    quick, period = st.container(key="ausgang").columns([1.5, 1], vertical_alignment="bottom")
    st.session_state["seit"] = before
    with period:
        st.selectbox(
            _("Verglichen mit"),
            earlier,
            format_func=lambda each: formats.period(each, reference),
            key="seit",
            on_change=lambda: url.change(chosen, since=st.session_state["seit"]),
        )
    if len(earlier) == 1:
        return
    st.session_state["seit schnell"] = chosen.since if chosen.since in selection.SINCE else None
    with quick:
        st.segmented_control(
            _("Zeitraum der Veränderung"),
            selection.SINCE,
            format_func=SINCE_NAMES.__getitem__,
            key="seit schnell",
            on_change=lambda: url.change(
                chosen, since=st.session_state["seit schnell"] or chosen.since
            ),
        )


def _legend(view: View, hatched: bool) -> None:
    """States with colours and how many areas are in each; a press on a reason says why."""
    painted = canvas.painted(view)
    marked = {painted.codes[figure.area.id]: figure.area.name for figure in reversed(view.chosen)}
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
    # Another key after each choice drops the built-in selection, which Python cannot clear.
    key = f"veraenderung {view.selection.areas}"

    def chosen() -> None:
        picked = st.session_state[key].selection.get("pick")
        if picked and picked[0].get("area"):
            on_choose(str(picked[0]["area"]))

    st.vega_lite_chart(
        spec=change_charts.dots(view, comparison).on_screen(),
        key=key,
        on_select=chosen,
        selection_mode="pick",
        theme=None,
        alt=change_sentences.alternative(view, comparison),
    )


def _block(view: View, comparison: Comparison, area: str, place: int) -> str:
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
        f'{_number(view, shift)}<p class="sentence">{sentence}</p>{terms}</div>'
    )


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


def _lines(text: str, name: str) -> None:
    if text:
        st.html(f'<p class="{name}">{escape(text)}</p>')
