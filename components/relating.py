"""The address of a relation of two indicators, the controls that write it, and the way there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import url, zoning
from loaders import releases
from model import relation, selection
from model.language import _
from model.mapset import Offer
from model.relation import Relation
from model.view import View

PAGE = "zusammenhaenge"


def read(release: releases.Release, offer: Offer) -> tuple[Relation, list[str]]:
    """The relation the address means, always valid, with notices for what was not.

    Whoever comes from a theme without an address of their own keeps indicator, level, year and
    areas.
    """
    asked, zoned = zoning.single(release)
    carried = st.session_state.get("carried", {})
    known = {key: carried[key] for key in ("ebene", "zeit", "gebiet") if key in carried}
    if "indikator" in carried:
        known["x"] = carried["indikator"]
    chosen, notices = relation.parse(release.catalog, offer, asked or known)
    write(chosen)
    return chosen, [*zoned, *notices] if asked else []


def write(chosen: Relation) -> None:
    """Make the address say what is shown; the first marked areas go on to the themes."""
    url.put(chosen.query())
    st.session_state["carried"] = {
        **st.session_state.get("carried", {}),
        "gebiet": ",".join(chosen.areas[: selection.MAX_AREAS]),
    }


def change(chosen: Relation, **changes: Any) -> None:
    """Go from one relation to another; for callbacks of controls, scatter, map and table."""
    write(replace(chosen, **changes))


def doorway(view: View) -> None:
    """The way from a theme's view to its indicator beside another one."""
    if len(view.figures) == 1:
        return
    asked = {
        "x": view.indicator.id,
        "ebene": view.level.id,
        "zeit": view.selection.period,
        **({"gebiet": ",".join(view.selection.areas)} if view.selection.areas else {}),
    }
    way = url.link(PAGE, asked, _("Zusammenhang mit einem anderen Indikator"))
    st.html(f'<p class="qp-more">{way}</p>')
