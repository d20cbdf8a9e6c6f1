"""The register of interventions as the release carries it, and the trail of each."""

from __future__ import annotations

from functools import lru_cache

from loaders import areas, views
from loaders.releases import Release
from model import register
from model.before_after import BeforeAfter
from model.interventions import Criterion, Intervention, Interventions
from model.register import Trail
from model.selection import Selection
from model.view import View

_FILE = "interventions.json"


@lru_cache(maxsize=2)
def every(release: Release) -> tuple[Intervention, ...]:
    """All interventions of a release, in the order of the office's list; none in older ones."""
    if _FILE not in release.manifest["files"]:
        return ()
    return Interventions.model_validate_json(release.read(_FILE)).interventions


@lru_cache(maxsize=128)
def trail(release: Release, name: str) -> Trail:
    """What the criteria of an intervention say of the areas. Raises KeyError for no such id."""
    own = {each.id: each for each in every(release)}[name]
    return register.trail(own, [_view(release, each) for each in own.criteria])


@lru_cache(maxsize=128)
def since(release: Release, name: str) -> tuple[BeforeAfter, ...]:
    """How the indicators of an intervention moved since. Raises KeyError for no such id."""
    return register.since(trail(release, name))


def of_area(release: Release, area: str) -> tuple[Trail, ...]:
    """The trails of interventions that chose an area or whose criteria it met, in their order.

    Those of a zone are the ones of its parts.
    """
    parts = areas.parted(release, area)
    found = (trail(release, each.id) for each in every(release))
    return tuple(one for one in found if any(one.concerns(part) for part in parts))


def views_of(release: Release, area: str) -> list[View]:
    """The views of the criteria by which numbers of an area are told."""
    parts, found = areas.parted(release, area), of_area(release, area)
    return [view for one in found if any(map(one.line, parts)) for view in one.distinct]


def of_indicator(release: Release, indicator: str) -> tuple[Intervention, ...]:
    """The interventions that name an indicator in a criterion, in their order."""
    return tuple(each for each in every(release) if indicator in each.indicators)


def _view(release: Release, criterion: Criterion) -> View:
    """The indicator of a criterion at its period, on the level the app opens with."""
    theme = release.catalog.theme_of(criterion.indicator).id
    level = release.catalog.city.default_level
    return views.view_of(release, Selection(theme, criterion.indicator, level, criterion.period))
