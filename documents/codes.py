"""Addresses as QR codes: the audience looks for itself."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from model.language import _

_BORDER = 2
"""Light modules around a code; four are the norm, on white paper and slides two are enough."""
_SCALE = 12
"""Pixels of a module in a PNG."""
_TITLE = _("Link zu dieser Ansicht")


@lru_cache(maxsize=256)
def inline(address: str) -> str:
    """A code as SVG for inside a page, as wide as its place."""
    told: str = _code(address).svg_inline(border=_BORDER, title=_TITLE, omitsize=True)
    return told


def svg(address: str) -> bytes:
    """A code as a file."""
    return _written(address, "svg", title=_TITLE, border=_BORDER)


def png(address: str) -> bytes:
    """A code as a picture for texts."""
    return _written(address, "png", scale=_SCALE, border=_BORDER)


def _code(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)


def _written(address: str, kind: str, **more: object) -> bytes:
    buffer = io.BytesIO()
    _code(address).save(buffer, kind=kind, **more)
    return buffer.getvalue()
