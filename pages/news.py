"""What is new in this release: the whole city first, then every district."""

from __future__ import annotations

from components import bulletins, layout, origins, zoning
from loaders import news, releases
from model import formats
from model.language import _


def page(release: releases.Release) -> None:
    """Show all areas, or the sheet of the one in the address."""
    query, notices = zoning.single(release)
    asked = query.get("gebiet", "")
    found, places = news.by_area(release), {area.id: area for area in news.places(release)}
    only = places.get(asked)
    layout.title(
        _("Was ist neu?"),
        _(
            "Was sich mit dem Datenstand {month} geändert hat: höchstens fünf Meldungen je Gebiet."
        ).format(month=formats.month(release.catalog.city.edition)),
    )
    if asked and not only:
        notices = [*notices, _("Das Gebiet aus dem Link gibt es hier nicht.")]
    layout.notices(notices)
    shown = [only] if only else list(places.values())
    quiet = [area for area in shown[1:] if not found[area.id]]
    bulletins.areas([area for area in shown if area not in quiet], found, release)
    bulletins.quiet(quiet)
    bulletins.further(only)
    if not only:
        bulletins.sheets(shown)
    told = [one for area in shown for one in found[area.id]]
    origins.show(news.views(release, told), release)
