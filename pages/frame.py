"""The frame around every page: release, navigation, title, footer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from components import (
    access,
    arranging,
    atlas_page,
    bulletins,
    comparing,
    facility_lists,
    gathering,
    layout,
    login,
    presenting,
    profiles,
    registering,
    relating,
    storytelling,
    supplying,
    taking,
    url,
    weighing,
    zoning,
)
from loaders import areas, facilities, releases
from loaders import interventions as declared
from loaders import needs as weighable
from loaders import news as told
from loaders import stories as written
from model.language import _
from pages import (
    atlas,
    compare,
    data,
    district,
    facility,
    folder,
    interventions,
    mapset,
    needs,
    news,
    presentation,
    relations,
    start,
    stories,
    supply,
    theme,
    zones,
)

login.demand()

bench = None
if city := access.bench():
    # Only a process started for the statistics unit knows this page at all.
    from pages import workbench

    place = Path(__file__).parent.parent / city
    bench = st.Page(partial(workbench.page, place), title=_("Werkbank"), url_path="werkbank")

try:
    release = releases.current()
except releases.ReleaseError as error:
    if bench is None:
        st.error(layout.literal(str(error)))
        st.stop()
    first = st.Page(partial(workbench.start, str(error), bench), title=_("Start"), default=True)
    page = st.navigation([first, bench], position="top")
    st.set_page_config(
        page_title=f"{page.title} · Quartierspuls", page_icon=layout.ICON, layout="wide"
    )
    layout.brand(None)
    layout.closed()
    page.run()
    st.stop()

release, notices = zoning.read(release)
url.begin()


def entry(show: Callable[..., None], title: str, path: str, *more: Any) -> st.Page:
    """A page of the release; `more` is what its function needs besides."""
    return st.Page(partial(show, release, *more), title=title, url_path=path)


datasets = entry(data.page, _("Daten"), "daten")
about = entry(data.about, _("Über"), "ueber")
themes = {
    found.id: entry(theme.page, found.title, found.id, found, datasets)
    for found in release.catalog.themes
}
level = release.catalog.city.level(release.catalog.city.default_level)
mine = _("Mein {level}").format(level=level.title)
views = [
    entry(district.page, mine, profiles.PAGE, themes),
    entry(compare.page, _("Vergleich"), comparing.PAGE),
]
if told.told(release):
    views.append(entry(news.page, _("Was ist neu?"), bulletins.PAGE))
tales, reading = [], []
if written.every(release):
    tales.append(entry(stories.page, _("Geschichten"), storytelling.LIST))
    # Opened from the list, not from the menu.
    reading.append(
        st.Page(
            partial(stories.one, release),
            title=_("Geschichte"),
            url_path=storytelling.PAGE,
            visibility="hidden",
        )
    )
tools = [entry(mapset.page, _("Karten nebeneinander"), arranging.PAGE)]
if weighable.expected(release):
    tools.append(entry(needs.page, _("Bedarfe"), weighing.PAGE))
if facilities.types(release):
    tools.append(entry(supply.page, _("Bedarf und Angebot"), supplying.PAGE))
    tools.append(entry(facility.page, _("Einrichtungen"), facility_lists.PAGE))
tools.append(entry(relations.page, _("Zusammenhänge"), relating.PAGE))
if areas.levels(release):
    tools.append(entry(zones.page, _("Zusammenschlüsse"), zoning.PAGE))
if declared.every(release):
    tools.append(entry(interventions.page, _("Maßnahmen"), registering.PAGE))
titles = {one.url_path: one.title for one in (*views, *tales, *themes.values(), *tools)}
gathered = entry(folder.page, gathering.name(), gathering.PAGE, titles)
tools.append(gathered)
tools.append(entry(presentation.page, _("Präsentation"), presenting.PAGE))
tools.append(entry(atlas.page, atlas_page.name(), atlas_page.PAGE))
home = st.Page(
    partial(start.page, release, themes, [*tales, *tools]), title=_("Start"), default=True
)

page = st.navigation(
    {
        "": [home, *views, *tales, *reading, *([bench] if bench else [])],
        _("Themen"): list(themes.values()),
        _("Auswerten"): tools,
        _("Daten und Hinweise"): [datasets, about],
    },
    position="top",
)
st.set_page_config(
    page_title=f"{page.title} · Quartierspuls {release.catalog.city.name}",
    page_icon=layout.ICON,
    layout="wide",
)
layout.brand(release)
layout.closed()
layout.banner(release)
layout.notices(notices)
corner = gathering.place(release, page)
page.run()
gathering.show(corner, release, page, gathered)
taking.show(release, page)
zoning.tell()
layout.footer(release)
login.leave()
