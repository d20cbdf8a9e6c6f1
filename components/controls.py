"""Controls above a view. Each shows what the selection says and changes the address."""

from __future__ import annotations

import streamlit as st

from components import url
from loaders import indicators, releases
from model import formats, selection
from model.catalog import Indicator, Theme
from model.language import _
from model.selection import Selection

VIEW_NAMES = {
    "karte": _("Karte"),
    "rangfolge": _("Rangfolge"),
    "entwicklung": _("Entwicklung"),
    "veraenderung": _("Veränderung"),
    "tabelle": _("Tabelle"),
}
METHOD_NAMES = {
    "natuerlich": _("Natürliche Klassen"),
    "quantile": _("Gleich viele Gebiete je Klasse"),
    "gleich": _("Gleich breite Klassen"),
    "fest": _("Feste Klassen des Indikators"),
}
SIGN_NAMES = {
    "klassisch": _("Klassisch: - 0 . / x …"),
    "buchstaben": _("Buchstaben: 0 k g u x t"),
}
RENDERER_NAMES = {
    "auto": _("Automatisch"),
    "webgl": _("Zoombare Karte (Grafikkarte)"),
    "svg": _("Einfache Karte (Tastatur)"),
}


def above(release: releases.Release, theme: Theme, chosen: Selection) -> None:
    """The row of controls: indicator, time, level, areas, and the rare options."""
    shown = release.catalog.indicators[chosen.indicator]
    scope = indicators.scope(release, shown)
    several_levels = len(scope.levels) > 1
    widths = [4.2, 3.4, *([1.7] if several_levels else []), 3.6, 1.4]
    row = st.container(key="bedienung")
    columns = iter(row.columns(widths, vertical_alignment="bottom", gap="small"))
    with next(columns):
        _indicator(release, theme, chosen)
    with next(columns):
        _period(shown, scope.periods[chosen.level], chosen)
    if several_levels:
        with next(columns):
            _level(release, scope.levels, chosen)
    with next(columns):
        _areas(release, chosen)
    with next(columns):
        options = st.popover(_("Optionen"), width="stretch", key="optionen", on_change="rerun")
    if options.open:
        with options:
            _options(shown, chosen, scope.revised)


def tabs(chosen: Selection) -> None:
    """Karte, Rangfolge, Entwicklung, Veränderung, Tabelle: the same selection, another view."""
    st.session_state["ansicht"] = chosen.view
    st.segmented_control(
        _("Ansicht"),
        selection.VIEWS,
        format_func=VIEW_NAMES.__getitem__,
        key="ansicht",
        required=True,
        label_visibility="collapsed",
        on_change=lambda: url.change(chosen, view=st.session_state["ansicht"] or chosen.view),
    )


def _indicator(release: releases.Release, theme: Theme, chosen: Selection) -> None:
    names = {indicator.id: indicator.title for indicator in theme.indicators}
    st.session_state["indikator"] = chosen.indicator
    st.selectbox(
        _("Indikator"),
        list(names),
        format_func=names.__getitem__,
        key="indikator",
        on_change=lambda: url.change_indicator(release, chosen, st.session_state["indikator"]),
    )


def _period(shown: Indicator, periods: tuple[str, ...], chosen: Selection) -> None:
    names = {period: formats.period(period, shown.reference) for period in periods}
    label = {"date": _("Stichtag"), "year": _("Jahr"), "school_year": _("Schuljahr")}[
        shown.reference
    ]
    if len(periods) == 1:
        st.selectbox(label, [names[periods[0]]], disabled=True, key=f"zeit {periods[0]}")
        return
    st.session_state["zeit"] = chosen.period
    st.select_slider(
        label,
        periods,
        format_func=names.__getitem__,
        key="zeit",
        on_change=lambda: url.change(chosen, period=st.session_state["zeit"]),
    )


def _level(release: releases.Release, levels: tuple[str, ...], chosen: Selection) -> None:
    names = {level: release.catalog.city.level(level).plural for level in levels}
    names[release.catalog.city.city_level] = release.catalog.city.level(
        release.catalog.city.city_level
    ).title
    st.session_state["ebene"] = chosen.level
    st.selectbox(
        _("Raumebene"),
        levels,
        format_func=names.__getitem__,
        key="ebene",
        on_change=lambda: url.change(chosen, level=st.session_state["ebene"], areas=()),
    )


def _areas(release: releases.Release, chosen: Selection) -> None:
    names = indicators.scope(release, release.catalog.indicators[chosen.indicator]).areas[
        chosen.level
    ]
    st.session_state["gebiet"] = list(chosen.areas)
    st.multiselect(
        _("Gebiete hervorheben"),
        list(names),
        format_func=names.__getitem__,
        key="gebiet",
        max_selections=selection.MAX_AREAS,
        placeholder=_("Auf der Karte oder hier wählen"),
        on_change=lambda: url.change(chosen, areas=tuple(st.session_state["gebiet"])),
    )


def _options(shown: Indicator, chosen: Selection, revised: bool) -> None:
    methods = [
        name
        for name, method in selection.METHODS.items()
        if method != "fixed" or shown.classes.breaks
    ]
    st.session_state.update(
        klassen=chosen.method, stufen=chosen.count, fest=chosen.hold, karte=chosen.renderer
    )
    st.radio(
        _("Klassen der Karte"),
        methods,
        format_func=METHOD_NAMES.__getitem__,
        key="klassen",
        on_change=lambda: url.change(chosen, method=st.session_state["klassen"]),
    )
    st.select_slider(
        _("Anzahl der Klassen"),
        selection.COUNTS,
        key="stufen",
        disabled=chosen.method == "fest",
        on_change=lambda: url.change(chosen, count=st.session_state["stufen"]),
    )
    st.toggle(
        _("Klassen über alle Jahre festhalten"),
        key="fest",
        help=_("Dann bedeutet dieselbe Farbe in jedem Jahr denselben Wert."),
        on_change=lambda: url.change(chosen, hold=st.session_state["fest"]),
    )
    st.radio(
        _("Darstellung der Karte"),
        selection.RENDERERS,
        format_func=RENDERER_NAMES.__getitem__,
        key="karte",
        on_change=lambda: url.change(chosen, renderer=st.session_state["karte"]),
    )
    sets = selection.SIGN_SETS
    st.session_state["zeichen"] = next(k for k, v in sets.items() if v == chosen.signs)
    st.radio(
        _("Zeichen in Tabellen"),
        list(sets),
        format_func=SIGN_NAMES.__getitem__,
        key="zeichen",
        on_change=lambda: url.change(chosen, signs=sets[st.session_state["zeichen"]]),
    )
    if revised:
        st.session_state["fassung"] = chosen.first
        st.toggle(
            _("Wie zuerst veröffentlicht"),
            key="fassung",
            help=_("Dann gelten die ersten Werte, auch wo sie später berichtigt wurden."),
            on_change=lambda: url.change(chosen, first=st.session_state["fassung"]),
        )
