"""What the writers ask of parts alike: the index of words, and errors that name the part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from documents.document import (
    Beside,
    Block,
    Document,
    DocumentError,
    Exhibit,
    Figure,
    Part,
)
from model.language import _


def index(document: Document) -> list[tuple[str, list[int]]]:
    """Words with the places of their parts, in the order of a German dictionary."""
    places: dict[str, list[int]] = {}
    for place, part in enumerate(document.parts):
        for word in dict.fromkeys(part.words):
            places.setdefault(word, []).append(place)
    plain = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
    return sorted(places.items(), key=lambda entry: entry[0].lower().translate(plain))


def is_sheet(document: Document) -> bool:
    """Whether it is one view on one page, whose title is that of the document."""
    blocks = [block for part in document.parts for block in part.blocks]
    return not document.cover and len(blocks) == 1 and isinstance(blocks[0], Exhibit)


def figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    """All pictures of blocks, also those within others."""
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Exhibit):
            yield from block.figures
        elif isinstance(block, Beside):
            yield from figures((*block.left, *block.right))


class NoWords(ValueError):
    """A figure without an alternative."""


def demand_alternative(figure: Figure) -> None:
    """Raises NoWords for a figure that says nothing to who cannot see it."""
    if not figure.alternative.strip():
        raise NoWords


@contextmanager
def named_in_errors(part: Part) -> Iterator[None]:
    """What fails within is a DocumentError that names the part and the remedy."""
    try:
        yield
    except NoWords as error:
        raise DocumentError(
            _(
                "Im Kapitel „{part}“ hat ein Bild keine Textalternative. "
                "Bitte in der Vorlage beschreiben, was das Bild zeigt."
            ).format(part=part.title)
        ) from error
    except (ValueError, IndexError, SyntaxError) as error:
        raise DocumentError(
            _(
                "Das Kapitel „{part}“ lässt sich nicht schreiben. "
                "Bitte Texte, Bilder und Tabellen dieses Kapitels prüfen. Meldung: {message}"
            ).format(part=part.title, message=error)
        ) from error
