"""One district on one page: what is telling about it, held against the city."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components import (
    atlas_page,
    bulletins,
    happenings,
    layout,
    origins,
    profiles,
    register,
    zoning,
)
from loaders import interventions, news, releases
from loaders import profiles as found
from model.language import _


def page(release: releases.Release, themes: Mapping[str, st.Page]) -> None:
    """Show the district in the address, or let the reader choose one."""
    asked = st.query_params.get("gebiet", "")
    known = found.offered(release)
    level = release.catalog.city.level(release.catalog.city.default_level)
    if asked not in known:
        layout.title(
            _("Mein {level}").format(level=level.title),
            _("Eine Seite je {level}: was ihn ausmacht, verglichen mit der ganzen Stadt.").format(
                level=level.title
            ),
        )
        if asked:
            layout.notices([_("Das Gebiet aus dem Link gibt es hier nicht.")])
        profiles.choice(area for area in known.values() if area.level == level.id)
        zoning.known(release, profiles.PAGE)
        return
    own = found.of(release, asked)
    profiles.heading(own, release.catalog.city.level(own.area.level))
    atlas_page.sheet(release, own.area)
    profiles.who(own, release)
    layout.section(_("Im Vergleich mit der Stadt"))
    profiles.lines(own, themes)
    told = news.by_area(release).get(asked)
    if told is not None:
        layout.section(_("Was ist neu?"))
        bulletins.of_district(own.area, told, release)
    layout.section(_("Was es hier gibt"))
    profiles.around(own, level)
    if own.events:
        layout.section(_("Projekte und Ereignisse"))
        happenings.show(own.events, {})
        happenings.numbers(own.events, own.lines)
    register.of_area(release, asked, _("Maßnahmen"))
    shown = [*([own.people] if own.people else []), *own.lines]
    seen = [one.view for one in shown]
    there = {view.indicator.id for view in seen}
    more = [one for one in told or () if one.indicator not in there]
    told_of = [*seen, *news.views(release, more), *interventions.views_of(release, asked)]
    distinct = {view.indicator.id: view for view in reversed(told_of)}
    origins.show(list(reversed(distinct.values())), release)
