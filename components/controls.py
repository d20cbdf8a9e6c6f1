"""Controls above a view. Each shows what the selection says and changes the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

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
        options = st.popover(_("Optionen"), width="stretch", key="optionen", on_change=url.stay)
    if options.open:
        with options:
            _options(shown, chosen, scope.revised)


def tabs(chosen: Selection) -> None:
    """Karte, Rangfolge, Entwicklung, Veränderung, Tabelle: the same selection, another view."""
    url.field(
        st.segmented_control,
        _("Ansicht"),
        "ansicht",
        chosen.view,
        lambda view: url.change(chosen, view=view or chosen.view),
        options=selection.VIEWS,
        format_func=VIEW_NAMES.__getitem__,
        required=True,
        label_visibility="collapsed",
    )


def classes(
    name: str,
    methods: Sequence[str],
    method: str,
    count: int,
    change: Callable[..., None],
    meaning: str | None = None,
) -> None:
    """How the classes of maps are made and how many there are; `name` begins the keys."""
    url.field(
        st.radio,
        _("Klassen der Karte"),
        f"{name}_klassen",
        method,
        lambda asked: change(method=asked),
        options=methods,
        format_func=METHOD_NAMES.__getitem__,
        help=meaning,
    )
    url.field(
        st.select_slider,
        _("Anzahl der Klassen"),
        f"{name}_stufen",
        count,
        lambda asked: change(count=asked),
        options=selection.COUNTS,
        disabled=method == "fest",
    )


def _indicator(release: releases.Release, theme: Theme, chosen: Selection) -> None:
    names = {indicator.id: indicator.title for indicator in theme.indicators}
    url.field(
        st.selectbox,
        _("Indikator"),
        "indikator",
        chosen.indicator,
        lambda indicator: url.change_indicator(release, chosen, indicator),
        names=names,
    )


def _period(shown: Indicator, periods: tuple[str, ...], chosen: Selection) -> None:
    names = {period: formats.period(period, shown.reference) for period in periods}
    label = {"date": _("Stichtag"), "year": _("Jahr"), "school_year": _("Schuljahr")}[
        shown.reference
    ]
    if len(periods) == 1:
        st.selectbox(label, [names[periods[0]]], disabled=True, key=f"zeit {periods[0]}")
        return
    url.field(
        st.select_slider,
        label,
        "zeit",
        chosen.period,
        lambda period: url.change(chosen, period=period),
        options=periods,
        format_func=names.__getitem__,
    )


def _level(release: releases.Release, levels: tuple[str, ...], chosen: Selection) -> None:
    names = {level: release.catalog.city.level(level).plural for level in levels}
    names[release.catalog.city.city_level] = release.catalog.city.level(
        release.catalog.city.city_level
    ).title
    url.field(
        st.selectbox,
        _("Raumebene"),
        "ebene",
        chosen.level,
        lambda level: url.change(chosen, level=level, areas=()),
        options=levels,
        format_func=names.__getitem__,
    )


def _areas(release: releases.Release, chosen: Selection) -> None:
    scope = indicators.scope(release, release.catalog.indicators[chosen.indicator])
    names = scope.offered(chosen.level)
    url.field(
        st.multiselect,
        _("Gebiete hervorheben"),
        "gebiet",
        list(chosen.areas),
        lambda areas: url.change(chosen, areas=tuple(areas)),
        names=names,
        max_selections=selection.MAX_AREAS,
        placeholder=_("Auf der Karte oder hier wählen"),
    )


def _options(shown: Indicator, chosen: Selection, revised: bool) -> None:
    methods = [
        name
        for name, method in selection.METHODS.items()
        if method != "fixed" or shown.classes.breaks
    ]
    classes("karte", methods, chosen.method, chosen.count, partial(url.change, chosen))
    url.field(
        st.toggle,
        _("Klassen über alle Jahre festhalten"),
        "fest",
        chosen.hold,
        lambda hold: url.change(chosen, hold=hold),
        help=_("Dann bedeutet dieselbe Farbe in jedem Jahr denselben Wert."),
    )
    url.field(
        st.radio,
        _("Darstellung der Karte"),
        "karte",
        chosen.renderer,
        lambda renderer: url.change(chosen, renderer=renderer),
        options=selection.RENDERERS,
        format_func=RENDERER_NAMES.__getitem__,
    )
    sets = selection.SIGN_SETS
    url.field(
        st.radio,
        _("Zeichen in Tabellen"),
        "zeichen",
        next(k for k, v in sets.items() if v == chosen.signs),
        lambda name: url.change(chosen, signs=sets[name]),
        options=list(sets),
        format_func=SIGN_NAMES.__getitem__,
    )
    if revised:
        url.field(
            st.toggle,
            _("Wie zuerst veröffentlicht"),
            "fassung",
            chosen.first,
            lambda first: url.change(chosen, first=first),
            help=_("Dann gelten die ersten Werte, auch wo sie später berichtigt wurden."),
        )
