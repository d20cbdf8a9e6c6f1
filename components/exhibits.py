"""A view told on paper or on a slide: words, picture, its figures to edit, table, origin."""

from __future__ import annotations

from components import view_described
from components.described import Described
from documents.document import Exhibit, Figure
from loaders import releases
from model.view import View

_PAPER = 620
"""Pixels a picture is wide for a page of A4: there its letters have seven points."""


def of(told: Described, link: str = "") -> Exhibit:
    """Any page's view as an exhibit; `link` is its whole address."""
    return Exhibit(
        title=told.title,
        about=told.about,
        sentences=told.sentences,
        figures=tuple(
            Figure(own.svg, own.alternative, own.caption, own.chart) for own in told.pictures
        ),
        tables=told.tables,
        origin=told.origin,
        link=link,
    )


def of_view(view: View, release: releases.Release, link: str = "") -> Exhibit:
    """The open view of a theme as an exhibit."""
    return of(view_described.of_view(view, release, width=_PAPER), link)
