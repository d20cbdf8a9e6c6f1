"""Pictures for files that cannot show SVG everywhere: the same drawing as PNG."""

from __future__ import annotations

import base64
import re
import struct
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from documents.document import FAMILY, FONTS

if TYPE_CHECKING:
    import typst

DRAWN = "Source Sans"
"""The name by which drawings ask for the own type family first."""
_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" (?:\w+="[^"]*" )*?height="([\d.]+)"')
_HEAVY = re.compile(r'font-weight="(?:[6-9]00|bold)"')
_POINTS = 72.0
"""Pixels of an inch where a pixel of the drawing is a point."""


def lettered(svg: str) -> str:
    """The drawing with its letters in the document's own type family."""
    return re.sub(r'font-family="[^"]*"', f'font-family="{FAMILY}"', svg)


def complete(svg: str) -> str:
    """The drawing with the letters it needs inside: as an image, it can have none of the page's."""
    if "<text" not in svg:
        return svg
    faces = _face("Regular", "400") + (_face("Semibold", "600 700") if _HEAVY.search(svg) else "")
    head, end, rest = svg.partition(">")
    return f"{head}{end}<style>{faces}</style>{rest}"


@cache
def _face(name: str, weight: str) -> str:
    """A cut of the own type family with the letters and signs of the interface, as CSS."""
    packed = base64.b64encode((FONTS / "subset" / f"{name}.woff2").read_bytes()).decode()
    return (
        f"@font-face{{font-family:'{DRAWN}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{packed})}}"
    )


@lru_cache(maxsize=64)
def png(svg: str, scale: float = 1.5) -> bytes:
    """The drawing in `scale` times its own size. Raises ValueError when it is no SVG.

    Kept for the next format of the same document; newer programs show the SVG instead. typst keeps
    the letters in memory, which makes it several times as fast as what else draws SVG here.
    """
    import typst

    wide, high = extent(svg)
    page = (
        f"#set page(width: {wide}pt, height: {high}pt, margin: 0pt)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {wide}pt, height: {high}pt)'
    )
    try:
        made = typst.compile(
            page.encode(),
            format="png",
            ppi=_POINTS * scale,
            font_paths=_fonts(),
            sys_inputs={"svg": svg},
        )
    except typst.TypstError as error:
        raise ValueError(error.message) from error
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """The own type family and no other, read once."""
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def extent(svg: str) -> tuple[float, float]:
    """Width and height that a drawing gives itself. Raises ValueError when it gives none."""
    found = _SIZE.match(svg)
    if found is None:
        raise ValueError(f"no drawing with a size: {svg[:60]}")
    return float(found[1]), float(found[2])


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG in pixels."""
    wide, high = struct.unpack(">II", picture[16:24])
    return wide, high


@cache
def register() -> None:
    """Let charts measure their texts in the own type family, on any machine."""
    import vl_convert as vlc

    vlc.register_font_directory(str(FONTS))
