"""A Sammelmappe: views of any pages in an order, each with a note of the reader's own.

It is kept in the address of `/mappe` or in a file and holds addresses and the reader's words, never
numbers. `query` packs it into one key, `parse` reads that back; docs/links.md describes the key.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from model.language import _

PAGE, KEY = "mappe", "inhalt"
"""The path of its page, and the key of the address that holds it."""
VERSION = "1"
MAX_ENTRIES = 20
MAX_TITLE = 120
MAX_NOTE = 400
MAX_CODE = 7000
"""Characters of the packed collection: with path and host an address stays below 8 kB."""
MAX_ADDRESS = 4000
MAX_OPEN = 128 * 1024
"""Bytes a packed collection may have when it is unpacked: more than all of these together."""
_MAX_KEYS = 40
_QUERY_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Entry:
    """A view: its page's path, its query as sorted pairs, and what the reader wrote about it.

    Keys nobody knows are kept as they are: the page may know them.
    """

    page: str
    query: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def address(self) -> str:
        """The view's address below the application: 'arbeit?indikator=...'."""
        return f"{self.page}?{urlencode(self.query)}" if self.query else self.page

    @property
    def view(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What the entry shows, whatever was written about it."""
        return self.page, self.query


@dataclass(frozen=True)
class Collection:
    """Views under a title."""

    title: str = ""
    entries: tuple[Entry, ...] = ()

    @property
    def code(self) -> str:
        """The collection in letters that an address can hold, after the version of the packing."""
        entries = [[e.address, *([e.note] if e.note else [])] for e in self.entries]
        told = json.dumps([self.title, entries], ensure_ascii=False, separators=(",", ":"))
        packed = base64.urlsafe_b64encode(zlib.compress(told.encode(), 9)).decode()
        return f"{VERSION}.{packed.rstrip('=')}"

    def query(self) -> dict[str, str]:
        """The collection as query parameters; none for an empty one."""
        return {KEY: self.code} if self.title or self.entries else {}

    def holds(self, entry: Entry) -> bool:
        """Whether the same view is in it, whatever was written about it."""
        return entry.view in {own.view for own in self.entries}


def entry(page: str, query: Mapping[str, str], note: Any = "") -> Entry:
    """The entry of a page at an address, without keys and values that no page writes."""
    known = [
        (key, value)
        for key, value in sorted(query.items())
        if _QUERY_KEY.fullmatch(key) and value and value.isprintable()
    ]
    return Entry(page, tuple(known[:_MAX_KEYS]), _note(note))


def refusal(collection: Collection) -> str:
    """Why a collection cannot be kept; empty where it can."""
    if len(collection.entries) > MAX_ENTRIES:
        return _("Die Sammelmappe ist voll: Sie fasst {most} Ansichten.").format(most=MAX_ENTRIES)
    longest = max((len(own.address) for own in collection.entries), default=0)
    if longest > MAX_ADDRESS:
        return _("Die Adresse dieser Ansicht ist zu lang für die Sammelmappe.")
    if len(collection.code) > MAX_CODE:
        return _("Das passt nicht mehr in den Link. Bitte kürzen Sie eine Notiz.")
    return ""


def added(collection: Collection, new: Entry) -> Collection:
    """The collection with one more view at its end; the same if that is in it."""
    if collection.holds(new):
        return collection
    return replace(collection, entries=(*collection.entries, new))


def removed(collection: Collection, place: int) -> Collection:
    """The collection without the entry at a place."""
    entries = collection.entries
    return replace(collection, entries=entries[:place] + entries[place + 1 :])


def moved(collection: Collection, place: int, to: int) -> Collection:
    """The collection with the entry of one place at another one, as near as there is."""
    rest = list(removed(collection, place).entries)
    rest.insert(min(max(to, 0), len(rest)), collection.entries[place])
    return replace(collection, entries=tuple(rest))


def noted(collection: Collection, place: int, note: str) -> Collection:
    """The collection with another note at a place."""
    entries = list(collection.entries)
    entries[place] = replace(entries[place], note=_note(note))
    return replace(collection, entries=tuple(entries))


def titled(collection: Collection, title: str) -> Collection:
    """The collection under another title."""
    return replace(collection, title=_title(title))


def parse(query: Mapping[str, str], pages: Container[str]) -> tuple[Collection, list[str]]:
    """The collection a query means, and German notices for all that had to give way.

    `pages` are the paths that have views. Whatever comes in is never echoed and never raises.
    """
    code = query.get(KEY, "")
    if not code:
        return Collection(), []
    version, _dot, packed = code.partition(".")
    if version.isdecimal() and version != VERSION:
        return Collection(), [
            _("Der Link zur Sammelmappe stammt von einer anderen Fassung dieser Anwendung.")
        ]
    told = _unpacked(packed) if version == VERSION and len(code) <= MAX_CODE else None
    if not isinstance(told, list) or len(told) != 2 or not isinstance(told[1], list):
        return Collection(), [_("Der Link zur Sammelmappe ist unvollständig oder beschädigt.")]
    pairs = [(*one, "")[:2] if isinstance(one, list) and one else ("", "") for one in told[1]]
    return read(told[0], pairs, pages)


def read(
    title: Any, told: Sequence[tuple[Any, Any]], pages: Container[str]
) -> tuple[Collection, list[str]]:
    """The collection of some addresses with their notes, and notices for what was left out."""
    found = Collection(_title(title))
    strange, cut = [], False
    for place, (address, note) in enumerate(told[: 2 * MAX_ENTRIES], start=1):
        own = _entry(address, note, pages)
        if own is None:
            strange.append(place)
            continue
        more = added(found, own)
        cut = cut or bool(refusal(more))
        found = found if cut else more
    notices = []
    if strange:
        notices.append(
            _("Nicht jede Ansicht gibt es hier. Es fehlen die Nummern: {places}.").format(
                places=", ".join(map(str, strange))
            )
        )
    if cut or len(told) > 2 * MAX_ENTRIES:
        notices.append(
            _("Die Sammelmappe ist zu lang. Gezeigt werden {count} Ansichten.").format(
                count=len(found.entries)
            )
        )
    return found, notices


def _title(told: Any) -> str:
    """A text in one line without signs that cannot be seen; nothing else is a text."""
    return _line(told)[:MAX_TITLE].strip() if isinstance(told, str) else ""


def _note(told: Any) -> str:
    """A text of several lines without signs that cannot be seen; nothing else is a text."""
    if not isinstance(told, str):
        return ""
    return "\n".join(map(_line, told.splitlines())).strip()[:MAX_NOTE].strip()


def _line(told: str) -> str:
    seen = "".join(sign for sign in told if sign.isprintable() or sign.isspace())
    return " ".join(seen.split())


def _unpacked(packed: str) -> Any:
    """What was packed; None where nothing was, or too much."""
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars=b"-_", validate=True)
        opening = zlib.decompressobj()
        told = opening.decompress(data, MAX_OPEN)
        if not opening.eof:
            return None
        return json.loads(told.decode())
    except (zlib.error, ValueError, RecursionError):
        return None


def _entry(address: Any, note: Any, pages: Container[str]) -> Entry | None:
    """The entry of an address; None for what is no page with views."""
    if not isinstance(address, str) or len(address) > MAX_ADDRESS:
        return None
    page, _mark, query = address.partition("?")
    if page not in pages:
        return None
    try:
        pairs = dict(parse_qsl(query, max_num_fields=_MAX_KEYS))
    except ValueError:
        return None
    return entry(page, pairs, note)
