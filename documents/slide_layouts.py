"""The four layouts of slides: where titles, texts and footers stand."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from documents import look, slide_room
from model.language import _

COVER, TEXT, SECTION, VIEW = range(4)
"""Places of the layouts."""
_BAR = (
    '<p:sp xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
    '<p:nvSpPr><p:cNvPr id="99" name="Balken"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    f'<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{Pt(16)}" cy="{Pt(slide_room.HEIGHT)}"/>'
    '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
    '<a:schemeClr val="tx2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
)


def set_layouts(layouts: list[Any]) -> None:
    """Names the layouts and places what they hold, in the order of their places."""
    names = (_("Titelfolie"), _("Text"), _("Kapitel"), _("Ansicht"))
    for layout, name in zip(layouts, names, strict=True):
        layout.name = name
        drop_dates(layout)
        set_footers(layout)
        for shape in layout.placeholders:
            if shape._element.ph.get("type") not in ("ftr", "sldNum"):
                shape.text_frame.text = _("Text") if shape.placeholder_format.idx else _("Titel")
    for place in (TEXT, VIEW):
        place_title(layouts[place].placeholders[0])
    put(
        layouts[TEXT].placeholders[1],
        slide_room.TOP,
        slide_room.BOTTOM - slide_room.TOP,
    )
    _set_opening(layouts[COVER], "FFFFFF")
    _set_opening(layouts[SECTION], look.GROUND)


def _set_opening(layout: Any, ground: str) -> None:
    """Cover and section: a bar at the left edge, a ground, a large title, a line below it."""
    layout.background.fill.solid()
    layout.background.fill.fore_color.rgb = RGBColor.from_string(ground)
    layout.shapes._spTree.insert(2, parse_xml(_BAR))
    title, below = layout.placeholders[0], layout.placeholders[1]
    put(title, 120, 150)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    put(below, 284, 120)
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


def drop_dates(holder: Any) -> None:
    """Slides bear no date of their own: the release's stands in the footer."""
    for shape in list(holder.placeholders):
        if shape._element.ph.get("type") == "dt":
            shape._element.getparent().remove(shape._element)


def set_footers(holder: Any) -> None:
    """The running line at the left, the slide's number at the right."""
    top, high = slide_room.BOTTOM + 12, 22
    for shape in holder.placeholders:
        kind = shape._element.ph.get("type")
        if kind == "ftr":
            put(shape, top, high, width=slide_room.ROOM - 80)
        elif kind == "sldNum":
            put(shape, top, high, left=slide_room.WIDTH - slide_room.MARGIN - 70, width=70)
        else:
            continue
        style = shape.text_frame._txBody.find(qn("a:lstStyle"))
        for level in style.iter(qn("a:lvl1pPr")):
            level.set("algn", "l" if kind == "ftr" else "r")
            level.find(qn("a:defRPr")).set("sz", "1000")


def place_title(shape: Any) -> None:
    """At the top, over the whole width."""
    put(shape, 26, 62)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM


def put(
    shape: Any,
    top: float,
    height: float,
    left: float = slide_room.MARGIN,
    width: float = slide_room.ROOM,
) -> None:
    """A placeholder at this place, in points, without margins of its own."""
    shape.left, shape.top = Pt(left), Pt(top)
    shape.width, shape.height = Pt(width), Pt(height)
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
