"""The empty presentation: 16:9, four layouts, fonts and colours of the house in its theme."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.package import Package
from pptx.util import Pt

from documents import look, packages, slide_pages
from documents.document import FAMILY, Document
from model.language import _

COVER, TEXT, SECTION, VIEW = range(4)
"""Places of the layouts."""
_EMPTY = Path(pptx.__file__).parent / "templates" / "default.pptx"
"""What python-pptx starts from."""
_KEPT = (0, 1, 2, 5)
_BAR = (
    '<p:sp xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:nvSpPr><p:cNvPr id="99" name="Balken"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Pt(16)}" cy="{Pt(slide_pages.HEIGHT)}"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
    '<a:schemeClr val="tx2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)
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
    made.slide_width, made.slide_height = Pt(slide_pages.WIDTH), Pt(slide_pages.HEIGHT)
    packages.describe(made.core_properties, document)
    _set_theme(made.slide_master)
    layouts = list(made.slide_layouts)
    for place, layout in enumerate(layouts):
        if place not in _KEPT:
            made.slide_layouts.remove(layout)
    _set_master(made.slide_master)
    _set_layouts(list(made.slide_layouts))
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
    _drop_dates(master)
    words = {"title": _("Titel"), "body": _("Text")}
    for shape in master.placeholders:
        kind = shape._element.ph.get("type")
        if kind in words:
            shape.text_frame.text = words[kind]
    _set_footers(master)
    _place_title(master.placeholders[0])
    _put(master.placeholders[1], slide_pages.TOP, slide_pages.BOTTOM - slide_pages.TOP)
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2800")
    title.find(qn("a:defRPr")).set("b", "1")
    for level, size in enumerate((1800, 1600, 1400, 1400, 1400), start=1):
        body = styles.find(f"{qn('p:bodyStyle')}/{qn(f'a:lvl{level}pPr')}/{qn('a:defRPr')}")
        body.set("sz", str(size))


def _drop_dates(holder: Any) -> None:
    for shape in list(holder.placeholders):
        if shape._element.ph.get("type") == "dt":
            shape._element.getparent().remove(shape._element)


def _set_footers(holder: Any) -> None:
    top, high = slide_pages.BOTTOM + 12, 22
    for shape in holder.placeholders:
        kind = shape._element.ph.get("type")
        if kind == "ftr":
            _put(shape, top, high, width=slide_pages.ROOM - 80)
        elif kind == "sldNum":
            _put(shape, top, high, left=slide_pages.WIDTH - slide_pages.MARGIN - 70, width=70)
        else:
            continue
        style = shape.text_frame._txBody.find(qn("a:lstStyle"))
        for level in style.iter(qn("a:lvl1pPr")):
            level.set("algn", "l" if kind == "ftr" else "r")
            level.find(qn("a:defRPr")).set("sz", "1000")


def _place_title(shape: Any) -> None:
    _put(shape, 26, 62)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def _put(
    shape: Any,
    top: float,
    height: float,
    left: float = slide_pages.MARGIN,
    width: float = slide_pages.ROOM,
) -> None:
    shape.left, shape.top = Pt(left), Pt(top)
    shape.width, shape.height = Pt(width), Pt(height)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _set_layouts(layouts: list[Any]) -> None:
    names = (_("Titelfolie"), _("Text"), _("Kapitel"), _("Ansicht"))
    for layout, name in zip(layouts, names, strict=True):
        layout.name = name
        _drop_dates(layout)
        _set_footers(layout)
        for shape in layout.placeholders:
            if shape._element.ph.get("type") not in ("ftr", "sldNum"):
                shape.text_frame.text = _("Text") if shape.placeholder_format.idx else _("Titel")
    for place in (TEXT, VIEW):
        _place_title(layouts[place].placeholders[0])
    _put(
        layouts[TEXT].placeholders[1],
        slide_pages.TOP,
        slide_pages.BOTTOM - slide_pages.TOP,
    )
    _set_opening(layouts[COVER], "FFFFFF")
    _set_opening(layouts[SECTION], look.GROUND)


def _set_opening(layout: Any, ground: str) -> None:
    """Cover and section: a bar at the left edge, a ground, a large title, a line below it."""
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = RGBColor.from_string(ground)
    layout.shapes._spTree.insert(2, parse_xml(_BAR))
    title, below = layout.placeholders[0], layout.placeholders[1]
    _put(title, 120, 150)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _put(below, 284, 120)
    below.text_frame.vertical_anchor = MSO_ANCHOR.TOP
    for shape, size in ((title, 44), (below, 22)):
        style = shape.text_frame._txBody.find(qn("a:lstStyle"))
        for old in list(style):
            style.remove(old)
        paragraph = shape.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        level = style.makeelement(qn("a:lvl1pPr"), {"algn": "l", "marL": "0", "indent": "0"})
        level.append(level.makeelement(qn("a:buNone"), {}))
        run = level.makeelement(
            qn("a:defRPr"),
            {"sz": str(size * 100), "b": "1" if shape is title else "0", "cap": "none"},
        )
        fill = run.makeelement(qn("a:solidFill"), {})
        fill.append(
            fill.makeelement(qn("a:schemeClr"), {"val": "tx2" if shape is title else "tx1"})
        )
        run.append(fill)
        level.append(run)
        style.append(level)
