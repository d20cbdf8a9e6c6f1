"""Stories of a city folder (stories/NAME.md), checked, as a release carries them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token
from pydantic import Field

from model import story
from model.catalog import Audience
from model.entries import Entry, Text
from model.story import Paragraph, Run, Shown, Stories, Story
from prepare import cited, prose, story_views, textfiles, tomlfiles, validation
from prepare.cited import Cells
from prepare.findings import Finding, refuse

FOLDER = "stories"
TEXT = "stories.json"
"""How a release carries them."""
_FENCE = "+++\n"
_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_HTML = re.compile(r"</?[A-Za-z][^>]*>")
_KINDS: dict[str, story.Kind] = {"strong_open": "strong", "em_open": "emphasis"}
_REFERENCES: dict[str, story.Kind] = {prose.FIGURE: "figure", prose.CLAIM: "claim"}
_REMEDY = "Erlaubt sind ## Überschriften, Absätze, *betont*, **fett** und Verweise."


class Head(Entry):
    """What stands between the +++ at the top of a story."""

    title: Text
    lead: Text
    author: Text
    order: int = 0
    audiences: tuple[Audience, ...] = Field(("public", "internal"), min_length=1)


@dataclass
class _Part:
    """A section that is being read; it began at `line`."""

    title: str
    line: int
    paragraphs: list[Paragraph] = field(default_factory=list)
    views: list[Shown] = field(default_factory=list)


def told(folder: Path, audience: Audience, cells: Cells) -> Stories:
    """The stories of a city folder for an audience; none without a folder `stories`.

    Raises PreparationError with all that is wrong, figures that no longer fit included.
    """
    found: list[Story] = []
    wrong: list[Finding] = []
    for path in sorted((folder / FOLDER).glob("*.md")):
        name = f"{folder.name}/{FOLDER}/{path.name}"
        head, body, above = _opened(path, name)
        if audience not in head.audiences:
            continue
        heads = f"{head.title}\n\n{head.lead}"
        bad = [*cited.findings(heads, name, cells), *cited.findings(body, name, cells, above)]
        parts, more = _parts(body, name, cells, above, sound=not bad)
        wrong += [*bad, *more]
        if not bad and not more:
            own = head.model_dump(exclude={"audiences"})
            sections = tuple(
                story.Section(
                    title=part.title, paragraphs=tuple(part.paragraphs), views=tuple(part.views)
                )
                for part in parts
            )
            found.append(Story(id=path.stem, sections=sections, **own))
    refuse(wrong)
    return Stories(stories=tuple(sorted(found, key=lambda one: (one.order, one.id))))


def _opened(path: Path, name: str) -> tuple[Head, str, int]:
    """The head of a file, the text below it, and the number of lines above that."""
    text = textfiles.written(path, name)
    parts = text.split(_FENCE, 2)
    if len(parts) < 3 or parts[0] or not _NAME.fullmatch(path.stem):
        message = "Der Kopf zwischen zwei Zeilen +++ fehlt, oder der Dateiname hat andere Zeichen."
        remedy = "Kopf mit title, lead, author ergänzen; Dateiname aus a–z, 0–9, - und _."
        refuse([Finding("text_form", name, "Zeile 1", message, remedy)])
    _nothing, head, body = parts
    data = tomlfiles.read(head, name)
    return validation.checked(Head, data, name), body, head.count("\n") + 2


def _parts(
    body: str, name: str, cells: Cells, above: int, sound: bool
) -> tuple[list[_Part], list[Finding]]:
    """The sections of a text and what is wrong with their form; `sound` if its figures are not."""
    parts: list[_Part] = []
    wrong: list[tuple[int, str, str, str]] = []
    tokens = prose.tokens(body)
    for place, token in enumerate(tokens):
        if token.type not in ("heading_open", "paragraph_open"):
            if token.nesting >= 0 and token.type != "inline":
                message = "So etwas kann eine Geschichte nicht zeigen."
                wrong.append((prose.line(token), "text_form", message, _REMEDY))
            continue
        inline = tokens[place + 1]
        children, line = inline.children or [], prose.line(token)
        wrong += [(line, *told) for told in _wrong_form(token, children, parts)]
        if token.type == "heading_open":
            parts.append(_Part(prose.plain(children), line))
        elif parts and (view := story_views.shown(children)):
            parts[-1].views.append(view)
            wrong += [
                (line, "text_view", told, hint) for told, hint in story_views.wrong(view, cells)
            ]
        elif parts and sound and not wrong:
            parts[-1].paragraphs.append(tuple(_runs(children, line, cells)))
    wrong += [
        (part.line, "text_form", f'Der Abschnitt "{part.title}" zeigt keine Ansicht.',
         "Eine Zeile [Karte: Titel](thema?indikator=...) ergänzen.")
        for part in parts
        if not part.views
    ]  # fmt: skip
    if not parts:
        wrong.append((1, "text_form", "Die Geschichte hat keinen Abschnitt.", _REMEDY))
    return parts, [
        Finding(rule, name, f"Zeile {line + above}", message, remedy)
        for line, rule, message, remedy in sorted(wrong)
    ]


def _wrong_form(
    token: Token, children: Sequence[Token], parts: Sequence[_Part]
) -> Iterator[tuple[str, str, str]]:
    """What a heading or a paragraph must not be."""
    if token.type == "heading_open" and token.tag != "h2":
        yield "text_form", "Überschriften haben hier zwei ##.", _REMEDY
    if token.type == "paragraph_open" and not parts:
        yield (
            "text_form",
            "Vor dem ersten Abschnitt steht Text.",
            "Unter eine ## Überschrift setzen.",
        )
    kinds = {child.type for child in children}
    if kinds & {"image", "code_inline"} or _HTML.search(prose.plain(children)):
        yield "text_form", "Bilder, Code und HTML gibt es hier nicht.", _REMEDY
    if not story_views.shown(children):
        for child in children:
            if child.type == "link_open" and not prose.is_reference(prose.href(child)):
                message = f'"{prose.href(child)}" ist im Satz kein Verweis auf Zahlen.'
                yield "text_form", message, "Eine Ansicht steht allein in ihrem Absatz."


def _runs(children: Sequence[Token], line: int, cells: Cells) -> Iterator[Run]:
    """The pieces of a paragraph whose references are sound."""
    kinds: list[story.Kind] = []
    skipped = False
    for place, child in enumerate(children):
        if child.type == "link_open":
            own = prose.reference(children, place, line)
            kind = _REFERENCES[own.scheme]
            yield Run(text=own.text, kind=kind, address=cited.address(own, cells))
            skipped = True
        elif child.type == "link_close":
            skipped = False
        elif child.type in _KINDS:
            kinds.append(_KINDS[child.type])
        elif child.nesting < 0:
            kinds.pop()
        elif not skipped and (text := prose.content(child)):
            yield Run(text=text, kind=kinds[-1] if kinds else "plain")
