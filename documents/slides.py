"""A document as PPTX: a slide for each view, charts to edit, real titles and tables."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable
from typing import Any

from pptx.util import Pt

from documents import (
    look,
    measuring,
    packages,
    parts,
    slide_pages,
    slide_shapes,
    slide_template,
)
from documents.document import Document
from documents.slide_pages import Page

_LAYOUTS = {
    "cover": slide_template.COVER,
    "section": slide_template.SECTION,
    "text": slide_template.TEXT,
    "view": slide_template.VIEW,
}
_TITLES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
_OPENING = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_ABOUT = (14.0, 13.0, 12.0, 11.0, 10.0)
_SAID = (20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0)
_LEFT = 250.0
"""Width of the sentences beside a picture, in points."""
_EMBLEM = (560.0, 60.0, 357.0, 420.0)
"""Where the cover's picture stands."""


def written(document: Document, progress: Callable[[str], None] | None = None) -> bytes:
    """The document as PPTX; the same document gives the same bytes.

    `progress` hears the title of each part. Raises DocumentError, which names the part, when a
    figure has no words beside it or something cannot be drawn.
    """
    made = slide_template.presentation(document)
    _add(made, document, slide_pages.opening(document))
    for part in document.parts:
        if progress:
            progress(part.title)
        with parts.named_in_errors(part):
            alone = not document.cover and len(document.parts) == 1
            _add(made, document, slide_pages.of_part(part, section=not alone))
    _add(made, document, slide_pages.closing(document))
    file = io.BytesIO()
    made.save(file)
    return packages.sealed(file.getvalue())


def _add(made: Any, document: Document, pages: Iterable[Page]) -> None:
    day = datetime.date.fromisoformat(document.day)
    for page in pages:
        layout = made.slide_layouts[_LAYOUTS[page.kind]]
        slide = made.slides.add_slide(layout)
        _set_title(slide, page)
        if page.kind in ("cover", "section"):
            _set_below(slide, page, document)
            if page.figure:
                slide_shapes.add_figure(slide, _EMBLEM, page.figure, day)
        elif page.kind == "text":
            _set_lines(slide, page)
        else:
            _set_view(slide, page, day)
        if page.kind != "cover":
            slide_shapes.add_footer(slide, layout, document.running)
        slide_template.speak_german(slide._element)
        if page.notes:
            notes = slide.notes_slide
            notes.notes_text_frame.text = "\n".join(page.notes)
            slide_template.speak_german(notes._element)


def _set_title(slide: Any, page: Page) -> None:
    opening = page.kind in ("cover", "section")
    if page.kind == "cover" and page.figure:
        for shape in slide.placeholders:
            _narrow(shape)
    box = (0.0, 0.0, slide.shapes.title.width.pt, 150.0 if opening else 62.0)
    size = next(
        (
            size
            for size in (_OPENING if opening else _TITLES)
            if measuring.height(page.title, size, box[2], bold=True) <= box[3]
        ),
        _TITLES[-1],
    )
    slide.shapes.title.text = page.title
    for run in slide.shapes.title.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)


def _narrow(shape: Any) -> None:
    """Makes room for the cover's emblem on the right."""
    left, top, height = shape.left, shape.top, shape.height
    shape.left, shape.top, shape.height = left, top, height
    shape.width = Pt(_EMBLEM[0] - 2 * slide_pages.MARGIN)


def _set_below(slide: Any, page: Page, document: Document) -> None:
    """The line below a large title; on the cover also who made it and of when it is."""
    lines = [page.about] if page.about else []
    if page.kind == "cover":
        lines += [*page.notes[:1], document.running, *document.notices]
    below = slide.placeholders[1]
    if not lines:
        below._element.getparent().remove(below._element)
        return
    frame = below.text_frame
    box = (0.0, 0.0, below.width.pt, 120.0)
    size = slide_shapes.fitted(lines, box, (22.0, 20.0, 18.0, 16.0, 14.0, 12.0), 6)
    frame.text = "\n".join(lines)
    for place, paragraph in enumerate(frame.paragraphs):
        for run in paragraph.runs:
            run.font.size = Pt(size if place == 0 else min(size, 14))


def _set_lines(slide: Any, page: Page) -> None:
    """Paragraphs in the text placeholder; only lines of a list have bullets."""
    frame = slide.placeholders[1].text_frame
    for place, line in enumerate(page.lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(slide_pages.BETWEEN)
        if line.kind != "item":
            slide_shapes.drop_bullet(paragraph)
        if line.name:
            name = paragraph.add_run()
            name.text, name.font.bold = f"{line.name}: ", True
            name.font.size = Pt(slide_pages.SIZES[line.kind])
        run = paragraph.add_run()
        run.text, run.font.size = line.text, Pt(slide_pages.SIZES[line.kind])
        run.font.bold = line.kind == "note" or None


def _set_view(slide: Any, page: Page, day: datetime.date) -> None:
    margin, room = slide_pages.MARGIN, slide_pages.ROOM
    if page.about:
        box = (margin, 92.0, room, 20.0)
        size = slide_shapes.fitted([page.about], box, _ABOUT, 0)
        slide_shapes.add_text(slide, box, [page.about], size, look.SOFT)
    top, height = slide_pages.space(page)
    if page.figure:
        parts.demand_alternative(page.figure)
        _set_figure(slide, page, (margin, top, room, height), day)
    elif page.sentences:
        said = (margin, slide_pages.TOP, room, top - slide_pages.TOP)
        slide_shapes.add_text(
            slide, said, list(page.sentences), slide_pages.SENTENCE, gap=slide_pages.BETWEEN
        )
    if page.table and page.grid:
        if page.table.caption:
            box = (margin, top, room, slide_pages.CAPTION * measuring.LEADING)
            slide_shapes.add_text(slide, box, [page.table.caption], slide_pages.CAPTION, look.SOFT)
            top += box[3] + slide_pages.GAP
        slide_shapes.add_table(slide, top, page.table, page.grid)
    origin = slide_pages.shown_origin(page)
    if origin:
        high = slide_pages.origin_height(page)
        box = (margin, slide_pages.BOTTOM - high, room, high)
        slide_shapes.add_text(slide, box, origin, slide_pages.ORIGIN, look.SOFT)


def _set_figure(slide: Any, page: Page, box: slide_shapes.Box, day: datetime.date) -> None:
    """Sentences on the left, the picture on the right; alone it has the whole room."""
    left, top, width, height = box
    assert page.figure
    if page.sentences:
        said = (left, top, _LEFT, height)
        lines = list(page.sentences)
        size = slide_shapes.fitted(lines, said, _SAID, slide_pages.BETWEEN)
        lines = slide_shapes.kept(lines, said, size, slide_pages.BETWEEN)
        slide_shapes.add_text(slide, said, lines, size, gap=slide_pages.BETWEEN)
        left, width = left + _LEFT + 24, width - _LEFT - 24
    if page.figure.caption:
        high = measuring.height(page.figure.caption, slide_pages.CAPTION, width)
        below = (left, top + height - high, width, high)
        slide_shapes.add_text(slide, below, [page.figure.caption], slide_pages.CAPTION, look.SOFT)
        height -= high + 4
    slide_shapes.add_figure(slide, (left, top, width, height), page.figure, day)
