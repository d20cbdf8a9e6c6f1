"""Level and direction of all areas: their map, its key as a small table, and the rule."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from components import colours, maps, reasons, typology_painting
from loaders import releases
from model import change_words, signs, typology, wording
from model.changes import Comparison
from model.language import _
from model.typology import DIRECTIONS, LEVELS, Typology
from model.view import View


def show(
    view: View,
    comparison: Comparison,
    release: releases.Release,
    on_choose: Callable[[str], None],
    hatched: bool,
) -> None:
    """The map of groups with its key, who is in which, and the rule; or why there are none."""
    found = typology.typology(view, comparison)
    if found is None:
        st.info(typology.why_not(view, comparison))
        return
    maps.choropleth(view, release, on_choose)
    _legend(view, found, hatched)
    told = [f"{wording.initial(line)}." for line in typology.named(found)]
    said = [*told, typology.rule(view, found, comparison)]
    st.html("".join(f'<p class="qp-missing">{escape(line)}</p>' for line in said))


def _legend(view: View, found: Typology, hatched: bool) -> None:
    """The groups as a table of level by direction with their counts; who is in none, below."""
    heads = "".join(
        f"<th scope='col'>{typology_painting.SIGNS.get(name, '')} "
        f"{escape(change_words.state(name))}</th>"
        for name in DIRECTIONS
    )
    rows = "".join(
        f"<tr><th scope='row'>{escape(typology.level_words(level))}</th>"
        + "".join(_cell(found, (level, direction)) for direction in DIRECTIONS)
        + "</tr>"
        for level in LEVELS
    )
    note = f" · {view.level.map_note}" if view.level.map_note else ""
    title = _("Lage (Zeilen) und Verlauf (Spalten), Anzahl der {plural}").format(plural=view.areas)
    st.html(
        f'<div class="qp-legend qp-groups"><p>{escape(title)}<b>{escape(note)}</b></p>'
        f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<ul>{_others(view, found, hatched)}</ul></div>"
    )


def _cell(found: Typology, group: typology.Group) -> str:
    names, fill = found.members(group), typology_painting.fill(group)
    ink = "#fff" if colours.dark(fill) else colours.INK
    said = f"{typology.words(group)}: {', '.join(names)}" if names else typology.words(group)
    return (
        f'<td style="background:{fill};color:{ink}" title="{escape(said)}">{len(names) or ""}</td>'
    )


def _others(view: View, found: Typology, hatched: bool) -> str:
    items = []
    for name, _none in (key for key in typology_painting.KEYS if not key[1]):
        count = len(found.members((name, "")))
        if not count:
            continue
        patterned = hatched and name in colours.PATTERNS
        colour = colours.PATTERNS[name] if patterned else typology_painting.fill((name, ""))
        label = (
            reasons.folded(view, name)
            if name in signs.SETS["classic"]
            else f"<b>{escape(change_words.state(name))}</b>"
        )
        areas = view.level.title if count == 1 else view.level.plural
        items.append(
            f'<li><i style="background:{colour}"></i><div>{label}'
            f"<span>{count} {escape(areas)}</span></div></li>"
        )
    return "".join(items)
