"""Areas in the order of their scores: what a setting of needs makes of a release's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import sqrt
from statistics import fmean

from model import formats, robustness, standardised
from model.areas import Area
from model.catalog import Level
from model.robustness import Standing
from model.standardised import Component, Score
from model.view import Figure

ALIKE = 0.9
"""Correlations beyond which two indicators say much the same."""
_LEAST = 3
"""Areas a correlation needs."""


@dataclass(frozen=True)
class Place:
    """An area with its figures, standardised values and score; unplaced without a rank."""

    area: Area
    figures: tuple[Figure, ...]
    standards: tuple[float | None, ...]
    score: Score
    rank: int | None
    standing: Standing | None = None


@dataclass(frozen=True)
class Ranking:
    """The components in the order of the setting; the places from the highest score.

    Unplaced areas come last, in the order of their names. `first` is how many areas are told as
    the first ones, `draws` how often robustness was tried.
    """

    level: Level
    components: tuple[Component, ...]
    places: tuple[Place, ...]
    first: int
    draws: int = 0

    @property
    def leading(self) -> tuple[Place, ...]:
        """The first areas; more than `first` where the last of them share a rank."""
        return tuple(p for p in self.places if p.rank is not None and p.rank <= self.first)

    @property
    def higher(self) -> tuple[Place, ...]:
        """Those of the first areas whose score is above the city's, and not by chance alone."""
        return tuple(
            place
            for place in self.leading
            if place.score.total is not None
            and formats.exact(place.score.total, standardised.DECIMALS) > 0
            and place.standing
            and place.standing.above >= robustness.CLEAR
        )

    @property
    def unplaced(self) -> tuple[Place, ...]:
        """The areas with too few numbers for a score."""
        return tuple(place for place in self.places if place.rank is None)

    def chosen(self, areas: Sequence[str]) -> tuple[Place, ...]:
        """The places of chosen areas, in the order they were chosen."""
        known = {place.area.id: place for place in self.places}
        return tuple(known[area] for area in areas)

    def cells(self, place: Place) -> list[tuple[Component, float | None, Figure]]:
        """An area's standardised values and figures beside the components they belong to."""
        return list(zip(self.components, place.standards, place.figures, strict=True))

    def share(self, component: Component) -> float:
        """How much a component counts, in per cent of all weights."""
        return 100 * component.weight / sum(each.weight for each in self.components)


@dataclass(frozen=True)
class Pair:
    """Two components whose values go together: Pearson's r over `areas` areas with both."""

    one: Component
    other: Component
    r: float
    areas: int


@dataclass(frozen=True)
class Without:
    """The order without one component: rank by area, and who joins or leaves the first ones."""

    component: Component
    ranks: dict[str, int | None]
    joining: tuple[Area, ...]
    leaving: tuple[Area, ...]


def ranking(level: Level, components: Sequence[Component], first: int) -> Ranking:
    """The areas of the level by the weighted sum of their standardised values.

    All components are of that level, and so list the same areas.
    """
    weights = [component.weight for component in components]
    rows = list(zip(*(component.view.figures for component in components), strict=True))
    standards = [_standards(components, row) for row in rows]
    scores = [standardised.score(row, weights) for row in standards]
    places = [
        Place(row[0].area, row, own, score, rank)
        for row, own, score, rank in zip(
            rows,
            standards,
            scores,
            standardised.ranks([score.total for score in scores]),
            strict=True,
        )
    ]
    return Ranking(level, tuple(components), tuple(sorted(places, key=_order)), first)


def _standards(components: Sequence[Component], row: Sequence[Figure]) -> tuple[float | None, ...]:
    return tuple(component.score(figure) for component, figure in zip(components, row, strict=True))


def _order(place: Place) -> tuple[bool, float, str]:
    total = place.score.total
    return total is None, -(total or 0.0), place.area.name


def without(found: Ranking) -> tuple[Without, ...]:
    """The order without each component that counts, in turn; none where only one counts."""
    counting = [component for component in found.components if component.weight]
    if len(counting) < 2:
        return ()
    return tuple(_without(found, component) for component in counting)


def _without(found: Ranking, component: Component) -> Without:
    others = [replace(each, weight=0) if each is component else each for each in found.components]
    again = ranking(found.level, others, found.first)
    before, after = ({p.area.id for p in each.leading} for each in (found, again))
    return Without(
        component,
        {place.area.id: place.rank for place in again.places},
        tuple(p.area for p in again.leading if p.area.id not in before),
        tuple(p.area for p in found.leading if p.area.id not in after),
    )


def pairs(found: Ranking) -> tuple[Pair, ...]:
    """Every two components that count, the closest first, with how far they go together."""
    counting = [component for component in found.components if component.weight]
    made = (_pair(one, other) for one, other in combinations(counting, 2))
    return tuple(sorted((p for p in made if p), key=lambda pair: -abs(pair.r)))


def alike(found: Ranking) -> tuple[Pair, ...]:
    """The pairs of which one tells little that the other does not."""
    return tuple(pair for pair in pairs(found) if abs(pair.r) > ALIKE)


def _pair(one: Component, other: Component) -> Pair | None:
    both = [
        (x, y)
        for a, b in zip(one.view.figures, other.view.figures, strict=True)
        if (x := one.score(a)) is not None and (y := other.score(b)) is not None
    ]
    if len(both) < _LEAST:
        return None
    r = correlation(both)
    return None if r is None else Pair(one, other, r, len(both))


def correlation(points: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's r; None where one of the two never differs."""
    middle_x, middle_y = fmean(x for x, _y in points), fmean(y for _x, y in points)
    across = sum((x - middle_x) * (y - middle_y) for x, y in points)
    spread = sum((x - middle_x) ** 2 for x, _y in points) * sum(
        (y - middle_y) ** 2 for _x, y in points
    )
    return across / sqrt(spread) if spread > 0 else None
