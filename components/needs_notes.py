"""What is said around an order by need: purpose, summary, warnings, method."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import weighing
from model import fluctuation, formats, needs_method, needs_words
from model.language import _
from model.needs import Offer, Setting
from model.ranking import Ranking


def purpose(offer: Offer, chosen: Setting) -> None:
    """What the preset asks, and whose it is."""
    preset = offer.preset(chosen.preset)
    title = weighing.preset_title(offer, chosen)
    said = f"{title}. {preset.purpose}" if preset else title + "."
    st.html(f'<p class="qp-lead">{escape(said)}</p>')


def summary(found: Ranking) -> None:
    """Who comes first and how sure that is, with what numbers cannot say."""
    lines = [needs_words.leading(found), needs_words.CAUTION]
    text = " ".join(escape(line) for line in lines)
    st.html(f'<p class="qp-needs" aria-live="polite">{text}</p>')


def places() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Where the map stands, and beside it the order."""
    picture, order = st.container(key="bild").columns([1, 1.15], gap="medium")
    return picture, order


def robustness(found: Ranking) -> None:
    """What was tried, and who has no place."""
    lines = [
        _(
            "{draws} zufällige Gewichtungen dieser Indikatoren, und {draws}-mal neu gezogene "
            "Zahlen: So oft steht jedes Gebiet unter den ersten {first}."
        ).format(draws=formats.number(found.draws), first=found.first),
        fluctuation.CLUSTERED,
        *([left] if (left := needs_words.left_out(found)) else []),
    ]
    st.html(_paragraphs(lines, "qp-missing qp-notes"))


def overlaps(found: Ranking) -> None:
    """Warnings where two indicators say the same."""
    for text in needs_words.overlaps(found):
        st.html(f'<p class="qp-needs warning" role="note">{escape(text)}</p>')


def method(found: Ranking) -> None:
    """How all this is computed, folded."""
    text = "".join(f"<p>{escape(line)}</p>" for line in needs_method.paragraphs(found))
    name = escape(_("Rechenweg, Regeln und Grenzen"))
    st.html(f'<div class="qp-explain"><details><summary>{name}</summary>{text}</details></div>')


def _paragraphs(lines: list[str], look: str) -> str:
    return f'<div class="{look}">{"".join(f"<p>{escape(line)}</p>" for line in lines)}</div>'
