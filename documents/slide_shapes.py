"""What is put on a slide: texts in their boxes, charts and drawings with their words."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt

from documents import chart_books, charts, drawings, look, measuring
from documents.document import Figure

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_VECTOR = (
    f'<a:extLst xmlns:a="{_A}"><a:ext uri="{{{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}}}">'
    '<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{}"/></a:ext></a:extLst>'
)
Box = tuple[float, float, float, float]
"""Left, top, width, height in points."""


def add_text(
    slide: Any, box: Box, lines: Sequence[str], size: float, colour: str = look.INK, gap: float = 0
) -> Any:
    """Paragraphs in a box of their own."""
    shape = slide.shapes.add_textbox(*(Pt(side) for side in box))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap)
        run = paragraph.add_run()
        run.text = line
        run.font.size = Pt(size)
        run.font.color.rgb = RGBColor.from_string(colour)
    return shape


def kept(lines: Sequence[str], box: Box, size: float, gap: float) -> list[str]:
    """The lines from the first on that stand in the box; the notes hold all of them."""
    used = 0.0
    shown: list[str] = []
    for line in lines:
        used += measuring.height(line, size, box[2]) + gap
        if used > box[3] and shown:
            break
        shown.append(line)
    return shown


def drop_bullet(paragraph: Any) -> None:
    """A paragraph of a list becomes a plain one at the left edge."""
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", "0")
    properties.set("indent", "0")
    properties.append(properties.makeelement(qn("a:buNone"), {}))


def add_figure(
    slide: Any, box: Box, figure: Figure, day: datetime.date, points: float = 12
) -> None:
    """A chart to edit or a drawing, within the box; its letters have up to `points`.

    Raises ValueError when it cannot be drawn.
    """
    if figure.chart:
        made = slide.shapes.add_chart(
            charts.KINDS[figure.chart.kind],
            *(Pt(side) for side in box),
            chart_books.data(figure.chart, day),
        )
        bars = figure.chart.lying
        charts.dress(
            made.chart, figure.chart, min(points, box[3] / bars * 0.62) if bars else points
        )
    else:
        made = _drawing(slide, box, figure)
    describe(made, figure.alternative)


def _drawing(slide: Any, box: Box, figure: Figure) -> Any:
    left, top, width, height = box
    svg = drawings.lettered(figure.svg)
    picture = drawings.png(svg)
    wide, high = drawings.size(picture)
    scale = min(width / wide, height / high)
    made = slide.shapes.add_picture(
        io.BytesIO(picture),
        Pt(left + (width - wide * scale) / 2),
        Pt(top + (height - high * scale) / 2),
        Pt(wide * scale),
        Pt(high * scale),
    )
    package = slide.part.package
    name = package.next_partname("/ppt/media/zeichnung%d.svg")
    part = Part(name, "image/svg+xml", package, svg.encode())
    vector = slide.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    made._element.find(f".//{qn('a:blip')}").append(parse_xml(_VECTOR.format(vector)))
    return made


def describe(shape: Any, words: str) -> None:
    """Gives a shape the words for who cannot see it."""
    shape._element.find(f".//{qn('p:cNvPr')}").set("descr", words)


def add_footer(slide: Any, layout: Any, text: str) -> None:
    """The running line and the slide's number, as placeholders of the layout."""
    for shape in layout.placeholders:
        kind = shape._element.ph.get("type")
        if kind not in ("ftr", "sldNum"):
            continue
        number = max(int(held.get("id")) for held in slide._element.iter(qn("p:cNvPr"))) + 1
        place = shape.placeholder_format.idx
        said = (
            f"<a:r><a:t>{escape(text)}</a:t></a:r>"
            if kind == "ftr"
            else '<a:fld id="{C1FF6DA9-008F-8B48-92A6-B652298478BF}" type="slidenum">'
            "<a:rPr/><a:t>‹Nr.›</a:t></a:fld>"
        )
        slide.shapes._spTree.append(
            parse_xml(
                f'<p:sp xmlns:a="{_A}" '
                'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
                f'<p:nvSpPr><p:cNvPr id="{number}" name="{shape.name}"/><p:cNvSpPr>'
                f'<a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{kind}" sz="quarter" '
                f'idx="{place}"/></p:nvPr></p:nvSpPr><p:spPr/>'
                f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{said}</a:p></p:txBody></p:sp>"
            )
        )
