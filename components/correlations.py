"""The correlations of all indicators of a theme as a table whose cells lead to the scatter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from components import relating, url
from loaders import relations, releases
from loaders.relations import Cell
from model import correlation_words, formats, overlaps, relation
from model.catalog import Indicator
from model.correlation import FEW
from model.language import _
from model.relation import POINTS, RANKS, Relation

_PAINT = ("#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788")
"""ColorBrewer's PuOr from -1 to 1: apart also for colour-blind eyes, neither end good or bad."""
_LIMITS = (-0.7, -0.3, -0.1, 0.1, 0.3, 0.7)
_LIGHT = ("#b35806", "#542788")
N = _("n: Gebiete mit beiden Zahlen.")
"""What the number of areas in each cell is."""
_COUNTED = ' class="n"'


def show(release: releases.Release, chosen: Relation) -> None:
    """The matrix of the chosen theme, its key, and what many comparisons at once mean."""
    found = relations.indicators_of(release, chosen.theme, chosen.level)
    if len(found) < 2:
        text = _("Dieses Thema hat hier nur einen Indikator. Wählen Sie ein anderes Thema.")
        st.html(f'<p class="qp-lead">{escape(text)}</p>')
        return
    opens = _("Ein Klick öffnet das Paar.")
    st.html(
        f'<p class="qp-lead">{escape(lead(chosen))} {escape(opens)}</p>'
        f'<p class="qp-matrix-title">{escape(title(release, chosen))}</p>{matrix(release, chosen)}'
    )


def matrix(release: releases.Release, chosen: Relation) -> str:
    """The matrix of a theme of two indicators or more with its key, as HTML."""
    found = relations.indicators_of(release, chosen.theme, chosen.level)
    cells = relations.matrix(release, chosen.theme, chosen.level)
    name = escape(title(release, chosen))
    return (
        f'<div class="qp-matrix" tabindex="0" role="region" aria-label="{name}">'
        f"{_table(release, chosen, found, cells)}</div>{_key(cells)}"
    )


def _table(
    release: releases.Release,
    chosen: Relation,
    found: Sequence[Indicator],
    cells: Mapping[tuple[str, str], Cell],
) -> str:
    numbered = list(enumerate(found, start=1))
    head = "".join(
        f'<th scope="col"><abbr title="{escape(one.short)}">{place}</abbr></th>'
        for place, one in numbered
    )
    body = "".join(
        f'<tr><th scope="row"><b>{place}</b> {escape(one.short)}</th>'
        + "".join(_cell(release, chosen, one, other, cells) for other in found)
        + "</tr>"
        for place, one in numbered
    )
    first = escape(_("Indikator"))
    return (
        f'<table><thead><tr><th scope="col">{first}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cell(
    release: releases.Release,
    chosen: Relation,
    one: Indicator,
    other: Indicator,
    cells: Mapping[tuple[str, str], Cell],
) -> str:
    """A cell with its number, the areas behind it, and its mark; it leads to the scatter."""
    if one.id == other.id:
        return '<td class="same"></td>'
    found = cells.get((other.id, one.id)) or cells[one.id, other.id]
    ranked = chosen.coefficient == RANKS
    told = found.found.spearman if ranked else found.found.pearson
    asked = replace(chosen, x=other.id, y=one.id, period=found.step, picture=POINTS)
    shared = bool(overlaps.cautions(release.catalog.measures, one, other))
    said = [f"{one.short}, {other.short}"]
    if told is None:
        said.append(correlation_words.lack(found.found))
        paint, number, mark = "#ffffff", "–", ""
    else:
        paint = _PAINT[sum(told.value > limit for limit in _LIMITS)]
        number = correlation_words.number(told.value)
        mark = "*" if (found.holds if ranked else found.linear) else ""
        said.append(_("{value}, {n} Gebiete").format(value=number, n=found.found.n))
        said.append(_("mehr als Zufall") if mark else _("vom Zufall nicht zu unterscheiden"))
    if shared:
        said.append(_("gemeinsame Basis oder Zählung"))
    when = _("neueste") if found.step == relation.NEWEST else found.step[:4]
    said.append(when)
    few = " few" if found.found.n < FEW else ""
    light = " light" if paint in _LIGHT else ""
    address = escape(url.address(relating.PAGE, asked.query()))
    return (
        f'<td class="{(few + light).strip()}" style="background:{paint}">'
        f'<a href="{address}" target="_self" aria-label="{escape("; ".join(said))}">'
        f"<b>{escape(number)}{mark}</b>{'<i>°</i>' if shared else ''}"
        f"<small>n = {found.found.n}</small></a></td>"
    )


def title(release: releases.Release, chosen: Relation) -> str:
    """What the matrix shows."""
    theme = release.catalog.theme(chosen.theme).title
    level = release.catalog.city.level(chosen.level).plural
    name = _("Spearman") if chosen.coefficient == RANKS else _("Pearson")
    return _("{theme}: Zusammenhänge der Indikatoren ({level}, {name})").format(
        theme=theme, level=level, name=name
    )


def lead(chosen: Relation) -> str:
    """How the table is read."""
    measure = (
        _("Verglichen wird die Reihenfolge der Gebiete.")
        if chosen.coefficient == RANKS
        else _("Gemessen wird, wie nah die Punkte an einer geraden Linie liegen.")
    )
    return _(
        "Jede Zelle zeigt, wie zwei Indikatoren zusammenhängen: von −1 (gegenläufig) bis 1 "
        "(gleichgerichtet). {measure} Jedes Paar steht zu seinem neuesten gemeinsamen Zeitpunkt."
    ).format(measure=measure)


def _key(cells: Mapping[tuple[str, str], Cell]) -> str:
    """The colours, the marks, and that some of many pairs look related by chance alone."""
    edges = ["−1", *(formats.number(limit, 1) for limit in _LIMITS), "1"]
    swatches = "".join(
        f'<li><i style="background:{paint}"></i>'
        f"{escape(_('{low} bis {high}').format(low=low, high=high))}</li>"
        for paint, low, high in zip(_PAINT, edges[:-1], edges[1:], strict=True)
    )
    # Slides have no room for n in each cell, nor for what it means.
    notes = "".join(
        f"<p{_COUNTED if line == N else ''}>{escape(line)}</p>" for line in cautions(cells)
    )
    return (
        f'<div class="qp-legend qp-matrix-key"><ul>{swatches}</ul></div>'
        f'<div class="qp-missing qp-notes">{notes}</div>'
    )


def cautions(cells: Mapping[tuple[str, str], Cell]) -> list[str]:
    """What the marks mean, and what the coefficients do not say."""
    return [
        _(
            "* mehr als Zufall, alle {pairs} Paare gemeinsam geprüft (nach Benjamini und Hochberg: "
            "Im Mittel sind höchstens 5 % der Sterne Zufall)."
        ).format(pairs=len(cells)),
        _("° gemeinsame Basis oder Zählung: Schon dadurch können sich beide gemeinsam bewegen."),
        N,
        _("Kursiv: weniger als {few} Gebiete mit beiden Zahlen.").format(few=FEW),
        correlation_words.limits(),
    ]
