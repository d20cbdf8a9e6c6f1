"""What a manifest promises of a release's files, and whether their bytes keep it; reads no disk."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

CURRENT = "current"
"""The pointer beside the releases: the id of the one that is shown."""
TRUSTED = "trusted.pub"
"""The public keys beside the releases whose owners may sign them."""
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
TOMBSTONE = "withdrawn.json"
"""What is left of a withdrawn release."""
SIGNED = 3
"""The format from which on manifests are signed and tell the columns of tables."""
APART = ("id", "created", "built", "content_hash", "files")
"""What a manifest says that is no part of its content."""
TABLE = ".parquet"

_ID = r"[a-z0-9][a-z0-9-]{0,99}"
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.+-]*"
_PATH = rf"{_PART}(/{_PART})*"

Entries = Mapping[str, Mapping[str, Any]]
"""sha256, bytes, and of tables rows and schema, by path."""
Descriptions = Mapping[str, Mapping[str, Any]]
"""What is told of each delivery, by its id; plain values."""


class DamagedError(ValueError):
    """A file is not what the manifest promises, or the manifest is none; `path` names it."""

    def __init__(self, path: str) -> None:
        """Keep the path inside the release."""
        self.path = path
        super().__init__(path)


def is_id(text: str) -> bool:
    """Whether a text can be the id of a release, and so the name of a folder."""
    return re.fullmatch(_ID, text) is not None


def encoded(data: object) -> str:
    """The text of a manifest or a tombstone."""
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def content_hash(entries: Entries, said: Mapping[str, Any]) -> str:
    """SHA-256 over the sorted 'path sha256' lines of all files but the manifest, and a last line.

    That is 'manifest.json sha256' over what the manifest says of the content (all but APART).
    """
    lines = "".join(f"{path} {entries[path]['sha256']}\n" for path in sorted(entries))
    lines += f"{MANIFEST} {hashlib.sha256(encoded(said).encode()).hexdigest()}\n"
    return hashlib.sha256(lines.encode()).hexdigest()


def read(data: bytes, name: str) -> dict[str, Any]:
    """The manifest of the release `name`: sound names, each once, and a content hash that fits.

    Raises DamagedError if it is not that.
    """
    try:
        found = json.loads(data, object_pairs_hook=_once)
        entries = found["files"]
        said = {key: value for key, value in found.items() if key not in APART}
        digest = content_hash(entries, said)
        sound = (found["id"], found["content_hash"]) == (name, digest)
        sound = sound and name.endswith(f"-{digest[:8]}") and type(found["format"]) is int
        sound = sound and len({path.casefold() for path in entries}) == len(entries)
        sound = sound and all(
            _is_promise(path, one, found["format"]) for path, one in entries.items()
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedError(MANIFEST) from None
    if not sound:
        raise DamagedError(MANIFEST)
    return dict(found)


def foreign(manifest: Mapping[str, Any], found: Iterable[str]) -> list[str]:
    """The paths of a release's folder that its manifest does not name, sorted."""
    return sorted(set(found) - {*manifest["files"], MANIFEST, SIGNATURE})


def check(path: str, data: bytes, manifest: Mapping[str, Any]) -> None:
    """Whether these bytes are the file that the manifest names so. Raises DamagedError."""
    promised = manifest["files"].get(path, {})
    if hashlib.sha256(data).hexdigest() != promised.get("sha256"):
        raise DamagedError(path)


def check_layout(path: str, data: bytes, manifest: Mapping[str, Any]) -> None:
    """Whether a table says of itself what the manifest says of it. Raises DamagedError.

    Only its metadata are read: a few kilobytes can unpack to hundreds of millions of rows.
    """
    promised = manifest["files"][path]
    if path.endswith(TABLE) and manifest["format"] >= SIGNED:
        try:
            told = layout(data)
        except ValueError:
            raise DamagedError(path) from None
        if told != (promised["rows"], promised["schema"]):
            raise DamagedError(path)


def layout(table: bytes) -> tuple[int, dict[str, str]]:
    """Rows of a Parquet file, and the types of its columns by name, from its metadata.

    Raises ValueError if it is none, or its parts add up to another number of rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as parquet  # 0.1 s that not every command needs

    try:
        told = parquet.read_metadata(io.BytesIO(table))
        groups = [told.row_group(number).num_rows for number in range(told.num_row_groups)]
        columns = [told.schema.column(number) for number in range(len(told.schema))]
    except (pa.ArrowException, OSError) as error:
        raise ValueError(str(error)) from None
    if sum(groups) != told.num_rows:
        raise ValueError("other rows than its parts")
    return told.num_rows, {
        column.path: f"{column.physical_type} {column.logical_type}" for column in columns
    }


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose names are all different."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _is_promise(path: str, entry: Mapping[str, Any], format_: int) -> bool:
    """Whether a manifest may say this of a file: a path below the folder, numbers, a hash."""
    sound = re.fullmatch(_PATH, path) is not None
    sound = sound and path not in (MANIFEST, SIGNATURE, TOMBSTONE)
    sound = sound and re.fullmatch(r"[0-9a-f]{64}", entry["sha256"]) is not None
    sound = sound and type(entry["bytes"]) is int and entry["bytes"] >= 0
    if format_ >= SIGNED and path.endswith(TABLE):
        sound = sound and type(entry["rows"]) is int and isinstance(entry["schema"], dict)
    return sound
