"""What stands around the parts in Word files: cover, contents, running lines, index, imprint."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Paper
from docx.enum.text import WD_TAB_ALIGNMENT

from documents import look, word_fields, word_styles
from documents.document import Document
from documents.word_figures import Gallery
from model.language import _


def set_frame(paper: Paper, document: Document) -> None:
    """The running line above, notices and the page below; a cover has neither."""
    section = paper.sections[0]
    section.different_first_page_header_footer = document.cover
    head = section.header.paragraphs[0]
    head.text = document.running
    _border(head, "bottom")
    foot = section.footer.paragraphs[0]
    _set_tab(foot)
    _border(foot, "top")
    foot.add_run(" ".join(document.notices) + "\t" + _("Seite") + " ")
    word_fields.add(foot, "PAGE", "1")
    foot.add_run(" " + _("von") + " ")
    word_fields.add(foot, "NUMPAGES", "1")


def _set_tab(paragraph: Any) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(word_styles.WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _border(paragraph: Any, side: str) -> None:
    word_styles.add_border(paragraph._p.get_or_add_pPr(), side, 4, look.HAIR)


def add_cover(paper: Paper, document: Document, gallery: Gallery) -> None:
    """The title page with its emblem."""
    paper.add_paragraph(document.title, "Title")
    if document.subtitle:
        paper.add_paragraph(document.subtitle, "Subtitle")
    if document.emblem:
        gallery.add(paper.add_paragraph(), document.emblem)
    for line in (document.city, document.author, document.running, *document.notices):
        if line:
            paper.add_paragraph(line, "Normal")


def place_of_contents(paper: Paper) -> Any:
    """The title of the contents on a new page; they are filled when the parts are known."""
    made = paper.add_paragraph(_("Inhalt"), "Verzeichnistitel")
    made.paragraph_format.page_break_before = True
    return made


def fill_contents(title: Any, entries: list[tuple[int, str, str]]) -> None:
    """Lists the headings behind `title` in a field that Word keeps right."""
    if not entries:
        return
    before = title._p.getnext()
    body = title._parent
    lines: list[Any] = []
    for level, text, bookmark in entries:
        line = body.add_paragraph("", f"toc {level}")
        if not lines:
            word_fields.open_in(line, r'TOC \o "1-2" \h \z \u')
        word_fields.add_entry(line, text, bookmark)
        before.addprevious(line._p)
        lines.append(line)
    word_fields.close_in(lines[-1])


def add_index(paper: Paper, words: list[tuple[str, list[int]]], marks: list[str]) -> None:
    """All words with the pages of their parts."""
    if not words:
        return
    _add_title(paper, _("Index der Indikatoren"))
    lines: list[Any] = []
    for word, places in words:
        line = paper.add_paragraph("", "index 1")
        if not lines:
            word_fields.open_in(line, r'INDEX \e "\t" \c "1" \z "1031"')
        word_fields.add_entry(line, word, marks[places[0]])
        for place in places[1:]:
            line.add_run(", ")
            word_fields.add(line, f"PAGEREF {marks[place]} \\h")
        lines.append(line)
    word_fields.close_in(lines[-1])


def add_imprint(paper: Paper, document: Document) -> None:
    """Who answers for the document; of a sheet it stands below the text."""
    if not document.imprint:
        return
    if document.cover:
        _add_title(paper, _("Impressum"))
    for name, told in document.imprint:
        made = paper.add_paragraph("", word_styles.FACT)
        made.add_run(name).bold = True
        made.add_run(f"\t{told}")


def _add_title(paper: Paper, text: str) -> None:
    made = paper.add_paragraph(text, "Heading 1")
    made.paragraph_format.page_break_before = True
