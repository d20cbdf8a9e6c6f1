"""Needs: indicators weighed against each other, and how far the order depends on the weights."""

from __future__ import annotations

from components import (
    layout,
    needs_chart,
    needs_detail,
    needs_doubts,
    needs_map,
    needs_notes,
    needs_presets,
    needs_tables,
    origins,
    register,
    url,
    weighing,
)
from loaders import needs as loaded
from loaders import releases
from model import needs, ranking
from model.language import _


def page(release: releases.Release) -> None:
    """Show the setting in the address as map and order, with what it rests on."""
    offer = weighing.available(release)
    if offer is None:
        layout.title(_("Bedarfe"), _("Für diese Stadt gibt es zu wenige Indikatoren dafür."))
        return
    chosen, notices = weighing.read(release, offer)
    layout.title(_("Bedarfe"))
    needs_notes.purpose(offer, chosen)
    layout.notices(notices)
    weighing.controls(offer, chosen)
    found = loaded.ranking(release, chosen)
    weighing.weights(found, chosen)

    def choose(area: str) -> None:
        weighing.write(needs.toggled(url.latest(chosen), area))

    needs_notes.overlaps(found)
    needs_notes.summary(found)
    picture, order = needs_notes.places()
    with picture:
        needs_map.show(found, release, chosen, choose)
    with order:
        needs_chart.show(found, chosen, choose)
    needs_tables.contributions(found, chosen, choose)
    needs_detail.show(found, chosen)
    for place in found.chosen(chosen.areas):
        heading = _("Maßnahmen {there}").format(there=place.area.locative)
        register.of_area(release, place.area.id, heading)
    layout.section(_("Wie sicher ist die Reihenfolge?"))
    needs_notes.robustness(found)
    needs_tables.places(found, chosen, choose)
    needs_doubts.without(ranking.without(found), found)
    layout.section(_("Die Indikatoren"))
    needs_tables.standards(found, chosen, choose)
    needs_doubts.pairs(ranking.pairs(found))
    layout.section(_("So wird gerechnet"))
    needs_notes.method(found)
    origins.show([part.view for part in found.components], release, on_map=True)
    needs_presets.show(offer, chosen)
