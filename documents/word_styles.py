"""The styles of Word files: set once for a document, so that who edits it changes one place."""

from __future__ import annotations

from typing import Any

import docx
from docx.document import Document as Paper
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from documents import look, packages
from documents.document import FAMILY, Document

WIDTH = Cm(17)
"""Of the text on an A4 page."""
FALLBACK = "Calibri"

LEAD, NOTE, SMALL, ORIGIN, ABOUT, FACT = (
    "Vorspann",
    "Hinweis",
    "Kleingedrucktes",
    "Herkunft",
    "Angaben",
    "Begriff",
)
TABLE = "Zahlentabelle"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paper(document: Document) -> Paper:
    """An empty A4 document with all styles, its language and its properties."""
    made = docx.Document()
    _set_page(made)
    packages.describe(made.core_properties, document)
    _set_defaults(made)
    _set_texts(made.styles)
    _set_headings(made.styles)
    _set_contents(made.styles)
    _set_table(made.styles)
    return made


def _set_page(made: Paper) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.header_distance = section.footer_distance = Cm(1.1)


def _set_defaults(made: Paper) -> None:
    run = made.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for tag in ("w:rFonts", "w:lang", "w:sz", "w:szCs"):
        for old in run.findall(qn(tag)):
            run.remove(old)
    run.insert(0, parse_xml(_fonts()))
    run.append(parse_xml(f'<w:sz {_W} w:val="20"/>'))
    run.append(parse_xml(f'<w:szCs {_W} w:val="20"/>'))
    run.append(parse_xml(f'<w:lang {_W} w:val="de-DE" w:eastAsia="de-DE" w:bidi="ar-SA"/>'))
    for old in made.settings.element.findall(qn("w:themeFontLang")):
        old.set(qn("w:val"), "de-DE")
    _name_fallback(made)


def _fonts() -> str:
    return (
        f'<w:rFonts {_W} w:ascii="{FAMILY}" w:hAnsi="{FAMILY}" w:cs="{FAMILY}" '
        f'w:eastAsia="{FAMILY}"/>'
    )


def _name_fallback(made: Paper) -> None:
    """Where the family is not installed, Word takes the one named beside it."""
    for part in made.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            entry = (
                f'<w:font w:name="{FAMILY}"><w:altName w:val="{FALLBACK}"/>'
                '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
            )
            part._blob = part.blob.replace(b"</w:fonts>", entry.encode())


def _set(style: Any, size: float, colour: str = look.INK, bold: bool = False) -> Any:
    style.font.size, style.font.bold = Pt(size), bold
    style.font.color.rgb = RGBColor.from_string(colour)
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, parse_xml(_fonts()))
    return style.paragraph_format


def _added(styles: Any, name: str) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    style.quick_style = True
    return style


def add_border(properties: Any, side: str, width: int, colour: str) -> None:
    """A line beside a paragraph; `width` in eighths of a point."""
    properties.insert_element_before(
        parse_xml(
            f'<w:pBdr {_W}><w:{side} w:val="single" w:sz="{width}" w:space="6" '
            f'w:color="{colour}"/></w:pBdr>'
        ),
        *(f"w:{tag}" for tag in ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc")),
    )


def _set_texts(styles: Any) -> None:
    normal = _set(styles["Normal"], 10)
    normal.space_after, normal.line_spacing = Pt(5), 1.15
    normal.widow_control = True
    _set(_added(styles, LEAD), 12).space_after = Pt(8)
    note = _added(styles, NOTE)
    _set(note, 10).left_indent = Cm(0.4)
    add_border(note.element.get_or_add_pPr(), "left", 18, look.ACCENT)
    _set(_added(styles, SMALL), 8, look.SOFT).space_after = Pt(3)
    origin = _set(_added(styles, ORIGIN), 8, look.SOFT)
    origin.space_after, origin.line_spacing = Pt(1), 1.0
    about = _set(_added(styles, ABOUT), 9, look.SOFT)
    about.space_after, about.keep_with_next = Pt(4), True
    fact = _set(_added(styles, FACT), 10)
    fact.left_indent, fact.first_line_indent = Cm(4.5), Cm(-4.5)
    fact.tab_stops.add_tab_stop(Cm(4.5))
    caption = _set(styles["Caption"], 9, look.SOFT)
    caption.space_before, caption.space_after = Pt(6), Pt(3)
    _set(styles["List Bullet"], 10).space_after = Pt(3)
    for name in ("Header", "Footer"):
        _set(styles[name], 8, look.SOFT).space_after = Pt(0)


def _set_headings(styles: Any) -> None:
    for name, size, before in (("Title", 34.0, 90), ("Subtitle", 16.0, 0)):
        form = _set(styles[name], size, look.ACCENT if name == "Title" else look.SOFT, True)
        form.space_before, form.space_after = Pt(before), Pt(10)
        for border in styles[name].element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break
    styles["Subtitle"].font.bold = styles["Subtitle"].font.italic = False
    for level, size in ((1, 22.0), (2, 15.0), (3, 12.0), (4, 10.5), (5, 10.0)):
        style = styles[f"Heading {level}"]
        form = _set(style, size, look.ACCENT if level == 1 else look.INK, True)
        form.space_before, form.space_after = Pt(0 if level == 1 else 12), Pt(4)
        form.keep_with_next = True
        style.font.italic = False


def _set_contents(styles: Any) -> None:
    for level in (1, 2):
        style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = styles["Normal"]
        _lead_to_page(_set(style, 10, bold=level == 1), Cm(0.6) * (level - 1))
    index = styles.add_style("index 1", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    index.base_style = styles["Normal"]
    _lead_to_page(_set(index, 10), Cm(0))
    apart = _added(styles, "Verzeichnistitel")
    _set(apart, 22, look.ACCENT, True).space_after = Pt(10)


def _lead_to_page(form: Any, indent: Any) -> None:
    form.left_indent, form.space_after = indent, Pt(2)
    form.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _set_table(styles: Any) -> None:
    style = styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    line = f'w:val="single" w:space="0" w:color="{look.HAIR}"'
    for xml in (
        f'<w:pPr {_W}><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
        "</w:pPr>",
        f'<w:tblPr {_W}><w:tblBorders><w:bottom {line} w:sz="4"/>'
        f'<w:insideH {line} w:sz="4"/></w:tblBorders><w:tblCellMar>'
        '<w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>',
        f'<w:tblStylePr {_W} w:type="firstRow"><w:rPr><w:b/><w:color w:val="{look.SOFT}"/></w:rPr>'
        f'<w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" '
        f'w:color="{look.ACCENT}"/></w:tcBorders></w:tcPr></w:tblStylePr>',
    ):
        style.element.append(parse_xml(xml))
