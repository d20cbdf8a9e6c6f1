"""The Sammelmappe: views gathered for a talk, a report or a council paper, in one order."""

from __future__ import annotations

from collections.abc import Mapping

from components import folder, folder_files, gathering, layout, presenting, taking
from loaders import releases
from model.language import _


def page(release: releases.Release, titles: Mapping[str, str]) -> None:
    """Show the collection in the address, else that of this visit; `titles` by path of pages."""
    own, notices = gathering.read(release)
    layout.title(
        _("Sammelmappe"),
        _(
            "Ansichten für einen Vortrag, einen Bericht oder eine Vorlage. Die Mappe steht im Link "
            "oder in einer Datei; hier wird nichts gespeichert. Alle Zahlen sind die der heutigen "
            "Veröffentlichung."
        ),
    )
    layout.notices(notices)
    if not own.entries:
        folder.invitation()
        folder_files.row(own, release)
        return
    folder.title(own)
    folder_files.row(own, release)
    presenting.way(own)
    taking.gathered(own, release)
    folder.heading(own, release)
    folder.entries(own, release, titles)
