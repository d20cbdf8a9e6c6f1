"""Taking a Sammelmappe along: link, file, paper; and bringing one back from a file."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components import describing, downloads, gathering, web
from loaders import releases
from model import collection_file
from model.collection import Collection
from model.language import _, plural

_READ = "mappe_dateien"
"""How many files were read in this visit."""

_print = st.components.v2.component(
    "quartierspuls_print",
    html=f'<button type="button">{_("Drucken")}</button>',
    css=web.stylesheet("copylink.css"),
    js=web.loader("print.js"),
)


def row(own: Collection, release: releases.Release) -> None:
    """Link, file and paper, if there is anything to take along; and the place for a file."""
    with st.container(key="mappe_mitnehmen", horizontal=True, gap="small"):
        if own.entries:
            downloads.link(own.query(), width=150)
            st.download_button(
                _("Datei speichern"),
                collection_file.written(own, release.catalog.city.id, release.id),
                file_name=collection_file.NAME,
                mime="application/json",
                on_click="ignore",
                key="mappe_datei",
            )
            _print(key="mappe_drucken", data={"label": _("Drucken")}, width=150, height=42)
        # Another key after each file empties and closes the place for it.
        number = st.session_state.get(_READ, 0)
        with st.popover(_("Datei laden"), key=f"mappe_laden_{number}"):
            st.file_uploader(
                _("Sammelmappe aus einer Datei. Sie ersetzt die jetzige."),
                type=["json"],
                key=f"mappe_von_datei_{number}",
                on_change=partial(_load, release, f"mappe_von_datei_{number}"),
            )


def _load(release: releases.Release, key: str) -> None:
    given = st.session_state[key]
    if given is None:
        return
    city, pages = release.catalog.city.id, describing.pages(release)
    found = collection_file.read(given.getvalue(), city, release.id, pages)
    gathering.say(list(found.notices))
    st.session_state[_READ] = st.session_state.get(_READ, 0) + 1
    if found.collection is not None:
        gathering.write(found.collection)
        count = len(found.collection.entries)
        said = plural("{count} Ansicht ist geladen.", "{count} Ansichten sind geladen.", count)
        gathering.go_on(said.format(count=count), [])
