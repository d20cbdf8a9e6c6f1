"""The address of a relation of two indicators, the controls that write it, and the way there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from components import url
from loaders import releases
from model import formats, relation, selection
from model.language import _
from model.mapset import Offer
from model.relation import MATRIX, POINTS, Relation
from model.view import View

PAGE = "zusammenhaenge"
_PICTURES = {POINTS: _("Punkte und Karte"), MATRIX: _("Alle Paare eines Themas")}
_COEFFICIENTS = {
    relation.RANKS: _("Spearman (Reihenfolge)"),
    relation.VALUES: _("Pearson (gerade Linie)"),
}


def read(release: releases.Release, offer: Offer) -> tuple[Relation, list[str]]:
    """The relation the address means, always valid, with notices for what was not.

    Whoever comes from a theme without an address of their own keeps indicator, level, year and
    areas.
    """
    asked = st.query_params.to_dict()
    carried = st.session_state.get("carried", {})
    known = {key: carried[key] for key in ("ebene", "zeit", "gebiet") if key in carried}
    if "indikator" in carried:
        known["x"] = carried["indikator"]
    chosen, notices = relation.parse(release.catalog, offer, asked or known)
    write(chosen)
    return chosen, notices if asked else []


def write(chosen: Relation) -> None:
    """Make the address say what is shown; the first marked areas go on to the themes."""
    url.put(chosen.query())
    st.session_state["carried"] = {
        **st.session_state.get("carried", {}),
        "gebiet": ",".join(chosen.areas[: selection.MAX_AREAS]),
    }


def change(chosen: Relation, **changes: Any) -> None:
    """Go from one relation to another; for callbacks of controls, scatter, map and table."""
    write(replace(chosen, **changes))


def controls(
    release: releases.Release, offer: Offer, chosen: Relation, steps: Sequence[str]
) -> None:
    """What is drawn; then which indicators, when and where, or which theme."""
    with st.container(key="bedienung"):
        if chosen.picture == MATRIX:
            _picture(chosen)
            _matrix(release, offer, chosen)
        else:
            _drawn(chosen)
            _pair(release, offer, chosen, steps)


def marks(offer: Offer, chosen: Relation) -> None:
    """Which areas are marked: all the keyboard needs, besides the drawings themselves."""
    names = offer.areas[chosen.level]
    url.field(
        st.multiselect,
        _("Gebiete markieren"),
        "zusammenhang_gebiete",
        list(chosen.areas),
        lambda areas: change(chosen, areas=tuple(areas)),
        options=list(names),
        format_func=names.__getitem__,
        placeholder=_("Im Bild einen Rahmen ziehen, oder hier wählen"),
    )


def doorway(view: View) -> None:
    """The way from a theme's view to its indicator beside another one."""
    if len(view.figures) == 1:
        return
    asked = {
        "x": view.indicator.id,
        "ebene": view.level.id,
        "zeit": view.selection.period,
        **({"gebiet": ",".join(view.selection.areas)} if view.selection.areas else {}),
    }
    address = escape(f"./{PAGE}?{url.query_string(asked)}")
    text = escape(_("Zusammenhang mit einem anderen Indikator"))
    st.html(f'<p class="qp-more"><a href="{address}" target="_self">{text}</a></p>')


def _drawn(chosen: Relation) -> None:
    """What is drawn, and how scatter and map show it."""
    row = st.columns([3, 2.2, 3], vertical_alignment="center", gap="small")
    with row[0]:
        _picture(chosen)
    with row[1]:
        url.field(
            st.toggle,
            _("Weg durch die Jahre"),
            "zusammenhang_spur",
            chosen.trail,
            lambda shown: change(chosen, trail=shown),
            help=_("Zeigt, wo markierte Gebiete in früheren Jahren lagen."),
        )
    with row[2]:
        names = {"x": _("Karte: waagerechte Zahl"), "y": _("Karte: senkrechte Zahl")}
        url.field(
            st.segmented_control,
            _("Die Karte zeigt"),
            "zusammenhang_karte",
            chosen.mapped,
            lambda axis: change(chosen, mapped=axis),
            options=list(names),
            format_func=names.__getitem__,
            required=True,
            label_visibility="collapsed",
        )


