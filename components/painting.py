"""What both renderings of the map share: colours, words, order, surroundings."""

from __future__ import annotations

from components import colours, web
from loaders import areas, releases
from model import signs, status, wording
from model.language import _
from model.view import Figure, View

HEIGHT = 450


def fills(view: View) -> list[str]:
    """Colour of each class, then of areas without a figure by the reason."""
    absent = [colours.ABSENT[name] for name in status.ABSENT]
    return [*colours.scale(len(view.limits) + 1), *absent]


def common(view: View) -> set[str]:
    """The marks all numbers of a map share, which its legend tells once: all are model values."""
    marks = [set(view.kinds(figure)) for figure in view.figures if figure.value is not None]
    return set.intersection(*marks) - {signs.ZERO, signs.NEAR_ZERO} if marks else set()


def lines(view: View, figure: Figure) -> list[str]:
    """The label of an area with its tag: words on a line of their own, signs behind the name."""
    *first, last = figure.area.lines
    said = tag(view, figure)
    if said.startswith("("):
        return [*first, last, said]
    return [*first, f"{last} {said}".rstrip()]


def sign(view: View, figure: Figure) -> str:
    """What is left of a label where there is no room for a name: '[.]', or nothing."""
    return f"[{view.sign(view.kinds(figure))}]" if tag(view, figure) else ""


def tag(view: View, figure: Figure) -> str:
    """What a label on the map adds: the reason for no figure, or the signs of a number."""
    if figure.value is None:
        return f"({status.label(figure.status)})"
    shared, kinds = common(view), view.kinds(figure)
    nothing = {signs.ZERO: _("(null)"), signs.NEAR_ZERO: _("(rund null)")}
    marks = view.sign([k for k in kinds if k not in shared and k not in nothing])
    return " ".join([*(nothing[k] for k in kinds if k in nothing), *([marks] if marks else [])])


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
