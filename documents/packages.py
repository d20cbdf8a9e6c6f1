"""Office files that are the same whenever they are written."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any

from documents.document import Document

_PREVIEW = "docProps/thumbnail.jpeg"
"""The picture of the library's empty template, which shows none of the document."""
_MOMENT = (1980, 1, 1, 0, 0, 0)


def describe(core: Any, document: Document) -> None:
    """Write what a document is into the properties of its file."""
    day = datetime.datetime.combine(datetime.date.fromisoformat(document.day), datetime.time())
    core.title, core.subject = document.title, document.subtitle
    core.author = core.last_modified_by = document.author
    core.created = core.modified = day
    core.language, core.keywords, core.comments = "de-DE", document.city, document.running
    core.revision = 1


def sealed(content: bytes) -> bytes:
    """The zip package with the same parts in the same order, without the time of writing."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name == _PREVIEW:
                continue
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, _without_preview(name, source.read(name)))
    return packed.getvalue()


def _without_preview(name: str, content: bytes) -> bytes:
    if name != "_rels/.rels":
        return content
    return re.sub(rb"<Relationship [^>]*thumbnail\.jpeg[^>]*/>", b"", content)
