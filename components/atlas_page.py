"""The page of the Sozialatlas: what it holds, the whole book, the sheets of the districts."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import atlas, atlas_files, layout
from components import profiles as profiles_page
from loaders import atlases, jobs, profiles, releases
from model.areas import Area
from model.language import _

PAGE = "sozialatlas"
ENDING, PDF = "pdf", "application/pdf"
_PAUSE = 1.0
"""Seconds between two looks at what is being made."""


def name() -> str:
    """What the page is called."""
    return _("Sozialatlas")


def contents(release: releases.Release) -> None:
    """What the book holds, in its order."""
    layout.section(_("Was darin steht"))
    lines = "".join(f"<li>{escape(line)}</li>" for line in atlas.contents(release))
    st.html(f'<ul class="qp-list">{lines}</ul>')


def book(release: releases.Release) -> None:
    """The whole book: made once for a release when somebody asks, then there for everybody."""
    layout.section(_("Der ganze Atlas"))
    try:
        made = atlases.file(release, ENDING)
    except jobs.JobError as error:
        layout.notices([str(error)])
        made = None
    if made is not None:
        st.download_button(
            _("Sozialatlas (PDF)"),
            made.read_bytes,
            file_name=made.name,
            mime=PDF,
            on_click="ignore",
            key="atlas",
        )
    elif atlases.stage(release, ENDING) is not None:
        _watched(release)
    else:
        _offer(release)


def _offer(release: releases.Release) -> None:
    said = _("Der Atlas wird einmal gesetzt. Das dauert etwa eine halbe Minute.")
    st.html(f"<p>{escape(said)}</p>")
    if st.button(_("Sozialatlas als PDF erstellen"), key="atlas erstellen"):
        if atlases.begin(release, ENDING):
            st.rerun()
        layout.notices([_("Gerade wird ein anderer Atlas gesetzt. Bitte gleich noch einmal.")])


@st.fragment(run_every=_PAUSE)
def _watched(release: releases.Release) -> None:
    """What is being made, until it is there."""
    stage = atlases.stage(release, ENDING)
    if stage is None:
        st.rerun()
    said = _("Der Atlas wird gesetzt.")
    st.html(f'<p role="status">{escape(said)} {escape(stage or "")}</p>')


def sheets(release: releases.Release) -> None:
    """The way to the sheet of each district, which its page offers."""
    level = release.catalog.city.level(release.catalog.city.default_level)
    layout.section(_("Ein {level} auf zwei Seiten").format(level=level.title))
    said = _("Auf der Seite des Gebiets: „Steckbrief (PDF)“.")
    known = profiles.offered(release).values()
    links = layout.area_links(profiles_page.PAGE, [a for a in known if a.level == level.id])
    st.html(f"<p>{escape(said)}</p>{links}")


def sheet(release: releases.Release, area: Area) -> None:
    """The button that makes the sheet of a district, when it is pressed."""
    st.download_button(
        _("Steckbrief (PDF)"),
        lambda: atlas_files.sheet(release, area.id),
        file_name=atlas_files.name(release, ENDING, area.id),
        mime=PDF,
        on_click="ignore",
        key="steckbrief",
    )
