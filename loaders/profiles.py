"""The profile of one area: views of each theme's telling figure, its people, what lies in it."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from itertools import islice

from loaders import areas, events, facilities, indicators, views
from loaders.releases import Release
from model import profile, pyramid
from model.areas import Area
from model.catalog import ZONE, Indicator, Term
from model.facility import Facility
from model.profile import Line, Profile
from model.selection import Selection


def offered(release: Release) -> dict[str, Area]:
    """The areas that have a page: those of the city's default level, and all zones."""
    known = areas.by_level(release)
    return {**known[release.catalog.city.default_level], **known[ZONE]}


@lru_cache(maxsize=128)
def of(release: Release, area: str) -> Profile:
    """The profile of an area of the default level or a zone. Raises KeyError for another one."""
    own = offered(release)[area]
    catalog = release.catalog
    telling = [catalog.indicators[theme.headline] for theme in catalog.themes]
    heads = _head_count(release)
    lines = [found for i in telling if i != heads and (found := _line(release, i, own))]
    people = _line(release, heads, own) if heads else None
    city_level = catalog.city.city_level
    [city] = areas.by_level(release)[city_level].values()
    period = people.view.selection.period if people else ""
    counts = release.table(f"counts/{catalog.protection.residents}.parquet") if people else None
    return Profile(
        area=own,
        people=people,
        lines=tuple(lines[: profile.MOST]),
        pyramid=pyramid.bars(counts, own.id, period) if counts is not None else (),
        city_pyramid=pyramid.bars(counts, city.id, period) if counts is not None else (),
        facilities=_facilities(release, areas.parted(release, own.id)),
        events=events.of(release, own.id),
        children=tuple(
            child
            for level in areas.by_level(release).values()
            for child in level.values()
            if child.id in own.parts or (child.parent == own.id and child.level != own.level)
        ),
        # Smaller areas have no page of their own.
        neighbours=tuple(
            offered(release)[other]
            for other in areas.beside(release, own)
            if other in offered(release)
        ),
        others=tuple(other for other in offered(release).values() if other.id != own.id),
    )


def telling(release: Release, own: Area, most: int) -> tuple[Line, ...]:
    """The residents of an area and `most` telling figures besides."""
    heads = _head_count(release)
    asked = dict.fromkeys(
        [heads, *(release.catalog.indicators[t.headline] for t in release.catalog.themes)]
    )
    lines = (line for i in asked if i and (line := _line(release, i, own)))
    return tuple(islice(lines, most + 1))


def _head_count(release: Release) -> Indicator | None:
    """The indicator that is nothing but all residents."""
    wanted = (Term(measure=release.catalog.protection.residents),)
    found = release.catalog.indicators.values()
    return next((i for i in found if i.numerator == wanted and not i.denominator), None)


def _line(release: Release, indicator: Indicator, own: Area) -> Line | None:
    """The newest figure of an indicator; None where the release has none for this level."""
    level = release.catalog.city.default_level
    periods = indicators.periods(release, indicator, level)
    if not periods:
        return None
    theme = release.catalog.theme_of(indicator.id).id
    selection = Selection(theme, indicator.id, level, periods[-1], (own.id,))
    return profile.line(views.view_of(release, selection), own.id)


def _facilities(release: Release, own: Collection[str]) -> tuple[Facility, ...]:
    """What the offices list in some areas, by type."""
    return tuple(one for one in facilities.every(release).values() if one.area in own)
