"""Finding indicators, themes and areas by what people type, misspelt or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ENOUGH = 86.0
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e"})


@dataclass(frozen=True)
class Entry:
    """Something to be found. `phrases` are title and synonyms, `kind` and `id` say what it is."""

    kind: str
    id: str
    title: str
    context: str
    phrases: tuple[tuple[str, ...], ...]


def entry(kind: str, entry_id: str, title: str, context: str, synonyms: Sequence[str]) -> Entry:
    """An entry with its phrases already split into plain words."""
    phrases = (words(phrase) for phrase in (title, *synonyms))
    return Entry(kind, entry_id, title, context, tuple(dict.fromkeys(phrases)))


def words(text: str) -> tuple[str, ...]:
    """Plain lower-case words: 'Häverstädt (Süd)' is ('haeverstaedt', 'sued')."""
    return tuple(re.findall(r"[a-z0-9]+", text.lower().translate(_UMLAUTS)))


def find(text: str, entries: Sequence[Entry], limit: int = 8) -> list[Entry]:
    """The best entries for what was typed, best first; nothing typed finds nothing."""
    typed = words(text[:80])
    if not typed:
        return []
    scored = [(score, found) for found in entries if (score := _score(typed, found)) >= ENOUGH]
    scored.sort(key=lambda pair: (-pair[0], len(pair[1].title)))
    return [found for _score_, found in scored[:limit]]


def find_here(text: str, entries: Sequence[Entry], limit: int = 8) -> list[tuple[Entry, Entry]]:
    """Indicators together with an area, when both were typed: 'Kinderarmut Bärenkämpen'."""
    typed = words(text[:80])
    areas = [entry for entry in entries if entry.kind == "area"]
    indicators = [entry for entry in entries if entry.kind == "indicator"]
    for area in areas:
        name = area.phrases[0]
        place = [word for word in typed if max(_word_score(word, part) for part in name) >= ENOUGH]
        rest = [word for word in typed if word not in place]
        # Every word of the area's name must have been typed, and something else besides.
        if rest and len(place) >= len(name):
            return [(found, area) for found in find(" ".join(rest), indicators, limit)]
    return []


def _score(typed: Sequence[str], found: Entry) -> float:
    return max(_phrase_score(typed, phrase) for phrase in found.phrases)


def _phrase_score(typed: Sequence[str], phrase: Sequence[str]) -> float:
    """Mean of each typed word's best match, a little less for every word left over."""
    if not phrase:
        return 0.0
    matched = sum(max(_word_score(word, other) for other in phrase) for word in typed) / len(typed)
    return matched - 0.5 * max(0, len(phrase) - len(typed))


def _word_score(typed: str, word: str) -> float:
    if typed == word:
        return 100.0
    if word.startswith(typed) and len(typed) >= 2:
        return 96.0
    if len(typed) >= 4 and typed in word:
        return 90.0
    if len(typed) < 4:
        return 0.0
    return max(fuzz.ratio(typed, word), fuzz.ratio(typed, word[: len(typed)]) - 4)
