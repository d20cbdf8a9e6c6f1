"""Pictures for files that cannot show SVG everywhere: the same drawing as PNG."""

from __future__ import annotations

import re
import struct
from functools import cache, lru_cache

from documents.document import FAMILY, FONTS


def lettered(svg: str) -> str:
    """The drawing with its letters in the document's own type family."""
    return re.sub(r'font-family="[^"]*"', f'font-family="{FAMILY}"', svg)


@lru_cache(maxsize=64)
def png(svg: str, scale: float = 1.5) -> bytes:
    """The drawing in `scale` times its own size. Raises ValueError when it is no SVG.

    Kept for the next format of the same document; newer programs show the SVG instead.
    """
    import vl_convert as vlc

    register()
    try:
        return bytes(vlc.svg_to_png(svg, scale=scale))
    except RuntimeError as error:
        raise ValueError(str(error).partition("\n")[0]) from error


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    wide, high = struct.unpack(">II", picture[16:24])
    return wide, high


@cache
def register() -> None:
    """Let pictures measure and draw their texts in the own type family, on any machine."""
    import vl_convert as vlc

    vlc.register_font_directory(str(FONTS))
