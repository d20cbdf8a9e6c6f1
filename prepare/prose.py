"""Markdown of the city's data whose figures are references to the release."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEME = "zahl"
_ALLOWED = re.compile(
    r"§+\s*\d+\w*"
    r"|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}\b"
    r"|\b(?:19|20)\d{2}(?:[/–]\d{2,4})?\b(?![.,]\d|\s*%)"
    r"|\b\d{1,3}(?:-\s*(?:bis|und)\s*\d{1,3})?-[Jj]ährige\w*"
    r"|\b(?:(?:unter|ab|über|bis)\s+)?\d{1,3}(?:\s+bis\s+(?:unter\s+)?\d{1,3})?\s+Jahren?\b"
)
"""Digits an author may type: § numbers, dates, years and ages."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")


@dataclass(frozen=True)
class Reference:
    """A figure as the author reads it (`text`) and what it refers to.

    `line` counts from 1 and is where its paragraph begins; `sentence` is the one it stands in.
    """

    text: str
    indicator: str
    details: tuple[tuple[str, str], ...]
    line: int
    sentence: str = ""


def tokens(markdown: str) -> list[Token]:
    """The text as CommonMark without HTML."""
    return MarkdownIt("commonmark", {"html": False}).parse(markdown)


def line(token: Token) -> int:
    """The line of a block, from 1."""
    return token.map[0] + 1 if token.map else 1


def references(markdown: str) -> tuple[Reference, ...]:
    """All references of a text, in their order."""
    found: list[Reference] = []
    for token in tokens(markdown):
        children = token.children or []
        for place, child in enumerate(children):
            if child.type == "link_open" and is_reference(href(child)):
                said = inside(children[place + 1 :])
                found.append(reference(said, href(child), line(token), plain(children)))
    return tuple(found)


def is_reference(address: str) -> bool:
    """Whether a link is a reference to a figure."""
    return address.startswith(f"{SCHEME}:")


def reference(said: str, address: str, at: int, around: str) -> Reference:
    """The reference of a link's text and address; `around` is its paragraph."""
    parts = urlsplit(address)
    details = tuple(parse_qsl(parts.query, keep_blank_values=True))
    own = [sentence for sentence in _SENTENCES.split(around) if said in sentence]
    return Reference(said, parts.path, details, at, own[0] if own else around)


def typed_figures(markdown: str) -> tuple[tuple[int, str], ...]:
    """Digits outside of links that no reference holds, each with the line of its paragraph."""
    found: list[tuple[int, str]] = []
    for token in tokens(markdown):
        said, depth = "", 0
        for child in token.children or []:
            depth += child.nesting if child.type.startswith("link_") else 0
            if not depth:
                said += content(child)
        rest = _ALLOWED.sub(" ", said)
        found += [(line(token), figure) for figure in re.findall(r"\d[\d.,]*", rest)]
    return tuple(found)


def href(token: Token) -> str:
    """The address of a link."""
    return str(token.attrGet("href") or "")


def content(token: Token) -> str:
    """The text of a piece; the end of a line is a space."""
    return " " if token.type.endswith("break") else token.content


def plain(children: Sequence[Token]) -> str:
    """The text of a paragraph."""
    return "".join(map(content, children))


def inside(children: Sequence[Token]) -> str:
    """The text up to the end of a link."""
    end = next((n for n, one in enumerate(children) if one.type == "link_close"), len(children))
    return plain(children[:end])
