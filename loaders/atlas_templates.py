"""The template of the Sozialatlas a release carries."""

from __future__ import annotations

from loaders import releases
from loaders.releases import Release
from model.atlas import Atlas

_FILE = "atlas.json"


@releases.kept(2)
def of(release: Release) -> Atlas:
    """Template and texts of a release; the usual template and no texts in one without."""
    if _FILE not in release.manifest["files"]:
        return Atlas()
    return Atlas.model_validate_json(release.read(_FILE))
