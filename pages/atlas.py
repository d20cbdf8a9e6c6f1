"""The Sozialatlas: the book of a release, as a file to print."""

from __future__ import annotations

from components import atlas_page, layout
from loaders import releases
from model.language import _


def page(release: releases.Release) -> None:
    """Show what the book holds, and offer it."""
    layout.title(
        atlas_page.name(),
        _("Alle Gebiete, alle Themen, alle Definitionen in einem Heft zum Drucken."),
    )
    atlas_page.book(release)
    atlas_page.contents(release)
    atlas_page.sheets(release)
