"""What offices write for the Sozialatlas (atlas/texts), with figures held against the release."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from model import formats
from model.atlas import FOREWORD, Atlas, Paragraphs, Template
from model.catalog import Catalog
from prepare import atlas_template, cited, prose, textfiles
from prepare.cited import Cells
from prepare.findings import Finding, PreparationError, nearest, refuse

FOLDER = f"{atlas_template.FOLDER}/texts"
TEXT = "atlas.json"
"""How a release carries template and texts."""
_AREAS, _THEMES = "gebiete", "themen"
_LONGEST = {FOREWORD: 4000, _AREAS: 700, _THEMES: 1000}
"""Letters a text may have: a page, what the two pages of an area leave free, a third of a page."""
_HTML = re.compile(r"</?[A-Za-z][^>]*>")
_PIECES = frozenset({"text", "softbreak", "hardbreak", "link_open", "link_close"})
_FORM = "Erlaubt sind Absätze und Verweise auf Zahlen."


@dataclass(frozen=True)
class Written:
    """A file of words: the kind of chapter it belongs to, which one of them, and its own name."""

    path: Path
    kind: str
    id: str
    name: str


def written(
    folder: Path, template: Template, catalog: Catalog, areas: Collection[str]
) -> list[Written]:
    """The files of words of a city folder, each with its chapter.

    `catalog` is the whole one, `areas` are the ids of the city's default level. Raises
    PreparationError with all that belong nowhere.
    """
    paths = sorted(path for path in (folder / FOLDER).rglob("*") if path.is_file())
    found = [_written(path, folder) for path in paths]
    themes = {theme.id for theme in catalog.themes}
    known = {FOREWORD: {FOREWORD}, _AREAS: areas, _THEMES: themes}
    wrong = [finding for one in found for finding in _misplaced(one, known)]
    if template.themes:
        chapters = {chapter.id for chapter in template.themes}
        wrong += [
            _unread(
                one,
                f'Die Vorlage hat kein Kapitel zum Thema "{one.id}".',
                f"In {atlas_template.FILE} ergänzen oder den Text löschen.",
            )
            for one in found
            if one.kind == _THEMES and one.id in themes - chapters
        ]
    refuse([*wrong, *_foreword(folder, template, found)])
    return found


def told(found: Sequence[Written], template: Template, cells: Cells) -> Atlas:
    """Template and texts as a release carries them; those of themes it does not have are left out.

    Raises PreparationError with all that is wrong, figures that no longer fit included.
    """
    themes = {theme.id for theme in cells.catalog.themes}
    texts: dict[str, dict[str, Paragraphs]] = {kind: {} for kind in _LONGEST}
    wrong: list[Finding] = []
    for one in found:
        if one.kind == _THEMES and one.id not in themes:
            continue
        try:
            texts[one.kind][one.id] = _paragraphs(one, cells)
        except PreparationError as error:
            wrong += error.findings
    refuse(wrong)
    return Atlas(
        template=template,
        foreword=texts[FOREWORD].get(FOREWORD, ()),
        themes=texts[_THEMES],
        areas=texts[_AREAS],
    )


def _written(path: Path, folder: Path) -> Written:
    """A file below the folder of texts; its kind is '' where there are no such chapters."""
    below = path.relative_to(folder / FOLDER)
    kinds = {".": FOREWORD, _AREAS: _AREAS, _THEMES: _THEMES}
    kind = kinds.get(below.parent.as_posix(), "") if path.suffix == ".md" else ""
    return Written(path, kind, path.stem, f"{folder.name}/{FOLDER}/{below.as_posix()}")


def _misplaced(one: Written, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """Why a file belongs to no chapter."""
    if one.kind in known and one.id in known[one.kind]:
        return
    if one.kind == _AREAS:
        message = f'"{one.id}" ist kein Gebiet der Ebene, die die Anwendung zuerst zeigt.'
        yield Finding("area_unknown", one.name, "", message, nearest(one.id, known[_AREAS]))
    elif one.kind == _THEMES:
        message = f'Das Thema "{one.id}" gibt es nicht.'
        yield Finding("theme_unknown", one.name, "", message, nearest(one.id, known[_THEMES]))
    else:
        remedy = "Erlaubt sind vorwort.md, gebiete/GEBIET.md und themen/THEMA.md; sonst löschen."
        yield _unread(one, "Die Datei gehört zu keinem Kapitel.", remedy)


def _unread(one: Written, message: str, remedy: str) -> Finding:
    return Finding("atlas_text_unread", one.name, "", message, remedy)


def _foreword(folder: Path, template: Template, found: Sequence[Written]) -> Iterator[Finding]:
    """A foreword the template does not place, or places though there is none."""
    there = any(one.kind == FOREWORD for one in found)
    placed = FOREWORD in template.chapters
    name, place = atlas_template.named(folder), 'Schlüssel "chapters"'
    if there and not placed:
        message = "Das geschriebene Vorwort hat in der Vorlage keinen Platz."
        yield Finding("atlas_chapter", name, place, message, f'"{FOREWORD}" ergänzen.')
    if placed and not there and "chapters" in template.model_fields_set:
        message = f"{FOLDER}/{FOREWORD}.md fehlt."
        yield Finding(
            "atlas_chapter", name, place, message, f'Schreiben oder "{FOREWORD}" streichen.'
        )


def _paragraphs(one: Written, cells: Cells) -> Paragraphs:
    """The text of a file in plain paragraphs. Raises PreparationError with all that is wrong."""
    text = _text(one)
    tokens = prose.tokens(text)
    wrong = [
        Finding("text_form", one.name, f"Zeile {prose.line(token)}", message, _FORM)
        for place, token in enumerate(tokens)
        for message in _wrong_form(token, tokens[place - 1])
    ]
    said = tuple(_plain(token.children or []) for token in tokens if token.type == "inline")
    if not wrong and (over := sum(map(len, said)) - _LONGEST[one.kind]) > 0:
        message = f"Der Text ist um {over} Zeichen zu lang."
        remedy = f"Auf {_LONGEST[one.kind]} Zeichen kürzen, sonst reicht sein Platz nicht."
        wrong.append(Finding("atlas_text_long", one.name, "", message, remedy))
    refuse([*wrong, *cited.findings(text, one.name, cells)])
    return said


def _text(one: Written) -> str:
    """What stands in a file. Raises PreparationError if that is nothing, or not UTF-8."""
    text = textfiles.written(one.path, one.name)
    if not text.strip():
        message, remedy = "Der Text ist leer.", "Ausfüllen oder die Datei löschen."
        refuse([Finding("file_empty", one.name, "", message, remedy)])
    return text


def _wrong_form(token: Token, before: Token) -> Iterator[str]:
    """What a text must not hold."""
    if token.nesting >= 0 and token.type not in ("paragraph_open", "inline"):
        yield "Überschriften, Listen, Tabellen und Code gibt es hier nicht."
    if token.type != "inline" or before.type != "paragraph_open":
        return
    children = token.children or []
    if {child.type for child in children} - _PIECES or _HTML.search(prose.plain(children)):
        yield "Bilder, Betonungen, Code und HTML gibt es hier nicht."
    for child in children:
        if child.type == "link_open" and not prose.is_reference(prose.href(child)):
            yield f'"{prose.href(child)}" ist kein Verweis auf eine Zahl.'


def _plain(children: Sequence[Token]) -> str:
    """A paragraph; a figure and its unit stay on one line."""
    said, figure = "", False
    for child in children:
        if child.type in ("link_open", "link_close"):
            figure = prose.href(child).startswith(f"{prose.FIGURE}:")
        text = prose.content(child)
        said += text.replace(" ", formats.NBSP) if figure else text
    return said
