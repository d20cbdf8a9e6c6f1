"""Files of JSON lines that only grow: a line is whole or, after a crash, told apart and skipped.

Lines can be chained: each then carries as `before` the SHA-256 of the line before it, so that none
that has a successor can be changed, taken out or put in without breaking the chain. Nothing holds
the end: the last line can be changed and lines there taken off, or the whole file written anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BEFORE = "before"
START = "0" * 64
"""What the first line of a file carries as `before`."""


@dataclass(frozen=True)
class Lines:
    """Objects by line number (from 1), numbers of lines that are none, and where the chain breaks.

    A file may begin with lines that are older than chains, or hold nothing else; a line without
    `before` after one with it is a break.
    """

    found: Mapping[int, Mapping[str, Any]]
    unreadable: tuple[int, ...]
    broken: tuple[int, ...]


def lines(path: Path) -> Lines:
    """All lines of the file; none if there is no such file. Raises OSError."""
    texts = _texts(path)
    told = {number: _object(text) for number, text in texts}
    return Lines(
        {number: found for number, found in told.items() if found is not None},
        tuple(number for number, found in told.items() if found is None),
        tuple(_broken(texts, told)),
    )


def _broken(
    texts: Sequence[tuple[int, bytes]], told: Mapping[int, Mapping[str, Any] | None]
) -> Iterable[int]:
    """The numbers of lines that do not carry the hash of the line before them."""
    last, chained = START, False
    for number, text in texts:
        found = told[number]
        if found is not None and (chained or BEFORE in found):
            chained = True
            if found.get(BEFORE) != last:
                yield number
        last = hashlib.sha256(text).hexdigest()


def append(
    path: Path,
    objects: Iterable[Mapping[str, Any]],
    chained: bool = False,
    mode: int | None = None,
) -> None:
    """Add lines and have the disk keep them. Raises OSError; then the file is as it was.

    The caller holds the folder's lock. A line that a power failure cut off is closed first, so
    that it spoils no other. A new file gets the `mode`; without one the process decides.
    """
    new = []
    last = _last(path) if chained else START
    for one in objects:
        link = {BEFORE: last} if chained else {}
        new.append(json.dumps({**one, **link}, ensure_ascii=False).encode())
        last = hashlib.sha256(new[-1]).hexdigest()
    data = b"".join(line + b"\n" for line in new)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        size = os.fstat(handle).st_size
        if mode is not None and not size:
            path.chmod(mode)
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


def _texts(path: Path) -> list[tuple[int, bytes]]:
    """The lines that are not empty, with their numbers."""
    try:
        texts = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return []
    return [(number, text) for number, text in enumerate(texts, start=1) if text.strip()]


def _last(path: Path) -> str:
    """The hash of the last line."""
    texts = _texts(path)
    return hashlib.sha256(texts[-1][1]).hexdigest() if texts else START


def _object(text: bytes) -> Mapping[str, Any] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
