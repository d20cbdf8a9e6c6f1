"""The template of a city's Sozialatlas: order of chapters, indicators of themes, words of offices.

`prepare` checks it, the release carries it, and the app makes the book by it.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from model.entries import Entry, Slug, Text

Chapter = Literal[
    "vorwort", "lesehilfe", "stadt", "gebiete", "themen", "indikatoren", "geheimhaltung"
]
Shown = Literal["karte", "rangfolge", "entwicklung"]
FOREWORD: Chapter = "vorwort"
"""The one chapter that is there only if the office writes it."""
CHAPTERS: tuple[Chapter, ...] = (
    "vorwort",
    "lesehilfe",
    "stadt",
    "gebiete",
    "themen",
    "indikatoren",
    "geheimhaltung",
)
"""All chapters, in their usual order."""


class Chosen(Entry):
    """An indicator of a theme's chapter, and how it is shown."""

    id: Slug = Field(description="An indicator of the theme")
    views: tuple[Shown, ...] = Field(min_length=1, description="'karte', 'entwicklung', in order")


class ThemeChapter(Entry):
    """The chapter of a theme."""

    id: Slug = Field(description="A theme of the catalog")
    indicators: tuple[Chosen, ...] = Field(min_length=1, max_length=8)


class Template(Entry):
    """What atlas.toml says; whatever it leaves out is as usual."""

    title: str = Field("", max_length=60, description="'Mindener Sozialatlas'")
    subtitle: str = Field("", max_length=90)
    author: str = Field("", max_length=90, description="Who answers for the texts")
    chapters: tuple[Chapter, ...] = Field(CHAPTERS, description="In the order of the book")
    themes: tuple[ThemeChapter, ...] = Field(
        (), description="In the order of the book; a theme left out has no chapter"
    )


Paragraphs = tuple[Text, ...]


class Atlas(Entry):
    """The template as a release carries it, with the texts, whose figures are the release's."""

    template: Template = Template()
    foreword: Paragraphs = ()
    themes: dict[str, Paragraphs] = Field(default_factory=dict)
    areas: dict[str, Paragraphs] = Field(default_factory=dict)

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters there are, in their order."""
        return tuple(one for one in self.template.chapters if one != FOREWORD or self.foreword)
