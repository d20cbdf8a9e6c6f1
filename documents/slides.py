"""A document as PPTX: a slide for each view, charts to edit, real titles and tables."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from pptx.util import Pt

from documents import (
    measuring,
    packages,
    parts,
    slide_layouts,
    slide_pages,
    slide_room,
    slide_sections,
    slide_shapes,
    slide_template,
    slide_views,
)
from documents.document import Document
from documents.slide_room import Page
from model.language import _

_LAYOUTS = {
    "cover": slide_layouts.COVER,
    "section": slide_layouts.SECTION,
    "text": slide_layouts.TEXT,
    "view": slide_layouts.VIEW,
}
_TITLES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.0)
_OPENING = (44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
_BELOW = (22.0, 20.0, 18.0, 16.0, 14.0, 12.0)
_EMBLEM = (560.0, 60.0, 357.0, 420.0)
"""Where the cover's picture stands."""


def written(document: Document, progress: Callable[[str], None] | None = None) -> bytes:
    """The document as PPTX; the same document gives the same bytes.

    `progress` hears the title of each part. Raises DocumentError, which names the part, when a
    figure has no words beside it or something cannot be drawn.
    """
    made = slide_template.presentation(document)
    starts = [(document.title, 0)]
    _add(made, document, slide_pages.opening(document))
    alone = not document.cover and len(document.parts) == 1
    for part in document.parts:
        if progress:
            progress(part.title)
        starts.append((part.title, len(made.slides)))
        with parts.named_in_errors(part):
            section = not part.blocks or (part.level == 1 and not alone)
            told = replace(part, about="") if parts.is_sheet(document) else part
            _add(made, document, slide_pages.of_part(told, section))
    starts.append((_("Impressum"), len(made.slides)))
    _add(made, document, slide_pages.closing(document))
    if not alone:
        slide_sections.set_sections(made, starts)
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
            for figure in page.figures:
                slide_shapes.add_figure(slide, _EMBLEM, figure, day)
        elif page.kind == "text":
            _set_lines(slide, page)
        else:
            slide_views.set_view(slide, page, day)
        if page.kind != "cover":
            slide_shapes.add_footer(slide, layout, document.running)
        slide_template.speak_german(slide._element)
        if page.notes:
            notes = slide.notes_slide
            notes.notes_text_frame.text = "\n".join(page.notes)
            slide_template.speak_german(notes._element)


def _set_title(slide: Any, page: Page) -> None:
    opening = page.kind in ("cover", "section")
    if page.kind == "cover" and page.figures:
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
    shape.width = Pt(_EMBLEM[0] - 2 * slide_room.MARGIN)


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
    size = slide_room.fitted(tuple(lines), (below.width.pt, 120.0), _BELOW) or _BELOW[-1]
    frame.text = "\n".join(lines)
    for place, paragraph in enumerate(frame.paragraphs):
        for run in paragraph.runs:
            run.font.size = Pt(size if place == 0 else min(size, 14))


def _set_lines(slide: Any, page: Page) -> None:
    """Paragraphs in the text placeholder; only lines of a list have bullets."""
    frame = slide.placeholders[1].text_frame
    for place, line in enumerate(page.lines):
        size = round(slide_room.SIZES[line.kind] * page.scale, 1)
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(slide_room.BETWEEN)
        if line.kind != "item":
            slide_shapes.drop_bullet(paragraph)
        if line.name:
            name = paragraph.add_run()
            name.text, name.font.bold = f"{line.name}: ", True
            name.font.size = Pt(size)
        run = paragraph.add_run()
        run.text, run.font.size = line.text, Pt(size)
        run.font.bold = line.kind in ("note", "heading") or None
