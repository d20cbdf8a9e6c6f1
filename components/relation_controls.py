"""Controls of a relation: what is drawn, of which indicators, when and where, what is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components import relating, url
from loaders import releases
from model import formats, relation
from model.language import _
from model.mapset import Offer
from model.relation import MATRIX, POINTS, Relation

_PICTURES = {POINTS: _("Punkte und Karte"), MATRIX: _("Alle Paare eines Themas")}
_COEFFICIENTS = {
    relation.RANKS: _("Spearman (Reihenfolge)"),
    relation.VALUES: _("Pearson (gerade Linie)"),
}


def show(release: releases.Release, offer: Offer, chosen: Relation, steps: Sequence[str]) -> None:
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
        lambda areas: relating.change(chosen, areas=tuple(areas)),
        names=names,
        placeholder=_("Im Bild einen Rahmen ziehen, oder hier wählen"),
    )


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
            lambda shown: relating.change(chosen, trail=shown),
            help=_("Zeigt, wo markierte Gebiete in früheren Jahren lagen."),
        )
    with row[2]:
        names = {"x": _("Karte: waagerechte Zahl"), "y": _("Karte: senkrechte Zahl")}
        url.field(
            st.segmented_control,
            _("Die Karte zeigt"),
            "zusammenhang_karte",
            chosen.mapped,
            lambda axis: relating.change(chosen, mapped=axis),
            names=names,
            required=True,
            label_visibility="collapsed",
        )


def _picture(chosen: Relation) -> None:
    url.field(
        st.segmented_control,
        _("Darstellung"),
        "zusammenhang_darstellung",
        chosen.picture,
        lambda asked: relating.change(chosen, picture=asked),
        names=_PICTURES,
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
            on_click=lambda: relating.write(relation.swapped(url.latest(chosen))),
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
            lambda theme: relating.change(chosen, theme=theme),
            names=names,
        )
    with next(row):
        url.field(
            st.segmented_control,
            _("Maß"),
            "zusammenhang_koeffizient",
            chosen.coefficient,
            lambda asked: relating.change(chosen, coefficient=asked),
            names=_COEFFICIENTS,
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
        now = url.latest(chosen)
        if axis == "x":
            theme = release.catalog.theme_of(asked).id
            relating.write(relation.settled(offer, replace(now, x=asked, theme=theme)))
        else:
            relating.write(relation.settled(offer, replace(now, y=asked)))

    url.field(
        st.selectbox,
        label,
        f"zusammenhang_{axis}",
        own,
        pick,
        names=names,
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
        lambda period: relating.change(chosen, period=period),
        options=list(steps),
        format_func=names.__getitem__,
    )


def _level(release: releases.Release, offer: Offer, chosen: Relation) -> None:
    names = {level: release.catalog.city.level(level).plural for level in offer.areas}

    def pick(level: str) -> None:
        query = {**url.latest(chosen).query(), "ebene": level, "gebiet": ""}
        relating.write(relation.parse(release.catalog, offer, query)[0])

    url.field(
        st.selectbox,
        _("Raumebene"),
        "zusammenhang_ebene",
        chosen.level,
        pick,
        names=names,
    )
