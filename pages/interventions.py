"""The register of interventions: by which numbers areas were chosen, and what came since."""

from __future__ import annotations

from components import layout, origins, register, register_tables, registering
from loaders import areas, interventions, releases
from model.language import _
from model.register_links import Register


def page(release: releases.Release) -> None:
    """Show all interventions, those of an office, area or indicator, or the one that is open."""
    chosen, notices = registering.read(release)
    if chosen.intervention:
        _one(release, chosen, notices)
        return
    layout.title(
        _("Maßnahmen"),
        _(
            "Was die Stadt wo tut, nach welchen Zahlen sie die Gebiete ausgewählt hat und wie "
            "sich diese Zahlen seitdem entwickelt haben."
        ),
    )
    layout.notices(notices)
    registering.controls(release, chosen)
    parts = areas.parted(release, chosen.area)
    found = chosen.listed(interventions.every(release), parts)
    register.listed(found, release)
    views = [view for each in found for view in interventions.trail(release, each.id).distinct]
    origins.show(list({view.indicator.id: view for view in views}.values()), release)


def _one(release: releases.Release, chosen: Register, notices: list[str]) -> None:
    trail = interventions.trail(release, chosen.intervention)
    level = release.catalog.city.level(release.catalog.city.default_level)
    register.heading(trail, chosen)
    layout.notices(notices)
    register.facts(trail, release)
    layout.section(_("Auswahl"))
    register_tables.choice(trail, level)
    if trail.views:
        layout.section(_("Seitdem"))
        since = interventions.since(release, chosen.intervention)
        register_tables.movement(trail, since, level)
    origins.show(trail.distinct, release, whole=True)
