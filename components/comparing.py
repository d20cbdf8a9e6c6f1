"""The address of a comparison and the controls that write it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from components import layout, url
from loaders import comparisons, releases
from model import comparison
from model.areas import Area
from model.catalog import OVERVIEW, Level
from model.comparison import Comparison
from model.language import _

PAGE = "vergleich"
_OWN = ""
_CARRIED = ("gebiet", "intervalle")


def read(release: releases.Release) -> tuple[Comparison, list[str]]:
    """The comparison the address means, always valid, with notices for what was not.

    Whoever comes from a theme without an address of their own keeps the areas chosen there, and
    whether chance is shown.
    """
    asked = st.query_params.to_dict()
    query = asked or url.carried(*_CARRIED)
    offered = comparisons.offered(release)
    chosen, notices = comparison.parse(release.catalog, offered, query)
    _write(chosen)
    return chosen, notices if asked else []


def controls(release: releases.Release, chosen: Comparison) -> None:
    """Which areas, and by what."""
    row = st.container(key="bedienung").columns([5, 3, 2], vertical_alignment="bottom", gap="small")
    with row[0]:
        _areas(release, chosen)
    with row[1]:
        _theme(release, chosen)
    with row[2]:
        popover = st.popover(
            _("Indikatoren"), width="stretch", key="vergleich_wahl", on_change=url.stay
        )
    if popover.open:
        with popover:
            _indicators(release, chosen)


def switch(chosen: Comparison) -> None:
    """Intervals on or off."""
    url.field(
        st.toggle,
        _("Zufallsschwankung zeigen"),
        "vergleich_intervalle",
        chosen.intervals,
        lambda shown: _change(chosen, intervals=shown),
    )


def invitation(level: Level, known: Iterable[Area]) -> None:
    """How to begin: each area as a link."""
    text = _("Wählen Sie oben bis zu {most} {plural}, oder beginnen Sie hier:").format(
        most=comparison.MAX_AREAS, plural=level.plural
    )
    st.html(f'<p class="qp-lead">{escape(text)}</p>{layout.area_links(PAGE, known)}')


def _areas(release: releases.Release, chosen: Comparison) -> None:
    names = comparisons.offered(release)
    level = release.catalog.city.level(release.catalog.city.default_level)
    url.field(
        st.multiselect,
        _("{plural} (höchstens {most})").format(plural=level.plural, most=comparison.MAX_AREAS),
        "vergleich_gebiete",
        list(chosen.areas),
        lambda areas: _change(chosen, areas=tuple(areas)),
        names=names,
        max_selections=comparison.MAX_AREAS,
        placeholder=_("Hier wählen"),
    )


def _theme(release: releases.Release, chosen: Comparison) -> None:
    names = {
        OVERVIEW: _("Überblick: aus jedem Thema eine Zahl"),
        **{theme.id: theme.title for theme in release.catalog.themes},
        **({} if chosen.theme else {_OWN: _("Eigene Auswahl")}),
    }
    url.field(
        st.selectbox,
        _("Thema"),
        "vergleich_thema",
        chosen.theme,
        lambda theme: _change(chosen, theme=theme, indicators=()),
        names=names,
    )


def _indicators(release: releases.Release, chosen: Comparison) -> None:
    """A choice of indicators of all themes; without any it is the overview again."""
    names = {
        indicator.id: f"{theme.title}: {indicator.short}"
        for theme in release.catalog.themes
        for indicator in theme.indicators
    }
    url.field(
        st.multiselect,
        _("Indikatoren (höchstens {most})").format(most=comparison.MAX_INDICATORS),
        "vergleich_indikatoren",
        list(comparison.indicator_ids(release.catalog, chosen)),
        lambda picked: _change(
            chosen, theme=_OWN if picked else OVERVIEW, indicators=tuple(picked)
        ),
        names=names,
        max_selections=comparison.MAX_INDICATORS,
        placeholder=_("Hier wählen"),
    )


def _change(chosen: Comparison, **changes: Any) -> None:
    _write(replace(url.latest(chosen), **changes))


def _write(chosen: Comparison) -> None:
    """Make the address say what is shown; the areas go on to the themes."""
    url.say(chosen)
