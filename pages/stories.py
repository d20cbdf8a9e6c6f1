"""Stories of the city: the list, and one with its text beside the views it speaks of."""

from __future__ import annotations

import streamlit as st

from components import layout, storytelling, url
from loaders import releases, stories
from model import story
from model.language import _


def page(release: releases.Release) -> None:
    """Show what there is to read."""
    layout.title(
        _("Geschichten"),
        _("Kurze Texte zu den Zahlen, Abschnitt für Abschnitt neben Karte und Verlauf."),
    )
    storytelling.listed(stories.every(release))


def one(release: releases.Release) -> None:
    """Show the story in the address; the list where it names none."""
    known = stories.every(release)
    own, notices = story.parse(st.query_params.to_dict(), known)
    url.put(story.query(own) if own else {})
    if own is None:
        layout.notices(notices)
        page(release)
        return
    layout.title(own.title, own.lead)
    storytelling.whole(own, release, known)
