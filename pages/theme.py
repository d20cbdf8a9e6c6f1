"""A theme: one indicator at a time as map, ranking, trend, change and table; what it means."""

from __future__ import annotations

import streamlit as st

from components import (
    arranging,
    chance_view,
    change_figures,
    change_view,
    controls,
    layout,
    legends,
    maps,
    panel,
    reasons,
    register,
    relating,
    tables,
    url,
    zoning,
)
from loaders import releases, views
from model import caveats
from model.catalog import Theme
from model.selection import toggled


def page(release: releases.Release, theme: Theme, datasets: st.Page) -> None:
    """Show a theme as the address says; `datasets` is the page of the data behind it."""
    selection, notices = url.read(release, theme)
    view = views.view_of(release, selection)

    def choose(area: str) -> None:
        url.write(toggled(url.latest(selection), area))

    panel.heading(view)
    layout.notices(notices)
    controls.above(release, theme, selection)
    picture, meaning = st.container(key="bild").columns([1.5, 1], gap="medium")
    with picture:
        controls.tabs(selection)
        chance_view.switch(view)
        match selection.view:
            case "karte":
                maps.choropleth(view, release, choose)
                legends.show(view, hatched=maps.renderer(selection.renderer) == "svg")
                arranging.doorway(view, release)
                zoning.doorway(view, release)
            case "tabelle":
                tables.show("tabelle", tables.current(view), choose)
                tables.show("zeitreihe", tables.series(view), choose)
                reasons.key(view)
                panel.history(view)
            case "entwicklung":
                panel.clickable("entwicklung", view, choose)
                chance_view.notes(view)
                reasons.used(view, caveats.in_front(view))
                panel.history(view, caveats.in_front(view))
                panel.happened(view)
            case "veraenderung":
                change_view.picture(view, release, choose)
            case _:
                panel.clickable("rangfolge", view, choose)
                chance_view.notes(view)
                reasons.used(view)
                relating.doorway(view)
    with meaning:
        if selection.view == "veraenderung":
            change_figures.show(view)
            panel.trails(view, datasets)
        else:
            panel.figures(view)
            panel.trails(view, datasets)
            panel.position(view)
        if selection.view != "entwicklung":
            panel.small_trend(view)
        panel.explanation(view)
        register.of_indicator(release, view.indicator.id)
    if selection.view == "veraenderung":
        change_view.table(view, choose)
    panel.origin(view)
