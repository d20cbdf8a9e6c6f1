"""The order of areas by need as a setting weighs it, and what can be weighed."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from loaders import areas, indicators, views
from loaders.releases import Release
from model import ranking as rankings
from model import robustness, standardised
from model.needs import Offer, Setting
from model.presets import FEWEST
from model.ranking import Ranking
from model.selection import Selection
from model.standardised import Component
from model.view import View

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray


def expected(release: Release) -> bool:
    """Whether the catalog has enough indicators that could be weighed; their values are not read.

    So the navigation costs nothing; `offer` says what really can be.
    """
    found = [
        indicator
        for indicator in release.catalog.indicators.values()
        if indicator.direction in standardised.SIGNS and indicator.denominator
    ]
    return len(found) >= FEWEST


@lru_cache(maxsize=2)
def offer(release: Release) -> Offer:
    """The indicators with direction, city value and differing areas; presets made of them only."""
    catalog, level = release.catalog, release.catalog.city.default_level
    names = {
        indicator.id: f"{theme.title}: {indicator.short}"
        for theme in catalog.themes
        for indicator in theme.indicators
        if component(release, indicator.id)
    }
    presets = tuple(p for p in catalog.presets if all(name in names for name, _w in p.weights))
    return Offer(names, areas.names(release)[level], presets)


@lru_cache(maxsize=256)
def component(release: Release, name: str) -> Component | None:
    """An indicator at its newest period, with weight 1; None where it cannot be weighed."""
    indicator, level = release.catalog.indicators[name], release.catalog.city.default_level
    periods = indicators.periods(release, indicator, level)
    if indicator.direction not in standardised.SIGNS or not indicator.denominator or not periods:
        return None
    return standardised.component(_view(release, name, periods[-1]), 1)


def ranking(release: Release, setting: Setting) -> Ranking:
    """The areas of the default level by a setting whose indicators are offered.

    Of the first ones, `leading`, those that are `higher` have clearly more need than the whole
    city by these indicators; each place tells how far its rank depends on weights and chance.
    """
    return _ranking(release, replace(setting, areas=(), preset=""))


@lru_cache(maxsize=128)
def _ranking(release: Release, setting: Setting) -> Ranking:
    level = release.catalog.city.level(release.catalog.city.default_level)
    parts = [
        replace(part, weight=weight)
        for name, weight in setting.weights
        if (part := component(release, name))
    ]
    found = rankings.ranking(level, parts, setting.first)
    return replace(found, places=_robust(release, found), draws=robustness.DRAWS)


def _robust(release: Release, found: Ranking) -> tuple[rankings.Place, ...]:
    """The places with what many draws of weights and values make of them."""
    import numpy as np

    counting = [i for i, each in enumerate(found.components) if each.weight]
    placed = [place for place in found.places if place.rank is not None]
    if not placed:
        return found.places
    parts = [found.components[i] for i in counting]
    names = tuple(part.view.indicator.id for part in parts)
    order = {figure.area.id: i for i, figure in enumerate(parts[0].view.figures)}
    rows = [order[place.area.id] for place in placed]
    own = np.array([[place.standards[i] for i in counting] for place in placed], dtype=float)
    drawn = np.stack([_drawn(release, name)[:, rows] for name in names], axis=2)
    random = _weightings(names)
    fixed = np.array([part.weight for part in parts], dtype=float)
    told = robustness.standings(
        robustness.totals(own, random),
        robustness.totals(drawn, fixed),
        robustness.totals(drawn, random),
        found.first,
    )
    standing = dict(zip((place.area.id for place in placed), told, strict=True))
    return tuple(replace(p, standing=standing.get(p.area.id)) for p in found.places)


@lru_cache(maxsize=64)
def _drawn(release: Release, name: str) -> NDArray[float64]:
    """Standardised values (draws x areas) of an indicator as chance might have had them."""
    import numpy as np

    part = component(release, name)
    assert part, "only what can be weighed is drawn"
    view = part.view
    values = robustness.values(view.indicator, view.selection.period, view.figures)
    return np.asarray(part.sign * (values - part.city) / part.deviation)


@lru_cache(maxsize=64)
def _weightings(names: tuple[str, ...]) -> NDArray[float64]:
    return robustness.weightings(names)


def _view(release: Release, name: str, period: str) -> View:
    catalog = release.catalog
    level, theme = catalog.city.default_level, catalog.theme_of(name).id
    return views.view_of(release, Selection(theme, name, level, period, signs=catalog.city.signs))
