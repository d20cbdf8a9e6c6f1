"""A relation in words and numbers: both coefficients, who is missing, a table, files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import streamlit as st

from components import plate_tables, tables
from loaders import releases
from loaders.relations import Pairing
from model import correlation_words, formats, overlaps, wording
from model.language import _
from model.relation import Relation
from model.view import View


def findings(pair: Pairing, release: releases.Release) -> None:
    """What the points say together: a sentence, both coefficients, cautions."""
    x, y = pair.x.indicator, pair.y.indicator
    lead = correlation_words.together(x, y, pair.found)
    counted = correlation_words.counted(pair.found, len(pair.x.figures), pair.x.level.plural)
    cautions = [*_few(pair), *overlaps.cautions(release.catalog.measures, x, y)]
    st.html(
        '<section class="qp-relation" aria-live="polite">'
        f'<p class="lead">{escape(lead)}</p><p>{escape(counted)}</p>{_coefficients(pair)}'
        + "".join(f'<p class="caution" role="note">{escape(text)}</p>' for text in cautions)
        + f"<p>{escape(correlation_words.limits())}</p>{_method()}</section>"
    )


def missing(pair: Pairing) -> None:
    """The areas that are no point because one of both numbers is missing, by the reason."""
    lines = [line for view in pair.views for line in _missing(view)]
    if lines:
        head = escape(_("Ohne Punkt:"))
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        st.html(f'<div class="qp-missing qp-unpaired"><p>{head}</p><ul>{items}</ul></div>')


def show(pair: Pairing, chosen: Relation, on_choose: Callable[[str], None]) -> None:
    """All areas with both numbers and their residents, the marked ones first."""
    tables.show("zusammenhang_tabelle", table(pair, chosen), on_choose)


def table(pair: Pairing, chosen: Relation) -> dict[str, Any]:
    """A row for each area and yardstick; signs as in every table."""
    whys = dict[tuple[str, str], str]()
    own = [figure.area.id for figure in pair.x.figures]
    order = sorted(own, key=lambda area: area not in chosen.areas)
    rows = [plate_tables.row(pair.views, area, "", whys) for area in order]
    for area, row in zip(order, rows, strict=True):
        count = pair.residents.get(area)
        row["cells"].append("–" if count is None else formats.plain(count))
        row["sort"].append(count)
    for area in plate_tables.beside(pair.views):
        row = plate_tables.row(pair.views, area, "yardstick", whys)
        rows.append({**row, "cells": [*row["cells"], ""], "sort": [*row["sort"], None]})
    return {
        "caption": _("Beide Zahlen je Gebiet"),
        "columns": [
            {"title": pair.x.level.title},
            *({"title": head, "number": True} for head in heads(pair)),
            {"title": _("Einwohner"), "number": True},
        ],
        "rows": rows,
        "chosen": list(chosen.areas),
        "linked": True,
        "height": tables.height(pair.x),
        "whys": {key: {"words": words, "text": text} for (words, text), key in whys.items()},
    }


def heads(pair: Pairing) -> list[str]:
    """Indicator, unit and period of both columns."""
    return [
        f"{view.indicator.short}, {view.indicator.unit} "
        f"({formats.period(view.selection.period, view.indicator.reference)})"
        for view in pair.views
    ]


def _few(pair: Pairing) -> list[str]:
    few = correlation_words.few(pair.found)
    return [few] if few and pair.found.lack != "few" else []


def _coefficients(pair: Pairing) -> str:
    """Both coefficients as a table; nothing where the lead says why there are none."""
    lines = correlation_words.lines(pair.found)
    if not lines:
        return ""
    heads = (_("Maß"), _("Wert"), _("Bereich (95 %)"), _("In Worten"))
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(one.name)}</th><td class="number">{escape(one.value)}</td>'
        f"<td>{escape(one.interval)}</td><td>{escape(one.words)}</td></tr>"
        for one in lines
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _method() -> str:
    name = escape(_("Wie wird gerechnet, und was heißen die Worte?"))
    text = "".join(f"<p>{escape(line)}</p>" for line in correlation_words.method())
    return f"<details><summary>{name}</summary>{text}</details>"


def _missing(view: View) -> Sequence[str]:
    return [f"{view.indicator.short}: {line}" for line in wording.missing(view)]
