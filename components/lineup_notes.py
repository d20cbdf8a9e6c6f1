"""What is said under areas side by side: what bars, words and signs mean, and why numbers miss."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from model import caveats, fluctuation, remarks, signs
from model.language import _
from model.lineup import Row
from model.view import Figure


def bars() -> str:
    """What the bars of a comparison can be held against."""
    return _("Balken gelten nur innerhalb einer Zeile.")


def notes(rows: Sequence[Row]) -> list[str]:
    """What words and signs of the table mean."""
    said = [
        _(
            "„Deutlich“ heißt: Der Unterschied zur übrigen Stadt ist größer, als der Zufall "
            "erklärt (95 %), und zur ganzen Stadt beträgt er mindestens ein Zehntel "
            "(bei Anteilen über 50 %: ein Zehntel dessen, was auf 100 % fehlt). Wo nichts "
            "anders ist, steht trotzdem in etwa einem von zwanzig Fällen „deutlich“. „Im Rahmen "
            "des Zufalls“: Der Wert ist anders, aber der Zufall kann es erklären. „Nicht "
            "vergleichbar“: Eine Zahl fehlt, oder der Zufall lässt sich nicht beziffern."
        ),
        fluctuation.CLUSTERED,
        *caveats.modelled([row.view for row in rows]),
    ]
    listed = "; ".join(f"{sign} = {word}" for sign, word, _why in _reasons(rows))
    return [*said, *([_("Zeichen: {signs}").format(signs=listed)] if listed else [])]


def key(rows: Sequence[Row]) -> None:
    """The same below the table; why values are missing is folded."""
    folded = "".join(
        f"<dt>{escape(f'{sign} = {word}')}</dt><dd>{_paragraphs(why)}</dd>"
        for sign, word, why in _reasons(rows)
    )
    title = escape(_("Was die Zeichen bedeuten und warum Zahlen fehlen"))
    fold = f"<details><summary>{title}</summary><dl>{folded}</dl></details>" if folded else ""
    st.html(f'<div class="qp-missing qp-notes">{_paragraphs(notes(rows))}{fold}</div>')


def _reasons(rows: Sequence[Row]) -> list[tuple[str, str, list[str]]]:
    """Sign, words and reasons of each mark in the rows, in the order of the signs."""
    found: dict[str, dict[str, None]] = {}
    for row in rows:
        for figure in _shown(row):
            for kind in row.view.kinds(figure):
                guard = row.view.safeguard
                why = remarks.why(guard, [kind], figure.area.level, figure.denominator)
                found.setdefault(kind, {})[why] = None
    known = signs.SETS[rows[0].view.selection.signs] if rows else {}
    return [(known[kind], signs.words(kind), list(found[kind])) for kind in known if kind in found]


def _shown(row: Row) -> tuple[Figure, ...]:
    return (*(line.figure for line in row.lines), *row.beside)


def _paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)