def _picture(chosen: Relation) -> None:
    url.field(
        st.segmented_control,
        _("Darstellung"),
        "zusammenhang_darstellung",
        chosen.picture,
        lambda asked: change(chosen, picture=asked),
        options=list(_PICTURES),
        format_func=_PICTURES.__getitem__,
        required=True,
        label_visibility="collapsed",
    )


def _pair(release: releases.Release, offer: Offer, chosen: Relation, steps: Sequence[str]) -> None:
    several = len(offer.areas) > 1
    widths = [4, 1.2, 4, 3.4, *([1.8] if several else [])]
    row = iter(st.columns(widths, vertical_alignment="bottom", gap="small"))
    with next(row):
        _indicator(release, offer, chosen, "x", _("Waagerecht"))
    with next(row):
        st.button(
            _("⇄ Tauschen"),
            key="zusammenhang_tausch",
            on_click=lambda: write(relation.swapped(chosen)),
            width="stretch",
        )
    with next(row):
        _indicator(release, offer, chosen, "y", _("Senkrecht"))
    with next(row):
        _period(release, chosen, steps)
    if several:
        with next(row):
            _level(release, offer, chosen)


def _matrix(release: releases.Release, offer: Offer, chosen: Relation) -> None:
    there = offer.periods[chosen.level]
    names = {
        theme.id: theme.title
        for theme in release.catalog.themes
        if any(one.id in there for one in theme.indicators)
    }
    several = len(offer.areas) > 1
    row = iter(
        st.columns([4, 4, *([1.8] if several else []), 3], vertical_alignment="bottom", gap="small")
    )
    with next(row):
        url.field(
            st.selectbox,
            _("Thema"),
            "zusammenhang_thema",
            chosen.theme,
            lambda theme: change(chosen, theme=theme),
            options=list(names),
            format_func=names.__getitem__,
        )
    with next(row):
        url.field(
            st.segmented_control,
            _("Maß"),
            "zusammenhang_koeffizient",
            chosen.coefficient,
            lambda asked: change(chosen, coefficient=asked),
            options=list(_COEFFICIENTS),
            format_func=_COEFFICIENTS.__getitem__,
            required=True,
        )
    if several:
        with next(row):
            _level(release, offer, chosen)


def _indicator(
    release: releases.Release, offer: Offer, chosen: Relation, axis: str, label: str
) -> None:
    """One of both indicators; the other one is not among the options."""
    own, other = (chosen.x, chosen.y) if axis == "x" else (chosen.y, chosen.x)
    names = {
        one.id: f"{theme.title}: {one.short}"
        for theme in release.catalog.themes
        for one in theme.indicators
        if one.id in offer.periods[chosen.level] and one.id != other
    }

    def pick(asked: str) -> None:
        if axis == "x":
            theme = release.catalog.theme_of(asked).id
            write(relation.settled(offer, replace(chosen, x=asked, theme=theme)))
        else:
            write(relation.settled(offer, replace(chosen, y=asked)))

    url.field(
        st.selectbox,
        label,
        f"zusammenhang_{axis}",
        own,
        pick,
        options=list(names),
        format_func=names.__getitem__,
    )


def _period(release: releases.Release, chosen: Relation, steps: Sequence[str]) -> None:
    reference = release.catalog.indicators[chosen.x].reference
    names = {
        step: _("jeweils der neueste")
        if step == relation.NEWEST
        else formats.period(step, reference if len(step) > len("2024") else "year")
        for step in steps
    }
    label = _("Zeitpunkt")
    if len(steps) == 1:
        st.selectbox(label, list(names.values()), disabled=True, key=f"zusammenhang {steps[0]}")
        return
    url.field(
        st.select_slider,
        label,
        "zusammenhang_zeit",
        chosen.period,
        lambda period: change(chosen, period=period),
        options=list(steps),
        format_func=names.__getitem__,
    )


def _level(release: releases.Release, offer: Offer, chosen: Relation) -> None:
    names = {level: release.catalog.city.level(level).plural for level in offer.areas}

    def pick(level: str) -> None:
        query = {**chosen.query(), "ebene": level, "gebiet": ""}
        write(relation.parse(release.catalog, offer, query)[0])

    url.field(
        st.selectbox,
        _("Raumebene"),
        "zusammenhang_ebene",
        chosen.level,
        pick,
        options=list(names),
        format_func=names.__getitem__,
    )
