"""The page of the Sozialatlas: what it holds, the whole book, the sheets of the districts."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import atlas, atlas_files, layout
from components import profiles as profiles_page
from loaders import atlases, jobs, profiles, releases
from model import filetypes
from model.areas import Area
from model.filetypes import Format
from model.language import _

PAGE = "sozialatlas"
ENDING = "pdf"
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
    said = _("Jede Fassung wird einmal gesetzt. Das dauert etwa eine halbe Minute.")
    st.html(f"<p>{escape(said)}</p>")
    for place, ending in zip(st.columns(len(Format)), Format, strict=True):
        with place:
            _book(release, ending)


def _book(release: releases.Release, ending: str) -> None:
    try:
        made = atlases.file(release, ending)
    except jobs.JobError as error:
        layout.notices([str(error)])
        made = None
    if made is not None:
        st.download_button(
            _("Sozialatlas ({format})").format(format=filetypes.NAMES[ending]),
            made.read_bytes,
            file_name=made.name,
            mime=filetypes.MIME[ending],
            on_click="ignore",
            key=f"atlas {ending}",
        )
    elif atlases.stage(release, ending) is not None:
        _watched(release, ending)
    else:
        _offer(release, ending)


def _offer(release: releases.Release, ending: str) -> None:
    text = _("Sozialatlas erstellen ({format})").format(format=filetypes.NAMES[ending])
    if st.button(text, key=f"atlas erstellen {ending}"):
        if atlases.begin(release, ending):
            st.rerun()
        layout.notices([_("Gerade wird ein anderer Atlas gesetzt. Bitte gleich noch einmal.")])


@st.fragment(run_every=_PAUSE)
def _watched(release: releases.Release, ending: str) -> None:
    """What is being made, until it is there."""
    stage = atlases.stage(release, ending)
    if stage is None:
        st.rerun()
    said = _("Der Atlas wird gesetzt.")
    st.html(f'<p role="status">{escape(said)} {escape(stage or "")}</p>')


def sheets(release: releases.Release) -> None:
    """The way to the sheet of each district, which its page offers."""
    level = release.catalog.city.level(release.catalog.city.default_level)
    layout.section(_("Ein {level} auf einem Blatt").format(level=level.title))
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
        mime=filetypes.MIME[ENDING],
        on_click="ignore",
        key="steckbrief",
    )
