"""Two indicators against each other: scatter, map and table that mark the same areas."""

from __future__ import annotations

import streamlit as st

from components import (
    correlations,
    layout,
    origins,
    reasons,
    relating,
    relation_controls,
    relation_tables,
    scatter,
    spatial_patterns,
    url,
)
from loaders import relations, releases
from model import relation
from model.language import _
from model.mapset import Offer
from model.relation import MATRIX, Relation


def page(release: releases.Release) -> None:
    """Show the relation in the address, or the matrix of a theme."""
    offer = relations.offer(release)
    layout.title(
        _("Zusammenhänge"),
        _("Zwei Zahlen für dieselben Gebiete: Was geht miteinander einher, und wo?"),
    )
    if offer is None:
        layout.notices([_("In dieser Veröffentlichung gibt es keine zwei Zahlen je Gebiet.")])
        return
    chosen, notices = relating.read(release, offer)
    # In a place of its own a notice that goes does not make the drawings start anew.
    with st.container():
        layout.notices(notices)
    pair = relations.pairing(release, chosen)
    relation_controls.show(release, offer, chosen, pair.steps)
    if chosen.picture == MATRIX:
        correlations.show(release, chosen)
        origins.show(relations.newest(release, chosen.theme, chosen.level), release)
        return
    _points(release, offer, chosen, pair)


def _points(
    release: releases.Release, offer: Offer, chosen: Relation, pair: relations.Pairing
) -> None:
    def mark(areas: tuple[str, ...]) -> None:
        known = tuple(area for area in areas if area in offer.areas[chosen.level])
        relating.change(chosen, areas=known)

    def toggle(area: str) -> None:
        if area in offer.areas[chosen.level]:
            relating.write(relation.toggled(url.latest(chosen), area))

    with st.container(key="bild"):
        points, map_ = st.columns([1.35, 1], gap="medium")
        with points:
            scatter.show(pair, chosen, mark)
            relation_tables.missing(pair)
        with map_:
            scatter.map_beside(pair, release, chosen, toggle)
        relation_controls.marks(offer, chosen)
        words, table = st.columns([1, 1.35], gap="medium")
        with words:
            relation_tables.findings(pair, release)
            layout.section(_("Räumliche Muster"))
            spatial_patterns.show(pair.views, release, chosen)
        with table:
            relation_tables.show(pair, chosen, toggle)
            reasons.together(pair.views)
    origins.show(pair.views, release, on_map=True)
