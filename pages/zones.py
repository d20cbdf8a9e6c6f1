"""Put areas together: click them, name them, and take the zone along to every page."""

from __future__ import annotations

import streamlit as st

from components import drafting, layout, origins, zone_builder, zone_preview
from loaders import areas, releases
from model.catalog import ZONE
from model.language import _


def page(release: releases.Release) -> None:
    """Show the draft in the address: its map, its figures, and the zones there are."""
    draft, notices = drafting.read(release)
    layout.title(
        _("Gebiete zusammenschließen"),
        _(
            "Fassen Sie Gebiete zu einem eigenen zusammen. Es gilt dann überall, wo man ein "
            "Gebiet wählen kann. Seine Werte sind aus den Summen seiner Teile berechnet."
        ),
    )
    layout.notices(notices)
    zone_builder.controls(release, draft)
    picture, figures = st.columns([1.3, 1], gap="medium")
    with picture:
        zone_builder.picture(release, draft)
    zone = draft.zone()
    with figures:
        if zone is None:
            zone_preview.invitation(draft)
            views = []
        else:
            own = areas.by_level(release)[ZONE][zone.id]
            zone_preview.heading(release, own)
            views = zone_preview.figures(release, own)
    zone_preview.known(release, draft)
    origins.show(views, release, on_map=True)
