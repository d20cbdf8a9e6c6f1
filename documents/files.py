"""The files a document can become, by the ending of their names."""

from __future__ import annotations

from collections.abc import Callable

from documents.document import Document
from model.filetypes import Format

FORMATS = tuple(kind.value for kind in Format)


def written(
    ending: str, document: Document, progress: Callable[[str], None] | None = None
) -> bytes:
    """The document as a file of that ending, one of FORMATS.

    `progress` hears the title of each part. Raises DocumentError, which names the part.
    """
    # Most readers never ask for a document; what writes them takes a while to load.
    from documents import pdf, slides, word

    writers = {"pdf": pdf.written, "docx": word.written, "pptx": slides.written}
    return writers[ending](document, progress)
