"""One facility on one page, or the list of all."""

from __future__ import annotations

import streamlit as st

from components import facility_sheet, layout
from loaders import facilities, releases
from model.language import _


def page(release: releases.Release) -> None:
    """Show the facility in the address, or let the reader choose one."""
    asked = st.query_params.get("id", "")
    own = facilities.every(release).get(asked)
    if own is None:
        layout.title(_("Einrichtungen"), _("Jede Einrichtung mit ihren Zahlen der letzten Jahre."))
        if asked:
            layout.notices([_("Die Einrichtung aus dem Link gibt es hier nicht.")])
        facility_sheet.every(release)
        return
    found = facilities.series(release, own.id)
    facility_sheet.heading(own, release)
    left, right = st.columns([1.6, 1], gap="medium")
    with left:
        facility_sheet.numbers(own, found, release)
    with right:
        facility_sheet.place(own, release)
        facility_sheet.onward(own, release)
    facility_sheet.origin(own, found, release)
