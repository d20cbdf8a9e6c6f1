"""The legend of a map: classes with counts, reasons for no figure, marks of the numbers."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import colours, reasons
from model import classes, formats, signs, status
from model.view import View


def show(view: View, hatched: bool) -> None:
    """Classes with their colours and how many areas fall into each; missing ones apart.

    `hatched` says whether the map above tells missing figures by pattern or by plain grey. A
    press on a reason, or on a mark of the numbers, says why.
    """
    counts, filled = view.counts(), len(view.limits) + 1
    labels = classes.labels(view.limits, view.indicator.decimals)
    marked = {view.code(figure): figure.area.name for figure in reversed(view.chosen)}
    swatches = colours.PATTERNS if hatched else colours.ABSENT
    items = [
        _legend_item(view, f"<b>{escape(label)}</b>", count, _swatch(colour), marked.get(code))
        for code, (label, count, colour) in enumerate(
            zip(labels, counts, colours.scale(filled), strict=False)
        )
    ]
    items += [
        _legend_item(view, reasons.folded(view, name), count, swatch, marked.get(filled + code))
        for code, name in enumerate(status.ABSENT)
        if (count := counts[filled + code])
        and (swatch := _swatch(swatches[name], "" if hatched else view.sign([name])))
    ]
    marks = [
        kind for figure in view.figures if figure.value is not None for kind in view.kinds(figure)
    ]
    items += [
        _legend_item(view, reasons.folded(view, kind), marks.count(kind), _swatch("#fff", sign))
        for kind, sign, _meaning in signs.legend(view.selection.signs, marks)
    ]
    head = formats.base(view.indicator)
    note = f" · {view.level.map_note}" if view.level.map_note else ""
    st.html(
        f'<div class="qp-legend"><p>{escape(head)}<b>{escape(note)}</b></p>'
        f"<ul>{''.join(items)}</ul></div>"
    )


def _swatch(background: str, sign: str = "") -> str:
    return f'<i style="background:{background}">{escape(sign)}</i>'


def _legend_item(view: View, label: str, count: int, swatch: str, marked: str | None = None) -> str:
    areas = view.level.title if count == 1 else view.level.plural
    mark = f'<br><span class="mark">▲ {escape(marked)}</span>' if marked else ""
    return f"<li>{swatch}<div>{label}<span>{count} {escape(areas)}{mark}</span></div></li>"
