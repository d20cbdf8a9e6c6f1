"""Releases on disk as they are found: which there are, which is shown, whether one is whole."""

from __future__ import annotations

import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model import manifest as manifests
from model import signatures
from model.manifest import CURRENT, MANIFEST, SIGNATURE, SIGNED, TOMBSTONE, DamagedError
from model.signatures import SignatureError
from prepare import journal, signing
from prepare.failures import ImpossibleError
from prepare.findings import Finding, PreparationError, nearest, refuse
from prepare.journal import Entry

_REBUILD = "Den Ordner dieses Datenstands löschen und neu bauen."


@dataclass(frozen=True)
class Whole:
    """A release whose every file is what its manifest says, and whose manifest is signed.

    `key` is the public key that signed it, b"" where it is older than signatures.
    """

    folder: Path
    manifest: Mapping[str, Any]
    key: bytes = b""

    @property
    def builder(self) -> str:
        """Who built it; empty if nobody is named."""
        return str(self.manifest.get("built", {}).get("by", ""))


def pointer(releases: Path) -> str | None:
    """The id that `current` names; None if nothing was published yet.

    Raises ImpossibleError if the pointer is unreadable.
    """
    try:
        found = (releases / CURRENT).read_bytes().decode("utf-8").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        found = ""
    if not manifests.is_id(found):
        raise ImpossibleError(
            f"Der Zeiger {releases / CURRENT} ist unlesbar. Mit „python -m prepare log“ "
            "nachsehen, was galt, und es mit publish oder rollback wieder gelten lassen."
        )
    return found


def ids(releases: Path) -> list[str]:
    """Ids of all releases in a folder that were not withdrawn, sorted."""
    if not releases.is_dir():
        return []
    found = (path for path in releases.iterdir() if manifests.is_id(path.name))
    return sorted(
        path.name
        for path in found
        if (path / MANIFEST).is_file() and not (path / TOMBSTONE).exists()
    )


def whole(releases: Path, name: str) -> Whole:
    """The release of that id: its signature and every file verified.

    Raises ImpossibleError if there is no such folder of releases, PreparationError if there is no
    such release, it was withdrawn (also if the log alone says so, as after a crash), is damaged,
    or its key is not trusted here.
    """
    if not releases.is_dir():
        raise ImpossibleError(f"Ordner der Datenstände nicht gefunden: {releases}")
    folder = releases / name
    if not manifests.is_id(name) or not folder.is_dir() or folder.is_symlink():
        message = "Diesen Datenstand gibt es nicht."
        raise PreparationError(
            [Finding("release_unknown", name, "", message, nearest(name, ids(releases)))]
        )
    withdrawal = journal.journal(releases).withdrawn.get(name)
    if withdrawal is not None or (folder / TOMBSTONE).exists():
        raise PreparationError([_withdrawn(folder, withdrawal)])
    found = verified(folder, name)
    if found.key:
        signing.check_trusted(found.key, releases, name)
    return found


def verified(folder: Path, name: str) -> Whole:
    """The release in a folder, every file verified and the signature, whoever has signed.

    Raises PreparationError if it is damaged.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
        manifest = manifests.read(data, name)
    except (OSError, DamagedError):
        raise damaged(name, MANIFEST) from None
    key = _signer(folder, name, data) if manifest["format"] >= SIGNED else b""
    harmed = [path for path in sorted(manifest["files"]) if not _is(folder, path, manifest)]
    there = folder.rglob("*")
    foreign = manifests.foreign(
        manifest,
        (p.relative_to(folder).as_posix() for p in there if p.is_symlink() or not p.is_dir()),
    )
    refuse([_damaged(name, path) for path in harmed] + [_foreign(name, path) for path in foreign])
    return Whole(folder, manifest, key)


def damaged(name: str, path: str) -> PreparationError:
    """The refusal of a release, one of whose files is not what was written."""
    return PreparationError([_damaged(name, path)])


def _signer(folder: Path, name: str, data: bytes) -> bytes:
    """The public key that signed these bytes of the manifest."""
    try:
        return signatures.signer(data, (folder / SIGNATURE).read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        raise damaged(name, SIGNATURE) from None
    except SignatureError:
        message = "Die Unterschrift der Statistikstelle passt nicht zum Datenstand."
        finding = Finding("release_damaged", f"{name}/{MANIFEST}", "", message, _REBUILD)
        raise PreparationError([finding]) from None


def _is(folder: Path, path: str, manifest: Mapping[str, Any]) -> bool:
    """Whether a file is what the manifest promises; one that is longer is not even read."""
    try:
        told = (folder / path).lstat()
        if not stat.S_ISREG(told.st_mode) or told.st_size != manifest["files"][path]["bytes"]:
            return False
        data = (folder / path).read_bytes()
        manifests.check(path, data, manifest)
        manifests.check_layout(path, data, manifest)
    except (OSError, DamagedError):
        return False
    return True


def _damaged(name: str, path: str) -> Finding:
    message = "Die Datei des Datenstands fehlt oder wurde verändert."
    return Finding("release_damaged", f"{name}/{path}", "", message, _REBUILD)


def _foreign(name: str, path: str) -> Finding:
    message = "Die Datei gehört nicht zum Datenstand; niemand hat sie geprüft."
    return Finding("release_damaged", f"{name}/{path}", "", message, _REBUILD)


def _withdrawn(folder: Path, entry: Entry | None) -> Finding:
    """What the tombstone says, or else the log."""
    try:
        told = json.loads((folder / TOMBSTONE).read_text(encoding="utf-8"))
        why = f" von {told['by']}: {told['reason']}"
    except (OSError, ValueError, KeyError, TypeError):
        why = "." if entry is None else f" von {entry.by}: {entry.note}"
    return Finding(
        "release_withdrawn",
        folder.name,
        "",
        f"Dieser Datenstand wurde zurückgezogen{why}",
        "Berichtigen, was falsch war, und neu bauen; was zurückgezogen ist, kommt nicht wieder.",
    )
