"""The release the app shows: found by its pointer, verified by its hashes, kept by its id."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from loaders import audience
from model.catalog import RELEASE_FORMAT, Catalog
from model.language import _

ROOT = Path(__file__).parent.parent / "data" / "releases"


# First visitors come at once; without it each would get an object, and a cache, of its own.
_loading = threading.Lock()


class ReleaseError(Exception):
    """A release is missing, incomplete or not what its manifest says; the text is for people."""


class AudienceMismatch(ReleaseError):
    """The release was made for others than this process serves."""


@dataclass(frozen=True, eq=False)
class Release:
    """One immutable release. There is one object per id, so it serves as a cache key."""

    folder: Path
    manifest: dict[str, Any]
    catalog: Catalog

    @property
    def id(self) -> str:
        """The release id, as it stands in links, file names and the footer."""
        return str(self.manifest["id"])

    @property
    def internal(self) -> bool:
        """Whether only the city's own offices may see it."""
        return bool(self.manifest["audience"] == "internal")

    @property
    def modelled(self) -> bool:
        """Whether any figure of the release comes from a model."""
        return bool(self.manifest["modelled"])


def root() -> Path:
    """The folder of releases: QUARTIERSPULS_RELEASES, else data/releases."""
    return Path(os.environ.get("QUARTIERSPULS_RELEASES", ROOT))


def current() -> Release:
    """The release the pointer names. Raises ReleaseError when there is none to show."""
    pointer = root() / "current"
    try:
        release_id = pointer.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ReleaseError(
            _(
                "Es ist noch keine Veröffentlichung vorhanden. "
                "Bitte zuerst „python -m prepare build“ und „publish“ ausführen."
            )
        ) from None
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", release_id):
        raise ReleaseError(_("Der Zeiger auf die Veröffentlichung ist unlesbar."))
    with _loading:
        return _load(root() / release_id)


@lru_cache(maxsize=2)
def _load(folder: Path) -> Release:
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["audience"] != audience.served():
            raise AudienceMismatch(_mismatch(folder.name))
        if manifest["format"] != RELEASE_FORMAT:
            raise ReleaseError(
                _(
                    "Die Veröffentlichung „{name}“ stammt von einer anderen Version dieser "
                    "Anwendung. Bitte neu bauen und veröffentlichen."
                ).format(name=folder.name)
            )
        for name, facts in manifest["files"].items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != facts["sha256"]:
                raise ReleaseError(
                    _("Die Datei „{name}“ der Veröffentlichung ist beschädigt.").format(name=name)
                )
        catalog = Catalog.model_validate_json((folder / "catalog.json").read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReleaseError(
            _("Die Veröffentlichung „{name}“ ist unvollständig.").format(name=folder.name)
        ) from error
    return Release(folder, manifest, catalog)


def _mismatch(name: str) -> str:
    if audience.internal():
        return _(
            "Die Veröffentlichung „{name}“ ist keine interne. Die interne Anwendung zeigt nur "
            "interne; ihr Ordner steht in QUARTIERSPULS_RELEASES."
        ).format(name=name)
    return _(
        "Die Veröffentlichung „{name}“ ist nicht für die Öffentlichkeit bestimmt und wird hier "
        "nicht gezeigt."
    ).format(name=name)
