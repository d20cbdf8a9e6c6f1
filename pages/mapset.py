"""Maps beside each other: years of one indicator, or indicators that go through the years."""

from __future__ import annotations

from components import arrangement, arranging, layout, origins, panel, plate_tables, plates, reasons
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
    layout.title(_("Karten nebeneinander"), "")
    layout.notices(notices)
    arrangement.show(release, offer, chosen)
    sheet = mapsets.sheet(release, offer, chosen)
    plates.show(
        sheet,
        release,
        chosen,
        on_choose=lambda area: arranging.write(mapset.toggled(chosen, area)),
        on_step=lambda step: arranging.change(chosen, period=step),
    )
    reasons.together(sheet.views)
    for view in sheet.distinct:
        panel.history(view)
    plate_tables.show(
        sheet, chosen, on_choose=lambda area: arranging.write(mapset.toggled(chosen, area))
    )
    plate_tables.sentences(sheet, chosen)
    origins.show(sheet.distinct, release, on_map=True, whole=True)
