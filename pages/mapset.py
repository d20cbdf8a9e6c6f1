"""Maps beside each other: years of one indicator, or indicators that go through the years."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import (
    arrangement,
    arranging,
    layout,
    origins,
    plate_tables,
    plates,
    reasons,
    url,
)
from loaders import mapsets, releases
from model import mapset
from model.language import _


def page(release: releases.Release) -> None:
    """Show the maps in the address; they share view, chosen areas and, in one unit, legend."""
    offer = mapsets.offer(release)
    if offer is None:
        layout.title(_("Karten nebeneinander"), _("Für diese Stadt gibt es keine Karten."))
        return
    chosen, notices = arranging.read(release, offer)
    layout.title(_("Karten nebeneinander"))
    # In a place of its own a notice that goes does not make the maps start anew.
    with st.container():
        layout.notices(notices)
    arrangement.show(release, offer, chosen)
    sheet = mapsets.sheet(release, chosen)

    def choose(area: str) -> None:
        arranging.write(mapset.toggled(url.latest(chosen), area))

    picture, words = plates.places(chosen)
    with picture:
        plates.show(sheet, release, chosen, choose, partial(arranging.stop, chosen))
        reasons.together(sheet.views)
    with words:
        plate_tables.show(sheet, chosen, choose)
    plate_tables.sentences(sheet, chosen)
    plate_tables.history(sheet)
    origins.show(sheet.distinct, release, on_map=True, whole=True)
