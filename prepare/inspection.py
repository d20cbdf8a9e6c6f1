"""Releases on disk as they are found: which there are, which is shown, whether one is whole."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prepare import release
from prepare.failures import ImpossibleError
from prepare.findings import Finding, PreparationError, nearest, refuse

_ID = r"[a-z0-9][a-z0-9-]*"
_APART = ("id", "created", "built", "content_hash", "files")
_REBUILD = "Den Ordner dieses Datenstands löschen und neu bauen."


@dataclass(frozen=True)
class Whole:
    """A release whose every file is what its manifest says, and whose manifest is untouched."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def builder(self) -> str:
        """Who built it; empty if nobody is named."""
        return str(self.manifest.get("built", {}).get("by", ""))


def pointer(releases: Path) -> str | None:
    """The id that `current` names; None if nothing was published yet.

    Raises ImpossibleError if the pointer is unreadable.
    """
    try:
        found = (releases / release.CURRENT).read_bytes().decode("utf-8").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        found = ""
    if not re.fullmatch(_ID, found):
        raise ImpossibleError(
            f"Der Zeiger {releases / release.CURRENT} ist unlesbar. Mit „python -m prepare log“ "
            "nachsehen, was galt, und es mit publish oder rollback wieder gelten lassen."
        )
    return found


def ids(releases: Path) -> list[str]:
    """Ids of all releases in a folder, sorted."""
    if not releases.is_dir():
        return []
    found = (p for p in releases.iterdir() if re.fullmatch(_ID, p.name))
    return sorted(p.name for p in found if (p / release.MANIFEST).is_file())


def whole(releases: Path, name: str) -> Whole:
    """The release of that id, every hash verified.

    Raises ImpossibleError if there is no such folder of releases, PreparationError if there is no
    such release or it is damaged.
    """
    if not releases.is_dir():
        raise ImpossibleError(f"Ordner der Datenstände nicht gefunden: {releases}")
    folder = releases / name
    if not re.fullmatch(_ID, name) or not folder.is_dir():
        message = "Diesen Datenstand gibt es nicht."
        raise PreparationError(
            [Finding("release_unknown", name, "", message, nearest(name, ids(releases)))]
        )
    try:
        manifest = json.loads((folder / release.MANIFEST).read_text(encoding="utf-8"))
        entries = {str(path): dict(entry) for path, entry in manifest["files"].items()}
        said = {key: value for key, value in manifest.items() if key not in _APART}
        digest = release.content_hash(entries, said)
        sound = (manifest["id"], manifest["content_hash"]) == (name, digest)
        sound = sound and name.endswith(f"-{digest[:8]}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise PreparationError([_damaged(name, release.MANIFEST)]) from None
    harmed = [] if sound else [release.MANIFEST]
    harmed += [path for path in sorted(entries) if not _is(folder / path, entries[path])]
    there = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    foreign = sorted(set(there) - {*entries, release.MANIFEST})
    refuse([_damaged(name, path) for path in harmed] + [_foreign(name, path) for path in foreign])
    return Whole(folder, manifest)


def _is(path: Path, entry: Mapping[str, Any]) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == entry.get("sha256")
    except OSError:
        return False


def _damaged(name: str, path: str) -> Finding:
    message = "Die Datei des Datenstands fehlt oder wurde verändert."
    return Finding("release_damaged", f"{name}/{path}", "", message, _REBUILD)


def _foreign(name: str, path: str) -> Finding:
    message = "Die Datei gehört nicht zum Datenstand; niemand hat sie geprüft."
    return Finding("release_damaged", f"{name}/{path}", "", message, _REBUILD)
