"""What a long run is doing right now, told to whoever listens: a terminal, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, str], None]
"""Called with a stage ("Lieferungen lesen") and what it is at (a file name, or '')."""


def _nobody(_stage: str, _at: str) -> None:
    """Nobody listens."""


_listener: ContextVar[Listener] = ContextVar("listener", default=_nobody)


def tell(stage: str, at: str = "") -> None:
    """Say which stage has begun, and which file or thing it is at."""
    _listener.get()(stage, at)


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """Have the listener hear everything that is told inside."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
