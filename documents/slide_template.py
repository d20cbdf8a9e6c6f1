"""The empty presentation: 16:9, fonts and colours of the house in its theme, its master."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pptx
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.package import Package
from pptx.util import Pt

from documents import look, packages, slide_layouts, slide_room
from documents.document import FAMILY, Document
from model.language import _

_EMPTY = Path(pptx.__file__).parent / "templates" / "default.pptx"
"""What python-pptx starts from."""
_KEPT = (0, 1, 2, 5)
_THEME = {
    "dk1": look.INK,
    "lt1": "FFFFFF",
    "dk2": look.ACCENT,
    "lt2": look.GROUND,
    **{f"accent{n}": colour for n, colour in enumerate(look.LINES, start=1)},
    "hlink": look.ACCENT,
    "folHlink": look.LINES[3],
}


class _Counting(Package):
    """A package that counts its parts; python-pptx looks through all of them for each new one."""

    def next_partname(self, tmpl: str) -> PackURI:
        """A name of this kind that is still free."""
        counts: dict[str, int] = self.__dict__.setdefault("counts", {})
        if tmpl not in counts:
            counts[tmpl] = (super().next_partname(tmpl).idx or 1) - 1
        counts[tmpl] += 1
        return PackURI(tmpl % counts[tmpl])


def presentation(document: Document) -> Any:
    """An empty presentation with the document's properties."""
    made: Any = _Counting.open(str(_EMPTY)).main_document_part.presentation
    made.slide_width, made.slide_height = Pt(slide_room.WIDTH), Pt(slide_room.HEIGHT)
    packages.describe(made.core_properties, document)
    _set_theme(made.slide_master)
    layouts = list(made.slide_layouts)
    for place, layout in enumerate(layouts):
        if place not in _KEPT:
            made.slide_layouts.remove(layout)
    _set_master(made.slide_master)
    slide_layouts.set_layouts(list(made.slide_layouts))
    for shape in (made.slide_master, *made.slide_layouts):
        speak_german(shape._element)
    for style in made.part._element.iter(qn("a:defRPr")):
        style.set("lang", "de-DE")
    return made


def speak_german(element: Any) -> None:
    """Every run of text says that it is German."""
    for tag in ("a:r", "a:fld"):
        for run in element.iter(qn(tag)):
            properties = run.find(qn("a:rPr"))
            if properties is None:
                properties = run.makeelement(qn("a:rPr"), {})
                run.insert(0, properties)
            properties.set("lang", "de-DE")
    for end in element.iter(qn("a:endParaRPr")):
        end.set("lang", "de-DE")


def _set_theme(master: Any) -> None:
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    xml = theme.blob.decode()
    for name, colour in _THEME.items():
        xml = re.sub(
            rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>', xml
        )
    xml = re.sub(
        r'(<a:(?:major|minor)Font><a:latin typeface=)"[^"]*"', rf'\1"{FAMILY}"', xml
    ).replace('name="Office Theme"', 'name="Quartierspuls"')
    theme._blob = xml.encode()


def _set_master(master: Any) -> None:
    slide_layouts.drop_dates(master)
    words = {"title": _("Titel"), "body": _("Text")}
    for shape in master.placeholders:
        kind = shape._element.ph.get("type")
        if kind in words:
            shape.text_frame.text = words[kind]
    slide_layouts.set_footers(master)
    slide_layouts.place_title(master.placeholders[0])
    slide_layouts.put(master.placeholders[1], slide_room.TOP, slide_room.BOTTOM - slide_room.TOP)
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2800")
    title.find(qn("a:defRPr")).set("b", "1")
    for level, size in enumerate((1800, 1600, 1400, 1400, 1400), start=1):
        body = styles.find(f"{qn('p:bodyStyle')}/{qn(f'a:lvl{level}pPr')}/{qn('a:defRPr')}")
        body.set("sz", str(size))
