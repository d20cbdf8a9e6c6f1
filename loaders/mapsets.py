"""What maps beside each other show: their views, in all years they go through, with one legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from loaders import areas, indicators, views
from loaders.releases import Release
from model import mapset, pooling
from model.catalog import ZONE, Indicator
from model.mapset import MapSet, Offer
from model.selection import METHODS, Selection
from model.view import View


@dataclass(frozen=True)
class Sheet:
    """The maps of a set.

    `views` are what each map shows, `frames` what each shows at each of `steps`; maps that do not
    move have one frame and no steps. With `shared` their classes are the same.
    """

    views: tuple[View, ...]
    frames: tuple[tuple[View, ...], ...]
    steps: tuple[str, ...]
    shared: bool

    @property
    def distinct(self) -> tuple[View, ...]:
        """One view of each indicator, the latest one."""
        return tuple({view.indicator.id: view for view in self.views}.values())


@lru_cache(maxsize=64)
def offer(release: Release) -> Offer | None:
    """The levels and indicators a release has maps of; None where it has none of several areas."""
    drawn = [
        level.id for level in release.catalog.city.levels if areas.geometry_path(release, level.id)
    ]
    found = offered(release, drawn)
    zones = areas.names(release)[ZONE]
    return found and replace(found, areas={k: {**own, **zones} for k, own in found.areas.items()})


def offered(release: Release, asked: Iterable[str], fewest: int = 1) -> Offer | None:
    """What a release has at those of the levels that have several areas and `fewest` indicators."""
    catalog, known = release.catalog, areas.names(release)
    own = [
        level
        for level in asked
        if not catalog.city.level(level).comparison and len(known[level]) > 1
    ]
    periods = {level: _periods(release, level) for level in own}
    levels = [level for level in own if len(periods[level]) >= fewest]
    if not levels:
        return None
    default = catalog.city.default_level
    return Offer(
        periods={level: periods[level] for level in levels},
        areas={level: known[level] for level in levels},
        default_level=default if default in levels else levels[-1],
    )


def _periods(release: Release, level: str) -> dict[str, tuple[str, ...]]:
    """The periods of each indicator that has values at a level."""
    found = {name: _known(release, name, level) for name in release.catalog.indicators}
    return {name: periods for name, periods in found.items() if periods}


def _known(release: Release, name: str, level: str) -> tuple[str, ...]:
    return indicators.periods(release, release.catalog.indicators[name], level)


def sheet(release: Release, chosen: MapSet) -> Sheet:
    """The maps of a set; what they share is the same in all their years."""
    periods = {name: _known(release, name, chosen.level) for name in chosen.indicators}
    found = [release.catalog.indicators[name] for name in chosen.indicators]
    steps = () if chosen.periods else mapset.steps(list(periods.values()))
    shared = pooling.shared(found)
    own = [_values(release, indicator, chosen) for indicator in found]
    method = METHODS[chosen.method]
    limits = (
        [pooling.limits(found, own, method, chosen.count)] * len(found)
        if shared
        else [
            pooling.limits([indicator], [values], method, chosen.count)
            for indicator, values in zip(found, own, strict=True)
        ]
    )

    def view(place: int, step: str) -> View:
        indicator = found[place]
        period = mapset.at(step, periods[indicator.id])
        return _view(release, indicator, chosen, period, limits[place])

    shown = (
        [view(0, period) for period in chosen.periods]
        if chosen.periods
        else [view(place, chosen.period) for place in range(len(found))]
    )
    frames = [tuple(view(place, step) for step in steps) for place in range(len(found))]
    return Sheet(
        views=tuple(shown),
        frames=tuple(frames) if steps else tuple((view,) for view in shown),
        steps=steps,
        shared=shared,
    )


def _values(release: Release, indicator: Indicator, chosen: MapSet) -> list[float]:
    """All numbers of an indicator that its maps show: in the chosen periods, else in all."""
    rows = indicators.values(release, indicator).filter(pl.col("level") == chosen.level)
    if chosen.periods:
        rows = rows.filter(pl.col("period").is_in(chosen.periods))
    return list(rows["value"].drop_nulls())


def _view(
    release: Release,
    indicator: Indicator,
    chosen: MapSet,
    period: str,
    limits: tuple[float, ...],
) -> View:
    """The view of one map at one period with the classes of its legend."""
    joined = areas.by_level(release)[ZONE]
    plain = Selection(
        release.catalog.theme_of(indicator.id).id,
        indicator.id,
        chosen.level,
        period,
        # Areas are drawn whether chosen or not, zones are only known where they are chosen.
        tuple(area for area in chosen.areas if area in joined),
        signs=release.catalog.city.signs,
    )
    found = views.view_of(release, plain)
    picked = replace(plain, areas=chosen.areas, method=chosen.method, count=chosen.count)
    return replace(found, selection=picked, limits=limits)
