"""Reading a release's files so that only what the statistics unit has signed is ever used."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

from model import manifest, signatures
from model.catalog import RELEASE_FORMAT
from model.manifest import MANIFEST, SIGNATURE, TOMBSTONE, TRUSTED, DamagedError
from model.signatures import SignatureError


class OutdatedError(Exception):
    """A release is of another format than this version of the app reads."""


def signed(folder: Path) -> dict[str, Any]:
    """The manifest of the release in a folder, signed with a key that stands beside it.

    QUARTIERSPULS_TRUSTED names another file of keys, out of reach of whoever writes releases.
    Raises OSError if it is not there, OutdatedError, SignatureError, or DamagedError.
    """
    data = (folder / MANIFEST).read_bytes()
    if _said(data, "format") not in (None, RELEASE_FORMAT):
        raise OutdatedError(folder.name)
    keys = Path(os.environ.get("QUARTIERSPULS_TRUSTED", folder.parent / TRUSTED))
    try:
        trusted = signatures.keys(keys.read_text(encoding="utf-8"))
        signer = signatures.signer(data, (folder / SIGNATURE).read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError) as error:
        raise SignatureError("no signature, or no keys") from error
    if signer not in trusted:
        raise SignatureError("nobody's key")
    return manifest.read(data, folder.name)


def check_files(folder: Path, told: dict[str, Any]) -> None:
    """Verify every file, and that there are no others. Raises OSError or DamagedError.

    Tables have to say of themselves what the manifest says of them before a row is read.
    """
    there = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    for path in manifest.foreign(told, (one.relative_to(folder).as_posix() for one in there)):
        raise DamagedError(path)
    for path in told["files"]:
        manifest.check_layout(path, data(folder, path, told), told)


def data(folder: Path, path: str, told: dict[str, Any]) -> bytes:
    """A file's bytes, verified now; a link, or what has another size, is not even opened.

    Raises OSError if it is not there, DamagedError if it is not what the manifest promises.
    """
    found = (folder / path).lstat()
    promised = told["files"].get(path, {}).get("bytes")
    if not stat.S_ISREG(found.st_mode) or found.st_size != promised:
        raise DamagedError(path)
    read = (folder / path).read_bytes()
    manifest.check(path, read, told)
    return read


def is_withdrawn(folder: Path) -> bool:
    """Whether only a tombstone is left of the release in a folder, or soon will be.

    A folder that cannot be read says nothing; nothing of it is shown either.
    """
    try:
        return (folder / TOMBSTONE).exists()
    except OSError:
        return False


def tombstone(folder: Path) -> tuple[str, str]:
    """When (ISO date) and why a release was withdrawn; empty where the tombstone is unreadable."""
    try:
        told = json.loads((folder / TOMBSTONE).read_text(encoding="utf-8"))
        return str(told["time"])[:10], str(told["reason"])
    except (OSError, ValueError, KeyError, TypeError):
        return "", ""


def audience(folder: Path) -> object:
    """The audience a manifest says it is for, whoever wrote it; None if it says none."""
    try:
        return _said((folder / MANIFEST).read_bytes(), "audience")
    except OSError:
        return None


def _said(data: bytes, key: str) -> object:
    """What a manifest says, whoever wrote it; None if it says nothing of it."""
    try:
        return json.loads(data)[key]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
