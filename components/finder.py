"""The search box: type an indicator, a theme or a district, misspelt or not."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import layout
from loaders import areas, finder, releases
from model import search as matching
from model.catalog import ZONE
from model.language import _


@st.fragment
def search(release: releases.Release, themes: Mapping[str, st.Page]) -> None:
    """A search box with results as links that appear while typing."""
    typed = st.text_input(
        _("Indikator oder Gebiet suchen"),
        key="suche",
        type="search",
        live=True,
        placeholder=_("Zum Beispiel: {examples}").format(
            examples=" · ".join(finder.examples(release))
        ),
        max_chars=80,
    )
    if not typed:
        return
    entries = finder.entries(release)
    found = matching.find(typed, entries)
    both = matching.find_here(typed, entries)
    if typed.strip() and not found and not both:
        st.caption(
            _("Dazu wurde nichts gefunden. Versuchen Sie ein anderes Wort oder ein Thema unten.")
        )
    for indicator, area in both:
        page, query = _target(release, themes, indicator)
        label = layout.literal(f"{indicator.title} · {area.title}")
        st.page_link(page, label=label, query_params={**query, **_place(release, area)})
    for entry in [] if both else found:
        page, query = _target(release, themes, entry)
        label = layout.literal(f"{entry.title} · {entry.context}")
        st.page_link(page, label=label, query_params=query)


def _target(
    release: releases.Release, themes: Mapping[str, st.Page], entry: matching.Entry
) -> tuple[st.Page, dict[str, str]]:
    """The page an entry leads to, and what it shows there."""
    catalog = release.catalog
    if entry.kind == "theme":
        return themes[entry.id], {"indikator": catalog.theme(entry.id).indicators[0].id}
    if entry.kind == "indicator":
        return themes[catalog.theme_of(entry.id).id], {"indikator": entry.id}
    first = catalog.themes[0]
    return themes[first.id], {"indikator": first.headline, **_place(release, entry)}


def _place(release: releases.Release, entry: matching.Entry) -> dict[str, str]:
    """An area as query parameters."""
    level = next(level for level, found in areas.by_level(release).items() if entry.id in found)
    if level == ZONE:
        level = release.catalog.city.default_level
    return {"ebene": level, "gebiet": entry.id}
