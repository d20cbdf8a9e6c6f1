"""Step 3 of the workbench: what the new data change in the published ones, biggest first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from components import tables, workbench
from model import formats, wording
from model.language import _, plural


def show(key: str, told: Mapping[str, Any] | None, caption: str) -> None:
    """Changes of all themes or one, counted by kind and listed; None: nothing to compare with."""
    if not told or told["before"] is None:
        workbench.quiet(
            _("Von dieser Stadt ist noch kein Datenstand veröffentlicht: Alle Werte sind neu.")
        )
        return
    themes = {theme["id"]: theme for theme in told["themes"]}
    chosen = _theme(key, themes)
    kinds = chosen["kinds"]
    if not kinds and not chosen["declared"]:
        against = _("Kein Unterschied zum veröffentlichten Datenstand {release}.")
        workbench.quiet(against.format(release=told["before"]))
        return
    st.html(_counts(kinds))
    titles = [kind["title"] for kind in kinds]
    wanted = titles
    if len(titles) > 1:
        wanted = st.pills(
            _("Art der Änderung"), titles, selection_mode="multi", default=titles, key=f"{key} art"
        )
    shown = [kind for kind in kinds if kind["title"] in wanted]
    if shown:
        tables.plain(f"{key} tabelle", listed(shown, caption.format(release=told["before"])))
    if chosen["declared"]:
        st.html(_declared(chosen["declared"]))


def _theme(key: str, themes: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    if len(themes) == 1:
        return themes[""]
    theme = st.selectbox(
        _("Thema"),
        [theme for theme in themes if theme],
        index=None,
        format_func=lambda theme: themes[theme]["title"],
        placeholder=_("Alle Themen"),
        key=f"{key} thema",
    )
    return themes[theme or ""]


def _counts(kinds: list[Mapping[str, Any]]) -> str:
    lines = "".join(
        f"<li><b>{escape(wording.initial(kind['title']))}: {_values(kind['cells'])}.</b> "
        f"{escape(kind['meaning'])}</li>"
        for kind in kinds
    )
    return f'<div class="qp-bench"><ul>{lines}</ul></div>'


def _values(number: int) -> str:
    return plural("{n} Wert", "{n} Werte", number).format(n=formats.number(number))


def listed(kinds: list[Mapping[str, Any]], caption: str) -> dict[str, Any]:
    """The biggest changes of some kinds as a table."""
    rows = []
    for kind in kinds:
        for one in kind["absolute"]:
            texts = [one["subject"], kind["title"], one["cell"], one["before"], one["after"]]
            texts += [one["absolute"], one["relative"], one["place"]]
            sort = [*texts[:3], *map(number, texts[3:7]), one["place"]]
            rows.append({"id": "", "cells": texts, "sort": sort})
    heads = (
        _("Was"),
        _("Art"),
        _("Gebiet, Zeitpunkt, Merkmale"),
        _("Vorher"),
        _("Jetzt"),
        _("Änderung"),
        _("in Prozent"),
        _("Stelle"),
    )
    return {
        "caption": caption,
        "columns": [{"title": head, "number": 3 <= at <= 6} for at, head in enumerate(heads)],
        "rows": rows,
        "chosen": [],
        "height": 520,
        "texts": True,
    }


def number(text: str) -> float | None:
    """What a German number says, to sort by; None where none stands."""
    bare = text.partition("(")[0].replace(".", "").replace(",", ".").replace("−", "-")
    try:
        return float("".join(c for c in bare if c in "+-.0123456789"))
    except ValueError:
        return None


def _declared(declared: list[Mapping[str, Any]]) -> str:
    items = "".join(
        f"<li><b>{escape(one['what'])} {escape(one['title'])}</b><ul>"
        + "".join(f"<li>{escape(line)}</li>" for line in one["lines"])
        + "</ul></li>"
        for one in declared
    )
    head = escape(_("Anders erklärt"))
    return f'<div class="qp-bench"><h3>{head}</h3><ul>{items}</ul></div>'
