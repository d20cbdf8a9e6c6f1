"""Need and supply: facilities above a map of the need, and areas where one is high, one is low."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import (
    layout,
    origins,
    supply_chart,
    supply_map,
    supply_table,
    supply_words,
    supplying,
)
from loaders import releases, supply
from model.language import _


def page(release: releases.Release) -> None:
    """Show the setting in the address: map, sentence, groups, table, list of facilities."""
    offer = supply.offer(release)
    if offer is None:
        layout.title(_("Bedarf und Angebot"), _("Für diese Stadt gibt es keine Einrichtungen."))
        return
    chosen, notices = supplying.read(release, offer)
    layout.title(_("Bedarf und Angebot"))
    layout.notices(notices)
    supplying.controls(offer, chosen)
    picture = supply.picture(release, chosen)
    choose = partial(supplying.choose, chosen)
    with st.container(key="bild"):
        left, right = st.columns([1.5, 1], gap="medium")
        with left:
            supply_map.show(picture, release, chosen, choose)
            supply_map.key(picture, chosen)
        with right:
            supplying.switch(chosen)
            supply_words.finding(picture)
            supply_words.groups(picture)
            supply_words.chosen_area(picture, chosen)
        supply_table.show(picture, chosen, choose)
        picture_at, words_at = st.columns([1, 1.1], gap="medium")
        with picture_at:
            supply_chart.show(picture, chosen)
        with words_at:
            supply_words.explanation([*supply_table.cautions(picture), supply_map.words(picture)])
    supply_words.places(picture, chosen)
    origins.show(
        [picture.need, *([picture.supply] if picture.supply else [])], release, on_map=True
    )
