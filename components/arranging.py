"""The address of maps beside each other, and the way there from a theme's map."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from components import url
from loaders import areas, releases
from model import mapset_links
from model.language import _
from model.mapset import MapSet, Offer
from model.view import View

PAGE = "karten"


def read(release: releases.Release, offer: Offer) -> tuple[MapSet, list[str]]:
    """The maps the address means, always valid, with notices for what was not.

    Whoever comes from a theme without an address of their own keeps indicator, year and areas.
    """
    asked = st.query_params.to_dict()
    known = url.carried("ebene", "zeit", "gebiet", "indikator")
    if "indikator" in known:
        known["indikatoren"] = known.pop("indikator")
    chosen, notices = mapset_links.parse(release.catalog, offer, asked or known)
    write(chosen)
    return chosen, notices if asked else []


def write(chosen: MapSet) -> None:
    """Make the address say what is shown; areas and year go on to the themes."""
    url.say(chosen)
    when = {"zeit": chosen.period} if chosen.period else {}
    url.carry(gebiet=",".join(chosen.areas), **when)


def change(chosen: MapSet, **changes: Any) -> None:
    """Go from one set of maps to another; for callbacks of controls and maps."""
    write(replace(url.latest(chosen), **changes))


def stop(chosen: MapSet, step: str) -> None:
    """Stay at the step at which the maps stopped."""
    change(chosen, period=step)


def go(release: releases.Release, offer: Offer, before: MapSet, chosen: MapSet) -> None:
    """Go to maps of other indicators or another level, with the classes that fit there."""
    query = chosen.query()
    if chosen.indicators != before.indicators:
        query = {key: value for key, value in query.items() if key not in ("klassen", "stufen")}
    write(mapset_links.parse(release.catalog, offer, query)[0])


def doorway(view: View, release: releases.Release) -> None:
    """The way from a theme's map to several of them."""
    if areas.geometry_path(release, view.level.id) is None or len(view.figures) == 1:
        return
    url.doorway(PAGE, "indikatoren", view, _("Mehrere Karten nebeneinander"))
