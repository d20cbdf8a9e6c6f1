"""The sections of a presentation: its chapters, to jump to and to fold away in the overview."""

from __future__ import annotations

import uuid
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import quoteattr

from pptx.oxml import parse_xml

_MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main"
_OFFICE = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_KIND = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
"""What Office calls an extension that holds sections."""


def set_sections(made: Any, starts: list[tuple[str, int]]) -> None:
    """Divides the slides: each section has a title and the place of its first slide."""
    slides = [slide.slide_id for slide in made.slides]
    ends = [*starts, ("", len(slides))]
    told = "".join(
        _section(place, title, slides[start:end])
        for place, ((title, start), (_title, end)) in enumerate(pairwise(ends))
        if end > start
    )
    made.part._element.append(
        parse_xml(
            f'<p:extLst xmlns:p="{_MAIN}"><p:ext uri="{_KIND}">'
            f'<p14:sectionLst xmlns:p14="{_OFFICE}">{told}</p14:sectionLst></p:ext></p:extLst>'
        )
    )


def _section(place: int, title: str, slides: list[int]) -> str:
    held = "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
    name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{place} {title}")).upper()
    return (
        f'<p14:section name={quoteattr(title)} id="{{{name}}}">'
        f"<p14:sldIdLst>{held}</p14:sldIdLst></p14:section>"
    )
