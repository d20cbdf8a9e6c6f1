"""Gathering views while browsing: the collection of this visit, and the button that adds to it.

The server keeps nothing but the session. The browser's tab keeps the packed collection, so that
links that load a page anew do not lose it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import describing, presenting, url, web
from loaders import releases
from model import collection
from model.collection import Collection
from model.language import _

PAGE = collection.PAGE
_SESSION = "sammelmappe"
_NOTICES = "sammelmappe_hinweise"
_SAID = "sammelmappe_gesagt"
_FOCUS = "sammelmappe_fokus"
_BUTTON = "sammeln_knopf"

_gather = st.components.v2.component(
    "quartierspuls_gather",
    html='<a hidden></a><button type="button" hidden></button><p role="status"></p>',
    css=web.stylesheet("gather.css"),
    js=web.loader("gather.js"),
)


def present() -> Collection:
    """The collection of this visit."""
    found: Collection = st.session_state.get(_SESSION, Collection())
    return found


def keep(own: Collection) -> None:
    """Go on with this collection."""
    st.session_state[_SESSION] = own


def name() -> str:
    """What the page of the collection is called, with how many views are in it."""
    count = len(present().entries)
    return _("Sammelmappe ({count})").format(count=count) if count else _("Sammelmappe")


def place(release: releases.Release, page: st.Page) -> DeltaGenerator:
    """Where the button stands: in the corner above a page, filled when its address is known."""
    key = "sammeln" if page.url_path in describing.pages(release) else "sammeln_nichts"
    return st.container(key=key, horizontal=True, horizontal_alignment="right")


def show(where: DeltaGenerator, release: releases.Release, page: st.Page, folder: st.Page) -> None:
    """The button for the page that is open, if it has views; the way to what was gathered."""
    known, own = _SESSION in st.session_state, present()
    offered = page.url_path in describing.pages(release)
    here = collection.entry(page.url_path, st.query_params.to_dict())
    inside = own.holds(here)
    label = _("✓ In der Sammelmappe") if inside else _("+ In die Sammelmappe")
    with where:
        if offered and own.entries:
            st.page_link(folder, label=name())
        _gather(
            key=_BUTTON,
            data={
                "page": page.url_path,
                "label": label if offered else "",
                "presenting": _("Präsentieren"),
                "presented": url.address(presenting.PAGE, Collection(entries=(here,)).query()),
                "inside": inside,
                "said": st.session_state.pop(_SAID, ""),
                "focus": st.session_state.pop(_FOCUS, []),
                "known": known,
                "code": own.query().get(collection.KEY, ""),
            },
            on_added_change=partial(_add, release, page.url_path),
            on_kept_change=partial(_restore, release),
            width="content",
            height="content",
        )


def _add(release: releases.Release, path: str) -> None:
    """Put the address that is shown into the collection, and say so."""
    told = st.session_state[_BUTTON].added
    _keep(release, told.get("kept") if isinstance(told, Mapping) else None)
    url.stay()
    own, new = present(), collection.entry(path, url.latest_query())
    more = collection.added(own, new)
    if (told := describing.of(release, new)) is None:
        said = _("Hier gibt es noch keine Ansicht. Bitte wählen Sie zuerst etwas aus.")
    elif own.holds(new):
        said = _("Diese Ansicht ist schon in der Sammelmappe.")
    elif not (said := collection.refusal(more)):
        keep(more)
        said = _("„{title}“ ist jetzt in der Sammelmappe.").format(title=told.title)
    st.session_state[_SAID] = said


def _restore(release: releases.Release) -> None:
    """Take over what the browser's tab kept; the address of the page itself goes before it."""
    url.stay()
    _keep(release, st.session_state[_BUTTON].kept)


def _keep(release: releases.Release, code: object) -> None:
    """Take over what the browser kept, as long as this visit has no collection."""
    if code and _SESSION not in st.session_state:
        keep(collection.parse({collection.KEY: str(code)}, describing.pages(release))[0])


def read(release: releases.Release) -> tuple[Collection, list[str]]:
    """The collection of the page `/mappe`: that of its address, else that of this visit."""
    notices: list[str] = st.session_state.pop(_NOTICES, [])
    asked = st.query_params.to_dict()
    own = present()
    if collection.KEY in asked and asked[collection.KEY] != own.code:
        own, more = collection.parse(asked, describing.pages(release))
        notices = [*notices, *more]
    if collection.KEY in asked:
        keep(own)
    url.put(own.query())
    return own, notices


def write(own: Collection) -> None:
    """Go to another state of the collection; one that cannot be kept gives way to a notice."""
    if why := collection.refusal(own):
        say([why])
        return
    keep(own)
    url.put(own.query())


def say(notices: list[str]) -> None:
    """Tell this when the page is shown next."""
    st.session_state[_NOTICES] = notices


def go_on(said: str, focus: list[str]) -> None:
    """Say what was done, and where the keyboard goes on: at the first of these keys there is."""
    st.session_state[_SAID], st.session_state[_FOCUS] = said, focus
