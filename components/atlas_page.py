"""The page of the Sozialatlas: what it holds, the whole book, the sheets of the districts."""

from __future__ import annotations

import streamlit as st

from components import atlas, atlas_files, layout
from loaders import atlases, jobs, profiles, releases
from model.areas import Area
from model.language import _

PAGE = "sozialatlas"
PDF = "application/pdf"
_PAUSE = 1.0
"""Seconds between two looks at what is being made."""


def name() -> str:
    """What the page is called."""
    return _("Sozialatlas")


def contents(release: releases.Release) -> None:
    """What the book holds, in its order."""
    layout.section(_("Was darin steht"))
    st.markdown("\n".join(f"1. {layout.literal(line)}" for line in atlas.contents(release)))


def book(release: releases.Release) -> None:
    """The whole book: made once for a release when somebody asks, then there for everybody."""
    layout.section(_("Der ganze Atlas"))
    _book(release)


@st.fragment(run_every=_PAUSE)
def _watched(release: releases.Release) -> None:
    stage = atlases.stage(release, "pdf")
    if stage is None:
        st.rerun()
    st.progress(_part(release, stage or ""), _("Der Atlas wird gesetzt. {stage}").format(stage=stage))


def _book(release: releases.Release) -> None:
    try:
        made = atlases.file(release, "pdf")
    except jobs.JobError as error:
        layout.notices([str(error)])
        made = None
    if made is not None:
        _download(_("Sozialatlas (PDF)"), made.name, made.read_bytes())
    elif atlases.stage(release, "pdf") is not None:
        _watched(release)
    elif st.button(_("Sozialatlas als PDF erstellen"), key="atlas"):
        if atlases.begin(release, "pdf"):
            st.rerun()
        layout.notices([_("Gerade wird ein anderer Atlas gesetzt. Bitte gleich noch einmal.")])


def sheets(release: releases.Release) -> None:
    """A district's sheet, chosen by its name."""
    level = release.catalog.city.level(release.catalog.city.default_level)
    layout.section(_("Ein {level} auf zwei Seiten").format(level=level.title))
    known = profiles.offered(release)
    chosen = st.selectbox(level.title, list(known), format_func=lambda area: known[area].name)
    sheet(release, known[chosen])


def sheet(release: releases.Release, area: Area) -> None:
    """The button that makes the sheet of a district, when it is pressed."""
    st.download_button(
        _("Steckbrief (PDF)"),
        lambda: atlas_files.sheet(release, area.id),
        file_name=atlas_files.name(release, "pdf", area.id),
        mime=PDF,
        on_click="ignore",
        key="steckbrief",
    )
