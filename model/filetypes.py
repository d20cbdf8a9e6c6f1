"""Kinds of files that views and documents become: endings, MIME types, names people know."""

from __future__ import annotations

from enum import StrEnum

from model.language import _


class Format(StrEnum):
    """What kind of file a document is made as."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"


_OFFICE = "application/vnd.openxmlformats-officedocument"
MIME = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
    "png": "image/png",
    "svg": "image/svg+xml",
}
"""By the ending of a file's name."""
NAMES = {"pdf": _("PDF"), "docx": _("Word"), "pptx": _("PowerPoint")}
"""What people call a document, by the ending of its name."""
