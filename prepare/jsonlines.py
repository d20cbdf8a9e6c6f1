"""Files of JSON lines that only grow: a line is whole or, after a crash, told apart and skipped."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Lines:
    """Objects by line number (from 1), and the numbers of lines that are none."""

    found: Mapping[int, Mapping[str, Any]]
    unreadable: tuple[int, ...]


def lines(path: Path) -> Lines:
    """All lines of the file; none if there is no such file. Raises OSError."""
    try:
        texts = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        texts = []
    told = {n: _object(text) for n, text in enumerate(texts, start=1) if text.strip()}
    return Lines(
        {number: found for number, found in told.items() if found is not None},
        tuple(number for number, found in told.items() if found is None),
    )


def append(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Add lines and have the disk keep them. Raises OSError; then the file is as it was.

    The caller holds the folder's lock. A line that a power failure cut off is closed first, so
    that it spoils no other.
    """
    data = b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in objects)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        size = os.fstat(handle).st_size
        if size and _last_byte(path) != b"\n":
            data = b"\n" + data
        try:
            while data:
                data = data[os.write(handle, data) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, size)
            raise
    finally:
        os.close(handle)


def _object(text: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
