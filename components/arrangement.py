"""Controls of maps beside each other: years or indicators, how many, and what each map shows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from components import arranging, controls, url
from loaders import releases
from model import formats, mapset, selection
from model.language import _
from model.mapset import INDICATORS, YEARS, MapSet, Offer

_ONE = "eine"
"""In the control: one indicator alone, which goes through the years."""
_NAMES = {YEARS: _("Jahre"), INDICATORS: _("Indikatoren"), _ONE: _("Eine Karte")}


def show(release: releases.Release, offer: Offer, chosen: MapSet) -> None:
    """What stands beside each other, which areas, rare options; then what each map shows."""
    row = st.container(key="bedienung").columns(
        [2.7, 1.1, *([1.8] if len(offer.areas) > 1 else []), 5.4, 1.3],
        vertical_alignment="bottom",
        gap="small",
    )
    places = iter(row)
    with next(places):
        _mode(release, offer, chosen)
    with next(places):
        if not _alone(chosen):
            _size(release, offer, chosen)
    if len(offer.areas) > 1:
        with next(places):
            _level(release, offer, chosen)
    with next(places):
        _areas(offer, chosen)
    with next(places):
        options = st.popover(
            _("Optionen"), width="stretch", key="karten_optionen", on_change=url.stay
        )
    if options.open:
        with options:
            _options(release, chosen)
    _each(release, offer, chosen)


def _alone(chosen: MapSet) -> bool:
    return chosen.mode == INDICATORS and chosen.size == 1


def _mode(release: releases.Release, offer: Offer, chosen: MapSet) -> None:
    def switch(asked: str) -> None:
        now = url.latest(chosen)
        mode = INDICATORS if asked == _ONE else asked
        size = 1 if asked == _ONE else max(now.size, 2)
        arranging.go(release, offer, now, mapset.switched(release.catalog, offer, now, mode, size))

    url.field(
        st.segmented_control,
        _("Nebeneinander"),
        "karten_art",
        _ONE if _alone(chosen) else chosen.mode,
        switch,
        names=_NAMES,
        required=True,
    )


def _size(release: releases.Release, offer: Offer, chosen: MapSet) -> None:
    sizes = [size for size in mapset.sizes(offer, chosen) if size > 1] or [chosen.size]

    def resize(size: int) -> None:
        now = url.latest(chosen)
        arranging.go(release, offer, now, mapset.sized(release.catalog, offer, now, size))

    url.field(
        st.segmented_control,
        _("Karten"),
        "karten_zahl",
        chosen.size,
        resize,
        options=sizes,
        required=True,
        disabled=len(sizes) == 1,
    )


def _level(release: releases.Release, offer: Offer, chosen: MapSet) -> None:
    names = {level: release.catalog.city.level(level).plural for level in offer.areas}

    def pick(level: str) -> None:
        now = url.latest(chosen)
        arranging.go(release, offer, now, replace(now, level=level, areas=()))

    url.field(
        st.selectbox,
        _("Raumebene"),
        "karten_ebene",
        chosen.level,
        pick,
        names=names,
    )


def _areas(offer: Offer, chosen: MapSet) -> None:
    names = offer.areas[chosen.level]
    url.field(
        st.multiselect,
        _("Gebiete hervorheben"),
        "karten_gebiete",
        list(chosen.areas),
        lambda areas: arranging.change(chosen, areas=tuple(areas)),
        names=names,
        max_selections=selection.MAX_AREAS,
        placeholder=_("Auf der Karte oder hier wählen"),
    )


def _options(release: releases.Release, chosen: MapSet) -> None:
    found = [release.catalog.indicators[name] for name in chosen.indicators]
    controls.classes(
        "karten",
        mapset.methods(found),
        chosen.method,
        chosen.count,
        partial(arranging.change, chosen),
        _("Sie gelten für alle Jahre und, bei gleicher Einheit, für alle Karten."),
    )


def _each(release: releases.Release, offer: Offer, chosen: MapSet) -> None:
    """The indicator, or those of each map; then the period of each."""
    widths = [3] * len(chosen.indicators) + [1] * len(chosen.periods)
    row = iter(st.container(key="karten_einzeln").columns(widths, gap="small"))
    for place in range(len(chosen.indicators)):
        with next(row):
            _indicator(release, offer, chosen, place)
    for place in range(len(chosen.periods)):
        with next(row):
            _period(release, offer, chosen, place)


def _indicator(release: releases.Release, offer: Offer, chosen: MapSet, place: int) -> None:
    own = chosen.indicators[place]
    names = {
        indicator.id: f"{theme.title}: {indicator.short}"
        for theme in release.catalog.themes
        for indicator in theme.indicators
        if indicator.id in offer.periods[chosen.level]
        and (indicator.id == own or indicator.id not in chosen.indicators)
    }

    def pick(indicator: str) -> None:
        now = url.latest(chosen)
        picked = tuple(indicator if one == own else one for one in now.indicators)
        arranging.go(release, offer, now, mapset.moved(offer, replace(now, indicators=picked)))

    label = _("Indikator") if len(chosen.indicators) == 1 else _("Karte {n}").format(n=place + 1)
    url.field(
        st.selectbox,
        label,
        f"karten_indikator {place}",
        own,
        pick,
        names=names,
    )


def _period(release: releases.Release, offer: Offer, chosen: MapSet, place: int) -> None:
    own, name = chosen.periods[place], chosen.indicators[0]
    reference = release.catalog.indicators[name].reference
    known = offer.periods[chosen.level][name]
    options = [one for one in known if one == own or one not in chosen.periods]

    def pick(period: str) -> None:
        picked = {*url.latest(chosen).periods} - {own} | {period}
        arranging.change(chosen, periods=tuple(sorted(picked)))

    url.field(
        st.selectbox,
        _("Karte {n}").format(n=place + 1),
        f"karten_zeit {place}",
        own,
        pick,
        options=options,
        format_func=lambda one: formats.period(one, reference),
    )
