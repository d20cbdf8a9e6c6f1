"""Writing so that the disk keeps it: aside, flushed, put in place by one rename."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

ASIDE = ".building-"
"""How the names of files and folders begin that are not in place yet."""
_DAY = 24 * 60 * 60


def write(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a new file and have the disk keep its content. Raises OSError.

    Without a `mode` the process decides who can read it.
    """
    with path.open("wb") as file:
        file.write(data)
        if mode is not None:
            path.chmod(mode)
        file.flush()
        os.fsync(file.fileno())


def put(path: Path, data: bytes, mode: int = 0o644, aside_in: Path | None = None) -> None:
    """Write a file in one step: whoever reads it finds the old content or the new one.

    It is written in the folder `aside_in` first, else beside its place; nobody but the owner can
    read it before it has its mode. Raises OSError.
    """
    handle, name = tempfile.mkstemp(prefix=ASIDE, dir=aside_in or path.parent)
    os.close(handle)
    aside = Path(name)
    try:
        write(aside, data, mode)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    flush(path.parent)


def sweep(folder: Path) -> None:
    """Remove from a folder what programs killed more than a day ago have left behind."""
    for left in folder.glob(f"{ASIDE}*"):
        try:
            old = time.time() - left.lstat().st_mtime > _DAY
        except FileNotFoundError:
            continue  # Another program has just removed it, or put it in place.
        if old and left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        elif old:
            left.unlink(missing_ok=True)


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


def flush_folders(root: Path) -> None:
    """Have the disk keep the entries of a folder and of all below it."""
    for folder, _, _ in os.walk(root, topdown=False):
        flush(Path(folder))
