"""A document as PDF: tagged for readers who listen (PDF/UA-1) and made to last (PDF/A-2a).

Set by typst from documents/pdf.typ. Texts go there as data, so none of them can be markup.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from documents import parts, pdf_data
from documents.document import FONTS, Document, DocumentError
from model.language import _

TEMPLATE = Path(__file__).with_name("pdf.typ")


def written(document: Document, progress: Callable[[str], None] | None = None) -> bytes:
    """The document as PDF; the same document gives the same bytes.

    `progress` hears the title of each part as it is laid out. Raises DocumentError when a figure
    has no words beside it or a part cannot be set by the standards.
    """
    import typst

    for part in document.parts:
        if progress:
            progress(part.title)
        with parts.named_in_errors(part):
            for figure in parts.figures(part.blocks):
                parts.demand_alternative(figure)
    try:
        return _compiled(document)
    except typst.TypstError as error:
        raise DocumentError(_reason(document, error.message)) from error


def _compiled(document: Document) -> bytes:
    import typst

    day = datetime.date.fromisoformat(document.day)
    made = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(pdf_data.of(document), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.datetime.combine(day, datetime.time(), datetime.UTC),
    )
    assert isinstance(made, bytes)
    return made


def _reason(document: Document, message: str) -> str:
    """Which part cannot be set; each is tried alone."""
    import typst

    for part in document.parts:
        alone = replace(part, level=1)
        try:
            _compiled(replace(document, parts=(alone,), cover=False, imprint=()))
        except typst.TypstError as error:
            return _(
                "Das Kapitel „{part}“ lässt sich nicht als barrierefreies PDF setzen. "
                "Bitte Texte und Bilder dieses Kapitels prüfen. Meldung: {message}"
            ).format(part=part.title, message=error.message)
    return _(
        "Das Dokument „{title}“ lässt sich nicht als barrierefreies PDF setzen. "
        "Bitte Titelseite und Impressum prüfen. Meldung: {message}"
    ).format(title=document.title, message=message)
