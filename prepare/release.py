"""A release on disk: written aside, signed, put in place by one rename, shown to nobody yet."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from model import manifest
from model.catalog import RELEASE_FORMAT, Audience
from model.manifest import Entries
from prepare import durable, inspection, signing

FORMAT = RELEASE_FORMAT
READABLE = 3
"""The first format whose tables are still read, and whose releases carry their rules."""
_FILE, _FOLDER = 0o644, 0o755
"""Modes whatever the umask: the application that shows a release may run as another user."""


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


def write(
    content: Content, releases: Path, made: Made | None = None, key: Path | None = None
) -> Written:
    """Write the release below `releases`, as a candidate: only publishing shows it.

    Everything goes into a hidden folder beside, is signed with the key in the file `key` (else
    signing.beside), flushed to disk, renamed and read back: a crash at any time leaves the whole
    release or none. The same content gets the same id and is not written again. Raises OSError
    if the disk refuses, PreparationError if a release with that id is there but damaged or
    withdrawn, or the key is not a trusted one.
    """
    if not releases.exists():
        releases.mkdir(parents=True, exist_ok=True)
        releases.chmod(_FOLDER)
    durable.sweep(releases)
    signer = signing.key(key or signing.beside(releases))
    signing.check_trusted(signing.public(signer), releases, content.city)
    aside = Path(tempfile.mkdtemp(prefix=durable.ASIDE, dir=releases))
    try:
        entries = dict(_written(content.frames, content.texts, aside))
        entries |= _written({}, content.about(content, entries), aside)
        digest = manifest.content_hash(entries, _said(content))
        target = releases / f"{content.city}-{content.edition}-{digest[:8]}"
        new = not target.exists()
        if new:
            told = {"id": target.name, "content_hash": digest, **_said(content), "files": entries}
            _sign(told | _untold(made or Made()), signer, aside)
            for folder in (aside, *(path for path in aside.rglob("*") if path.is_dir())):
                folder.chmod(_FOLDER)
            durable.flush_folders(aside)
            new = _put_in_place(aside, target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    if inspection.whole(releases, target.name).manifest["content_hash"] != digest:
        raise inspection.damaged(target.name, manifest.MANIFEST)
    return Written(target, new, sum(file["bytes"] for file in entries.values()))


def _put_in_place(aside: Path, target: Path) -> bool:
    """Rename a whole release to its name; false if another build was faster."""
    try:
        os.rename(aside, target)
    except OSError:
        if target.is_dir():
            return False
        raise
    durable.flush(target.parent)
    return True


def _written(
    frames: Mapping[str, pl.DataFrame], texts: Mapping[str, str], folder: Path
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write files; yields path and entry of each."""
    for path, frame in frames.items():
        data = tabled(frame)
        _put(folder / path, data)
        yield path, entry(data, frame.height, manifest.layout(data)[1])
    for path, text in texts.items():
        _put(folder / path, text.encode())
        yield path, entry(text.encode())


def tabled(frame: pl.DataFrame) -> bytes:
    """A frame as Parquet, made anew from the values a reader may see.

    A masked number stays in a frame's memory below the null, a sliced frame keeps its parent, and
    categories keep labels that no row has; of all that nothing is written. Statistics would tell
    the range of what a reader may not see. Raises TypeError if a cell holds more than one value.
    """
    fresh = pl.DataFrame([_fresh(column) for column in frame])
    table = io.BytesIO()
    fresh.write_parquet(table, compression="zstd", statistics=False)
    return table.getvalue()


def _fresh(column: pl.Series) -> pl.Series:
    """The column once more, from plain Python values; labels become texts."""
    if column.dtype.is_nested():
        raise TypeError(f"column {column.name} is not flat")
    labels = isinstance(column.dtype, pl.Enum | pl.Categorical)
    return pl.Series(column.name, column.to_list(), pl.String if labels else column.dtype)


def entry(
    data: bytes, rows: int | None = None, schema: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the manifest says of a file with these bytes, and of its rows and columns if a table."""
    digest = hashlib.sha256(data).hexdigest()
    told = {} if schema is None else {"schema": schema}
    return {"sha256": digest, "bytes": len(data), "rows": rows, **told}


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    durable.write(path, data, _FILE)


def _sign(told: Mapping[str, Any], signer: Ed25519PrivateKey, folder: Path) -> None:
    """Write the manifest and its signature."""
    data = manifest.encoded(told).encode()
    durable.write(folder / manifest.MANIFEST, data, _FILE)
    durable.write(folder / manifest.SIGNATURE, signing.signature(signer, data).encode(), _FILE)


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


def _untold(made: Made) -> dict[str, Any]:
    """What the manifest adds that is no part of the content: when and how it was made."""
    return {"created": datetime.now(UTC).isoformat(timespec="seconds"), "built": asdict(made)}
