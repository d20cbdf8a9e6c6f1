"""Stories of a city: prose whose figures were held against the release, beside views.

`prepare` makes them of Markdown, the release carries them as plain values, and the app shows them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from model.entries import Entry, Slug, Text
from model.language import _

KEY = "geschichte"
"""The key of the address of `/geschichte`."""
Kind = Literal["plain", "strong", "emphasis", "figure", "claim"]
REFERENCES = ("figure", "claim")
"""Kinds that know the address of the view they are of."""


class Run(Entry):
    """A piece of a paragraph; one of REFERENCES knows the address of its view."""

    text: Text
    kind: Kind = "plain"
    address: str = ""


Paragraph = tuple[Run, ...]


class Shown(Entry):
    """A view beside a section: its address below the application, and what the author calls it."""

    text: Text
    address: Text


class Section(Entry):
    """A part of a story: what is said, and the views it speaks of."""

    title: Text
    paragraphs: tuple[Paragraph, ...]
    views: tuple[Shown, ...]

    @property
    def said(self) -> str:
        """The section in plain text, a paragraph a line."""
        return "\n".join("".join(run.text for run in one) for one in self.paragraphs)


class Story(Entry):
    """A story in sections."""

    id: Slug
    title: Text
    lead: Text
    author: Text
    order: int = 0
    sections: tuple[Section, ...]


class Stories(Entry):
    """All stories of a release, in their order."""

    stories: tuple[Story, ...] = ()


def query(own: Story) -> dict[str, str]:
    """The story as query parameters."""
    return {KEY: own.id}


def parse(asked: Mapping[str, str], known: Sequence[Story]) -> tuple[Story | None, list[str]]:
    """The story a query names; else none, with a German notice if it named one."""
    found = next((one for one in known if one.id == asked.get(KEY)), None)
    if found or not asked.get(KEY):
        return found, []
    return None, [_("Die Geschichte aus dem Link gibt es hier nicht.")]
