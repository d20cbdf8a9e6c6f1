"""The frame around every page: release, navigation, title, footer."""

from functools import partial
from pathlib import Path

import streamlit as st

from components import access, arranging, bulletins, comparing, layout, login, profiles, weighing
from loaders import needs as weighable
from loaders import news as told
from loaders import releases
from model.language import _
from pages import compare, data, district, mapset, needs, news, start, theme

login.demand()

bench = None
if city := access.bench():
    # Only a process started for the statistics unit knows this page at all.
    from pages import workbench

    folder = Path(__file__).parent.parent / city
    bench = st.Page(partial(workbench.page, folder), title=_("Werkbank"), url_path="werkbank")

try:
    release = releases.current()
except releases.ReleaseError as error:
    if bench is None:
        st.error(layout.literal(str(error)))
        st.stop()
    first = st.Page(partial(workbench.start, str(error), bench), title=_("Start"), default=True)
    page = st.navigation([first, bench], position="top")
    st.set_page_config(
        page_title=f"{page.title} · Quartierspuls", page_icon=str(layout.ICON), layout="wide"
    )
    layout.brand(None)
    layout.closed()
    page.run()
    st.stop()

datasets = st.Page(partial(data.page, release), title=_("Daten"), url_path="daten")
themes = {
    found.id: st.Page(
        partial(theme.page, release, found, datasets), title=found.title, url_path=found.id
    )
    for found in release.catalog.themes
}
tidings = (
    [st.Page(partial(news.page, release), title=_("Was ist neu?"), url_path=bulletins.PAGE)]
    if told.told(release)
    else []
)
home = st.Page(partial(start.page, release, themes), title=_("Start"), default=True)
about = st.Page(partial(data.about, release), title=_("Über"), url_path="ueber")
level = release.catalog.city.level(release.catalog.city.default_level)
own = st.Page(
    partial(district.page, release, themes),
    title=_("Mein {level}").format(level=level.title),
    url_path=profiles.PAGE,
)
side_by_side = st.Page(
    partial(compare.page, release), title=_("Vergleich"), url_path=comparing.PAGE
)
maps = st.Page(
    partial(mapset.page, release), title=_("Karten nebeneinander"), url_path=arranging.PAGE
)
tops = [home, own, side_by_side, *tidings, *([bench] if bench else [])]
weighed = st.Page(partial(needs.page, release), title=_("Bedarfe"), url_path=weighing.PAGE)
tools = [maps, *([weighed] if weighable.expected(release) else [])]

page = st.navigation(
    {
        "": tops,
        _("Themen"): list(themes.values()),
        _("Auswerten"): tools,
        _("Daten und Hinweise"): [datasets, about],
    },
    position="top",
)
st.set_page_config(
    page_title=f"{page.title} · Quartierspuls {release.catalog.city.name}",
    page_icon=str(layout.ICON),
    layout="wide",
)
layout.brand(release)
layout.closed()
layout.banner(release)
page.run()
layout.footer(release)
login.leave()
