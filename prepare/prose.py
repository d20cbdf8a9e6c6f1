"""Markdown of the city's data whose figures and comparisons are references to the release."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

FIGURE, CLAIM = "zahl", "vergleich"
"""What a reference begins with: that of a figure, and that of a claim about figures."""
_ALLOWED = re.compile(
    r"§+\s*\d+\w*"
    r"|\b\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}\b"
    r"|\b(?:19|20)\d{2}(?:[/–]\d{2,4})?\b(?![.,]\d|\s*%)"
    r"|\b\d{1,3}(?:-\s*(?:bis|und)\s*\d{1,3})?-[Jj]ährige\w*"
    r"|\b(?:(?:unter|ab|über|bis)\s+)?\d{1,3}(?:\s+bis\s+(?:unter\s+)?\d{1,3})?\s+Jahren?\b"
)
"""Digits an author may type: § numbers, dates, years and ages."""
_MARK = "\ufffc"
"""Stands for a link."""
_SENTENCES = re.compile(rf"(?<=[.!?])\s+(?=[A-ZÄÖÜ{_MARK}])")


@dataclass(frozen=True)
class Reference:
    """A figure, or a claim about figures, as it reads (`text`), and what it refers to.

    `line` counts from 1 and is where its paragraph begins; `sentence` is the one it stands in.
    `scheme` is FIGURE or CLAIM.
    """

    text: str
    indicator: str
    details: tuple[tuple[str, str], ...]
    line: int
    sentence: str = ""
    scheme: str = FIGURE


def tokens(markdown: str) -> list[Token]:
    """The text as CommonMark without HTML."""
    return MarkdownIt("commonmark", {"html": False}).parse(markdown)


def line(token: Token) -> int:
    """The line of a block, from 1."""
    return token.map[0] + 1 if token.map else 1


def references(markdown: str) -> tuple[Reference, ...]:
    """All references of a text, in their order."""
    return tuple(
        reference(children, place, line(token))
        for token in tokens(markdown)
        for children in [token.children or []]
        for place, child in enumerate(children)
        if child.type == "link_open" and is_reference(href(child))
    )


def is_reference(address: str) -> bool:
    """Whether a link is a reference to a figure, or a claim about figures."""
    return address.startswith((f"{FIGURE}:", f"{CLAIM}:"))


def reference(children: Sequence[Token], place: int, at: int) -> Reference:
    """The reference that begins at a place of a paragraph, which begins at a line."""
    parts = urlsplit(href(children[place]))
    return Reference(
        text=inside(children[place + 1 :]),
        indicator=parts.path,
        details=tuple(parse_qsl(parts.query, keep_blank_values=True)),
        line=at,
        sentence=_sentence(plain(children), len(plain(children[:place]))),
        scheme=parts.scheme,
    )


def _sentence(text: str, at: int) -> str:
    """The sentence of a text that holds the letter at a place."""
    gaps = [found.span() for found in _SENTENCES.finditer(text)]
    first = max((end for _start, end in gaps if end <= at), default=0)
    last = min((start for start, _end in gaps if start > at), default=len(text))
    return text[first:last]


def typed_figures(markdown: str) -> tuple[tuple[int, str], ...]:
    """Digits outside of links that no reference holds, each with the line of its paragraph."""
    return tuple(
        (line(token), figure)
        for token in tokens(markdown)
        for figure in re.findall(r"\d[\d.,]*", _ALLOWED.sub(" ", _outside(token.children or [])))
    )


def typed_words(markdown: str, words: Collection[str]) -> tuple[tuple[int, str, str], ...]:
    """Some words outside of links, in sentences with a link: line of the paragraph, word, sentence.

    In the sentence an ellipsis stands for each link.
    """
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    return tuple(
        (line(token), word, sentence.replace(_MARK, "…"))
        for token in tokens(markdown)
        for sentence in _SENTENCES.split(_outside(token.children or [], _MARK))
        if _MARK in sentence
        for word in pattern.findall(sentence)
    )


def _outside(children: Sequence[Token], mark: str = "") -> str:
    """The text of a paragraph without that of its links, each of which is a mark."""
    said, depth = "", 0
    for child in children:
        if child.type.startswith("link_"):
            depth += child.nesting
            said += mark if depth else ""
        elif not depth:
            said += content(child)
    return said


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
