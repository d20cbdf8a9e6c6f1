"""A document as DOCX: real headings and tables, charts to edit, words for every picture."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as Paper

from documents import packages, parts, word_fields, word_frame, word_styles, word_tables
from documents.document import (
    Beside,
    Block,
    Document,
    Exhibit,
    Facts,
    Figure,
    Heading,
    Items,
    Part,
    Table,
    Text,
)
from documents.word_figures import Gallery
from model.language import _

_TEXTS = {
    "body": "Normal",
    "lead": word_styles.LEAD,
    "note": word_styles.NOTE,
    "small": word_styles.SMALL,
}


def written(document: Document, progress: Callable[[str], None] | None = None) -> bytes:
    """The document as DOCX; the same document gives the same bytes.

    `progress` hears the title of each part. Raises DocumentError, which names the part, when a
    figure has no words beside it or something cannot be set.
    """
    paper = word_styles.paper(document)
    word_frame.set_frame(paper, document)
    gallery = Gallery(paper, datetime.date.fromisoformat(document.day))
    if document.cover:
        word_frame.add_cover(paper, document, gallery)
    writer = _Writer(paper, gallery)
    contents = word_frame.place_of_contents(paper) if document.cover else None
    for place, part in enumerate(document.parts):
        if progress:
            progress(part.title)
        with parts.named_in_errors(part):
            if parts.is_sheet(document):
                writer.add(part.blocks, above=0)
            else:
                writer.add_part(part, new_page=place > 0 or document.cover)
    if contents is not None:
        word_frame.fill_contents(contents, writer.entries)
        word_frame.add_index(paper, parts.index(document), writer.marks)
    word_frame.add_imprint(paper, document)
    file = io.BytesIO()
    paper.save(file)
    return packages.sealed(file.getvalue())


@dataclass
class _Writer:
    """Adds blocks one after the other and remembers the headings for the contents."""

    paper: Paper
    gallery: Gallery
    entries: list[tuple[int, str, str]] = field(default_factory=list)
    """Level, words and bookmark of every heading down to level 2."""
    marks: list[str] = field(default_factory=list)
    """The bookmark of each part."""
    styles: dict[str, str] = field(init=False)
    """The styles' keys; python-docx looks through all styles for each paragraph."""

    def __post_init__(self) -> None:
        self.styles = {str(style.name): style.style_id for style in self.paper.styles}

    def add_part(self, part: Part, new_page: bool) -> None:
        heading = self._heading(part.title, part.level)
        heading.paragraph_format.page_break_before = new_page
        self.marks.append(self.entries[-1][2])
        for word in dict.fromkeys(part.words):
            word_fields.add_word(heading, word)
        if part.about:
            self._line(part.about, word_styles.ABOUT)
        self.add(part.blocks, part.level)

    def add(self, blocks: tuple[Block, ...], above: int, beside: bool = False) -> None:
        """Blocks under a heading of level `above`; no level is left out on the way down.

        Pictures that stand `beside` others on paper are low.
        """
        last = above
        for block in blocks:
            match block:
                case Heading():
                    last = min(above + block.level - 1, last + 1)
                    self._heading(block.text, last)
                case Text():
                    self._line(block.text, _TEXTS[block.kind])
                case Items():
                    for line in block.lines:
                        self._line(line, "List Bullet")
                case Facts():
                    self._facts(block)
                case Figure():
                    self._figure(block, beside)
                case Table():
                    self._table(block)
                case Exhibit():
                    self._exhibit(block, last + 1)
                case Beside():
                    self.add((*block.left, *block.right), last, beside=True)

    def _line(self, text: str, style: str) -> Any:
        made = self.paper.add_paragraph(text)
        made._p.style = self.styles[style]
        return made

    def _heading(self, text: str, level: int) -> Any:
        made = self._line(text, f"Heading {level}")
        if level <= 2:
            number = len(self.entries) + 1
            word_fields.add_bookmark(made, f"_Toc{number:08d}", number)
            self.entries.append((level, text, f"_Toc{number:08d}"))
        return made

    def _facts(self, facts: Facts) -> None:
        for name, told in facts.pairs:
            made = self._line("", word_styles.FACT)
            made.add_run(name).bold = True
            made.add_run(f"\t{told}")

    def _figure(self, figure: Figure, low: bool = False) -> None:
        parts.demand_alternative(figure)
        made = self._line("", "Normal")
        made.paragraph_format.keep_with_next = bool(figure.caption)
        self.gallery.add(made, figure, low)
        if figure.caption:
            self._line(figure.caption, "Caption")

    def _table(self, table: Table) -> None:
        if table.caption:
            self._line(table.caption, "Caption").paragraph_format.keep_with_next = True
        after = self._line("", word_styles.ORIGIN)
        after._p.addprevious(word_tables.element(table))

    def _exhibit(self, exhibit: Exhibit, level: int) -> None:
        self._heading(exhibit.title, level)
        if exhibit.about:
            self._line(exhibit.about, word_styles.ABOUT)
        for sentence in exhibit.sentences:
            self._line(sentence, "Normal")
        for figure in exhibit.figures:
            self._figure(figure)
        for table in exhibit.tables:
            self._table(table)
        for line in exhibit.origin:
            self._line(line, word_styles.ORIGIN)
        if exhibit.link:
            made = self._line(_("Diese Ansicht im Netz:") + " ", word_styles.ORIGIN)
            word_fields.add(made, f'HYPERLINK "{exhibit.link}"', exhibit.link)
