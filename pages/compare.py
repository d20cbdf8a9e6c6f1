"""Up to five districts side by side, with the city: table, profile, trends, and who is alike."""

from __future__ import annotations

from components import (
    comparing,
    happenings,
    layout,
    lineup_notes,
    lineup_trends,
    lineups,
    neighbours,
    origins,
    standings,
    zoning,
)
from loaders import comparisons, profiles, releases
from model.catalog import ZONE
from model.language import _


def page(release: releases.Release) -> None:
    """Show the comparison in the address; without areas the city alone, and how to go on."""
    chosen, notices = comparing.read(release)
    level = release.catalog.city.level(release.catalog.city.default_level)
    layout.title(
        _("Vergleich"),
        _("{plural} nebeneinander, dazu die ganze Stadt.").format(plural=level.plural),
    )
    layout.notices(notices)
    comparing.controls(release, chosen)
    rows, missing = comparisons.rows(release, chosen)
    known = profiles.offered(release)
    areas = [known[area] for area in chosen.areas]
    if not areas:
        comparing.invitation(level, (area for area in known.values() if area.level == level.id))
        zoning.known(release, comparing.PAGE)
    else:
        comparing.switch(chosen)
    lineups.table(rows, areas, chosen.intervals)
    lineup_notes.key(rows)
    origins.left_out(missing, level)
    if areas:
        layout.section(_("Lage zur Stadt"))
        standings.show(rows, chosen.intervals)
        standings.explanation(rows, chosen.intervals)
        layout.section(_("Entwicklung"))
        lineup_trends.show(rows)
        if happened := comparisons.happened(release, chosen.areas):
            layout.section(_("Projekte und Ereignisse"))
            happenings.show(happened, {area.id: area.name for area in areas})
            happenings.caution()
        if areas[0].level != ZONE:
            neighbours.show(areas[0], comparisons.alike(release, areas[0].id), chosen, level)
    origins.show([row.view for row in rows], release)
