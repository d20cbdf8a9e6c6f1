"""What both renderings of the map share: colours, words, order, surroundings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from components import colours, web
from loaders import areas, releases
from model import classes, remarks, signs, status, wording
from model.language import _
from model.view import Figure, View

HEIGHT = 450


@dataclass(frozen=True)
class Painted:
    """What a map shows in which unit, whatever it is drawn with.

    By code: `names` in a legend, plain `fills`, and `patterns`, the same as the SVG map draws
    them; the codes `always` stand in the legend also where no area has them. By area id: `codes`,
    `told` in a tooltip, `tags` behind its name and `signs` where that has no room.
    """

    unit: str
    names: tuple[str, ...]
    fills: tuple[str, ...]
    patterns: tuple[str, ...]
    always: Collection[int]
    codes: dict[str, int]
    told: dict[str, str]
    tags: dict[str, str]
    signs: dict[str, str]
    alternative: str

    def count(self, code: int) -> int:
        """How many areas have a code."""
        return list(self.codes.values()).count(code)

    def lines(self, figure: Figure) -> list[str]:
        """The label of an area with its tag: words on a line of their own, signs behind it."""
        *first, last = figure.area.lines
        said = self.tags[figure.area.id]
        if said.startswith("("):
            return [*first, last, said]
        return [*first, f"{last} {said}".rstrip()]


def values(view: View) -> Painted:
    """The figures of a view in classes, the missing ones by the reason."""
    palette = fills(view)
    absent = [f"{view.sign([name])} {status.words(name)}" for name in status.ABSENT]
    by_area = {figure.area.id: figure for figure in view.figures}
    return Painted(
        unit=view.indicator.unit,
        names=(*classes.labels(view.limits, view.indicator.decimals), *absent),
        fills=tuple(palette),
        patterns=(*palette[: -len(status.ABSENT)], *(f"url(#{name})" for name in status.ABSENT)),
        always=range(len(view.limits) + 1),
        codes={area: view.code(figure) for area, figure in by_area.items()},
        told={area: remarks.told(view, figure) for area, figure in by_area.items()},
        tags={area: tag(view, figure) for area, figure in by_area.items()},
        signs={area: sign(view, figure) for area, figure in by_area.items()},
        alternative=wording.alternative(_("Karte"), view),
    )


def fills(view: View) -> list[str]:
    """Colour of each class, then of areas without a figure by the reason."""
    absent = [colours.ABSENT[name] for name in status.ABSENT]
    return [*colours.scale(len(view.limits) + 1), *absent]


def common(view: View) -> set[str]:
    """The marks all numbers of a map share, which its legend tells once: all are model values."""
    marks = [set(view.kinds(figure)) for figure in view.figures if figure.value is not None]
    return set.intersection(*marks) - {signs.ZERO, signs.NEAR_ZERO} if marks else set()


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
