"""Views as slides in the browser, driven by the keyboard."""

from __future__ import annotations

from components import layout, presenting, storytelling
from loaders import releases, stories
from model.language import _


def page(release: releases.Release) -> None:
    """Show the collection in the address on a stage that fills the screen."""
    own, notices = presenting.read(release)
    if own.shown.entries:
        presenting.show(own, release)
        return
    layout.title(_("Präsentation"))
    layout.notices(notices)
    presenting.invitation(storytelling.LIST if stories.every(release) else "")
