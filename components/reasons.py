"""Signs that say why: a press on one opens the reason, in plain words, with the rule behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from components import trends
from model import remarks, signs
from model.language import _
from model.view import Figure, View


def folded(view: View, kind: str) -> str:
    """A mark in words that opens to its reason, as HTML."""
    rounded = view.safeguard.rounds(view.level.id)
    words = signs.words(kind, rounded)
    return _fold(words, remarks.why(view.safeguard, [kind], view.level.id), [kind])


def of_figure(view: View, figure: Figure) -> str:
    """Why a figure is missing or marked, folded, as HTML; nothing for a plain number."""
    kinds = view.kinds(figure)
    rounded = view.safeguard.rounds(figure.area.level) and figure.value is not None
    if not kinds and not rounded:
        return ""
    words = [signs.words(kind, rounded) for kind in kinds] + [_("gerundet")] * rounded
    name = _("Warum „{words}“?") if figure.value is None else _("Was heißt „{words}“?")
    text = remarks.why(view.safeguard, kinds, figure.area.level, figure.denominator)
    return _fold(name.format(words=", ".join(words)), text, kinds)


def key(view: View) -> None:
    """The signs of the set in use under a table, each opening to its reason."""
    _listed(view, None, _("Zeichenerklärung"))


def used(view: View, series: Collection[str] | None = None) -> None:
    """The signs a chart uses, each opening to its reason; of the series of some areas, if given."""
    if found := remarks.occurring(view, series):
        _listed(view, found, _("Zeichen in diesem Diagramm"))


def together(views: Sequence[View], head: str = _("Zeichen in diesen Karten")) -> None:
    """The signs that occur in any of several views, each opening to all reasons there are."""
    by_kind: dict[str, list[View]] = {}
    for view in views:
        for kind in remarks.occurring(view):
            by_kind.setdefault(kind, []).append(view)
    if not by_kind:
        return
    first = views[0]
    rounded = first.safeguard.rounds(first.level.id)
    items = "".join(
        f"<li><i>{escape(sign)}</i><div>{_several(by_kind[kind], kind, words)}</div></li>"
        for kind, sign, words in signs.legend(first.selection.signs, by_kind, rounded)
    )
    st.html(f'<div class="qp-legend qp-signs"><p>{escape(head)}</p><ul>{items}</ul></div>')


def _several(views: Sequence[View], kind: str, words: str) -> str:
    texts = [remarks.why(view.safeguard, [kind], view.level.id) for view in views]
    return _fold(words, " ".join(dict.fromkeys(texts)), [kind])


def _listed(view: View, only: Collection[str] | None, head: str) -> None:
    rounded = view.safeguard.rounds(view.level.id)
    shapes = {**trends.SYMBOLS} if view.selection.view == "entwicklung" else {}
    items = "".join(
        f"<li><i>{escape(shapes.get(kind, sign))}</i><div>{folded(view, kind)}</div></li>"
        for kind, sign, _words in signs.legend(view.selection.signs, only, rounded)
    )
    st.html(f'<div class="qp-legend qp-signs"><p>{escape(head)}</p><ul>{items}</ul></div>')


def _fold(name: str, text: str, kinds: Collection[str]) -> str:
    ruled = {"suppressed", "unreliable"} & set(kinds)
    rules = escape(_("Alle Regeln"))
    more = f' <a href="./ueber" target="_self">{rules}</a>' if ruled else ""
    said = f"<summary>{escape(name)}</summary><p>{escape(text)}{more}</p>"
    return f'<details class="qp-why">{said}</details>'
