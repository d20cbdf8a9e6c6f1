"""A Sammelmappe as a file: JSON that says what it is, of which city, and made with which release.

docs/links.md describes the file. Reading one never raises and never echoes what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from model import collection
from model.collection import Collection
from model.language import _

KIND = "sammelmappe"
VERSION = 1
NAME = "sammelmappe.json"
MAX_BYTES = 256 * 1024


@dataclass(frozen=True)
class Loaded:
    """What a file holds: a collection, or None and a notice why not."""

    collection: Collection | None
    notices: tuple[str, ...] = ()


def written(own: Collection, city: str, release: str) -> bytes:
    """The file of a collection."""
    told = {
        "kind": KIND,
        "version": VERSION,
        "city": city,
        "release": release,
        "title": own.title,
        "entries": [{"address": one.address, "note": one.note} for one in own.entries],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read(data: bytes, city: str, release: str, pages: Container[str]) -> Loaded:
    """What a file means here: in this city, with the release shown, among pages with views."""
    told = _object(data)
    if told is None or told.get("kind") != KIND:
        return Loaded(None, (_("Diese Datei ist keine Sammelmappe."),))
    if told.get("version") != VERSION:
        text = _("Diese Datei stammt von einer anderen Fassung dieser Anwendung.")
        return Loaded(None, (text,))
    if told.get("city") != city:
        return Loaded(None, (_("Diese Sammelmappe gehört zu einer anderen Stadt."),))
    entries = told.get("entries")
    pairs = [
        (one.get("address"), one.get("note")) if isinstance(one, dict) else ("", "")
        for one in (entries if isinstance(entries, list) else [])
    ]
    found, notices = collection.read(told.get("title"), pairs, pages)
    if told.get("release") != release:
        notices.append(
            _(
                "Die Datei entstand mit einer anderen Veröffentlichung. Alle Zahlen sind die der "
                "heutigen."
            )
        )
    return Loaded(found, tuple(notices))


def _object(data: bytes) -> dict[str, Any] | None:
    """The JSON object of a file; None where it holds something else, or too much."""
    if len(data) > MAX_BYTES:
        return None
    try:
        told = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
