"""How to read the figures: status words, arithmetic, classes, keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from loaders.releases import Withdrawn
from model import signs, wording
from model.language import _

ARITHMETIC = _(
    "Anteile und Quoten sind immer die Summe der gezählten Fälle geteilt durch die Summe "
    "aller, auf die sie sich beziehen. Der Wert der Stadt ist deshalb nicht der Durchschnitt "
    "der Werte ihrer Gebiete. Zahlen eines Jahres (etwa Geburten) beziehen sich auf die "
    "Bevölkerung am Ende dieses Jahres. Kleine Unterschiede zwischen Gebieten können Zufall "
    "sein, besonders wo nur wenige Menschen leben."
)
"""How shares, rates and the city's figure are computed."""


def reading(chosen: str) -> None:
    """The guide as text with headings; `chosen` is the set of signs."""
    listed = "".join(
        f"<dt>{escape(sign)} {escape(wording.initial(meaning))}</dt>"
        f"<dd>{escape(signs.reason(kind))}</dd>"
        for kind, sign, meaning in signs.legend(chosen)
    )
    coloured = _(
        "Eine Klasse der Karte reicht von ihrem unteren Wert bis unter den nächsten; ein Wert "
        "genau auf der Grenze gehört zur oberen Klasse. Eingeteilt wird nach den gerundeten "
        "Werten, wie sie in der Tabelle stehen. Auf der einfachen Karte sind geheim "
        "gehaltene Werte gepunktet, unsichere waagerecht, nicht erhobene schräg und nicht "
        "sinnvolle gekreuzt schraffiert; auf der zoombaren steht der Grund beim Namen. Eine echte "
        "Null ist "
        "ein Wert wie jeder andere, mit eigenem Zeichen. In der Entwicklung sind veröffentlichte "
        "Zahlen Kreise, Modellwerte Rauten, geschätzte Quadrate, vorläufige Dreiecke und "
        "berichtigte hohl; was fehlt, steht als Zeichen in Klammern am unteren Rand."
    )
    keyboard = _(
        "Auf der einfachen Karte führen die Pfeiltasten von Gebiet zu Gebiet, die Eingabetaste "
        "wählt aus. Jede Karte und jedes Diagramm gibt es auch als Tabelle."
    )
    parts = (
        (_("Was die Zeichen und Wörter bedeuten"), f"<dl>{listed}</dl>"),
        (_("Wie gerechnet wird"), f"<p>{escape(ARITHMETIC)}</p>"),
        (_("Farben und Klassen"), f"<p>{escape(coloured)}</p>"),
        (_("Tastatur"), f"<p>{escape(keyboard)}</p>"),
    )
    body = "".join(f"<h2>{escape(name)}</h2>{text}" for name, text in parts)
    st.html(f'<div class="qp-text">{body}</div>')


def withdrawn(gone: Sequence[Withdrawn]) -> None:
    """Which releases, as exports and quotations name them, are not to be used any more."""
    if not gone:
        return
    why = _("Wer Zahlen aus diesen Veröffentlichungen hat, soll sie nicht mehr verwenden.")
    listed = "".join(
        f"<dt>{escape(one.id)}</dt><dd>{escape(' '.join((one.day, one.reason)).strip())}</dd>"
        for one in gone
    )
    head = escape(_("Zurückgezogene Veröffentlichungen"))
    st.html(f'<div class="qp-text"><h2>{head}</h2><p>{escape(why)}</p><dl>{listed}</dl></div>')
