"""The zones of a visit: read from the address, carried from page to page, offered where one lacks.

The frame reads them before every page; `url.put` writes them into every address.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import streamlit as st

from components import layout, url
from loaders import areas, releases
from model import zones
from model.catalog import ZONE
from model.language import _
from model.view import Figure, View
from model.zones import Zone

PAGE = "zusammenschluss"


def read(release: releases.Release) -> tuple[releases.Release, list[str]]:
    """The release with the zones of the address and of this visit, and what had to give way.

    Ids in the address get their parts in the order of the areas, so that each zone has one id.
    """
    query = st.query_params.to_dict()
    levels = areas.levels(release)
    made, notices = zones.parse(levels, query, url.zones())
    for key, value in query.items():
        if (ordered := _ordered(levels, key, value)) != value:
            st.query_params[key] = ordered
    keep(made)
    return releases.extended(release, made), notices


def _ordered(levels: Mapping[str, tuple[str, ...]], key: str, value: str) -> str:
    if key == zones.KEY or zones.JOINT not in value:
        return value
    found = [(part, zones.joined(levels, part)) for part in value.split(",")]
    return ",".join(zone.id if zone else part for part, zone in found)


def keep(made: Iterable[Zone]) -> None:
    """Remember the zones of this visit."""
    st.session_state[zones.KEY] = zones.text(made)


def tell() -> None:
    """Make the address name the zones of this visit, where the page has not done so."""
    said = url.zones()
    if said and st.query_params.get(zones.KEY) != said:
        st.query_params[zones.KEY] = said


def offer(figure: Figure, page: str, query: Mapping[str, str], city: str) -> str:
    """The way from a zone without a value to the nearest one that has it, as HTML.

    `page` and `query` are the view the link leads to; the areas of the query give way. `city` is
    the level of the whole city, whose number stands on every page.
    """
    near = figure.instead
    if near is None:
        return ""
    if near.level == city:
        said = escape(_("Vollständig ist erst die ganze Stadt."))
    else:
        link = url.link(page, {**query, "gebiet": near.id}, near.name)
        said = escape(_("Vollständig ist:")) + f" {link}"
    return f'<p class="qp-instead">{said}</p>'


def single(release: releases.Release) -> tuple[dict[str, str], list[str]]:
    """The address without its zones, for pages that show none, and a notice if it chose one."""
    query = {key: value for key, value in st.query_params.items() if key != zones.KEY}
    asked, zoned = query.get("gebiet", "").split(","), areas.by_level(release)[ZONE]
    kept = [area for area in asked if area not in zoned]
    if kept == asked:
        return query, []
    said = _("Hier geht es um einzelne Gebiete. Zusammenschlüsse gibt es auf dieser Seite nicht.")
    return {**query, "gebiet": ",".join(kept)}, [said]


def doorway(view: View, release: releases.Release) -> None:
    """The way from a theme's map to areas put together, beginning with the chosen ones."""
    if view.level.id not in areas.levels(release):
        return
    parts = [part for figure in view.chosen for part in figure.area.parts or (figure.area.id,)]
    query = {"ebene": view.level.id, **({"teile": zones.JOINT.join(parts)} if parts else {})}
    way = url.link(PAGE, query, _("Gebiete zusammenschließen"))
    st.html(f'<p class="qp-more">{way}</p>')


def known(release: releases.Release, page: str) -> None:
    """All zones as links to their view of a page; nothing where there are none."""
    found = areas.by_level(release)[ZONE].values()
    if found:
        head = escape(_("Zusammenschlüsse:"))
        st.html(f"<p>{head}</p>{layout.area_links(page, found)}")
