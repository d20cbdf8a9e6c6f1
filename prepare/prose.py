"""Markdown of the city's data whose figures are references to the release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = ("zahl", "vergleich")
_ALLOWED = re.compile(
    r"§+\s*\d+\w*"
    r"|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}\b"
    r"|\b(?:19|20)\d{2}(?:[/–]\d{2,4})?\b(?![.,]\d|\s*%)"
    r"|\b\d{1,3}(?:-\s*(?:bis|und)\s*\d{1,3})?-[Jj]ährige\w*"
    r"|\b(?:(?:unter|ab|über|bis)\s+)?\d{1,3}(?:\s+bis\s+(?:unter\s+)?\d{1,3})?\s+Jahren?\b"
)
"""Digits an author may type: § numbers, dates, years and ages."""


@dataclass(frozen=True)
class Reference:
    """A figure or a comparison as the author reads it (`text`) and what it refers to.

    `scheme` is one of SCHEMES, `line` counts from 1 and is where its paragraph begins.
    """

    scheme: str
    text: str
    indicator: str
    details: tuple[tuple[str, str], ...]
    line: int


def references(markdown: str) -> tuple[Reference, ...]:
    """All references of a text, in their order."""
    found: list[Reference] = []
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        line = token.map[0] + 1 if token.map else 1
        children = token.children or []
        for place, child in enumerate(children):
            if child.type == "link_open":
                address = urlsplit(str(child.attrGet("href")))
                if address.scheme in SCHEMES:
                    details = tuple(parse_qsl(address.query, keep_blank_values=True))
                    said = _inside(children[place + 1 :])
                    found.append(Reference(address.scheme, said, address.path, details, line))
    return tuple(found)


def typed_figures(markdown: str) -> tuple[tuple[int, str], ...]:
    """Digits outside of links that no reference holds, each with the line of its paragraph."""
    found: list[tuple[int, str]] = []
    for token in MarkdownIt("commonmark", {"html": False}).parse(markdown):
        line = token.map[0] + 1 if token.map else 1
        said, depth = "", 0
        for child in token.children or []:
            depth += child.nesting if child.type.startswith("link_") else 0
            if not depth:
                said += " " if child.type.endswith("break") else child.content
        rest = _ALLOWED.sub(" ", said)
        found += [(line, figure) for figure in re.findall(r"\d[\d.,]*", rest)]
    return tuple(found)


def _inside(tokens: list[Token]) -> str:
    said = ""
    for token in tokens:
        if token.type == "link_close":
            break
        said += token.content
    return said
