"""The stories a release carries."""

from __future__ import annotations

from loaders import releases
from loaders.releases import Release
from model.story import Stories, Story

_FILE = "stories.json"


@releases.kept(2)
def every(release: Release) -> tuple[Story, ...]:
    """All stories of a release, in the order of the office; none in a release without."""
    if _FILE not in release.manifest["files"]:
        return ()
    return Stories.model_validate_json(release.read(_FILE)).stories
