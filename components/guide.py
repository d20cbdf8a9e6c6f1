"""How to read the figures: status words, arithmetic, classes, keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from loaders.releases import Withdrawn
from model import status, wording
from model.language import _


def reading() -> None:
    """The guide as text with headings."""
    modelled = _(
        "Mit einem Modell berechnet, weil keine veröffentlichte Zahl vorliegt. Keine amtliche Zahl."
    )
    estimated = _(
        "Aus einem früheren Gebietszuschnitt anteilig auf die heutigen Gebiete umgerechnet."
    )
    terms = {"estimated": estimated, "modelled": modelled} | {
        s: status.reason(s) for s in sorted(status.MISSING)
    }
    listed = "".join(
        f"<dt>{escape(wording.initial(status.words(name)))} {escape(status.sign(name))}</dt>"
        f"<dd>{escape(text)}</dd>"
        for name, text in terms.items()
    )
    arithmetic = _(
        "Anteile und Quoten sind immer die Summe der gezählten Fälle geteilt durch die Summe "
        "aller, auf die sie sich beziehen. Der Wert der Stadt ist deshalb nicht der Durchschnitt "
        "der Werte ihrer Gebiete. Zahlen eines Jahres (etwa Geburten) beziehen sich auf die "
        "Bevölkerung am Ende dieses Jahres. Kleine Unterschiede zwischen Gebieten können Zufall "
        "sein, besonders wo nur wenige Menschen leben."
    )
    coloured = _(
        "Eine Klasse der Karte reicht von ihrem unteren Wert bis unter den nächsten; ein Wert "
        "genau auf der Grenze gehört zur oberen Klasse. Eingeteilt wird nach den gerundeten "
        "Werten, wie sie in der Tabelle stehen. Auf der einfachen Karte sind geheim "
        "gehaltene Werte gepunktet, fehlende schraffiert; eine echte Null ist ein Wert wie jeder "
        "andere."
    )
    keyboard = _(
        "Auf der einfachen Karte führen die Pfeiltasten von Gebiet zu Gebiet, die Eingabetaste "
        "wählt aus. Jede Karte und jedes Diagramm gibt es auch als Tabelle."
    )
    parts = (
        (_("Was die Wörter bedeuten"), f"<dl>{listed}</dl>"),
        (_("Wie gerechnet wird"), f"<p>{escape(arithmetic)}</p>"),
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
