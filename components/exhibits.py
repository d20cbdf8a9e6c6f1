"""A view told on paper or on a slide: words, picture, its figures to edit, table, origin."""

from __future__ import annotations

from components import origins, pictures, view_described
from components.described import Described, Picture
from documents.document import Document, Exhibit, Figure
from loaders import releases
from model import wording
from model.view import View


def of(told: Described, link: str = "") -> Exhibit:
    """Any page's view as an exhibit; `link` is its whole address."""
    return Exhibit(
        title=told.title,
        about=told.about,
        sentences=told.sentences,
        figures=tuple(
            Figure(own.svg, own.alternative, own.caption, own.chart) for own in pictured(told)
        ),
        tables=told.tables,
        origin=(*told.signs, *told.origin),
        link=link,
    )


def pictured(told: Described) -> tuple[Picture, ...]:
    """The pictures of a view on paper: also what its page draws in HTML, unless that is a table."""
    return told.pictures or (() if told.alone or told.shown else told.drawn)


def of_view(
    view: View, release: releases.Release, link: str = "", width: int = pictures.PAPER
) -> Exhibit:
    """The open view of a theme as an exhibit; its picture is `width` pixels wide."""
    own = pictures.still(view, release, width)
    return of(view_described.of_view(view, release, own=own), link)


def framed(release: releases.Release, title: str, subtitle: str = "") -> Document:
    """A document without parts that says on every page which release its figures are from.

    Its day is the first of the release's month.
    """
    city = release.catalog.city
    closed = [wording.INTERNAL] if release.internal else []
    modelled = [wording.modelled_note(city, published_too=True)] if release.modelled else []
    return Document(
        title=title,
        subtitle=subtitle,
        city=city.name,
        author=city.publisher.name if city.publisher else city.name,
        day=f"{city.edition}-01",
        running=f"{city.name} · {origins.enclosed((), release)[-1]}",
        parts=(),
        cover=False,
        notices=(*closed, *modelled),
    )
