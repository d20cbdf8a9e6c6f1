"""What both renderings of the map share: colours, words, order, surroundings."""

from __future__ import annotations

from components import colours, web
from loaders import areas, releases
from model import wording
from model.language import _
from model.view import Figure, View

HEIGHT = 450


def fills(view: View) -> list[str]:
    """Colour of each class, then of suppressed and of absent figures."""
    return [*colours.scale(len(view.limits) + 1), colours.SUPPRESSED, colours.ABSENT]


def absent_labels() -> tuple[str, str]:
    """How the legend names suppressed and absent figures."""
    return _("geheim gehalten"), _("keine Angabe")


def alternative(view: View) -> str:
    """The map in words, made from its data."""
    return wording.alternative(_("Karte"), view)


def drawn(view: View, release: releases.Release) -> list[Figure]:
    """The figures in the order of the polygons."""
    by_id = {figure.area.id: figure for figure in view.figures}
    return [
        by_id[f["properties"]["id"]] for f in areas.geometry(release, view.level.id)["features"]
    ]


def around(release: releases.Release) -> str | None:
    """Where the municipalities around the city are drawn from, if the release has them."""
    known = areas.geometry_path(release, areas.SURROUNDINGS)
    return web.geometry_url(release, areas.SURROUNDINGS) if known else None
