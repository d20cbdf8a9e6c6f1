"""What stands on each slide: a document cut into slides that hold it without overflow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from documents import slide_cuts, slide_room, slide_runs
from documents.document import Block, Document, Exhibit, Figure, Part, Table
from documents.slide_room import Line, Page
from documents.slide_runs import Shown
from model.language import _

_SHARE = 0.3
"""Sentences above a table take at most so much of the slide."""
_SAID_LEAST = 14.0
"""Sentences beside pictures have at least letters so large; longer ones get a slide."""


def opening(document: Document) -> Iterator[Page]:
    """The cover and the contents, where the document has a cover."""
    if document.cover:
        about = " · ".join(word for word in (document.city, document.author) if word)
        yield Page(
            "cover",
            document.title,
            document.subtitle,
            figures=(document.emblem,) if document.emblem else (),
            notes=(about, *document.notices),
        )
        chapters = [Line(part.title, "item") for part in document.parts if part.level == 1]
        yield from slide_cuts.numbered(slide_cuts.texts(Page("text", _("Inhalt")), chapters))


def closing(document: Document) -> Iterator[Page]:
    """The imprint."""
    facts = [Line(told, "fact", name) for name, told in document.imprint]
    yield from slide_cuts.numbered(slide_cuts.texts(Page("text", _("Impressum")), facts))


def of_part(part: Part, section: bool) -> Iterator[Page]:
    """The slides of a part; with a `section` the first one bears its title alone."""
    if section:
        yield Page("section", part.title, part.about)
    about = [] if section or not part.about else [Line(part.about, "small")]
    yield from slide_cuts.numbered(_of_blocks(part.blocks, Page("text", part.title), about))


def _of_blocks(blocks: tuple[Block, ...], page: Page, held: list[Line]) -> Iterator[Page]:
    """Lines are held until something is shown; some of them then stand beside it."""
    rest = slide_runs.of(blocks)
    while rest:
        block = rest.popleft()
        if isinstance(block, slide_runs.Said):
            held += slide_runs.lines(block)
            continue
        foot = () if isinstance(block, Exhibit) else slide_runs.foot(rest)
        words, view = _joined(replace(page, kind="view", origin=foot, notes=foot), held, block)
        yield from slide_cuts.texts(page, words)
        yield from _of_view(view, page.title, block)
        held = []
    yield from slide_cuts.texts(page, held)


def _joined(view: Page, held: list[Line], block: Shown) -> tuple[list[Line], Page]:
    """Lines for slides of their own, and the view with its heading and what it has room for."""
    start = max((place for place, line in enumerate(held) if line.kind == "heading"), default=0)
    before, near = held[:start], held[start:]
    if near and near[0].kind == "heading":
        view = replace(view, title=f"{view.title}: {near[0].text}")
        near = near[1:]
    small = list(takewhile(lambda line: line.kind == "small", near))
    said = tuple(line.text for line in near[len(small) :])
    about = " ".join(line.text for line in small)
    joined = replace(view, about=about, sentences=said)
    if not near:
        return before, view
    plain = all(line.kind in ("lead", "body") for line in near[len(small) :])
    if isinstance(block, Exhibit) or not plain or not _has_room(joined, block):
        return held, view
    return before, joined


def _has_room(view: Page, block: Table | tuple[Figure, ...]) -> bool:
    """Whether the line below the title and the sentences stand on the slide of a view."""
    if not slide_room.about_size(view.about):
        return False
    if isinstance(block, Table):
        used = slide_room.space(view)[0] - slide_room.TOP
        return used <= _SHARE * (slide_room.BOTTOM - slide_room.TOP)
    sizes = tuple(size for size in slide_room.SAID if size >= _SAID_LEAST)
    high = slide_room.space(replace(view, figures=block))[1]
    return bool(slide_room.fitted(view.sentences, (slide_room.BESIDE, high), sizes))


def _of_view(view: Page, where: str, block: Shown) -> Iterator[Page]:
    if isinstance(block, Exhibit):
        yield from _exhibit(block)
        return
    if isinstance(block, Table):
        title = block.caption or view.title
        about = view.about or (where if where not in title else "")
        named = replace(view, title=title, about=about)
        yield from slide_cuts.table(named, replace(block, caption=""))
    else:
        each = -(-len(block) // -(-len(block) // slide_runs.most(block[0])))
        for start in range(0, len(block), each):
            yield replace(view, figures=block[start : start + each])


def _exhibit(exhibit: Exhibit) -> Iterator[Page]:
    notes = (*exhibit.sentences, *exhibit.origin, *([exhibit.link] if exhibit.link else []))
    bare = Page("view", exhibit.title, exhibit.about, origin=exhibit.origin, notes=notes)
    said = replace(bare, sentences=exhibit.sentences)
    for figure in exhibit.figures:
        yield replace(said, figures=(figure,))
        said = bare
    for table in exhibit.tables:
        page, told = _captioned(said, table)
        yield from slide_cuts.table(page, told)
        said = bare
    if not exhibit.figures and not exhibit.tables:
        yield said


def _captioned(page: Page, table: Table) -> tuple[Page, Table]:
    """The caption joins the line below the title, where there is room; else it stays."""
    about = " · ".join(words for words in (page.about, table.caption) if words)
    if table.caption == page.title:
        return page, replace(table, caption="")
    if slide_room.about_size(about):
        return replace(page, about=about), replace(table, caption="")
    return page, table
