"""Pictures of Word files: charts that can be edited, maps as drawings, each with its words."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

import pptx
from docx.document import Document as Paper
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.shape import CT_Inline
from docx.shared import Cm, Emu
from pptx.parts.chart import ChartPart

from documents import chart_books, charts, drawings
from documents.document import Chart, Figure
from documents.word_styles import WIDTH

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TALLEST, _LOW = Cm(13), Cm(7)
"""How high pictures are at most, and such that stand beside others on paper."""
_CHART_HIGH, _CHART_LOW = Cm(7.5), Cm(4.5)
_VECTOR = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{}"/></a:ext></a:extLst>'
)


@dataclass
class Gallery:
    """Puts figures into a paper and counts them."""

    paper: Paper
    day: datetime.date
    count: int = 0
    bench: Any = field(default_factory=lambda: pptx.Presentation().part.package)
    """A package of python-pptx in which charts are made; python-docx has none."""

    def add(self, paragraph: Any, figure: Figure, low: bool = False) -> None:
        """The figure in a paragraph, `low` where it is one of several that belong together.

        Raises ValueError when it cannot be drawn.
        """
        self.count += 1
        if figure.chart:
            self._add_chart(paragraph, figure.chart, figure.alternative, low)
        else:
            self._add_drawing(paragraph, figure, _LOW if low else _TALLEST)

    def _add_drawing(self, paragraph: Any, figure: Figure, tallest: int) -> None:
        svg = drawings.lettered(figure.svg)
        picture = drawings.png(svg)
        wide, high = drawings.size(picture)
        width = min(WIDTH, Emu(int(tallest * wide / high)))
        link, _image = self.paper.part.get_or_add_image(io.BytesIO(picture))
        height = Emu(int(width * high / wide))
        name = f"zeichnung{self.count}.png"
        inline = CT_Inline.new_pic_inline(self.count, link, name, width, height)
        inline.docPr.set("descr", figure.alternative)
        paragraph.add_run()._r.add_drawing(inline)
        part = self._part(f"/word/media/zeichnung{self.count}.svg", "image/svg+xml", svg.encode())
        vector = self.paper.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        blip = next(inline.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip"))
        blip.append(parse_xml(_VECTOR.format(vector)))

    def _add_chart(self, paragraph: Any, chart: Chart, alternative: str, low: bool) -> None:
        drawn = ChartPart.new(
            charts.KINDS[chart.kind], chart_books.data(chart, self.day), self.bench
        )
        charts.dress(drawn.chart, chart, 8)
        book = self._part(
            f"/word/embeddings/Werte{self.count}.xlsx",
            _SHEET,
            drawn.chart_workbook.xlsx_part.blob,
        )
        part = self._part(f"/word/charts/chart{self.count}.xml", CONTENT_TYPE.DML_CHART, drawn.blob)
        tie = part.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
        if tie != "rId1":
            raise AssertionError(tie)
        link = self.paper.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        paragraph.add_run()._r.append(
            parse_xml(_inline(self.count, alternative, link, WIDTH, _height(chart, low)))
        )

    def _part(self, name: str, kind: str, content: bytes) -> Part:
        return Part(PackURI(name), kind, content, self.paper.part.package)


def _height(chart: Chart, low: bool) -> int:
    """Lying bars need a line each."""
    if not chart.lying:
        return _CHART_LOW if low else _CHART_HIGH
    return Cm(min(20.0, 1.6 + 0.48 * chart.lying + (0.8 if len(chart.series) > 1 else 0)))


def _inline(number: int, alternative: str, link: str, width: int, height: int) -> str:
    return (
        f'<w:drawing {_SPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(width)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{number}" name="Diagramm {number}" descr={quoteattr(alternative)}/>'
        "<wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{link}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
