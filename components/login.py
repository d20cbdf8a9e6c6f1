"""The login of the internal application: demanded by every page, ended when its token expires.

Streamlit checks the signature of the identity token when somebody logs in and never looks at its
expiry again (docs.streamlit.io, st.user); that is done here with every run of a page.
"""

from __future__ import annotations

import streamlit as st

from components import access, gate, layout
from model.language import _

_LOOKS = 20.0  # seconds between two looks at the clock while nobody does anything


def demand() -> None:
    """Go on only for somebody logged in; everybody else sees the way to the login."""
    if not access.login():
        return
    if gate.is_valid(st.user.to_dict()):
        _watch()
        return
    page = st.navigation([st.Page(_page, title=_("Anmeldung"), default=True)], position="hidden")
    # No logo and no icon: pictures are files, and files are for those who are logged in.
    st.set_page_config(page_title=f"{page.title} · Quartierspuls")
    layout.closed()
    page.run()
    st.stop()


def leave() -> None:
    """Who is logged in, and the way out."""
    if access.login():
        name = str(st.user.get("name") or st.user.get("email") or "")
        told = _("Angemeldet: {name}").format(name=layout.literal(name)) if name else ""
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.caption(told)
        right.button(_("Abmelden"), key="abmelden", on_click=st.logout, width="stretch")


def _page() -> None:
    layout.title(_("Anmeldung"), _("Diese Anwendung ist nur für Beschäftigte der Stadt."))
    if st.user.get("is_logged_in"):
        st.warning(_("Ihre Anmeldung ist abgelaufen. Sie werden abgemeldet."))
        st.logout()
        return
    if st.button(_("Anmelden"), key="anmelden", type="primary"):
        st.login(_provider())


@st.fragment(run_every=_LOOKS)
def _watch() -> None:
    """Look again and again whether the login still holds, also while a page just stands open."""
    if not gate.is_valid(st.user.to_dict()):
        st.rerun(scope="app")


def _provider() -> str | None:
    """The name of the only provider declared in a table of its own; None for the plain one."""
    told = access.login()
    named = [key for key, one in told.items() if isinstance(one, dict) and "client_id" in one]
    return named[0] if named else None
