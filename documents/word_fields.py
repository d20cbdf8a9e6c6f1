"""Fields of Word: page numbers, contents and index, which Word fills and keeps right."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def add(paragraph: Any, order: str, shown: str = "") -> None:
    """Adds a field with what is shown until Word works it out."""
    for run in (*_begin(order), _text(shown), _mark("end")):
        paragraph._p.append(parse_xml(run))


def open_in(paragraph: Any, order: str) -> None:
    """Begins a field that goes over several paragraphs; Word fills it on opening."""
    for run in _begin(order, dirty=True):
        paragraph._p.append(parse_xml(run))


def close_in(paragraph: Any) -> None:
    """Ends what `open_in` began."""
    paragraph._p.append(parse_xml(_mark("end")))


def add_entry(paragraph: Any, text: str, bookmark: str) -> None:
    """A line of the contents: it leads to a bookmark and says its page."""
    page = "".join((*_begin(f"PAGEREF {bookmark} \\h"), _text(""), _mark("end")))
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {W} w:anchor="{bookmark}" w:history="1">'
            f"{_text(text)}<w:r><w:tab/></w:r>{page}</w:hyperlink>"
        )
    )


def add_word(paragraph: Any, word: str) -> None:
    """Marks a word for the index at this place; nothing is seen of it."""
    plain = word.replace('"', "'").replace(":", "\\:")
    for run in (_mark("begin"), _order(f'XE "{plain}"'), _mark("end")):
        paragraph._p.append(parse_xml(run))


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Puts a bookmark around the paragraph's words."""
    properties = paragraph._p.pPr
    at = 0 if properties is None else 1
    paragraph._p.insert(at, parse_xml(f'<w:bookmarkStart {W} w:id="{number}" w:name="{name}"/>'))
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {W} w:id="{number}"/>'))


def _begin(order: str, dirty: bool = False) -> tuple[str, str, str]:
    return _mark("begin", dirty), _order(order), _mark("separate")


def _mark(kind: str, dirty: bool = False) -> str:
    flag = ' w:dirty="true"' if dirty else ""
    return f'<w:r {W}><w:fldChar w:fldCharType="{kind}"{flag}/></w:r>'


def _order(text: str) -> str:
    return f'<w:r {W}><w:instrText xml:space="preserve"> {escape(text)} </w:instrText></w:r>'


def _text(text: str) -> str:
    return f'<w:r {W}><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
