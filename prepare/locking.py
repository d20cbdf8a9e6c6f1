"""One writer at a time in a folder, also across processes; a crash leaves no lock behind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from prepare.failures import ImpossibleError

FILE = ".lock"
_WAIT = 30.0
_PAUSE = 0.05

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(folder: Path, wait: float = _WAIT) -> Iterator[None]:
    """Hold the folder's lock; the system frees it when the process ends, however it ends.

    Raises ImpossibleError if another process holds it for longer than `wait` seconds, OSError if
    the folder cannot be written.
    """
    handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        end = time.monotonic() + wait
        while True:
            try:
                _take(handle)
                break
            except OSError:
                if time.monotonic() >= end:
                    raise ImpossibleError(
                        f"Ein anderer Aufruf schreibt gerade in {folder}. Bitte später wiederholen."
                    ) from None
                time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)
