"""Stories: what there is to read, and one of them with its text beside the views it speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from urllib.parse import parse_qsl

import streamlit as st

from components import described, describing, images, presenting, url
from components.described import Described
from loaders import releases
from model import collection, story
from model.collection import Collection, Entry
from model.language import _
from model.story import Paragraph, Run, Section, Shown, Story

PAGE, LIST = "geschichte", "geschichten"
_TAGS = {"strong": "strong", "emphasis": "em"}


def listed(known: Sequence[Story]) -> None:
    """All stories with what they are about."""
    st.html(f'<ul class="qp-stories">{"".join(map(_card, known))}</ul>')


def _card(own: Story) -> str:
    way = url.link(PAGE, story.query(own), own.title)
    parts = " · ".join(section.title for section in own.sections)
    return f'<li><h2>{way}</h2><p>{escape(own.lead)}</p><p class="parts">{escape(parts)}</p></li>'


def whole(own: Story, release: releases.Release, known: Sequence[Story]) -> None:
    """A story, section by section, where its views can be taken, and which of all comes next."""
    count = len(own.sections)
    shown = "".join(
        f'<section class="qp-chapter">{_said(place, count, section)}'
        f'<div class="qp-sheet">{"".join(_view(view, release) for view in section.views)}</div>'
        "</section>"
        for place, section in enumerate(own.sections, start=1)
    )
    written = _("Text: {author}").format(author=own.author)
    note = _(
        "Jede Zahl und jeder Vergleich im Text führt zu einer Ansicht. Bei jeder Veröffentlichung "
        "wird geprüft, dass sie noch stimmen."
    )
    following = known[(known.index(own) + 1) % len(known)]
    ends = (
        *([_way(following)] if following != own else []),
        url.link(LIST, {}, _("Alle Geschichten")),
    )
    st.html(
        f'<article class="qp-story">{_ways(_taken(own))}{shown}'
        f'<p class="by">{escape(written)}. {escape(note)}</p>{_ways(ends)}</article>'
    )


def _taken(own: Story) -> Iterator[str]:
    """Where the views of a story can be taken."""
    gathered = gatherable(own)
    if gathered.entries:
        yield presenting.link(gathered, _("Als Präsentation zeigen"))
    yield url.link(collection.PAGE, gathered.query(), _("Als Sammelmappe öffnen"))


def _way(own: Story) -> str:
    """The way to another story."""
    name = _("Nächste Geschichte: {title}").format(title=own.title)
    return url.link(PAGE, story.query(own), name)


def _ways(found: Iterable[str]) -> str:
    return f'<ul class="qp-ways">{"".join(f"<li>{way}</li>" for way in found)}</ul>'


def gatherable(own: Story) -> Collection:
    """The views of a story as a Sammelmappe, each with the words of its section."""
    found = Collection(own.title[: collection.MAX_TITLE])
    for section in own.sections:
        for view in section.views:
            more = collection.added(found, _entry(view, section.said))
            if collection.refusal(more):
                return found
            found = more
    return found


def _entry(view: Shown, note: str = "") -> Entry:
    page, _mark, query = view.address.partition("?")
    return collection.entry(page, dict(parse_qsl(query)), _shortened(note))


def _shortened(note: str) -> str:
    """As many whole sentences as a note holds."""
    if len(note) <= collection.MAX_NOTE:
        return note
    cut = note[: collection.MAX_NOTE]
    return cut[: cut.rfind(". ") + 1] or cut


def _said(place: int, count: int, section: Section) -> str:
    part = _("Abschnitt {n} von {count}").format(n=place, count=count)
    words = "".join(map(_paragraph, section.paragraphs))
    return (
        f'<div class="said"><p class="qp-theme">{escape(part)}</p>'
        f"<h2>{escape(section.title)}</h2>{words}</div>"
    )


def _paragraph(own: Paragraph) -> str:
    return f"<p>{''.join(map(_run, own))}</p>"


def _run(own: Run) -> str:
    if own.kind in story.REFERENCES:
        way = escape(f"./{own.address}")
        return f'<a class="{own.kind}" href="{way}" target="_self">{escape(own.text)}</a>'
    tag = _TAGS.get(own.kind)
    return f"<{tag}>{escape(own.text)}</{tag}>" if tag else escape(own.text)


def _view(view: Shown, release: releases.Release) -> str:
    """A view as on paper, with the way to it."""
    entry = _entry(view)
    told = describing.of(release, entry) or Described(view.text, sentences=(describing.GONE,))
    drawn = images.figures(told, release, entry)
    said = "".join(f"<p>{escape(text)}</p>" for text in told.sentences)
    numbers = escape(_("In Worten und als Tabelle"))
    name = escape(_("Ansicht öffnen: {title}").format(title=view.text))
    return (
        f'<h3>{escape(told.title)}</h3><p class="about">{escape(told.about)}</p>'
        f'<div class="pictures">{drawn}</div>{told.body}'
        f'<div class="words"><details><summary>{numbers}</summary>{said}'
        f"{described.numbers(told)}</details></div>"
        f'<div class="qp-origin">{_origin(told)}</div>'
        f'<p class="qp-more"><a href="{escape(f"./{entry.address}")}" target="_self">{name}</a></p>'
    )


def _origin(told: Described) -> str:
    """Source, basis, Stand and status of a view; the rest of it is folded."""
    brief = told.brief or told.origin
    more = [line for line in told.origin if line not in brief]
    title = escape(_("Alle Angaben zu dieser Ansicht"))
    folded = f'<details class="more"><summary>{title}</summary>{_lines(more)}</details>'
    rest = folded if more else ""
    return f"{_lines(brief)}{rest}{told.sources}"


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(map(escape, texts))
