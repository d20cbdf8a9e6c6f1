"""A release on disk: written aside, hashed, put in place by one rename, shown to nobody yet."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from model.catalog import RELEASE_FORMAT, Audience
from prepare.findings import Finding, refuse

FORMAT = RELEASE_FORMAT
CURRENT = "current"
MANIFEST = "manifest.json"
ASIDE = ".building-"
_DAY = 24 * 60 * 60

Entries = Mapping[str, Mapping[str, Any]]
"""sha256, bytes and rows (of tables) by path."""


def _nothing(_content: Content, _entries: Entries) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Content:
    """Everything a release holds: frames and texts by path, and what the manifest says of them.

    `about` makes further texts by path of what is known once all others are written: their
    hashes and sizes.
    """

    city: str
    edition: str
    audience: Audience
    frames: Mapping[str, pl.DataFrame]
    texts: Mapping[str, str]
    periods: tuple[str, str]
    modelled: bool
    deliveries: Mapping[str, Mapping[str, Any]]
    about: Callable[[Content, Entries], Mapping[str, str]] = _nothing


@dataclass(frozen=True)
class Made:
    """How a release came about; stands in its manifest but is no part of the content's hash.

    `by` is the person who built it, `findings` their number by grade, `received` the date (UTC)
    each delivered file came in by SHA-256, `previous` the release shown when it was built.
    """

    by: str = ""
    findings: Mapping[str, int] = field(default_factory=dict)
    received: Mapping[str, str] = field(default_factory=dict)
    previous: str | None = None


@dataclass(frozen=True)
class Written:
    """Where a release lies, whether it is new, and the bytes of its files."""

    path: Path
    new: bool
    size: int


def write(content: Content, releases: Path, made: Made | None = None) -> Written:
    """Write the release below `releases`, as a candidate: only publishing shows it.

    Everything goes into a hidden folder beside, is flushed to disk and renamed: a crash at any
    time leaves the whole release or none. The same content gets the same
    id and is not written again. Raises OSError if the disk refuses, PreparationError if a release
    with that id is there but damaged.
    """
    releases.mkdir(parents=True, exist_ok=True)
    _sweep(releases)
    aside = Path(tempfile.mkdtemp(prefix=ASIDE, dir=releases))
    try:
        entries = dict(_written(content.frames, content.texts, aside))
        entries |= _written({}, content.about(content, entries), aside)
        digest = content_hash(entries, _said(content))
        target = releases / f"{content.city}-{content.edition}-{digest[:8]}"
        new = not target.exists()
        if new:
            told = _told(content, target.name, digest, entries)
            _write_text(aside / MANIFEST, _json(told | _untold(made or Made())))
            aside.chmod(0o755)
            _flush_folders(aside)
            new = _put_in_place(aside, target)
        if not new:
            _check_unharmed(target, entries, _told(content, target.name, digest, entries))
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Written(target, new, sum(file["bytes"] for file in entries.values()))


def _put_in_place(aside: Path, target: Path) -> bool:
    """Rename a whole release to its name; false if another build was faster."""
    try:
        os.rename(aside, target)
    except OSError:
        if target.is_dir():
            return False
        raise
    flush(target.parent)
    return True


def _sweep(releases: Path) -> None:
    """Remove what builds killed more than a day ago have left behind."""
    for left in releases.glob(f"{ASIDE}*"):
        if time.time() - left.stat().st_mtime > _DAY:
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)


def content_hash(entries: Entries, said: Mapping[str, Any]) -> str:
    """SHA-256 over the sorted 'path sha256' lines of all files but the manifest, and a last line.

    That is 'manifest.json sha256' over what the manifest says of the content (`_said`).
    """
    lines = "".join(f"{path} {entries[path]['sha256']}\n" for path in sorted(entries))
    lines += f"{MANIFEST} {hashlib.sha256(_json(said).encode()).hexdigest()}\n"
    return hashlib.sha256(lines.encode()).hexdigest()


def _written(
    frames: Mapping[str, pl.DataFrame], texts: Mapping[str, str], folder: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write files; yields path and entry of each."""
    for path, frame in frames.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        # No statistics: they would tell the range of what a reader may not see.
        frame.write_parquet(folder / path, compression="zstd", statistics=False)
        flush(folder / path)
        yield path, entry((folder / path).read_bytes(), frame.height)
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        _write_text(folder / path, text)
        yield path, entry(text.encode())


def entry(data: bytes, rows: int | None = None) -> dict[str, Any]:
    """What the manifest says of a file with these bytes, and `rows` if it is a table."""
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "rows": rows}


def _write_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _said(content: Content) -> dict[str, Any]:
    """What the manifest says of the content, beside the files."""
    return {
        "format": FORMAT,
        "city": content.city,
        "audience": content.audience,
        "edition": content.edition,
        "periods": list(content.periods),
        "modelled": content.modelled,
        "deliveries": content.deliveries,
    }


def _told(content: Content, release: str, digest: str, entries: Entries) -> dict[str, Any]:
    """The whole manifest but how it was made."""
    return {"id": release, "content_hash": digest, **_said(content), "files": entries}


def _untold(made: Made) -> dict[str, Any]:
    """What the manifest adds that is no part of the content: when and how it was made."""
    return {"created": datetime.now(UTC).isoformat(timespec="seconds"), "built": asdict(made)}


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _check_unharmed(target: Path, entries: Entries, told: Mapping[str, Any]) -> None:
    """Refuse an existing release that no longer is what its name says."""
    harmed = [
        path
        for path, told_of in entries.items()
        if not (target / path).exists()
        or entry((target / path).read_bytes())["sha256"] != told_of["sha256"]
    ]
    if not _is_manifest(target / MANIFEST, told):
        harmed.append(MANIFEST)
    refuse(
        [
            Finding(
                "release_damaged",
                f"{target.name}/{path}",
                "",
                "Die Datei des vorhandenen Datenstands fehlt oder wurde verändert.",
                "Den Ordner dieses Datenstands löschen und neu bauen.",
            )
            for path in harmed
        ]
    )


def _is_manifest(path: Path, told: Mapping[str, Any]) -> bool:
    """Whether the file says what is told, and when and how it was made."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        made = datetime.fromisoformat(found["created"])
        apart = {"created": found["created"], "built": dict(found["built"])}
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return False
    return made.tzinfo is not None and found == json.loads(_json(told)) | apart


def flush(path: Path) -> None:
    """Have the disk keep a file's content, or a folder's entries (not on Windows)."""
    windows = os.name == "nt"
    if windows and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if windows else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flush_folders(root: Path) -> None:
    for folder, _, _ in os.walk(root, topdown=False):
        flush(Path(folder))
