"""The start page: what this is, a search, themes with a telling figure, tools, what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from components import bulletins, finder, home, layout
from loaders import news, releases
from model.language import _


def page(
    release: releases.Release, themes: Mapping[str, st.Page], tools: Sequence[st.Page]
) -> None:
    """Show the start page; `themes` are the pages by theme id, `tools` those with a question."""
    home.welcome(release)
    finder.search(release, themes)
    layout.section(_("Themen"))
    home.themes(release, themes)
    layout.section(_("Auswerten"))
    home.tools(tools)
    lines = release.catalog.city.news
    if lines or news.told(release):
        layout.section(_("Was ist neu?"))
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
    if news.told(release):
        bulletins.invitation()
